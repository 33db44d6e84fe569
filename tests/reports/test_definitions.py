"""The paper about the figures is the one the catalogue makes."""

from collections import Counter

from django.conf import settings
from django.core.management import call_command

from pillars.enums import Pillar
from reports.indicators import CATALOGUE, Goal
from reports.indicators.goals import PURPOSES
from reports.queries.definitions import definitions_as_markdown


def test_paper_is_current():
    paper = settings.BASE_DIR / "docs" / "indicators.md"
    assert paper.read_text(encoding="utf-8") == definitions_as_markdown(), (
        "Run ./run manage indicators --out docs/indicators.md"
    )


def test_command_writes_the_paper(tmp_path):
    call_command("indicators", out=str(tmp_path / "indicators.md"))
    assert (tmp_path / "indicators.md").read_text(encoding="utf-8") == definitions_as_markdown()


def test_paper_names_every_indicator():
    paper = definitions_as_markdown()
    assert [code for code in CATALOGUE if f"(`{code}`)" not in paper] == []


def test_page_defines_every_indicator(cast):
    page = cast.client("ratna").get("/figures/definitions/").content.decode()
    assert [code for code in CATALOGUE if f'id="{code}"' not in page] == []


def test_definitions_are_searched_by_word(cast):
    client = cast.client("ratna")
    page = client.get("/figures/definitions/", {"q": "rombongan tidak-ada"}).content.decode()
    assert 'id="visits"' not in page
    assert "Tidak ada pengertian" in page
    found = client.get("/figures/definitions/", {"q": "Koperasi NIK"}).content.decode()
    assert ('id="finance_bodies_numbered"' in found, 'id="visits"' in found) == (True, False)
    assert 'href="#finance_bodies_numbered"' in found


def test_catalogue_serves_every_pillar_and_goal():
    """At least sixty figures; each says what it is for, and nothing is said of a figure that is not there."""
    assert len(CATALOGUE) >= 60
    assert set(PURPOSES) == set(CATALOGUE)
    pillars = Counter(entry.pillar for entry in CATALOGUE.values())
    goals = Counter(goal for entry in CATALOGUE.values() for goal in entry.goals)
    assert min(pillars[pillar] for pillar in Pillar) >= 8
    assert min(goals[goal] for goal in Goal) >= 5
    assert all(entry.goals for entry in CATALOGUE.values())
