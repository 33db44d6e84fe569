"""Family permits: issue, print, withdraw, list; and the public page that the square on the paper opens."""

from django.conf import settings
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.entry import bind
from accounts.links import qr_square
from accounts.paging import keyset_page
from accounts.roles import Permission
from migrants.access import access_migration, access_permit, visible_permits
from migrants.actions.permits import issue_permit, withdraw_permit
from migrants.forms.permits import PermitForm, PermitWithdrawForm
from migrants.queries.permits import permit_with_token
from migrants.views.entering import answers_conflicts, status_of
from villages.doors import page


@page("GET", "POST", may=Permission.LOG_RECORDS)
@answers_conflicts
def permit_new(request, seat, key):
    journey = access_migration(seat, key)
    person = journey.person
    initial = {
        "giver_name": person.next_of_kin_name,
        "giver_relation": person.next_of_kin_relation,
        "given_on": timezone.localdate(),
    }
    form = bind(request, PermitForm, initial=initial)
    if request.method == "POST" and form.is_valid():
        issued = issue_permit(by=seat, journey=journey, key=form.entry_key, **form.facts)
        return redirect("migrants:permit-detail", issued.row.pk)
    context = {"form": form, "journey": journey, "person": person}
    return render(request, "migrants/permit_new.html", context, status=status_of(request, form))


@page("GET", may=Permission.SEE_PERMITS)
def permit_detail(request, seat, key):
    permit = access_permit(seat, key)
    address = settings.SITE_URL + reverse("migrants:permit-check", args=[permit.token])
    context = {
        "permit": permit,
        "journey": permit.migration,
        "person": permit.migration.person,
        "address": address,
        "square": qr_square(address),
        "may_log": seat.may(Permission.LOG_RECORDS),
        "may_open": seat.may(Permission.SEE_PEOPLE),
    }
    return render(request, "migrants/permit_detail.html", context)


@page("GET", "POST", may=Permission.LOG_RECORDS)
def permit_withdraw(request, seat, key):
    permit = access_permit(seat, key)
    form = bind(request, PermitWithdrawForm)
    if request.method == "POST" and form.is_valid():
        withdraw_permit(by=seat, permit=permit, reason=form.cleaned_data["reason"])
        return redirect("migrants:permit-detail", permit.pk)
    context = {"form": form, "permit": permit, "person": permit.migration.person}
    return render(request, "migrants/permit_withdraw.html", context, status=status_of(request, form))


@page("GET", may=Permission.SEE_PERMITS)
def permit_list(request, seat):
    rows = keyset_page(
        visible_permits(seat).select_related("migration__person", "village"),
        order=("-issued_at", "-id"),
        cursor=request.GET.get("after", ""),
    )
    context = {"rows": rows, "show_village": seat.village is None}
    return render(request, "migrants/permit_list.html", context)


@require_safe
def permit_check(request, token):
    """For anybody who holds the paper: genuine, withdrawn or unknown, with initials and month and no more."""
    permit = permit_with_token(token)
    context = {"permit": permit}
    return render(request, "migrants/permit_check.html", context, status=200 if permit else 404)
