"""What an edition freezes, and what a code opens (issue 7, section 4)."""

from __future__ import annotations

import zlib
from datetime import date
from html.parser import HTMLParser

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from migrants.models import Case, Migration, MigrationStep, Person, ServiceVisit
from periods.month import Month, Year
from reports.access import PUBLISHED, nation
from reports.cells import State
from reports.enums import EditionStatus, Failure
from reports.figures import figure_table
from reports.freezing.codes import LETTERS, NoSuchCode, new_codes, read_code
from reports.freezing.keys import CellKey, part_named
from reports.freezing.records import Record, Records, RowReader, kept_paths, number_of
from reports.indicators import CATALOGUE
from reports.indicators.shape import How, Measure, Span
from reports.models import FrozenFigure, FrozenSet, ReportEdition
from reports.queries.frozen import frozen_as, open_figure
from reports.queries.frozen_values import Then
from reports.rendering import Rendering
from reports.yearly import making
from reports.yearly.agreement import sentences
from reports.yearly.document import compose
from reports.yearly.making import make_edition
from tests import factories as make
from tests.reports import year_2019
from tests.reports.little import little_pdf
from tests.reports.pages import counted
from tests.reports.world import fill
from villages.access import seat_of

BACKEND = "accounts.backends.AccountBackend"


def test_all_but_some_is_named_by_what_it_leaves_out(english):
    left_out = CellKey("villages_designated:cohort", "~unknown", "33.25", "2025")
    assert part_named(left_out) == "All but: Year not known"
    assert part_named(CellKey("villages_designated:cohort", "2018", "33.25", "2025")) == "2018"


def test_codes_are_typed_as_people_type_and_one_slip_is_noticed():
    codes = new_codes(300)
    assert len(set(codes)) == 300
    code = codes[0]
    assert read_code(f" {code[:3].lower()}-{code[3:]} ") == code
    slips = [code[:at] + other + code[at + 1 :] for at in range(7) for other in LETTERS if other != code[at]]
    swaps = [
        code[:at] + code[at + 1] + code[at] + code[at + 2 :] for at in range(5) if code[at] != code[at + 1]
    ]
    for wrong in [*slips, *swaps, "", code[:6], code + "A", "O0O0O0O"]:
        with pytest.raises(NoSuchCode):
            read_code(wrong)


def test_records_are_cut_by_place_and_part_and_come_back_as_they_were():
    rows = (
        Record("1", "33.25.14.2004", "a", 5, ("info",)),
        Record("2", "33.25.14.2002", "b", None, ("paper",)),
        Record("3", "32.12.16.2004", "c", 2, ("info",)),
    )
    records = Records(("id",), ("topic",), rows)
    body, digest = records.packed()
    assert Records.unpacked(body) == records
    assert Records.unpacked(body).packed() == (body, digest)

    def keys(figure, value, place):
        return [row.key for row in records.of(CellKey(figure, value, place, "2019"))]

    assert keys("visits", "", "") == ["1", "2", "3"]
    assert keys("visits", "", "33.25.14") == ["1", "2"]
    assert keys("visits:topic", "info", "") == ["1", "3"]
    assert keys("visits:topic", "~info", "33") == ["2"]
    assert keys("visits", "", "31") == []
    assert number_of(rows, Measure(How.SUM, "n")) == 7
    assert number_of(rows, Measure(How.MEDIAN, "n")) == 2


# --- editions ----------------------------------------------------------------------------------------------


@pytest.fixture
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def quick(monkeypatch):
    """The press is tested elsewhere; here it prints one page."""
    rendering = Rendering(little_pdf(), 0.1, 0.1, 70, [])
    monkeypatch.setattr("reports.yearly.chapters.render_pdf", lambda html, **more: rendering)


def figure(edition, name, place="", value="", period="2019") -> FrozenFigure:
    return FrozenFigure.objects.get(edition=edition, figure=name, place=place, value=value, period=period)


def edition_of(number: int) -> ReportEdition:
    edition = make.ReportEditionFactory(year=2019, number=number)
    make_edition(edition.pk)
    edition.refresh_from_db()
    assert edition.status == EditionStatus.DONE, edition.failure_details
    return edition


