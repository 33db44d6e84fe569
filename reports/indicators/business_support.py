"""Figures of what is done for groups and businesses: training, equipment aid, mentoring, partners."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.roles import Level, Permission
from migrants.enums import Sex
from pillars.aid_rules import FORGOTTEN_MONTHS
from pillars.enums import FundsSource, PartnerKind, Sector
from pillars.models import (
    Business,
    Contribution,
    EquipmentCheck,
    EquipmentGrant,
    EquipmentItem,
    GroupMember,
    MarketingPartner,
    MentoringVisit,
    Training,
    TrainingParticipant,
)
from pillars.queries.aid import VALUE, last_checks
from reports.indicators.business import businesses
from reports.indicators.programme import PLACES, VILLAGE_COLUMNS
from reports.indicators.shape import Column, Example, How, Indicator, Kind, Measure, Over, Span, given
from reports.indicators.words import by_choice

MONTHS_TO_START = 6  # what somebody learnt is asked about only after so long


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def trainings(span: Span) -> QuerySet[Training]:
    """Trainings that ended in the period."""
    return Training.objects.filter(last_on__range=(span.first, span.last))


def participants(span: Span) -> QuerySet[TrainingParticipant]:
    """Who took part in them."""
    return TrainingParticipant.objects.filter(training__last_on__range=(span.first, span.last))


def trained(span: Span) -> QuerySet[TrainingParticipant]:
    """Registered people in trainings that ended six months before the day, or earlier."""
    ended = months_before(span.day, MONTHS_TO_START)
    return TrainingParticipant.objects.filter(person__isnull=False, training__last_on__lte=ended)


def trained_and_started(span: Span) -> QuerySet[TrainingParticipant]:
    """Those of them who have a business started since: their own, their household's or their group's."""
    begun = Business.objects.filter(started_on__gt=OuterRef("training__first_on"), started_on__lte=span.day)
    own = begun.filter(owner=OuterRef("person"))
    household = begun.filter(owner__household=OuterRef("person__household"))
    member = GroupMember.objects.filter(
        person=OuterRef("person"),
        joined_on__lte=span.day,
        group__businesses__started_on__gt=OuterRef("training__first_on"),
        group__businesses__started_on__lte=span.day,
    )
    return trained(span).filter(Exists(own) | Exists(household) | Exists(member))


def items(span: Span) -> QuerySet[EquipmentItem]:
    """Items handed over in the period, each with its `value`."""
    rows = EquipmentItem.objects.filter(handed_on__range=(span.first, span.last))
    return rows.annotate(value_rupiah=VALUE)


def seen(span: Span) -> QuerySet[EquipmentCheck]:
    """The last check, on the day or before, of each item that was not replaced by then."""
    later = EquipmentItem.objects.filter(replaces=OuterRef("item"), handed_on__lte=span.day)
    return last_checks(span.day).filter(~Exists(later))


def _seen_with(condition: str) -> Callable[[Span], QuerySet[EquipmentCheck]]:
    def rows(span: Span) -> QuerySet[EquipmentCheck]:
        return seen(span).filter(**{f"{condition}__gt": 0})

    return rows


def grants_forgotten(span: Span) -> QuerySet[EquipmentGrant]:
    """Grants with standing items, handed over six months before the day or earlier, at none of whose items
    anybody has looked in these months."""
    since = months_before(span.day, FORGOTTEN_MONTHS)
    replaced = EquipmentItem.objects.filter(replaces=OuterRef("pk"), handed_on__lte=span.day)
    standing = EquipmentItem.objects.filter(~Exists(replaced), grant=OuterRef("pk"))
    looked_at = EquipmentCheck.objects.filter(
        item__grant=OuterRef("pk"), checked_on__gt=since, checked_on__lte=span.day
    )
    return EquipmentGrant.objects.filter(Exists(standing), ~Exists(looked_at), handed_on__lte=since)


def mentoring(span: Span) -> QuerySet[MentoringVisit]:
    """Mentoring visits on a day of the period."""
    return MentoringVisit.objects.filter(visited_on__range=(span.first, span.last))


def businesses_with_market(span: Span) -> QuerySet[Business]:
    """Those of them for which somebody sells on the day, for themselves or for their group."""
    selling = MarketingPartner.objects.filter(
        Q(until__isnull=True) | Q(until__gt=span.day), since__lte=span.day
    )
    own, of_group = selling.filter(business=OuterRef("pk")), selling.filter(group=OuterRef("group"))
    return businesses(span).filter(Exists(own) | Exists(of_group))


def contributions(span: Span) -> QuerySet[Contribution]:
    """Contributions given on a day of the period."""
    return Contribution.objects.filter(given_on__range=(span.first, span.last))


def contributions_of_value(span: Span) -> QuerySet[Contribution]:
    """Those of them whose value in rupiah is known."""
    return contributions(span).filter(value__isnull=False)


def _places(of: Callable[[Any], Any]) -> tuple[Column, ...]:
    """Village and district of a record that hangs on another one."""
    return (
        Column("village", _("Village"), lambda row: str(of(row).village), level=Level.VILLAGE),
        Column("district", _("District"), lambda row: of(row).district.name, level=Level.DISTRICT),
    )


def _whom(of: Callable[[Any], Any]) -> Column:
    return Column("whom", _("Group or business"), lambda row: str(of(row).whom), named=True)


support_figure = partial(
    Indicator,
    kind=Kind.FLOW,
    rows_need=Permission.SEE_RECORD_ROWS,
    names_need=Permission.SEE_PILLARS,
    related=PLACES,
)
_OF_GRANT = ("grant__village", "grant__district", "grant__group", "grant__business")
_OF_ITEM = tuple(f"item__{path}" for path in _OF_GRANT)
_WHOM_TOO = (*PLACES, "group", "business")

participant_figure = partial(
    support_figure,
    source=TrainingParticipant,
    unit=_("participants"),
    grain=_("One participant of one training."),
    place_path="training__",
    related=("training__village", "training__district"),
    order=("-training__last_on", "-pk"),
    detail="pillars:training-detail",
    detail_key="training_id",
    columns=(
        Column("date", _("Last day"), lambda row: row.training.last_on),
        *_places(lambda row: row.training),
        Column("training", _("Training"), lambda row: row.training.title, named=True),
        Column("name", _("Name"), lambda row: row.name, named=True),
        Column("sex", _("Sex"), lambda row: row.get_sex_display()),
        Column("certificate", _("Certificate number"), lambda row: row.certificate_number, named=True),
    ),
    splits=(by_choice("sex", _("By sex"), "sex", Sex),),
)

item_figure = partial(
    support_figure,
    source=EquipmentItem,
    grain=_("One line of a grant of equipment."),
    date_field="handed_on",
    place_path="grant__",
    related=_OF_GRANT,
    rows=items,
    order=("-handed_on", "-pk"),
    detail="pillars:item-detail",
    columns=(
        Column("date", _("Handed over on"), lambda row: row.handed_on),
        *_places(lambda row: row.grant),
        _whom(lambda row: row.grant),
        Column("item", _("Item"), lambda row: row.name),
        Column("source", _("Source of funds"), lambda row: row.grant.get_source_display()),
        Column("pieces", _("Pieces"), lambda row: row.quantity),
        Column("price", _("Price of one piece"), lambda row: row.unit_price),
        Column("value", _("Value"), lambda row: row.value_rupiah),
        Column("serial", _("Serial number"), lambda row: row.serial_number, named=True),
    ),
    splits=(by_choice("source", _("By source of funds"), "grant__source", FundsSource),),
)

check_figure = partial(
    support_figure,
    source=EquipmentCheck,
    kind=Kind.STOCK,
    unit=_("pieces"),
    grain=_("The last check of one item."),
    date_field="checked_on",
    place_path="item__grant__",
    related=_OF_ITEM,
    order=("-checked_on", "-pk"),
    detail="pillars:item-detail",
    detail_key="item_id",
    columns=(
        Column("date", _("Day of the check"), lambda row: row.checked_on),
        *_places(lambda row: row.item.grant),
        _whom(lambda row: row.item.grant),
        Column("item", _("Item"), lambda row: row.item.name),
        Column("pieces", _("Pieces"), lambda row: row.quantity),
        Column("in_use", _("In use"), lambda row: row.in_use),
        Column("idle", _("Idle"), lambda row: row.idle),
        Column("broken", _("Broken"), lambda row: row.broken),
        Column("lost", _("Lost"), lambda row: row.lost),
        Column("unsuitable", _("Not suitable"), lambda row: row.unsuitable),
        Column("reason", _("Reason"), lambda row: row.reason, named=True),
    ),
)
_OF_CHECKED = Over(_("looked at"), seen, measure=Measure(How.SUM, "quantity"))


def _not_in_use(
    condition: str, label: str | Promise, counts: str | Promise, none: str | Promise
) -> Indicator:
    """Pieces found in one condition that is no use to anybody, of all that were looked at."""
    return check_figure(
        code=f"aid_{condition}",
        label=label,
        counts=counts,
        leaves_out=_("Items that were replaced, and those nobody has looked at."),
        empty_means=none,
        rows=_seen_with(condition),
        measure=Measure(How.SUM, condition),
        over=_OF_CHECKED,
        example=Example(
            _("Of 5 pieces 2 were found so in June; in October 1 of them. On 23 November: 1 of 5."),
            "2026-11",
            (
                given("check", quantity=5, in_use=3, **{condition: 2}),
                given("check", quantity=5, in_use=4, again=True, **{condition: 1}),
            ),
            1,
            5,
        ),
    )


contribution_figure = partial(
    support_figure,
    source=Contribution,
    grain=_("One contribution of a partner."),
    date_field="given_on",
    order=("-given_on", "-pk"),
    detail="pillars:contribution-detail",
    columns=(
        Column("date", _("Date"), lambda row: row.given_on),
        *VILLAGE_COLUMNS[:3],
        Column("kind", _("Kind of partner"), lambda row: row.get_partner_kind_display()),
        Column("partner", _("Name of the partner"), lambda row: row.partner, named=True),
        Column("what", _("What was given?"), lambda row: row.what),
        Column("value", _("Value in rupiah"), lambda row: row.value),
        Column("in_kind", _("In kind"), lambda row: row.in_kind),
    ),
    splits=(by_choice("partner", _("By kind of partner"), "partner_kind", PartnerKind),),
)

BUSINESS_SUPPORT = (
    support_figure(
        code="trainings",
        label=_("Trainings held"),
        unit=_("trainings"),
        grain=_("One training."),
        source=Training,
        date_field="last_on",
        counts=_("Trainings whose last day lies in the period."),
        leaves_out=_("Trainings that still run on the last day of the period."),
        empty_means=_("No training ended."),
        rows=trainings,
        columns=(
            Column("date", _("Last day"), lambda row: row.last_on),
            *VILLAGE_COLUMNS[:3],
            Column("title", _("Training"), lambda row: row.title),
            Column("organiser", _("Organiser"), lambda row: row.organiser),
            Column("hours", _("Hours"), lambda row: row.hours),
        ),
        order=("-last_on", "-pk"),
        detail="pillars:training-detail",
        example=Example(
            _("Trainings that ended on 4 November and on 30 October: November has 1."),
            "2026-11",
            (
                given("training", first_on=date(2026, 11, 2), last_on=date(2026, 11, 4)),
                given("training", first_on=date(2026, 10, 28), last_on=date(2026, 10, 30)),
            ),
            1,
        ),
    ),
    participant_figure(
        code="training_participants",
        label=_("Participants of trainings"),
        date_field="training__last_on",
        counts=_("Participants of trainings whose last day lies in the period."),
        leaves_out=_("Nobody: who took part in two trainings counts in each."),
        empty_means=_("Nobody took part in a training."),
        rows=participants,
        example=Example(
            _("Two people took part in a training of November, one in a training of March: November has 2."),
            "2026-11",
            (
                given("participant", last_on=date(2026, 11, 4)),
                given("participant", last_on=date(2026, 11, 4), sex="male"),
                given("participant", last_on=date(2026, 3, 4)),
            ),
            2,
        ),
    ),
    participant_figure(
        code="trained_started",
        label=_("Trained people who started a business"),
        kind=Kind.STOCK,
        date_field="training__last_on, started_on",
        counts=_(
            "Registered participants of trainings that ended six months ago or earlier who have a business"
            " started after the first day of the training: their own, their household's or their group's."
        ),
        leaves_out=_("Participants who are not registered people, and trainings of the last six months."),
        empty_means=_("Nobody started, or no training is six months old."),
        rows=trained_and_started,
        over=Over(_("trained six months ago or earlier"), trained),
        example=Example(
            _("Two were trained in March, one of them opened a business in May; a third now: 1 of 2."),
            "2026-11",
            (
                given("participant", registered=True, last_on=date(2026, 3, 4), started_on=date(2026, 5, 1)),
                given("participant", registered=True, last_on=date(2026, 3, 4)),
                given("participant", registered=True, last_on=date(2026, 11, 4)),
            ),
            1,
            2,
        ),
    ),
    item_figure(
        code="aid_value",
        label=_("Value of equipment aid"),
        unit=_("rupiah"),
        counts=_("Pieces times price of every item handed over in the period, replacements included."),
        leaves_out=_("What partners gave otherwise: it is a contribution."),
        empty_means=_("Nothing was handed over."),
        measure=Measure(How.SUM, "value_rupiah"),
        example=Example(
            _("Two machines of Rp2.500.000 in November, one in October: November has 5.000.000."),
            "2026-11",
            (
                given("item", quantity=2, handed_on=date(2026, 11, 3)),
                given("item", handed_on=date(2026, 10, 3)),
            ),
            5_000_000,
        ),
    ),
    item_figure(
        code="aid_pieces",
        label=_("Equipment handed over"),
        unit=_("pieces"),
        counts=_("Pieces of every item handed over in the period, replacements included."),
        leaves_out=_("What partners gave otherwise: it is a contribution."),
        empty_means=_("Nothing was handed over."),
        measure=Measure(How.SUM, "quantity"),
        example=Example(
            _("Five machines in November, one in October: November has 5."),
            "2026-11",
            (
                given("item", quantity=5, handed_on=date(2026, 11, 3)),
                given("item", handed_on=date(2026, 10, 3)),
            ),
            5,
        ),
    ),
    check_figure(
        code="aid_in_use",
        label=_("Equipment in use"),
        counts=_("Pieces in use at the last check of each item, on the day or before."),
        leaves_out=_("Items that were replaced, and those nobody has looked at."),
        empty_means=_("Nothing is in use, or nobody has looked."),
        rows=_seen_with("in_use"),
        measure=Measure(How.SUM, "in_use"),
        over=_OF_CHECKED,
        example=Example(
            _("Of 5 pieces 3 are in use; a single machine is idle: 3 of 6."),
            "2026-11",
            (
                given("check", quantity=5, in_use=3, broken=2),
                given("check", quantity=1, in_use=0, idle=1),
            ),
            3,
            6,
        ),
    ),
    _not_in_use(
        "idle",
        _("Equipment idle"),
        _("Pieces that stood idle at the last check of each item, on the day or before."),
        _("Nothing stands idle, or nobody has looked."),
    ),
    _not_in_use(
        "broken",
        _("Equipment broken"),
        _("Pieces that were broken at the last check of each item, on the day or before."),
        _("Nothing is broken, or nobody has looked."),
    ),
    _not_in_use(
        "lost",
        _("Equipment lost"),
        _("Pieces that were lost at the last check of each item, on the day or before."),
        _("Nothing is lost, or nobody has looked."),
    ),
    _not_in_use(
        "unsuitable",
        _("Equipment not suitable"),
        _("Pieces that did not suit the work at the last check of each item, on the day or before."),
        _("Everything suits, or nobody has looked."),
    ),
    support_figure(
        code="aid_forgotten",
        label=_("Aid nobody has looked at"),
        unit=_("grants"),
        grain=_("One grant of equipment."),
        kind=Kind.STOCK,
        source=EquipmentGrant,
        date_field="handed_on, checked_on",
        counts=_("Grants handed over six months ago or earlier, with no check of any item in six months."),
        leaves_out=_("Grants without items, and those whose items were all replaced."),
        empty_means=_("Somebody looks after every grant."),
        rows=grants_forgotten,
        related=_WHOM_TOO,
        columns=(
            Column("date", _("Handed over on"), lambda row: row.handed_on),
            *VILLAGE_COLUMNS[:3],
            _whom(lambda row: row),
            Column("source", _("Source of funds"), lambda row: row.get_source_display()),
            Column("giver", _("Given by"), lambda row: row.giver, named=True),
        ),
        order=("handed_on", "pk"),
        detail="pillars:aid-detail",
        example=Example(
            _("Equipment of April was looked at in June, that of March never: 1 grant."),
            "2026-11",
            (
                given("check", quantity=1, in_use=1),
                given("item", handed_on=date(2026, 3, 1)),
            ),
            1,
        ),
    ),
    support_figure(
        code="mentoring_visits",
        label=_("Mentoring visits"),
        unit=_("visits"),
        grain=_("One mentoring visit to a group or business."),
        source=MentoringVisit,
        date_field="visited_on",
        counts=_("Mentoring visits on a day of the period."),
        leaves_out=_("Services at the desk: they are visits of the service centre."),
        empty_means=_("Nobody was mentored."),
        rows=mentoring,
        related=_WHOM_TOO,
        columns=(
            Column("date", _("Date"), lambda row: row.visited_on),
            *VILLAGE_COLUMNS[:3],
            _whom(lambda row: row),
            Column("topic", _("Topic"), lambda row: row.topic, named=True),
            Column("mentor", _("Mentor"), lambda row: row.mentor, named=True),
        ),
        order=("-visited_on", "-pk"),
        detail="pillars:mentoring-detail",
        example=Example(
            _("Mentoring on 3 November and on 30 October: November has 1."),
            "2026-11",
            (given("mentoring"), given("mentoring", visited_on=date(2026, 10, 30))),
            1,
        ),
    ),
    support_figure(
        code="businesses_with_market",
        label=_("Businesses with a marketing partner"),
        unit=_("businesses"),
        grain=_("One business of a group or a household."),
        kind=Kind.STOCK,
        source=Business,
        date_field="started_on, closed_on, since, until",
        counts=_("Businesses not closed on the day for which a partner sells, for them or for their group."),
        leaves_out=_("Partners who sell no more on the day."),
        empty_means=_("No partner sells for a business."),
        rows=businesses_with_market,
        over=Over(_("businesses not closed"), businesses),
        columns=(
            Column("date", _("Started on"), lambda row: row.started_on),
            *VILLAGE_COLUMNS[:3],
            Column("business", _("Name of the business"), lambda row: row.name, named=True),
            Column("sector", _("Sector"), lambda row: row.get_sector_display()),
        ),
        order=("-started_on", "-pk"),
        splits=(by_choice("sector", _("By sector"), "sector", Sector),),
        detail="pillars:business-detail",
        example=Example(
            _("A partner sells for one business, another stopped on 1 June; a third has none: 1 of 3."),
            "2026-11",
            (
                given("market"),
                given("market", until=date(2026, 6, 1)),
                given("business"),
            ),
            1,
            3,
        ),
    ),
    contribution_figure(
        code="contributions",
        label=_("Contributions of partners"),
        unit=_("contributions"),
        counts=_("Contributions given on a day of the period, in money or in kind."),
        leaves_out=_("Equipment aid with handover minutes: it has figures of its own."),
        empty_means=_("No partner gave anything."),
        rows=contributions,
        example=Example(
            _("A company gave money in November, a bank training in October: November has 1."),
            "2026-11",
            (
                given("contribution"),
                given("contribution", given_on=date(2026, 10, 4), partner_kind="bank"),
            ),
            1,
        ),
    ),
    contribution_figure(
        code="contribution_value",
        label=_("Value of contributions"),
        unit=_("rupiah"),
        counts=_("The value in rupiah of contributions given on a day of the period."),
        leaves_out=_("Contributions in kind whose value is not known: no unknown is a zero."),
        empty_means=_("No contribution with a known value was given."),
        rows=contributions_of_value,
        measure=Measure(How.SUM, "value"),
        example=Example(
            _("Rp5.000.000 of a company, and two trainers of unknown value: 5.000.000."),
            "2026-11",
            (given("contribution"), given("contribution", value=None, in_kind="Dua pelatih")),
            5_000_000,
        ),
    ),
)
