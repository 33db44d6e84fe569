"""The public check of a report: its number, then a copy of it or its SHA-256. No sign-in, nobody's data."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.addresses import counted_address
from accounts.guesses import count_guess, may_guess
from reports.forms.checking import CopyForm, NumberForm
from reports.proof import as_pem, public_key
from reports.queries.proofs import edition_with_number, signed_of, state_of, verdict

GUESSES = "reports.check"
MOST_GUESSES = 60


@require_safe
def check_asked(request):
    form = NumberForm(request.GET or None)
    if form.is_bound and form.is_valid():
        return redirect("reports:check-report", form.cleaned_data["number"].upper())
    context = {"form": form, "key": as_pem(public_key())}
    return render(request, "reports/check_asked.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def check_report(request, number):
    who = counted_address(request)
    if not may_guess(GUESSES, who, most=MOST_GUESSES):
        return render(request, "reports/guesses_used_up.html", status=429)
    edition = edition_with_number(number)
    if edition is None or request.method == "POST":
        count_guess(GUESSES, who)
    if edition is None:
        return render(request, "reports/check_unknown.html", status=404)
    form = CopyForm(request.POST or None, request.FILES or None)
    valid = form.is_bound and form.is_valid()
    context = {
        "edition": edition,
        "state": state_of(edition),
        "form": form,
        "verdict": verdict(edition, form.digest) if valid else None,
        "key": as_pem(edition.public_key) if edition.public_key else "",
        "signed": signed_of(edition),
    }
    status = 422 if request.method == "POST" and not valid else 200
    return render(request, "reports/check_report.html", context, status=status)
