"""The door to a place: who sits where today, and which villages they may open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.functional import Promise

from accounts.models import User
from accounts.roles import ROLES, Level, Permission, Role
from accounts.rules import NotPermitted
from villages.models import (
    ApiToken,
    CohortTarget,
    Designation,
    District,
    MonthlyReturn,
    OfficerAssignment,
    Posting,
    Province,
    Subdistrict,
    Village,
)
from villages.models.areas import Area
from villages.models.designations import DesignationQuerySet
from villages.models.officers import AssignmentQuerySet
from villages.models.returns import MonthlyReturnQuerySet

AreaT = TypeVar("AreaT", bound=Area)


@dataclass(frozen=True)
class Seat:
    """A person's role and place on one day, from a dated assignment or posting."""

    user: User
    role: Role
    village: Village | None
    district: District | None
    province: Province | None
    ends_on: date | None
    title: str = ""
    starts_on: date | None = None
    reach: Level | None = None  # how far it sees, where that is less than its role does
    token: ApiToken | None = None  # of the program that sits here in the person's name

    # A seat acts: `record(..., by=seat)` writes down who, from which role, and by which token.
    @property
    def pk(self) -> UUID:
        return self.user.pk

    @property
    def full_name(self) -> str:
        return self.user.full_name

    @property
    def seat_role(self) -> str:
        return self.role.value

    @property
    def level(self) -> Level:
        return self.reach or ROLES[self.role].level

    @property
    def role_label(self) -> str | Promise:
        return ROLES[self.role].label

    @property
    def village_id(self) -> str | None:
        return self.village.code if self.village else None

    @property
    def district_id(self) -> str | None:
        return self.district.code if self.district else None

    @property
    def province_id(self) -> str | None:
        return self.province.code if self.province else None

    @property
    def place_code(self) -> str:
        """The dotted code of the place; "" for the whole country, and for a seat without a place."""
        codes = {
            Level.VILLAGE: self.village_id,
            Level.DISTRICT: self.district_id,
            Level.PROVINCE: self.province_id,
        }
        return codes.get(self.level) or ""

    @property
    def zone(self) -> str:
        """IANA time zone of the place; the ministry and offices without a place use WIB."""
        return self.province.zone if self.province else "Asia/Jakarta"

    @property
    def place_name(self) -> str:
        place = {
            Level.VILLAGE: self.village,
            Level.DISTRICT: self.district,
            Level.PROVINCE: self.province,
        }.get(self.level)
        return str(place) if place else ""

    @property
    def place_detail(self) -> str:
        if self.level == Level.VILLAGE and self.village:
            return f"Kec. {self.village.subdistrict.name}, {self.village.district.name}"
        if self.level == Level.DISTRICT and self.province:
            return self.province.name
        return ""

    def may(self, permission: Permission) -> bool:
        """Whether the role carries the permission; place is checked by the doors."""
        return permission in ROLES[self.role].permissions

    @property
    def may_subscribe(self) -> bool:
        return self.may(Permission.SUBSCRIBE)

    def check(self, permission: Permission, sentence: str) -> None:
        """Raise NotPermitted with the sentence unless the role carries the permission."""
        if not self.may(permission):
            raise NotPermitted(sentence)


# One question for every page, so it is written out: the ORM needs two of nine joins each, and as long to
# compose as to ask them.
_POST_HELD = """
    WITH posts AS (
        SELECT 'officer' AS role, '' AS title, starts_on, ends_on, village_id, NULL AS district_id,
               NULL AS province_id
        FROM villages_officerassignment
        WHERE user_id = %(user)s AND starts_on <= %(day)s AND ends_on >= %(day)s
        UNION ALL
        SELECT role, title, starts_on, ends_on, village_id, district_id, province_id
        FROM villages_posting
        WHERE user_id = %(user)s AND starts_on <= %(day)s AND (ends_on IS NULL OR ends_on >= %(day)s)
    ), post AS (
        SELECT * FROM posts ORDER BY role = 'officer' DESC, starts_on DESC LIMIT 1
    )
    SELECT post.role, post.title, post.starts_on, post.ends_on,
           v.code, v.name, v.subdistrict_id, v.district_id, v.province_id, v.kind,
           s.code, s.name, s.district_id,
           d.code, d.name, d.province_id, d.kind,
           p.code, p.name
    FROM post
    LEFT JOIN villages_village v ON v.code = post.village_id
    LEFT JOIN villages_subdistrict s ON s.code = v.subdistrict_id
    LEFT JOIN villages_district d ON d.code = coalesce(v.district_id, post.district_id)
    LEFT JOIN villages_province p ON p.code = coalesce(d.province_id, post.province_id)
"""
_AREA_COLUMNS: tuple[tuple[type[Area], tuple[str, ...]], ...] = (
    (Village, ("code", "name", "subdistrict_id", "district_id", "province_id", "kind")),
    (Subdistrict, ("code", "name", "district_id")),
    (District, ("code", "name", "province_id", "kind")),
    (Province, ("code", "name")),
)


