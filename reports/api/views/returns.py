"""Monthly returns for programs: list, begin, words, and the steps of the chain."""

from collections.abc import Callable
from functools import partial

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from accounts.entry import EntryForm
from accounts.roles import Permission
from migrants.api.writes import changed, logged
from reports.actions.returns import (
    accept_return,
    check_return,
    open_return,
    send_back_return,
    submit_return,
    write_return,
)
from reports.api.serializers.returns import ReturnDetail, ReturnLine
from reports.forms.returns import CheckReturnForm, ReturnWordsForm, SendBackForm, StepForm
from reports.queries.returns import return_page, returns_in_list
from reports.return_forms import every_form, form_of
from reports.return_states import LINKS, Way
from reports.rules import check_makes_step
from villages.access import access_return
from villages.api.answers import told
from villages.api.entering import call, filled, listed, month_in, plain_entries
from villages.api.versions import unchanged
from villages.api.ways import TEXT, amends, changes, creates, one, rows
from villages.enums import Group
from villages.models import MonthlyReturn

SEE = Permission.SEE_RETURNS
WORDS = sorted(
    {
        f"{part}_{section.code}"
        for form in every_form()
        for section in form.sections
        for part in ("obstacles", "plans")
    }
)
STEPS: dict[str, tuple[type[EntryForm], Callable[..., MonthlyReturn]]] = {
    Way.SUBMIT: (StepForm, submit_return),
    Way.CHECK: (CheckReturnForm, check_return),
    Way.SEND_BACK: (SendBackForm, send_back_return),
    Way.ACCEPT: (StepForm, accept_return),
}
A_STEP = {"id": "0199a1b2-c3d4-7e5f-8a6b-00000000001b", "way": "submit"}


@call(
    Group.RETURNS,
    GET=rows("returns", ReturnLine, SEE),
    POST=changes(
        EntryForm, answer=ReturnDetail, may=SEE, entries={"month": TEXT}, example={"month": "2026-10"}
    ),
)
def return_list(request, seat):
    """Monthly returns, the newest month first; or the return of a `month`, begun now if it is not there."""
    if request.method != "POST":
        return listed(request, "returns", ReturnLine, returns_in_list(seat), ("-month", "-id"))
    month = month_in(request)

    def write():
        filled(request, EntryForm, besides=["month"])
        return access_return(seat, open_return(by=seat, village=seat.village, month=month).pk)

    return changed(request, None, partial(told_return, request, seat), write)


@call(Group.RETURNS, GET=one(ReturnDetail, SEE))
def return_detail(request, seat, key):
    """One return: its numbers as you may see them, its words, its history and the steps from here."""
    return Response(told_return(request, seat, access_return(seat, key)))


@call(
    Group.RETURNS,
    POST=amends(
        ReturnWordsForm,
        answer=ReturnDetail,
        may=SEE,
        entries=dict.fromkeys(WORDS, TEXT),
        example={"version": 1, WORDS[0]: "Sinyal lemah"},
    ),
)
def return_words(request, seat, key):
    """Obstacles and plans of a return, each under the code of its section; what is left out stays. `version`
    is the one you saw."""
    row = access_return(seat, key)
    form_of_month = form_of(row.period)
    check_makes_step(seat, row, form_of_month.link(Way.SUBMIT))
    stands = ReturnWordsForm.initial_of(row)
    del stands["version"]  # the caller says which one it has seen

    def write():
        form = filled(request, ReturnWordsForm, form_of_month=form_of_month, stands=stands)
        return write_return(by=seat, row=row, version=form.cleaned_data["version"], words=form.words)

    return changed(request, row, partial(told_return, request, seat), write)


@call(
    Group.RETURNS,
    POST=creates(
        CheckReturnForm,
        ReturnDetail,
        SEE,
        412,
        entries={"way": {"type": "string", "enum": [way.value for way in Way]}},
        example=A_STEP,
    ),
)
def return_steps(request, seat, key):
    """Submit a return, check, accept it or send it back with a `note`; `ways` of the return says what you may
    do now. Answers the return."""
    row = access_return(seat, key)
    way = plain_entries(request.data).get("way", "")
    if way not in STEPS:
        raise ValidationError({"way": [_("Choose the next step.")]})
    check_makes_step(seat, row, form_of(row.period).link(LINKS[Way(way)]))
    form, step = STEPS[way]
    tell = partial(told_return, request, seat)
    fill = partial(filled, request, form, creates=True, besides=["way"])

    def write(made):
        return step(by=seat, row=row, key=made.entry_key, **made.facts)

    with unchanged(request, row, tell):
        return logged(request, row.steps.all(), fill, write, lambda _step: tell(access_return(seat, key)))


def told_return(request, seat, row):
    """One return, as the seat may read it."""
    return told(request, ReturnDetail, row, shown=return_page(row, seat=seat, today=timezone.localdate()))