@pytest.mark.django_db(transaction=True)
def test_correction_appears_in_the_second_edition_alone(cast, quick, media, django_assert_num_queries):
    year_2019.targets()
    for topic in ("information", "information", "document"):
        make.ServiceVisitFactory(village=cast.randu, visited_on=date(2019, 3, 4), topic=topic)
    first = edition_of(1)
    pdf = (media / first.files.get(kind="pdf").path).read_bytes()
    frozen = figure(first, "visits")
    assert (frozen.count, figure(first, "visits:topic", value="information").count) == (3, 2)
    assert FrozenSet.objects.get(edition=first, figure="visits", part="", period="2019").rows == 3
    assert first.content["codes"]["visits|||2019"] == frozen.code
    rina = cast.client("rina")
    for of_rows, code in ((1, figure(first, "visits:topic", value="document").code), (3, frozen.code)):
        with django_assert_num_queries(9):
            lines, _page = lines_of(rina, code)
        assert [since for since, _said in lines.values()] == ["same"] * of_rows

    gone, kept, *_more = ServiceVisit.objects.filter(visited_on__year=2019).order_by("pk")
    ServiceVisit.objects.filter(pk=kept.pk).update(note="diperbaiki")
    ServiceVisit.objects.filter(pk=gone.pk).delete()

    second = edition_of(2)
    changes = second.content["changes"]
    lines = {(line["label"], line["period"]): line for line in changes["records"]}
    assert len(lines) == 1
    (line,) = lines.values()
    assert (line["before"], line["after"], line["added"], line["removed"], line["changed"]) == (3, 2, 0, 1, 1)
    assert changes["definitions"] == []
    # The first edition stays what it was, and its codes open what it counted.
    assert (media / first.files.get(kind="pdf").path).read_bytes() == pdf
    assert ReportEdition.objects.get(pk=first.pk).digest == first.digest != second.digest
    assert figure(second, "visits").code != frozen.code
    assert figure(second, "departures").code == figure(first, "departures").code

    cell = figure_table(["visits"], [nation()], Year(2019), seat=PUBLISHED).cell("visits")
    assert frozen_as(cell) == figure(second, "visits")
    before = figure_table(["visits"], [nation()], Year(2016), seat=PUBLISHED).cell("visits")
    assert (cell.state, before.state) == (State.FROZEN, State.SETTLED)

    page = cast.client("rina").get(reverse("reports:frozen-figure", args=[frozen.code.lower()]))
    opened = page.context["opened"]
    assert (opened.count, opened.records, opened.elsewhere, opened.now) == (3, 3, 0, None)
    since = {line.record.key: line.since for line in opened.page.rows}
    assert sorted(since.values()) == ["beside", "gone", "same"]
    assert (since[str(gone.pk)], since[str(kept.pk)]) == ("gone", "beside")
    assert str(gone.pk) in page.content.decode()


def lines_of(client, code):
    """Of every line, by its record: what became of it, and what it said: (then, today) where that differs."""
    page = client.get(reverse("reports:frozen-figure", args=[code]))
    assert page.status_code == 200
    lines = {
        line.record.key: (
            str(line.since),
            {
                said.column.code: (said.value, said.today) if said.changed else said.value
                for said in line.values
            },
        )
        for line in page.context["opened"].page.rows
    }
    return lines, page.content.decode()


@pytest.mark.django_db(transaction=True)
def test_frozen_line_says_what_the_record_said(cast, quick, media):
    """Corrected, moved, closed, taken out or deleted after it was printed: no old version leaks."""
    year_2019.targets()
    names = ("Wati Tetap", "Sri Lama", "Tuti Batal", "Nia Pindah", "Eka Hapus", "Ida Dekat")
    journeys = []
    for day, name in enumerate(names, 1):
        village = cast.bandung if name == "Ida Dekat" else cast.randu
        person = make.PersonFactory(village=village, full_name=name, sex="female")
        journeys.append(
            make.MigrationFactory(
                person=person,
                destination="HKG",
                status="abroad",
                procedural="unknown",
                registered_on=date(2019, 2, 1),
                departed_on=date(2019, 3, day),
            )
        )
    case = make.CaseFactory(village=cast.randu, reported_on=date(2019, 5, 1), subject_name="Lia Tertutup")
    first = edition_of(1)
    kept = b"".join(zlib.decompress(bytes(one.records)) for one in FrozenSet.objects.filter(edition=first))
    assert [name for name in (*names, "Lia Tertutup") if name.encode() in kept] == []

    still, corrected, dropped, moved, gone, near = journeys
    for journey, facts in (
        (still, {"agency": "PT Contoh"}),
        (corrected, {"destination": "TWN", "departed_on": date(2019, 3, 9)}),
        (dropped, {"departed_on": date(2020, 1, 5)}),
        (moved, {"village": cast.kenanga, "destination": "TWN"}),
        (near, {"village": cast.randu}),
    ):
        Migration.objects.filter(pk=journey.pk).update(**facts)
    Person.objects.filter(pk=corrected.person_id).update(full_name="Sri Baru", sex="male")
    MigrationStep.objects.filter(migration=gone).delete()
    Migration.objects.filter(pk=gone.pk).delete()
    Case.objects.filter(pk=case.pk).update(restricted=True)

    code = figure(first, "departures").code
    (lines, page), (hers, her_page) = (lines_of(cast.client(name), code) for name in ("hendro", "lina"))
    then = {"date": date(2019, 3, 1), "village": "Desa Randu", "name": "Wati Tetap", "sex": "Perempuan"}
    then |= {"destination": "Hong Kong", "job": lines[str(still.pk)][1]["job"]}
    then |= {"status": "Di luar negeri", "path": "Belum diketahui"}
    changed = {"date": (date(2019, 3, 2), date(2019, 3, 9)), "name": "Sri Baru"}
    changed |= {"sex": ("Perempuan", "Laki-laki"), "destination": ("Hong Kong", "Taiwan")}
    later = {"date": (date(2019, 3, 3), date(2020, 1, 5)), "name": "Tuti Batal"}
    near_by = {"date": date(2019, 3, 6), "village": ("Desa Bandung", "Desa Randu"), "name": "Ida Dekat"}
    expected = {
        str(still.pk): ("beside", then),
        str(corrected.pk): ("changed", then | changed),
        str(dropped.pk): ("dropped", then | later),
        str(moved.pk): ("closed", {}),
        str(gone.pk): ("gone", {}),
        str(near.pk): ("changed", then | near_by),
    }
    assert lines == expected
    assert [name for name in ("Sri Lama", "Nia Pindah", "Eka Hapus") if name in page] == []
    # The district's viewer sees no names, of then or of today.
    assert [name for name in (*names, "Sri Baru") if name in her_page] == []
    without = {key: (since, {**said, "name": None}) for key, (since, said) in lines.items() if said}
    assert without == {key: (since, {**said, "name": None}) for key, (since, said) in hers.items() if said}
    closed, page = lines_of(cast.client("rina"), figure(first, "cases_reported").code)
    assert (closed, "Lia Tertutup" in page) == ({str(case.pk): ("closed", {})}, False)