def seat_of(user: User, *, on: date | None = None) -> Seat | None:
    """The seat of a person on a day (today when None); None when no posting covers the day or the account is
    disabled. One query, fresh each time: a right taken away is gone at the next request."""
    if not user.is_authenticated or not user.is_active:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_POST_HELD, {"user": user.pk, "day": on or timezone.localdate()})
        row = cursor.fetchone()
    if row is None:
        return None
    role, title, starts_on, ends_on, *columns = row
    village, subdistrict, district, province = _areas(iter(columns))
    if village:
        village.subdistrict, village.district, village.province = subdistrict, district, province
    if district:
        district.province = province
    return Seat(user, Role(role), village, district, province, ends_on, title, starts_on)


def _areas(columns: Iterator[Any]) -> Iterator[Any]:
    """An area of each kind from its columns; None where there is none."""
    for model, names in _AREA_COLUMNS:
        values = [next(columns) for _name in names]
        yield None if values[0] is None else model.from_db(connection.alias, names, values)


def narrowed(seat: Seat, code: str) -> Seat | None:
    """The seat as if its place were the area of that code: its own place, or a province, district or village
    within; "" is the whole country. None for any other place. One query, none for the own place."""
    if code == seat.place_code:
        return seat
    if not (code.startswith(f"{seat.place_code}.") or (seat.level == Level.NATION and code)):
        return None
    if len(code) == len("33"):
        province = Province.objects.filter(code=code).first()
        return None if province is None else replace(seat, province=province, reach=Level.PROVINCE)
    if len(code) == len("33.25"):
        district = District.objects.select_related("province").filter(code=code).first()
        if district is None:
            return None
        return replace(seat, district=district, province=district.province, reach=Level.DISTRICT)
    places = ("subdistrict", "district__province", "province")
    village = Village.objects.select_related(*places).filter(code=code).first()
    if village is None:
        return None
    reach = Level.VILLAGE
    return replace(seat, village=village, district=village.district, province=village.province, reach=reach)


def kept_seat(owner: User, *, role: str, place: str, since: datetime) -> Seat | None:
    """The seat of a token or webhook that its owner made `since` then in that role for that place: the one of
    today, narrowed. None once the account, or the posting it was made in, is over, or the place is outside.
    Queries: 2 or fewer."""
    seat = seat_of(owner)
    if seat is None or seat.role.value != role:
        return None
    if seat.starts_on is None or timezone.localdate(since) < seat.starts_on:
        return None  # made in an earlier posting
    return narrowed(seat, place)


def visible_villages(seat: Seat | None) -> QuerySet[Village]:
    """Villages the seat may open; all areas in force within its place, none without the permission."""
    villages = Village.objects.select_related("subdistrict", "district", "province")
    if seat is None or not seat.may(Permission.SEE_VILLAGES):
        return villages.none()
    if seat.level == Level.VILLAGE:
        return villages.filter(code=seat.village_id)
    if seat.level == Level.DISTRICT:
        return villages.filter(district=seat.district_id)
    if seat.level == Level.PROVINCE:
        return villages.filter(province=seat.province_id)
    return villages


def visible_areas(seat: Seat | None, kind: type[AreaT]) -> QuerySet[AreaT, AreaT]:
    """Provinces, districts or subdistricts that lie within the seat's place or around it; none without the
    permission to see villages. One query."""
    areas: QuerySet[AreaT, AreaT] = QuerySet(kind)
    if seat is None or not seat.may(Permission.SEE_VILLAGES):
        return areas.none()
    code = seat.place_code
    around = [code[:length] for length in (2, 5, 8) if length <= len(code)]
    return areas.filter(Q(code__startswith=f"{code}.") | Q(code__in=around)) if code else areas


def access_village(seat: Seat | None, code: str) -> Village:
    """The village; absent and not yours are the same 404."""
    village = visible_villages(seat).filter(code=code).first()
    if village is None:
        raise Http404
    return village


def visible_designations(seat: Seat | None) -> DesignationQuerySet:
    """Villages of the seat's place that are or were in the programme; none without the permission."""
    rows: DesignationQuerySet = Designation.objects.all()
    if seat is None or not seat.may(Permission.SEE_VILLAGES):
        return rows.none()
    return rows.visible_to(seat)


def visible_assignments(seat: Seat | None) -> AssignmentQuerySet:
    """Officers of the seat's place, past ones too; none without the permission."""
    rows: AssignmentQuerySet = OfficerAssignment.objects.all()
    if seat is None or not seat.may(Permission.SEE_VILLAGES):
        return rows.none()
    return rows.visible_to(seat)


