"""Somebody wants to leave: the papers, the questions about red flags and the path, for programs."""

from functools import partial

from django.utils import timezone
from rest_framework.response import Response

from accounts.roles import Permission
from migrants.access import access_migration
from migrants.actions.assessments import assess_journey, log_red_flags
from migrants.actions.documents import set_document
from migrants.actions.people import note_person_viewed
from migrants.api.serializers.preparing import (
    AssessmentLine,
    ChecklistTold,
    PaperTold,
    PathTold,
    RedFlagLine,
    RulesTold,
    told_checklist,
    told_paper,
    told_path,
    told_rules,
)
from migrants.api.writes import changed, logged, written_by
from migrants.forms.assessments import AssessForm, RedFlagForm
from migrants.forms.documents import DocumentForm
from migrants.queries.assessments import path_of
from migrants.queries.documents import checklist_of
from migrants.red_flags import ANSWERS, SIGNS, rules_on
from migrants.views.documents import paper_or_404
from villages.api.answers import told as drawn
from villages.api.entering import call, filled, listed
from villages.api.ways import amends, creates, one, rows, told
from villages.enums import Group

SEE, LOG = Permission.SEE_PEOPLE, Permission.LOG_RECORDS
A_PAPER = {"version": 0, "state": "in_hand", "number": "C1234567", "expires_on": "2031-05-04"}
ANSWER = {"type": "string", "enum": [*ANSWERS]}
A_ROUND = {
    "id": "0199a1b2-c3d4-7e5f-8a6b-000000000018",
    "asked_on": "2026-11-20",
    "upfront_cash": "yes",
    "papers_held": "unknown",
}
A_JUDGEMENT = {
    "id": "0199a1b2-c3d4-7e5f-8a6b-000000000019",
    "procedural": "non_procedural",
    "basis": "Berangkat dengan visa kunjungan.",
}


@call(Group.PEOPLE, GET=one(ChecklistTold, SEE))
def paper_list(_request, seat, key):
    """The papers of a journey: the law's eight, those the district asks for, what stands beside them."""
    journey = seen(seat, key)
    return Response(told_checklist(checklist_of(journey, timezone.localdate())))


@call(
    Group.PEOPLE,
    GET=one(PaperTold, SEE),
    POST=amends(DocumentForm, answer=PaperTold, may=LOG, example=A_PAPER),
)
def paper_detail(request, seat, key, code):
    """One paper of a journey; or what is known of it now. What is left out stays, an empty number too.

    `version`: the one you saw, 0 for a paper nobody wrote of. A paper that is missing or not required has
    neither number nor days: send the days as null. The passport of an open journey becomes the person's too.
    """
    journey = access_migration(seat, key)
    paper = paper_or_404(journey, code)
    if request.method != "POST":
        note_person_viewed(by=seat, person=journey.person)
        return Response(told_paper(paper))
    stands = DocumentForm.initial_of(paper.document)
    del stands["version"]  # the caller says which one it has seen

    def write():
        form = filled(request, DocumentForm, paper=paper, stands=stands)
        set_document(by=seat, journey=journey, kind=paper.kind, extra=paper.extra, **form.entered)
        return journey

    # The journey is what is held: a paper nobody wrote of has no row yet.
    return changed(request, journey, lambda _row: told_paper(paper_or_404(journey, code)), write)


@call(Group.PEOPLE, GET=told(RulesTold, SEE))
def red_flag_questions(_request, _seat):
    """The questions about red flags as they are spoken today, in Indonesian. A sign is no proof."""
    return Response(told_rules(rules_on(timezone.localdate())))


@call(
    Group.PEOPLE,
    GET=rows("red-flags", RedFlagLine, SEE),
    POST=creates(
        RedFlagForm,
        RedFlagLine,
        LOG,
        entries=dict.fromkeys(sorted(SIGNS), ANSWER),
        example=A_ROUND,
    ),
)
def red_flags(request, seat, key):
    """What somebody answered to the questions, the newest first; or a new round of them: every question of
    today, each under its code."""
    if request.method != "POST":
        checks = seen(seat, key).red_flag_checks.select_related("logged_by")
        return listed(request, "red-flags", RedFlagLine, checks, ("-logged_at", "-id"))
    journey, rules = access_migration(seat, key), rules_on(timezone.localdate())

    def write(form):
        facts = {"answers": form.answers, "asked_on": form.cleaned_data["asked_on"]}
        return log_red_flags(by=seat, journey=journey, key=form.entry_key, rules=rules, **facts).row

    fill = partial(filled, request, RedFlagForm, creates=True, rules=rules)
    return logged(request, journey.red_flag_checks.all(), fill, write, partial(drawn, request, RedFlagLine))


@call(Group.PEOPLE, GET=told(PathTold, SEE))
def path(_request, seat, key):
    """By which path somebody goes: as it was judged, and what the record says of it."""
    journey = seen(seat, key)
    known = path_of(journey, timezone.localdate())
    return Response(told_path(journey.procedural, journey.procedural_basis, known))


@call(
    Group.PEOPLE,
    GET=rows("assessments", AssessmentLine, SEE),
    POST=creates(AssessForm, AssessmentLine, LOG, example=A_JUDGEMENT),
)
def assessments(request, seat, key):
    """How the path of a journey was judged, the newest first; or a new judgement. "unknown" takes the last
    one back."""
    if request.method != "POST":
        judged = seen(seat, key).assessments.select_related("assessed_by")
        return listed(request, "assessments", AssessmentLine, judged, ("-assessed_at", "-id"))
    journey = access_migration(seat, key)
    proposed = path_of(journey, timezone.localdate()).proposed
    fill = partial(filled, request, AssessForm, creates=True, proposed=proposed)
    write = written_by(assess_journey, by=seat, journey=journey)
    return logged(request, journey.assessments.all(), fill, write, partial(drawn, request, AssessmentLine))


def seen(seat, key):
    """The journey; its person was looked at."""
    journey = access_migration(seat, key)
    note_person_viewed(by=seat, person=journey.person)
    return journey