def test_what_is_kept_says_the_same_as_the_list_and_no_name(cast):
    """Over every figure of the catalogue."""
    fill(cast)
    month, today = Month(2026, 11), date(2026, 11, 23)
    for code, indicator in CATALOGUE.items():
        rows = indicator.rows(Span.of(month, today=today)).order_by(*indicator.order)
        reader = RowReader([], indicator.measure.field if indicator.measure else "", kept_paths(indicator))
        records = Records((), (), tuple(reader.read(rows, indicator.place_path)), reader.said)
        kept = Records.unpacked(records.packed()[0])
        assert kept == records, code
        columns = [column for column in indicator.columns if not indicator.private]
        then = Then(indicator, tuple(columns), kept, {})
        for record, row in zip(kept.rows, rows.select_related(*indicator.related), strict=True):
            values = then.values_of(record, row)
            assert [value.value for value in values] == [column.read(row) for column in columns], code
            assert [value for value in values if value.changed] == [], code
            names = {str(value.value) for value in values if value.column.named and value.value}
            said = {str(value) for value in kept.told_by(record).values()}
            assert names & said == set(), code


def without_code(part, path=""):
    """Where numbers stand in the figures of a content that no code leads from. A zero needs none."""
    if isinstance(part, list):
        for each in part:
            yield from without_code(each, f"{path}.{each['code']}" if path == "summary" else path)
    elif isinstance(part, dict):
        coded = {field for field, key in (part.get("cells") or {}).items() if key}
        coded |= {"count"} if part.get("cell") else set()
        for field, said in part.items():
            where = f"{path}.{field}".lstrip(".")
            if type(said) is int and said and field not in coded:
                yield where
            elif field != "cells":
                yield from without_code(said, where)


# Years, published figures, targets and differences of numbers that stand beside them count no records.
GIVEN = {
    *(f"cohorts.{field}" for field in ("year", "published", "difference", "counted_again")),
    *(f"cumulative.{field}" for field in ("published", "before", "target", "difference")),
    *(f"reach.{level}.published" for level in ("provinces", "districts", "subdistricts")),
    "provinces.cohorts.year",
    "summary.villages.target",
    "summary.villages.realisation",
    "summary.villages.before",
    "summary.registered.target",
    "summary.registered.gap.n",
    "villages.cohort",
    "officers.over",  # the same as "needed"
    "villages.officers",  # of a village that is not in the programme; not printed
}


def reader(role, **place):
    user = make.UserFactory()
    make.PostingFactory(user=user, role=role, **place)
    return user


class Printed(HTMLParser):
    """The cells of a report on paper that hold a number without a code."""

    def __init__(self, html):
        super().__init__()
        self.found, self.cell, self.code = [], None, False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        css = (dict(attrs).get("class") or "").split()
        if tag == "td" and "n" in css and "given" not in css:
            self.cell, self.code = "", False
        self.code = self.code or "kode" in css

    def handle_data(self, data):
        if self.cell is not None:
            self.cell += data

    def handle_endtag(self, tag):
        if tag == "td" and self.cell is not None:
            if not self.code and self.cell.strip() not in {"0", "–", "", "0/2"}:
                self.found.append(self.cell.strip())
            self.cell = None