def visible_candidates(seat: Seat | None) -> QuerySet[User]:
    """Accounts the seat may assign as officers, or has assigned, by name; never the own one.

    The ministry reaches all. A district coordinator reaches those who serve or served in the district, and
    those whose account was made by somebody who coordinates it.
    """
    if seat is None or not seat.may(Permission.MANAGE_OFFICERS):
        return User.objects.none()
    people = User.objects.exclude(pk=seat.user.pk).order_by("full_name", "pk")
    if seat.level == Level.NATION:
        return people
    postings = Posting.objects.filter(user=OuterRef("pk"))
    coordinators = Posting.objects.filter(user=OuterRef("created_by"), district=seat.district_id)
    return people.filter(
        Exists(OfficerAssignment.objects.filter(user=OuterRef("pk"), district=seat.district_id))
        | Exists(postings.filter(Q(district=seat.district_id) | Q(village__district=seat.district_id)))
        | Exists(coordinators)
    )


def access_designation(seat: Seat | None, key: UUID) -> Designation:
    """The designation with its village; absent and not yours are the same 404."""
    row: Designation | None = (
        visible_designations(seat)
        .filter(pk=key)
        .select_related("village__subdistrict", "village__district", "village__province")
        .first()
    )
    if row is None:
        raise Http404
    return row


def access_assignment(seat: Seat | None, key: UUID) -> OfficerAssignment:
    """The assignment with its officer and village; absent and not yours are the same 404."""
    row: OfficerAssignment | None = (
        visible_assignments(seat)
        .filter(pk=key)
        .select_related("user", "village__subdistrict", "village__district", "village__province")
        .first()
    )
    if row is None:
        raise Http404
    return row


def access_cohort_target(seat: Seat | None, year: int) -> CohortTarget:
    """What was published for a year, for whoever manages the programme; else 404."""
    target = CohortTarget.objects.filter(year=year).first()
    if target is None or seat is None or not seat.may(Permission.MANAGE_PROGRAMME):
        raise Http404
    return target


def access_candidate(seat: Seat | None, key: UUID) -> User:
    """The account of somebody who may become an officer; absent and out of reach are the same 404."""
    person = visible_candidates(seat).filter(pk=key).first()
    if person is None:
        raise Http404
    return person


def visible_staff(seat: Seat | None) -> QuerySet[User]:
    """Accounts the seat looks after: none without the permission, all for the ministry.

    In a district: who has or had a post there, or whose account was made by its coordinator, and who has no
    post elsewhere today or later.
    """
    if seat is None or not seat.may(Permission.MANAGE_ACCOUNTS):
        return User.objects.none()
    if seat.level == Level.NATION:
        return User.objects.all()
    today = timezone.localdate()
    assignments = OfficerAssignment.objects.filter(user=OuterRef("pk"))
    postings = Posting.objects.filter(user=OuterRef("pk"))
    here = Q(district=seat.district_id) | Q(village__district=seat.district_id)
    not_over = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    return User.objects.filter(
        Exists(assignments.filter(district=seat.district_id))
        | Exists(postings.filter(here))
        | Exists(Posting.objects.filter(user=OuterRef("created_by"), district=seat.district_id)),
        ~Exists(assignments.filter(ends_on__gte=today).exclude(district=seat.district_id)),
        ~Exists(postings.filter(not_over).exclude(here)),
    )


def access_staff(seat: Seat | None, key: UUID) -> User:
    """The account; absent and not yours are the same 404."""
    person = visible_staff(seat).filter(pk=key).first()
    if person is None:
        raise Http404
    return person


def access_posting(seat: Seat | None, key: UUID) -> Posting:
    """The posting with its person and place, of an account the seat looks after; else the same 404."""
    posting = (
        Posting.objects.filter(pk=key, user__in=visible_staff(seat))
        .select_related("user", "village__district", "district__province", "province")
        .first()
    )
    if posting is None:
        raise Http404
    return posting


def visible_returns(seat: Seat | None) -> MonthlyReturnQuerySet:
    """Monthly returns of the seat's place; none without the permission."""
    rows: MonthlyReturnQuerySet = MonthlyReturn.objects.all()
    if seat is None or not seat.may(Permission.SEE_RETURNS):
        return rows.none()
    return rows.visible_to(seat)


def access_return(seat: Seat | None, key: UUID) -> MonthlyReturn:
    """The monthly return with its village; absent and not yours are the same 404."""
    places = ("village__subdistrict", "village__district", "village__province")
    row: MonthlyReturn | None = visible_returns(seat).filter(pk=key).select_related(*places).first()
    if row is None:
        raise Http404
    return row
