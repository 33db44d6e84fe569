"""The paper about the figures is the one the catalogue makes."""

from django.conf import settings
from django.core.management import call_command

from reports.indicators import CATALOGUE
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
