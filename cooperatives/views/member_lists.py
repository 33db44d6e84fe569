"""A list of members: the file, what it would change, and the import."""

from django.http import HttpResponse
from django.shortcuts import redirect

from accounts.entry import bind, form_page
from accounts.roles import Permission
from cooperatives.access import access_books
from cooperatives.actions.member_lists import bring_in_members
from cooperatives.forms.member_lists import ListFileForm, MemberListForm
from migrants.registers.blanks import template_xlsx
from migrants.registers.kinds import RegisterKind
from villages.doors import page
from villages.forms import refusals_on

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page("GET", "POST", may=Permission.KEEP_BOOKS)
def member_list_new(request, seat, key):
    body = access_books(seat, key)
    if request.method == "POST" and "sheet" in request.POST:
        return _checked(request, seat, body, bind(request, MemberListForm, body=body))
    form = bind(request, ListFileForm)
    if request.method == "POST" and form.is_valid():
        sheet = form.cleaned_data["file"]
        return _checked(request, seat, body, MemberListForm.of_file(sheet, key=form.entry_key, body=body))
    return form_page(request, "cooperatives/member_list_new.html", form, body=body)


def _checked(request, seat, body, form):
    """The check page, or the list brought in when it was confirmed."""
    if form.is_valid() and form.is_confirmed:
        with refusals_on(form):
            bring_in_members(by=seat, body=body, key=form.entry_key, reader=form.reader)
            return redirect("cooperatives:body-detail", body.pk)
    return form_page(request, "cooperatives/member_list_check.html", form, body=body)


@page("GET", may=Permission.KEEP_BOOKS)
def member_list_template(_request, seat, key):
    access_books(seat, key)
    answer = HttpResponse(template_xlsx(RegisterKind.MEMBERS), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="desmigratif-members.xlsx"'
    return answer
