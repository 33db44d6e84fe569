"""Taking a published report back."""

from django.shortcuts import redirect

from accounts.entry import bind, form_page
from accounts.roles import Permission
from reports.access import access_edition
from reports.actions.withdrawing import withdraw_edition
from reports.forms.checking import WithdrawForm
from reports.rules import check_can_withdraw_reports
from villages.doors import page


@page("GET", "POST", may=Permission.REQUEST_REPORTS)
def edition_withdraw(request, seat, key):
    check_can_withdraw_reports(seat)
    edition = access_edition(seat, key)
    form = bind(request, WithdrawForm)
    if request.method == "POST" and form.is_valid():
        why, words = form.cleaned_data["why"], form.cleaned_data["words"]
        withdraw_edition(by=seat, edition=edition, reason=why, note=words)
        return redirect("reports:edition-detail", edition.pk)
    return form_page(request, "reports/edition_withdraw.html", form, edition=edition)
