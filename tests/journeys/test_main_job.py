"""The main job, once, whole: an officer logs, the district sees, the ministry downloads."""

from __future__ import annotations

import hashlib
import time

import pytest
from django.utils import timezone

from migrants.models import Case, Person, Referral, ServiceVisit
from reports.models import ReportEdition
from tests.factories import PersonFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def choose(visitor, name, value):
    """Tick a radio button or box whose drawing may lie over it."""
    visitor.page.locator(f'[name="{name}"][value="{value}"]').check(force=True)


def log_a_visit(visitor):
    visitor.open("/visits/new/")
    choose(visitor, "topic", "information")
    choose(visitor, "channel", "walk_in")
    choose(visitor, "outcome", "done")
    visitor.page.fill("[name=note]", "Menanyakan lowongan di Taiwan.")
    visitor.press("Simpan kunjungan")


def test_officer_logs_a_visit_and_the_district_counts_it(visitors, cast):
    rina = visitors("rina")
    assert rina.heading == "Hari ini"
    log_a_visit(rina)
    visit = ServiceVisit.objects.get()
    assert visit.number in rina.page.inner_text("main")
    hendro = visitors("hendro")
    assert hendro.heading == "Perlu tindakan"
    hendro.open(f"/figures/visits/rows/?place=33.25&period={timezone.localdate():%Y-%m}")
    assert "Randu" in hendro.page.inner_text("main")
    assert hendro.page.locator("main tbody tr, main ul.rows > li").count() == 1


def test_officer_is_told_what_is_wrong_and_nothing_typed_is_lost(visitors, cast):
    rina = visitors("rina")
    rina.open("/visits/new/")
    choose(rina, "channel", "phone")
    rina.page.fill("[name=visited_on]", "31/02/2026")
    rina.page.fill("[name=note]", "Isian yang tidak boleh hilang.")
    rina.press("Simpan kunjungan")
    assert rina.page.title().startswith("Kesalahan: ")
    assert rina.page.locator(".summary a").count() >= 3
    assert rina.page.input_value("[name=visited_on]") == "31/02/2026"
    assert rina.page.input_value("[name=note]") == "Isian yang tidak boleh hilang."
    assert rina.page.locator('[name=channel][value="phone"]').is_checked()
    assert ServiceVisit.objects.count() == 0


def test_officer_registers_finds_and_opens_a_case_that_the_district_answers(visitors, cast):
    PersonFactory(village=cast.randu, full_name="Suparmi", phone="+6281000000412")
    rina = visitors("rina")
    rina.open("/people/?q=Suparmi")
    rina.follow("Suparmi")
    assert rina.heading == "Suparmi"
    person = Person.objects.get(full_name="Suparmi")
    rina.open(f"/cases/new/?person={person.pk}")
    choose(rina, "type", "unpaid_wage") if rina.page.locator(
        'input[name="type"]'
    ).count() else rina.page.select_option("[name=type]", "unpaid_wage")
    if rina.page.locator('input[name="reporter"]').count():
        choose(rina, "reporter", "spouse")
    else:
        rina.page.select_option("[name=reporter]", "spouse")
    rina.page.fill("[name=narrative]", "Gaji tiga bulan belum dibayar.")
    rina.press("Simpan kasus")
    case = Case.objects.get()
    assert case.number in rina.page.inner_text("main")
    rina.open(f"/cases/{case.pk}/refer/")
    if rina.page.locator('input[name="body"]').count():
        choose(rina, "body", "disnaker")
    else:
        rina.page.select_option("[name=body]", "disnaker")
    rina.page.fill("[name=request]", "Mohon hubungi agensi.")
    rina.page.locator("main form button.button").first.click()
    rina.look()
    referral = Referral.objects.get()
    hendro = visitors("hendro")
    hendro.open("/referrals/")
    assert "Suparmi" in hendro.page.inner_text("main")
    hendro.open(f"/referrals/{referral.pk}/answer/")
    assert hendro.page.locator("main form").count() >= 1


def test_ministry_downloads_the_report_that_holds_the_visit(visitors, cast, celery_worker, device):
    rina = visitors("rina")
    log_a_visit(rina)
    maya = visitors("maya")
    assert maya.heading == "Capaian nasional"
    year = timezone.localdate().year
    maya.open("/reports/new/")
    maya.page.select_option("[name=year]", str(year))
    maya.page.locator("main form button.button").first.click()
    maya.look()
    if not ReportEdition.objects.exists():  # a check page stands between
        maya.page.locator("main form button.button").first.click()
        maya.look()
    edition = ReportEdition.objects.get()
    deadline = time.monotonic() + 60
    while edition.status not in {"done", "failed"} and time.monotonic() < deadline:
        time.sleep(0.5)
        edition.refresh_from_db()
    assert (edition.status, edition.failure) == ("done", "")
    maya.open(f"/reports/{edition.pk}/")
    file = edition.files.get()
    assert file.sha256[:8] in maya.page.inner_text("main").replace(" ", "").replace("\n", "")
    with maya.page.expect_download() as download:
        maya.page.get_by_role("link", name="Unduh").first.click()
    content = download.value.path().read_bytes()
    assert hashlib.sha256(content).hexdigest() == file.sha256
    assert content.startswith(b"%PDF-")
    assert visits_in(edition.content) == 1


def visits_in(content):
    """The national number of visits the report prints, wherever its content keeps it."""
    found = [
        figure["value"] for figure in walk(content) if figure.get("code") == "visits" and "value" in figure
    ]
    assert found, "the report does not print the visits"
    return found[0]


def walk(thing):
    if isinstance(thing, dict):
        yield thing
        for value in thing.values():
            yield from walk(value)
    elif isinstance(thing, list):
        for value in thing:
            yield from walk(value)
