"""Figures of equipment aid: what was handed over, and what checks found of it afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pillars.aid_rules import FORGOTTEN_MONTHS
from pillars.enums import FundsSource
from pillars.models import EquipmentCheck, EquipmentGrant, EquipmentItem
from pillars.queries.aid import VALUE, last_checks
from reports.indicators import units
from reports.indicators.programme import VILLAGE_COLUMNS, places_of
from reports.indicators.reading import Choice, Field
from reports.indicators.shape import Column, Example, How, Indicator, Kind, Measure, Over, Span, given
from reports.indicators.support import WHOM_TOO, months_before, support_figure, whom_of
from reports.indicators.words import by_choice

_OF_GRANT = ("grant__village", "grant__district", "grant__group", "grant__business")
_OF_ITEM = tuple(f"item__{path}" for path in _OF_GRANT)


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
        Column("date", _("Handed over on"), Field("handed_on")),
        *places_of("grant__"),
        whom_of("grant__"),
        Column("item", _("Item"), Field("name")),
        Column("source", _("Source of funds"), Choice("grant__source", FundsSource)),
        Column("pieces", _("Pieces"), Field("quantity")),
        Column("price", _("Price of one piece"), Field("unit_price")),
        Column("value", _("Value"), Field("value_rupiah")),
        Column("serial", _("Serial number"), Field("serial_number"), named=True),
    ),
    splits=(by_choice("source", _("By source of funds"), "grant__source", FundsSource),),
)

check_figure = partial(
    support_figure,
    source=EquipmentCheck,
    kind=Kind.STOCK,
    unit=units.PIECES,
    grain=_("The last check of one item."),
    date_field="checked_on",
    place_path="item__grant__",
    related=_OF_ITEM,
    order=("-checked_on", "-pk"),
    detail="pillars:item-detail",
    detail_key="item_id",
    columns=(
        Column("date", _("Day of the check"), Field("checked_on")),
        *places_of("item__grant__"),
        whom_of("item__grant__"),
        Column("item", _("Item"), Field("item__name")),
        Column("pieces", _("Pieces"), Field("quantity")),
        Column("in_use", _("In use"), Field("in_use")),
        Column("idle", _("Idle"), Field("idle")),
        Column("broken", _("Broken"), Field("broken")),
        Column("lost", _("Lost"), Field("lost")),
        Column("unsuitable", _("Not suitable"), Field("unsuitable")),
        Column("reason", _("Reason"), Field("reason"), named=True),
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


AID = (
    item_figure(
        code="aid_value",
        label=_("Value of equipment aid"),
        unit=units.RUPIAH,
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
        unit=units.PIECES,
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
        unit=units.GRANTS,
        grain=_("One grant of equipment."),
        kind=Kind.STOCK,
        source=EquipmentGrant,
        date_field="handed_on, checked_on",
        counts=_("Grants handed over six months ago or earlier, with no check of any item in six months."),
        leaves_out=_("Grants without items, and those whose items were all replaced."),
        empty_means=_("Somebody looks after every grant."),
        rows=grants_forgotten,
        related=WHOM_TOO,
        columns=(
            Column("date", _("Handed over on"), Field("handed_on")),
            *VILLAGE_COLUMNS[:3],
            whom_of(),
            Column("source", _("Source of funds"), Choice("source", FundsSource)),
            Column("giver", _("Given by"), Field("giver"), named=True),
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
)
