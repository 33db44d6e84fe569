"""The doors to figures and reports: which places somebody may ask for, which lists behind a figure and which
editions of the yearly report somebody may open.

Absent and not yours are the same 404.
"""

from __future__ import annotations

from enum import Enum
from typing import TypeGuard
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Lower
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.roles import Level, Permission
from accounts.rules import NotPermitted
from cooperatives.access import access_books
from reports.enums import EditionStatus
from reports.freezing.codes import NoSuchCode, read_code
from reports.indicators import CATALOGUE, Indicator
from reports.models import (
    EditionQuerySet,
    FrozenFigure,
    MeetingPack,
    ReportEdition,
    SavedView,
    YearWords,
)
from reports.places import NoSuchPlace, Place, column_of, level_of
from reports.rules import report_years
from villages.access import Seat
from villages.models import Designation, District, Province, Village
from villages.queries import districts_designated


class Published(Enum):
    """Who reads a figure that is not asked for by a person in a seat: the public of an official report.

    Sees the nation as the ministry does; small cells are hidden.
    """

    PUBLISHED = "published"


PUBLISHED = Published.PUBLISHED
Reader = Seat | Published

AREAS: dict[Level, type[Province] | type[District] | type[Village]] = {
    Level.PROVINCE: Province,
    Level.DISTRICT: District,
    Level.VILLAGE: Village,
}


def own_place(reader: Reader) -> Place:
    """The place of the seat: the widest one it may ask for. Raises `NotPermitted` without the permission."""
    if not isinstance(reader, Seat) or reader.level == Level.NATION:
        return nation()
    area = {Level.VILLAGE: reader.village, Level.DISTRICT: reader.district, Level.PROVINCE: reader.province}
    place = area.get(reader.level)
    if place is None or not reader.may(Permission.SEE_FIGURES):
        raise NotPermitted(_("You do not have access to this page."))
    return Place(place.code, str(place))


def nation() -> Place:
    """The whole country."""
    return Place("", _("Indonesia"))


def sees_place(reader: Reader, code: str) -> bool:
    """Whether the place of that code lies within the reader's."""
    if not isinstance(reader, Seat):
        return reader is PUBLISHED
    return reader.may(Permission.SEE_FIGURES) and code in own_place(reader)


def access_place(reader: Reader, code: str) -> Place:
    """The place of that code, or 404. The empty code is the nation. One query, none for one's own place."""
    try:
        level = level_of(code)
    except NoSuchPlace as unknown:
        raise Http404 from unknown
    if not sees_place(reader, code):
        raise Http404
    if level == Level.NATION:
        return nation()
    own = own_place(reader)
    if own.code == code:
        return own
    area = AREAS[level].objects.filter(code=code).first()
    if area is None:
        raise Http404
    return Place(area.code, str(area))


def places_below(reader: Reader, place: Place) -> list[Place]:
    """The places one level down that have a village in the programme, or had one, A-Z. One query; none below
    a village."""
    level = place.level_below
    column = column_of(level) if level else None
    if level is None or column is None or not sees_place(reader, place.code):
        return []
    designated = Designation.objects.order_by().values(column)
    areas = _within(AREAS[level].objects.all(), place).filter(code__in=designated)
    return [Place(area.code, str(area)) for area in areas.order_by(Lower("name"), "code")]


def places_around(reader: Reader, place: Place) -> list[Place]:
    """The places the place lies in, widest first, as far as the reader sees. For the trail above a page."""
    codes = [code for code in ("", place.code[:2], place.code[:5]) if code != place.code]
    return [access_place(reader, code) for code in codes if sees_place(reader, code)]


def access_indicator(code: str) -> Indicator:
    """The indicator of that code, or 404."""
    try:
        return CATALOGUE[code]
    except KeyError as unknown:
        raise Http404 from unknown


def may_open_rows(reader: Reader, indicator: Indicator) -> bool:
    """Whether the reader knows the records a figure counts, and so any count of them; names are a second
    question.

    Whoever may see the names may open the list, and so may whoever may see records without names.
    """
    return _is_seat(reader) and (reader.may(indicator.rows_need) or reader.may(indicator.names_need))


def may_list_rows(reader: Reader, indicator: Indicator) -> bool:
    """Whether the reader may see the records a figure counts as a list or a file; private ones nobody."""
    return not indicator.private and may_open_rows(reader, indicator)


