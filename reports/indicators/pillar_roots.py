"""Figures of the pillars: the first records of each."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.db.models import Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from cooperatives.enums import BodyKind
from cooperatives.enums import MemberKind as FinanceMemberKind
from cooperatives.models import FinanceBody, Member
from migrants.enums import Sex
from pillars.enums import MemberKind, OutreachTopic, Sector
from pillars.models import BusinessGroup, GroupMember, LearningCentre, OutreachSession
from reports.indicators import units
from reports.indicators.programme import PLACES, VILLAGE_COLUMNS, places_of
from reports.indicators.reading import Choice, Field
from reports.indicators.shape import Column, Example, Indicator, Kind, Span, given
from reports.indicators.words import by_choice


def alive(first: str, last: str, span: Span) -> Q:
    """What began by the day and had not ended on it."""
    return Q(**{f"{first}__lte": span.day}) & (
        Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gt": span.day})
    )


def outreach_sessions(span: Span) -> QuerySet[OutreachSession]:
    """Sessions held in the period."""
    return OutreachSession.objects.standing().filter(held_on__range=(span.first, span.last))


def business_groups(span: Span) -> QuerySet[BusinessGroup]:
    """Groups formed by the day and alive on it."""
    return BusinessGroup.objects.filter(alive("formed_on", "ended_on", span))


def group_members(span: Span) -> QuerySet[GroupMember]:
    """Members on the day of groups alive on it."""
    return GroupMember.objects.filter(alive("joined_on", "left_on", span), group__in=business_groups(span))


def learning_centres(span: Span) -> QuerySet[LearningCentre]:
    """Centres opened by the day and open on it."""
    return LearningCentre.objects.filter(alive("opened_on", "closed_on", span))


def finance_bodies(span: Span) -> QuerySet[FinanceBody]:
    """Bodies founded by the day and running on it."""
    return FinanceBody.objects.filter(alive("founded_on", "ended_on", span))


def finance_members(span: Span) -> QuerySet[Member]:
    """Members on the day of bodies running on it."""
    return Member.objects.filter(alive("joined_on", "left_on", span), body__in=finance_bodies(span))


def _member_columns(path: str, name_of: Column, kinds: type[TextChoices]) -> tuple[Column, ...]:
    """The list of members. `path`: from a member to what they belong to; `name_of`: the column naming it."""
    return (
        Column("joined", _("Joined on"), Field("joined_on")),
        *places_of(path),
        name_of,
        Column("name", _("Name"), Field("name"), named=True),
        Column("sex", _("Sex"), Choice("sex", Sex)),
        Column("kind", _("Who"), Choice("kind", kinds)),
    )


pillar_figure = partial(
    Indicator, rows_need=Permission.SEE_RECORD_ROWS, names_need=Permission.SEE_PILLARS, related=PLACES
)
member_figure = partial(
    pillar_figure,
    kind=Kind.STOCK,
    date_field="joined_on, left_on",
    order=("-joined_on", "-pk"),
)
_SEX = by_choice("sex", _("By sex"), "sex", Sex)

PILLARS = (
    pillar_figure(
        code="outreach_sessions",
        label=_("Outreach sessions"),
        unit=units.SESSIONS,
        grain=_("One public information session."),
        source=OutreachSession,
        kind=Kind.FLOW,
        date_field="held_on",
        counts=_("Sessions held on a day of the period, on any topic."),
        leaves_out=_("Talks with single persons: they are visits."),
        empty_means=_("No session was held."),
        rows=outreach_sessions,
        columns=(
            Column("date", _("Date"), Field("held_on")),
            *VILLAGE_COLUMNS[:3],
            Column("topic", _("Topic"), Choice("topic", OutreachTopic)),
            Column("women", _("Women present"), Field("women")),
            Column("men", _("Men present"), Field("men")),
        ),
        order=("-held_on", "-pk"),
        splits=(by_choice("topic", _("By topic"), "topic", OutreachTopic),),
        detail="pillars:outreach-detail",
        example=Example(
            _("Sessions on 5 November and on 28 October: November has 1."),
            "2026-11",
            (given("session"), given("session", held_on=date(2026, 10, 28))),
            1,
        ),
    ),
    pillar_figure(
        code="business_groups",
        label=_("Business groups alive"),
        unit=units.GROUPS,
        grain=_("One business group."),
        source=BusinessGroup,
        kind=Kind.STOCK,
        date_field="formed_on, ended_on",
        counts=_("Groups formed by the day that have not ended by then."),
        leaves_out=_("Groups that ended; businesses of single persons."),
        empty_means=_("No group is alive."),
        rows=business_groups,
        columns=(
            Column("formed", _("Formed on"), Field("formed_on")),
            *VILLAGE_COLUMNS[:3],
            Column("group", _("Name of the group"), Field("name"), named=True),
            Column("sector", _("Sector"), Choice("sector", Sector)),
        ),
        order=("-formed_on", "-pk"),
        splits=(by_choice("sector", _("By sector"), "sector", Sector),),
        detail="pillars:group-detail",
        example=Example(
            _("A group of 2025 and one that ended on 1 June 2026: 1 is alive."),
            "2026-11",
            (given("group"), given("group", ended_on=date(2026, 6, 1))),
            1,
        ),
    ),
    member_figure(
        code="group_members",
        label=_("Members of business groups"),
        unit=units.MEMBERS,
        grain=_("One member of one group."),
        source=GroupMember,
        counts=_("Members on the day of groups that are alive on it."),
        leaves_out=_("Members who left. A person in two groups counts in each."),
        empty_means=_("No member is registered."),
        rows=group_members,
        place_path="group__",
        related=("group__village", "group__district"),
        columns=_member_columns(
            "group__", Column("group", _("Name of the group"), Field("group__name"), named=True), MemberKind
        ),
        splits=(_SEX, by_choice("kind", _("By who they are"), "kind", MemberKind)),
        detail="pillars:group-detail",
        detail_key="group_id",
        example=Example(
            _("Three members joined, one of them left on 1 June 2026: 2."),
            "2026-11",
            (given("group_member"), given("group_member"), given("group_member", left_on=date(2026, 6, 1))),
            2,
        ),
    ),
    pillar_figure(
        code="learning_centres",
        label=_("Learning centres open"),
        unit=units.CENTRES,
        grain=_("One learning centre."),
        source=LearningCentre,
        kind=Kind.STOCK,
        date_field="opened_on, closed_on",
        counts=_("Centres opened by the day that have not closed by then."),
        leaves_out=_("Centres that closed. Their children are figures of their own."),
        empty_means=_("No centre is open."),
        rows=learning_centres,
        columns=(
            Column("opened", _("Opened on"), Field("opened_on")),
            *VILLAGE_COLUMNS[:3],
            Column("centre", _("Name of the centre"), Field("name"), named=True),
        ),
        order=("-opened_on", "-pk"),
        detail="pillars:centre-detail",
        example=Example(
            _("A centre of 2025 and one that closed on 1 June 2026: 1 is open."),
            "2026-11",
            (given("centre"), given("centre", closed_on=date(2026, 6, 1))),
            1,
        ),
    ),
    pillar_figure(
        code="finance_bodies",
        label=_("Finance bodies running"),
        unit=units.BODIES,
        grain=_("One cooperative, village enterprise or other finance body."),
        source=FinanceBody,
        kind=Kind.STOCK,
        date_field="founded_on, ended_on",
        counts=_("Bodies of every kind founded by the day that have not ended by then."),
        leaves_out=_("Bodies that ended."),
        empty_means=_("No body is running."),
        rows=finance_bodies,
        columns=(
            Column("founded", _("Founded on"), Field("founded_on")),
            *VILLAGE_COLUMNS[:3],
            Column("body", _("Name of the body"), Field("name"), named=True),
            Column("kind", _("Kind"), Choice("kind", BodyKind)),
        ),
        order=("-founded_on", "-pk"),
        splits=(by_choice("kind", _("By kind"), "kind", BodyKind),),
        detail="cooperatives:body-detail",
        example=Example(
            _("A cooperative of 2025 and one that ended on 1 June 2026: 1 is running."),
            "2026-11",
            (given("body"), given("body", ended_on=date(2026, 6, 1))),
            1,
        ),
    ),
    member_figure(
        code="finance_members",
        label=_("Members of finance bodies"),
        unit=units.MEMBERS,
        grain=_("One line of a member register."),
        source=Member,
        counts=_("Members on the day of bodies that are running on it."),
        leaves_out=_("Members who left. A person in two bodies counts in each."),
        empty_means=_("No member is registered."),
        rows=finance_members,
        names_need=Permission.SEE_BOOKS,  # who saves and borrows where is for those who read the books
        place_path="body__",
        related=("body__village", "body__district"),
        columns=_member_columns(
            "body__",
            Column("body", _("Name of the body"), Field("body__name"), named=True),
            FinanceMemberKind,
        ),
        splits=(_SEX, by_choice("kind", _("By who they are"), "kind", FinanceMemberKind)),
        detail="cooperatives:body-detail",
        detail_key="body_id",
        example=Example(
            _("A returned worker, one of a worker's family, and one who left on 1 June 2026: 2."),
            "2026-11",
            (
                given("member"),
                given("member", kind="family"),
                given("member", left_on=date(2026, 6, 1)),
            ),
            2,
        ),
    ),
)
