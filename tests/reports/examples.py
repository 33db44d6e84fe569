"""Build what the worked examples of the catalogue say is given."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from accounts.keys import new_key
from cooperatives.actions.books import open_books
from cooperatives.actions.ledger import Side, post_entry
from cooperatives.actions.loans import grant_loan
from cooperatives.enums import InterestMethod
from cooperatives.loan_terms import Terms, months_later
from migrants.papers import ARTICLE_13
from reports.indicators import Indicator
from reports.indicators.shape import Given
from tests import factories as make
from tests.factories.ledger import deposit
from villages.access import seat_of
from villages.models import OfficerAssignment, Village

HERE = "33.25.14.2004"


def build(indicator: Indicator) -> None:
    """Make the records of the example, all in one village unless the example names another."""
    for record in indicator.example.given:
        make_one(record)


def make_one(record: Given) -> None:
    said = dict(record.said)
    village = make.VillageFactory(code=said.pop("village", HERE))
    BUILDERS[record.kind](village, said)


def _visit(village: Village, said: dict[str, Any]) -> None:
    if said.pop("withdrawn", False):
        said |= {"withdrawn_at": timezone.now(), "withdrawn_by": make.UserFactory()}
    make.ServiceVisitFactory(village=village, **said)


def _migration(village: Village, said: dict[str, Any]) -> None:
    make.MigrationFactory(person=make.PersonFactory(village=village), **said)


def _referral(village: Village, said: dict[str, Any]) -> None:
    """`after`: so many days after the report of its case."""
    if days := said.pop("after", None):
        reported_on = date(2026, 11, 12) - timedelta(days=days)
        case = make.CaseFactory(village=village, status="referred", reported_on=reported_on)
        make.ReferralFactory(case=case, sent_on=date(2026, 11, 12), **said)
        return
    make.ReferralFactory(case=make.CaseFactory(village=village, status="referred"), **said)


def _with_papers(village: Village, _said: dict[str, Any]) -> None:
    journey = make.MigrationFactory(person=make.PersonFactory(village=village))
    seen = {"verified_by": make.UserFactory(), "verified_at": timezone.now()}
    for kind in ARTICLE_13:
        make.DocumentFactory(migration=journey, kind=kind, state="checked", **seen)


def _member(village: Village, said: dict[str, Any]) -> None:
    body = village_body(village)
    make.MemberFactory(body=body, **said)


def _group_member(village: Village, said: dict[str, Any]) -> None:
    from pillars.models import BusinessGroup

    group = BusinessGroup.objects.filter(village=village).first() or make.BusinessGroupFactory(
        village=village
    )
    make.GroupMemberFactory(group=group, **said)


def _participant(village: Village, said: dict[str, Any]) -> None:
    """Of a training of its own day; `started_on`: of a business the participant's household runs."""
    last_on = said.pop("last_on")
    training = make.TrainingFactory(village=village, first_on=last_on, last_on=last_on)
    person = None
    if said.pop("registered", False):
        person = make.PersonFactory(village=village, household=make.HouseholdFactory(village=village))
    if started_on := said.pop("started_on", None):
        owner = make.PersonFactory(village=village, household=person.household)
        make.BusinessFactory(village=village, group=None, owner=owner, started_on=started_on)
    make.TrainingParticipantFactory(training=training, person=person, **said)


def _check(village: Village, said: dict[str, Any]) -> None:
    """A check of a new item; `again`: a later one of the item before."""
    from pillars.models import EquipmentItem

    if said.pop("again", False):
        item = EquipmentItem.objects.latest("pk")
        said |= {"item": item, "checked_on": date(2026, 10, 1)}
    else:
        grant = make.EquipmentGrantFactory(village=village)
        said["item"] = make.EquipmentItemFactory(grant=grant, quantity=said["quantity"])
    make.EquipmentCheckFactory(reason="Contoh", **said)


def _item(village: Village, said: dict[str, Any]) -> None:
    grant = make.EquipmentGrantFactory(village=village, handed_on=min(said["handed_on"], date(2026, 4, 1)))
    make.EquipmentItemFactory(grant=grant, **said)


def _market(village: Village, said: dict[str, Any]) -> None:
    business = make.BusinessFactory(village=village)
    make.MarketingPartnerFactory(village=village, group=business.group, **said)


def village_body(village: Village) -> Any:
    from cooperatives.models import FinanceBody

    return FinanceBody.objects.filter(village=village).first() or make.FinanceBodyFactory(village=village)


def _permit(village: Village, said: dict[str, Any]) -> None:
    make.BusinessPermitFactory(business=make.BusinessFactory(village=village), **said)


def _turnover(village: Village, said: dict[str, Any]) -> None:
    make.TurnoverFactory(business=make.BusinessFactory(village=village), **said)


def _migrant_household(village: Village, said: dict[str, Any]) -> None:
    person = make.PersonFactory(village=village, household=make.HouseholdFactory(village=village))
    make.MigrationFactory(person=person)
    if name := said.get("runs"):
        make.BusinessFactory(village=village, group=None, owner=person, name=name)


def _returnee(village: Village, said: dict[str, Any]) -> None:
    person = make.PersonFactory(village=village)
    make.MigrationFactory(
        person=person, status="returned", departed_on=date(2024, 1, 5), returned_on=date(2026, 2, 1)
    )
    if name := said.get("runs"):
        make.BusinessFactory(village=village, group=None, owner=person, name=name)