def may_see_names(reader: Reader, indicator: Indicator) -> bool:
    """Whether the list behind a figure shows names and opens single records."""
    return _is_seat(reader) and reader.may(indicator.names_need)


def visible_editions(seat: Seat | None) -> EditionQuerySet:
    """Editions the seat may read, without their long content: those of its own place and of places within;
    a province reads those of the nation besides. A token for a single village reads none."""
    editions = ReportEdition.objects.lean().select_related("district")
    if seat is None or not seat.may(Permission.READ_REPORTS):
        return editions.none()
    if seat.level == Level.DISTRICT:
        return editions.filter(district=seat.district)
    if seat.level == Level.PROVINCE:
        return editions.filter(Q(district__isnull=True) | Q(district__province=seat.province))
    return editions if seat.level == Level.NATION else editions.none()


def access_edition(seat: Seat | None, edition_id: UUID) -> ReportEdition:
    """The edition, with its successor's number; absent and not yours are the same 404."""
    edition = visible_editions(seat).with_successor().filter(pk=edition_id).first()
    if edition is None:
        raise Http404
    return edition


def districts_with_words(seat: Seat, year: int) -> QuerySet[District]:
    """Districts of the programme whose words about the year the seat may write, each with `written_at` and
    `edited_at` of the words, None where there are none."""
    row = YearWords.objects.filter(year=year, district=OuterRef("pk"))
    districts = districts_designated()
    if seat.level != Level.NATION:
        districts = districts.filter(pk=seat.district_id)
    return districts.annotate(
        written_at=Subquery(row.values("written_at")), edited_at=Subquery(row.values("edited_at"))
    )


def access_words(seat: Seat, year: int, code: str) -> YearWords:
    """The words about the year of the district of that code ("": the nation), not saved while nothing was
    written; another office's are absent (404)."""
    if year not in report_years():
        raise Http404
    if not code:
        if seat.level != Level.NATION:
            raise Http404
        return YearWords.objects.filter(year=year, district=None).first() or YearWords(year=year, version=0)
    district = districts_with_words(seat, year).filter(pk=code).first()
    if district is None:
        raise Http404
    standing = YearWords.objects.filter(year=year, district=district).select_related("district").first()
    return standing or YearWords(year=year, district=district, version=0)


def access_frozen(seat: Seat | None, code: str) -> FrozenFigure:
    """The printed number of that code with the first edition that printed it; 404 for any other text, for an
    edition that is not published, and for that of another place. Queries: 1."""
    try:
        read = read_code(code)
    except NoSuchCode as unknown:
        raise Http404 from unknown
    figures = FrozenFigure.objects.select_related("edition__district").defer("edition__content")
    standing = figures.filter(code=read, edition__status=EditionStatus.DONE)
    figure = standing.order_by("edition__number").first()
    if figure is None or not _concerns(seat, Place(figure.edition.place_code, "")):
        raise Http404
    return figure


def _concerns(seat: Seat | None, place: Place) -> bool:
    """Whether a report of that place is about the seat's, or about a place within it."""
    if seat is None or not seat.may(Permission.SEE_FIGURES):
        return False
    own = own_place(seat)
    return own.code in place or place.code in own


def access_pack(seat: Seat | None, key: UUID) -> MeetingPack:
    """The papers of a meeting, of a body whose books the seat reads, without the file; else the same 404."""
    pack = MeetingPack.objects.defer("pdf").filter(pk=key).first()
    if pack is None:
        raise Http404
    pack.body = access_books(seat, pack.body_id)
    return pack


def own_views(seat: Seat) -> QuerySet[SavedView]:
    """The views this person has saved, A-Z."""
    return SavedView.objects.filter(owner=seat.pk).order_by(Lower("name"), "pk")


def access_view(seat: Seat, key: UUID) -> SavedView:
    """One of this person's own views; another's is the same 404."""
    view = own_views(seat).filter(pk=key).first()
    if view is None:
        raise Http404
    return view


def _is_seat(reader: Reader) -> TypeGuard[Seat]:
    return isinstance(reader, Seat)


def _within(areas: QuerySet, place: Place) -> QuerySet:
    return areas.filter(code__startswith=f"{place.code}.") if place.code else areas
