"""Attachments: add one to a case, take it along, take it back."""

from csp.decorators import csp_update
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.entry import bind
from accounts.roles import Permission
from migrants.access import access_attachment, access_case
from migrants.actions.attachments import add_attachment, note_attachment_opened, remove_attachment
from migrants.attached_files import body_of
from migrants.enums import AttachmentKind
from migrants.forms.attachments import AttachmentForm
from migrants.rules import check_can_attach, check_can_take_along
from migrants.views.cases import case_form
from migrants.views.entering import answers_conflicts
from villages.doors import page

TYPES = {
    AttachmentKind.JPEG: "image/jpeg",
    AttachmentKind.PNG: "image/png",
    AttachmentKind.PDF: "application/pdf",
}


@page("GET", "POST", may=Permission.SEE_CASES)
@answers_conflicts
def attachment_new(request, seat, key):
    case = access_case(seat, key)
    check_can_attach(seat, case)
    form = bind(request, AttachmentForm)
    if request.method == "POST" and form.is_valid():
        add_attachment(
            by=seat,
            case=case,
            key=form.entry_key,
            clean=form.cleaned_data["file"],
            caption=form.cleaned_data["caption"],
        )
        return redirect("migrants:case-detail", case.pk)
    return case_form(request, case, form, "migrants/attachment_new.html")


@page("GET", may=Permission.SEE_CASES)
@answers_conflicts
def attachment_download(request, seat, key):
    attachment = access_attachment(seat, key)
    check_can_take_along(attachment)
    return handed_out(request, seat, attachment)


@csp_update({"sandbox": True})
def handed_out(request, seat, attachment):
    """The file, to be saved and never shown."""
    body = body_of(attachment)
    if body is None:
        raise Http404(_("The file is no longer kept."))
    if request.method == "GET":
        note_attachment_opened(by=seat, attachment=attachment)
    answer = HttpResponse(body, content_type=TYPES[AttachmentKind(attachment.kind)])
    answer["Content-Disposition"] = f'attachment; filename="{attachment.download_name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@page("GET", "POST", may=Permission.SEE_CASES)
@answers_conflicts
def attachment_remove(request, seat, key):
    attachment = access_attachment(seat, key)
    check_can_attach(seat, attachment.case)
    if request.method == "POST":
        remove_attachment(by=seat, attachment=attachment)
        return redirect("migrants:case-detail", attachment.case_id)
    context = {"attachment": attachment, "case": attachment.case}
    return render(request, "migrants/attachment_remove.html", context)
