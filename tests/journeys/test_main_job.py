"""The main job, once, whole: an officer logs, the district sees, the ministry downloads."""

from __future__ import annotations

import hashlib
import time

import pytest
from django.utils import timezone

from migrants.models import Case, Referral, ServiceVisit
from reports.models import ReportEdition
from tests.factories import PersonFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def choose(visitor, name, value):
    """Tick a radio button or box whose drawing may lie over it."""
    visitor.page.locator(f'[name="{name}"][value="{value}"]').check(force=True)


def submit(visitor):
    """Press the first button of the page's own form."""
    with visitor.page.expect_navigation():
        visitor.page.locator("main form[method=post] .acts button.button").first.click()
    visitor.look()


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


def test_officer_opens_a_case_and_the_district_answers_the_referral(visitors, cast):
    person = PersonFactory(village=cast.randu, full_name="Suparmi", phone="+6281000000412")
    rina = visitors("rina")
    rina.open("/people/?q=Suparmi")
    rina.follow("Suparmi")
    assert rina.heading == "Suparmi"
    rina.open(f"/cases/new/?person={person.pk}")
    rina.page.select_option("[name=type]", "unpaid_wage")
    choose(rina, "reporter", "spouse")
    rina.page.fill("[name=narrative]", "Gaji tiga bulan belum dibayar.")
    submit(rina)
    case = Case.objects.get()
    assert case.number in rina.page.inner_text("main")
    rina.open(f"/cases/{case.pk}/move/?to=verifying")
    submit(rina)
    rina.open(f"/cases/{case.pk}/refer/")
    rina.page.select_option("[name=body]", "disnaker")
    rina.page.fill("[name=request]", "Mohon hubungi agensi.")
    submit(rina)
    referral = Referral.objects.get()
    hendro = visitors("hendro")
    hendro.open("/referrals/")
    assert "Suparmi" in hendro.page.inner_text("main")
    hendro.open(f"/referrals/{referral.pk}/answer/")
    choose(hendro, "decision", "answered")
    hendro.page.fill("[name=answer]", "Agensi bersedia membayar.")
    submit(hendro)
    referral.refresh_from_db()
    assert (referral.status, referral.answer) == ("answered", "Agensi bersedia membayar.")
    rina.open(f"/cases/{case.pk}/")
    assert "Agensi bersedia membayar." in rina.page.inner_text("main")


# Each width and each way without and with scripts; to make the file takes ten seconds a time.
@pytest.mark.parametrize(
    "device", [(360, False), (1280, True)], indirect=True, ids=["phone-noscript", "desk"]
)
def test_ministry_downloads_the_report_that_holds_the_visit(visitors, cast, celery_worker, device):
    rina = visitors("rina")
    log_a_visit(rina)
    maya = visitors("maya")
    assert maya.heading == "Capaian nasional"
    year = timezone.localdate().year
    maya.open("/reports/new/")
    maya.page.select_option("[name=year]", str(year))
    submit(maya)
    if not ReportEdition.objects.exists():  # the check page stands between
        submit(maya)
    edition = ReportEdition.objects.get()
    deadline = time.monotonic() + 240
    while edition.status not in {"done", "failed"} and time.monotonic() < deadline:
        time.sleep(0.5)
        edition.refresh_from_db()
    assert (edition.status, edition.failure) == ("done", "")
    maya.open(f"/reports/{edition.pk}/")
    file = edition.files.get(kind="pdf")
    assert file.sha256[:8] in maya.page.inner_text("main").replace(" ", "").replace("\n", "")
    with maya.page.expect_download() as download:
        maya.page.get_by_role("link", name="Unduh").first.click()
    content = download.value.path().read_bytes()
    assert hashlib.sha256(content).hexdigest() == file.sha256
    assert content.startswith(b"%PDF-")
    assert visits_in(edition.content) == 1


def visits_in(content):
    """The national number of visits the report prints."""
    return next(
        thing["count"] for thing in walk(content) if thing.get("code") == "visits" and "before" in thing
    )


def walk(thing):
    if isinstance(thing, dict):
        yield thing
    for inner in thing.values() if isinstance(thing, dict) else thing if isinstance(thing, list) else ():
        yield from walk(inner)
