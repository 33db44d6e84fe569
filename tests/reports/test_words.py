"""Causes and next steps: written by the district, edited by the ministry, frozen into the edition."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Event
from reports.models import YearWords
from reports.yearly.document import compose
from tests import factories as make
from tests.reports import year_2019
from tests.reports.test_yearly_content import content_of, district_content

BATANG = "/reports/words/2019/33.25/"
LIST = "/reports/words/"
NATION = "/reports/words/2019/"


def send(cast, name, address, version, **words):
    return cast.client(name).post(address, {"version": version, **words})


def test_story_of_the_words_of_a_year(cast):
    """The district writes, the ministry edits, both stay; the edition keeps the edited ones."""
    send(cast, "hendro", BATANG, 0, cause_general="Sinyal lemah", step_general="Antena")
    send(cast, "hendro", BATANG, 0, cause_general="Sinyal lemah", step_general="Antena")
    row = YearWords.objects.get()
    assert (row.version, row.printed) == (1, {"general": {"cause": "Sinyal lemah", "step": "Antena"}})
    assert send(cast, "maya", BATANG, 1, cause_general="Jaringan seluler lemah").status_code == 302
    row.refresh_from_db()
    assert row.words == {"general": {"cause": "Sinyal lemah", "step": "Antena"}}
    assert row.printed == {"general": {"cause": "Jaringan seluler lemah", "step": ""}}
    assert send(cast, "maya", NATION, 0, cause_villages="Target terlampaui").status_code == 302
    year_2019.targets()
    content = content_of()
    send(cast, "hendro", BATANG, 2, cause_general="Baru")
    html = compose(content)
    assert "Jaringan seluler lemah" in html
    assert "Target terlampaui" in html
    assert "Sinyal lemah" not in html
    assert "Baru" not in html
    YearWords.objects.exclude(edited=None).update(edited_at=year_2019.MOMENT.replace(year=2025))
    assert YearWords.objects.get(district="33.25").changed_after_edit
    events = Event.objects.filter(name__startswith="words.").order_by("id")
    assert list(events.values_list("name", flat=True)) == [
        "words.written", "words.edited", "words.written", "words.written",
    ]  # fmt: skip


def test_own_words_of_a_district_stand_in_its_own_report(cast):
    send(cast, "hendro", "/reports/words/2019/33.25/", 0, cause_officers="Satu mengundurkan diri")
    assert "Satu mengundurkan diri" in compose(district_content())


def test_second_writer_sees_both_versions_and_loses_nothing(cast):
    send(cast, "maya", NATION, 0, cause_general="Dari Maya")
    answer = send(cast, "arif", NATION, 0, cause_general="Dari Arif")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert page.count("Dari Maya") == 1
    assert page.count("Dari Arif") == 2  # beside the other one, and in its field
    assert send(cast, "arif", NATION, 1, cause_general="Dari Arif").status_code == 302
    assert YearWords.objects.get().words["general"]["cause"] == "Dari Arif"


def test_words_of_another_office_are_absent(cast):
    for name, address in (("hendro", NATION), ("indra", BATANG), ("hendro", "/reports/words/2015/33.25/")):
        assert send(cast, name, address, 0, cause_general="x").status_code == 404
    assert YearWords.objects.count() == 0


def test_list_costs_the_same_for_two_and_four_districts(cast):
    client, costs = cast.client("maya"), []
    for code in (None, "35.07.01.2001", "52.02.01.2001"):
        if code:
            make.DesignationFactory(village=make.VillageFactory(code=code))
        with CaptureQueriesContext(connection) as asked:
            assert "/reports/words/2025/33.25/" in client.get(LIST, {"year": "2025"}).content.decode()
        costs.append(len(asked))
    assert costs == [5, 5, 5]
    make.YearWordsFactory(district=cast.randu.district)
    own = cast.client("hendro").get(LIST, {"year": "2025"}).content.decode()
    assert own.count("/reports/words/2025/") == 1
