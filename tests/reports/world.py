"""Records of every kind in three villages, some of them of each split, for tests that count and list."""

from __future__ import annotations

from datetime import date

from reports.indicators.shape import given
from tests import factories as make
from tests.conftest import Cast
from tests.reports.examples import make_one

CATALOGUE_QUERIES = 3  # forty sets of records in each; one more when the catalogue has grown


def fill(cast: Cast) -> None:
    """Records every indicator counts, in Randu and Bandung (Batang) and Kenanga (Indramayu). Bandung wrote
    nothing for a month; Kenanga has one restricted case."""
    for village, number in ((cast.randu, 3), (cast.bandung, 0), (cast.kenanga, 1)):
        for turn in range(number):
            _one_of_each(village, turn)
        if number:
            _centre(village)
            make.MonthlyReturnFactory(
                village=village, month=date(2026, 11, 1), due_on=date(2026, 12, 5), sent=True
            )
    _books_of_randu()
    make.CaseFactory(village=cast.bandung, reported_on=date(2026, 9, 1), last_action_on=date(2026, 9, 2))
    make.CaseFactory(village=cast.randu, type="sexual_violence", severity="critical")
    make.CaseFactory(village=cast.kenanga, type="trafficking_suspected", severity="critical")


def _one_of_each(village, turn):
    person = make.PersonFactory(village=village, full_name=f"Dwi Lestari {turn}", sex="female")
    other = make.PersonFactory(village=village, full_name=f"Nur Kholis {turn}", sex="male")
    make.ServiceVisitFactory(village=village, person=person)
    make.ServiceVisitFactory(village=village, visitor_name="Tamu", topic="document", channel="phone")
    make.MigrationFactory(person=person, destination="TWN")
    make.MigrationFactory(
        person=other,
        registered_on=date(2026, 10, 3),
        departed_on=date(2026, 11, 4),
        status="abroad",
        destination="",
        procedural=("procedural", "non_procedural", "unknown")[turn % 3],
    )
    back = make.PersonFactory(village=village, full_name=f"Wagiyem {turn}", sex="female")
    make.MigrationFactory(
        person=back,
        registered_on=date(2023, 5, 1),
        status="returned",
        departed_on=date(2023, 6, 1),
        returned_on=date(2026, 6, 1),
    )
    make.CaseFactory(village=village, person=person, last_action_on=date(2026, 11, 1))
    referred = make.CaseFactory(village=village, person=other, status="referred", type="lost_contact")
    make.ReferralFactory(case=referred)
    make.CaseFactory(
        village=village,
        status="closed",
        closed_on=date(2026, 11, 12),
        close_reason="solved",
        reported_on=date(2026, 10, 1),
    )
    make.OutreachSessionFactory(village=village)
    group = make.BusinessGroupFactory(village=village)
    make.GroupMemberFactory(group=group, name="Sri Rejeki")
    make.GroupMemberFactory(group=group, name=back.full_name, person=back)
    make.BusinessGroupFactory(village=village, formed_on=date(2024, 11, 5), ended_on=date(2026, 11, 20))
    make.BusinessGroupFactory(village=village, formed_on=date(2025, 11, 5), ended_on=date(2026, 11, 20))
    make.BusinessGroupFactory(village=village, formed_on=date(2026, 11, 5), ended_on=date(2026, 11, 6))
    _two_businesses(village, group, person, turn)
    _training_and_aid(village, group, person)
    make.LearningCentreFactory(village=village)
    make.MemberFactory(body=make.FinanceBodyFactory(village=village), name="Sri Rejeki", kind="family")


def _centre(village):
    """The service centre of a village, a day of duty there, and a recruiter whom a notice warns of."""
    make.ServiceCentreFactory(village=village)
    make.AbroadEstimateFactory(village=village)
    make.DutyDayFactory(village=village)
    make.RecruiterSightingFactory(village=village)
    make.NoticeFactory(village=village)


def _books_of_randu():
    """Savings, a loan that is paid on time and one that is late, a shared surplus, and approved papers."""
    make_one(given("saving", amount=50_000))
    make_one(given("loan", amount=60_000, first_due_on=date(2026, 3, 1)))
    make_one(given("loan", amount=40_000))
    make_one(given("sharing", surplus_rupiah=260_000))
    make_one(given("annual_meeting", held_on=date(2026, 11, 2)))
    make_one(given("body", legal_number="AHU-1", cooperative_number="3325"))


def _two_businesses(village, group, person, turn):
    """One of a group, started a year ago, with papers and two months; one of a household, started in May."""
    person.household = make.HouseholdFactory(village=village)
    person.save()
    own = make.BusinessFactory(
        village=village, group=None, owner=person, name="Jahit Sri Rejeki", started_on=date(2026, 5, 5)
    )
    shared = make.BusinessFactory(
        village=village, group=group, started_on=date(2025, 11, 5), export_ready_on=date(2026, 3, 1)
    )
    make.BusinessPermitFactory(business=shared, kind="nib", number="9120001122334")
    make.TurnoverFactory(
        business=shared, first_day=date(2026, 11, 1), women=3, turnover=1_000_000 * (turn + 1)
    )
    make.TurnoverFactory(business=own, first_day=date(2026, 11, 1), turnover=None)


def _training_and_aid(village, group, person):
    """A training of this month and one of March, a partner, aid looked at once and aid never looked at."""
    training = make.TrainingFactory(village=village, last_on=date(2026, 11, 4))
    make.TrainingParticipantFactory(training=training)
    make.TrainingParticipantFactory(training=make.TrainingFactory(village=village), person=person)
    make.MarketingPartnerFactory(village=village, group=group)
    grant = make.EquipmentGrantFactory(village=village, group=group)
    make.EquipmentItemFactory(grant=grant, handed_on=date(2026, 11, 2), unit_price=1_000_000)
    item = make.EquipmentItemFactory(grant=grant, quantity=7)
    parts = {"in_use": 3, "idle": 1, "broken": 1, "lost": 1, "unsuitable": 1}
    make.EquipmentCheckFactory(item=item, reason="Listrik kurang", **parts)
    forgotten = make.EquipmentGrantFactory(village=village, group=group, handed_on=date(2026, 3, 1))
    make.EquipmentItemFactory(grant=forgotten, handed_on=date(2026, 3, 1))
    make.MentoringVisitFactory(village=village, group=group)
    make.ContributionFactory(village=village)