@pytest.mark.django_db(transaction=True)
def test_every_number_of_every_report_opens_that_many_records(db, quick, media):
    """Walks the content and the paper of all three kinds, then opens every code that is not a zero's."""
    year_2019.everything()
    randu = make.VillageFactory(code="33.25.14.2004")
    maya = reader("ministry_analyst")
    make.AbroadEstimateFactory(village=randu, number=5, estimated_on=date(2019, 3, 1))
    returned = make.MonthlyReturnFactory(village=randu, month=date(2019, 2, 1), due_on=date(2019, 3, 5))
    make.MonthlyReturnFactory(
        village=randu,
        month=date(2019, 1, 1),
        due_on=date(2019, 2, 5),
        first_submitted_on=date(2019, 2, 3),
        status="submitted",
        counts={},
        submitted_at=year_2019.MOMENT,
    )
    seat, opened, missing = seat_of(maya), {}, set()
    for kind in ({}, {"kind": "district", "district": returned.district}, {"kind": "bulletin", "month": 2}):
        edition = make.ReportEditionFactory(year=2019, number=1, **kind)
        make_edition(edition.pk)
        edition.refresh_from_db()
        assert edition.status == EditionStatus.DONE, edition.failure_details
        missing |= set(without_code(edition.content["figures"]))
        assert Printed(compose(edition.content)).found == []
        figures = FrozenFigure.objects.filter(edition=edition).select_related("edition__district")
        for frozen in figures.defer("edition__content").exclude(count=0):
            found = open_figure(frozen, seat=seat)
            counted_in = found.indicator.over if found.of_whole else found.indicator
            if counted_in.measure is None and frozen.count is not None:
                assert (found.count, found.records * found.times) == (frozen.count, frozen.count), frozen.code
            if found.page and not found.of_whole:
                assert {str(line.since) for line in found.page.rows} == {"same"}, frozen.figure
            opened.setdefault((frozen.figure, frozen.value, frozen.period), frozen)
    assert missing - GIVEN == set()
    client = Client()
    client.force_login(maya, backend=BACKEND)
    for name, value, period, count in (
        ("villages_designated:cohort@districts", "~unknown", "2019", 2),
        ("villages_designated@provinces", "", "2019", 2),
        ("visits@villages", "", "2019", 1),
        ("villages_active:wrote", "no", "2019-03", 2),
        ("returns_due:came", "never", "2019", 1),
        ("officers_in_post@over", "", "2019", 6),
    ):
        address = reverse("reports:frozen-figure", args=[opened[name, value, period].code])
        listed = 3 if name == "officers_in_post@over" else count  # two officers for each village
        assert counted(client, address) == (count, listed), name
    # Nor does a code show the ministry a name, whatever it opens.
    for frozen in (
        one for (figure, value, _period), one in opened.items() if not value and "@" not in figure
    ):
        page = client.get(reverse("reports:frozen-figure", args=[frozen.code]))
        assert (page.status_code, year_2019.NAMES in page.content.decode()) == (200, False), frozen.figure
    # A district reads of its own areas, and how many lie elsewhere.
    district = seat_of(reader("district_coordinator", district=returned.district))
    found = open_figure(opened["villages_designated@districts", "", "2019"], seat=district)
    assert ([area.code for area in found.areas.rows], found.elsewhere) == (["33.25"], 1)


@pytest.mark.django_db(transaction=True)
def test_published_edition_keeps_what_it_froze(quick, media):
    year_2019.everything()
    first = edition_of(1)
    for rows in (FrozenFigure.objects.filter(edition=first), FrozenSet.objects.filter(edition=first)):
        for change in (rows.delete, lambda rows=rows: rows.update(figure="cases_reported")):
            with pytest.raises(IntegrityError), transaction.atomic():
                change()
    with pytest.raises(IntegrityError), transaction.atomic():
        make.FrozenFigureFactory(edition=first, place="33")


@pytest.mark.django_db(transaction=True)
def test_number_that_its_records_do_not_make_is_refused(quick, media, monkeypatch):
    year_2019.everything()
    counted = making.build_content

    def wrong(*args, **more):
        content = counted(*args, **more)
        content["figures"]["sections"][0]["figures"][0]["before"]["count"] += 1
        return content

    monkeypatch.setattr(making, "build_content", wrong)
    edition = make.ReportEditionFactory(year=2019, number=1)
    make_edition(edition.pk)
    edition.refresh_from_db()
    assert (edition.status, edition.failure) == (EditionStatus.FAILED, Failure.DISAGREE)
    assert [detail["check"] for detail in edition.failure_details] == ["records"]
    assert len(sentences(edition.failure_details)) == 1