def _booked_member(village: Village) -> Any:
    """A fresh member of the village's body with open books and enough cash to lend; and an officer's seat."""
    body = village_body(village)
    officer = OfficerAssignment.objects.filter(village=village).first()
    seat = seat_of((officer or make.OfficerAssignmentFactory(village=village)).user)
    body = open_books(by=seat, body=body, opened_on=date(2026, 1, 1))
    return seat, body, make.MemberFactory(body=body)


def _saving(village: Village, said: dict[str, Any]) -> None:
    seat, _body, member = _booked_member(village)
    deposit(seat, member, said["amount"])


def _loan(village: Village, said: dict[str, Any]) -> None:
    seat, body, member = _booked_member(village)
    first = said.get("first_due_on", date(2026, 12, 1))
    day = months_later(first, -1)
    sides = [Side("101", said["amount"]), Side("304", -said["amount"])]
    post_entry(by=seat, body=body, key=new_key(), kind="grant", day=day, sides=sides)
    terms = Terms(said["amount"], 10, 100, InterestMethod.FLAT, first)
    grant_loan(by=seat, body=body, key=new_key(), member=member, terms=terms, day=day)


def _annual_meeting(village: Village, said: dict[str, Any]) -> None:
    body = make.FinanceBodyFactory(village=village)
    make.AnnualMeetingFactory(body=body, written_by=make.UserFactory(), **said)


def _sharing(village: Village, said: dict[str, Any]) -> None:
    seat, body, member = _booked_member(village)
    meeting = make.AnnualMeetingFactory(body=body, written_by=seat.user)
    make.SurplusSharingFactory(
        meeting=meeting, entry=deposit(seat, member, 1_000), shared_by=seat.user, **said
    )


def _on_roll(village: Village, said: dict[str, Any], *, alone: bool) -> None:
    """A child on the roll of a session: of one of its own, or of the one session all of them share."""
    from pillars.models import ChildSession

    held_on = date.fromisoformat(said.pop("held_on", "2026-11-05"))
    shared = None if alone else ChildSession.objects.filter(village=village).first()
    session = shared or make.ChildSessionFactory(centre__village=village, held_on=held_on)
    make.AttendanceFactory(session=session, **said)


def _child_session(village: Village, said: dict[str, Any]) -> None:
    held_on = date.fromisoformat(said.pop("held_on", "2026-11-05"))
    make.ChildSessionFactory(centre__village=village, held_on=held_on)


def _at_risk(village: Village, said: dict[str, Any]) -> None:
    visited_on = said.pop("visited_on", None)
    since = date.fromisoformat(said.pop("since", "2026-11-02"))
    row = make.SchoolStatusFactory(child__centre__village=village, since=since, **said)
    if visited_on:
        make.HomeVisitFactory(child=row.child, visited_on=date.fromisoformat(visited_on))


def _return(village: Village, said: dict[str, Any]) -> None:
    """The return of October; `submitted`: the day it first came."""
    if day := said.get("submitted"):
        make.MonthlyReturnFactory(village=village, sent=True, first_submitted_on=day)
    else:
        make.MonthlyReturnFactory(village=village)


BUILDERS = {
    "return": _return,
    "saving": _saving,
    "loan": _loan,
    "annual_meeting": _annual_meeting,
    "sharing": _sharing,
    "designation": lambda village, said: make.DesignationFactory(village=village, **said),
    "assignment": lambda village, said: make.OfficerAssignmentFactory(village=village, **said),
    "visit": _visit,
    "migration": _migration,
    "with_papers": _with_papers,
    "case": lambda village, said: make.CaseFactory(village=village, **said),
    "referral": _referral,
    "session": lambda village, said: make.OutreachSessionFactory(village=village, **said),
    "business": lambda village, said: make.BusinessFactory(village=village, **said),
    "permit": _permit,
    "turnover": _turnover,
    "household": lambda village, said: make.HouseholdFactory(village=village, **said),
    "migrant_household": _migrant_household,
    "returnee": _returnee,
    "estimate": lambda village, said: make.AbroadEstimateFactory(village=village, **said),
    "service_centre": lambda village, said: make.ServiceCentreFactory(village=village, **said),
    "recruiter": lambda village, said: make.RecruiterSightingFactory(village=village, **said),
    "notice": lambda village, said: make.NoticeFactory(village=village, **said),
    "duty_day": lambda village, said: make.DutyDayFactory(village=village, **said),
    "group": lambda village, said: make.BusinessGroupFactory(village=village, **said),
    "centre": lambda village, said: make.LearningCentreFactory(village=village, **said),
    "child_came": lambda village, said: _on_roll(village, said, alone=True),
    "rolled": lambda village, said: _on_roll(village, said, alone=False),
    "child_session": _child_session,
    "carer": lambda village, said: make.CarerPresentFactory(session__village=village, **said),
    "at_risk": _at_risk,
    "body": lambda village, said: make.FinanceBodyFactory(village=village, **said),
    "member": _member,
    "group_member": _group_member,
    "training": lambda village, said: make.TrainingFactory(village=village, **said),
    "participant": _participant,
    "item": _item,
    "check": _check,
    "mentoring": lambda village, said: make.MentoringVisitFactory(village=village, **said),
    "market": _market,
    "contribution": lambda village, said: make.ContributionFactory(village=village, **said),
}
