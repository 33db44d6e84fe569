"""Asking for an edition, and the pages around it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from kombu.exceptions import OperationalError

from accounts.keys import new_key
from accounts.rules import NotPermitted
from audit.models import Event
from reports import tasks
from reports.actions.editions import cancel_edition, request_edition, retry_edition
from reports.edition_states import MOVES, OWNERS
from reports.enums import EditionStatus
from reports.models import ReportEdition
from reports.rules import YearRefused
from reports.yearly.making import Claim, FenceLost
from tests import factories as make
from villages.access import seat_of

LIST, REQUEST = "/reports/", "/reports/new/"
PDF = b"%PDF-1.7 isi berkas contoh"
DIGEST = "4f9a1c07" + "0" * 48 + "e21b90d4"


def published(year=2019, number=1, **fields):
    return make.ReportEditionFactory(
        year=year,
        number=number,
        status="done",
        content={"figures": {}},
        digest=DIGEST,
        data_as_of=timezone.now(),
        finished_at=timezone.now(),
        **fields,
    )


@pytest.fixture
def filed(tmp_path, settings, db):
    """A published edition whose file lies where it should."""
    settings.MEDIA_ROOT = tmp_path
    edition = published()
    (tmp_path / "laporan").mkdir()
    (tmp_path / "laporan" / "DMP-2019-01.pdf").write_bytes(PDF)
    make.GeneratedFileFactory(
        edition=edition, path="laporan/DMP-2019-01.pdf", sha256=sha256(PDF).hexdigest(), size_bytes=len(PDF)
    )
    return edition


def url(name, edition):
    return reverse(f"reports:{name}", args=[edition.pk])


# --- asking ------------------------------------------------------------------------------------------------


def test_request_makes_a_waiting_row_with_the_next_number(cast):
    published(number=1)
    edition = request_edition(by=cast.seat("maya"), year=2019)
    assert (edition.reference, edition.status) == ("DMP-2019-02", EditionStatus.QUEUED)
    assert edition.requested_by == cast.user("maya")
    event = Event.objects.get()
    assert (event.name, event.actor_name, event.subject_label) == (
        "report.requested",
        "Maya Anggraini",
        "DMP-2019-02",
    )


def test_request_is_announced_after_the_commit_only(cast, django_capture_on_commit_callbacks, monkeypatch):
    told = []
    monkeypatch.setattr(tasks.make_edition, "apply_async", lambda args, **more: told.append(args))
    with django_capture_on_commit_callbacks(execute=True):
        edition = request_edition(by=cast.seat("maya"), year=2019)
        assert told == []
    assert told == [[str(edition.pk)]]
    edition.refresh_from_db()
    assert edition.announced_at is not None


def test_request_survives_a_broker_that_is_away(cast, django_capture_on_commit_callbacks, monkeypatch):
    def away(args, **more):
        raise OperationalError("away")

    monkeypatch.setattr(tasks.make_edition, "apply_async", away)
    with django_capture_on_commit_callbacks(execute=True):
        edition = request_edition(by=cast.seat("maya"), year=2019)
    edition.refresh_from_db()
    assert (edition.status, edition.announced_at) == (EditionStatus.QUEUED, None)
    told = []
    monkeypatch.setattr(tasks.make_edition, "apply_async", lambda args, **more: told.append(args))
    tasks.reclaim_stalled()
    assert told == [[str(edition.pk)]]


def test_asking_twice_gives_the_same_row(cast):
    first = request_edition(by=cast.seat("maya"), year=2019)
    assert request_edition(by=cast.seat("arif"), year=2019) == first
    assert request_edition(by=cast.seat("arif"), year=2018) != first
    assert ReportEdition.objects.count() == 2


def test_same_form_delivered_after_the_report_is_done_gives_the_first(cast):
    key = new_key()
    first = request_edition(by=cast.seat("maya"), year=2019, key=key)
    ReportEdition.objects.filter(pk=first.pk).update(
        status="done", content={}, digest=DIGEST, data_as_of=timezone.now()
    )
    assert request_edition(by=cast.seat("maya"), year=2019, key=key) == first


def test_failed_last_edition_is_taken_up_under_its_number(cast):
    failed = make.ReportEditionFactory(
        year=2019, number=1, status="failed", failure="stalled", attempts=3, digest=DIGEST, content={}
    )
    again = request_edition(by=cast.seat("maya"), year=2019)
    assert (again.pk, again.reference, again.status) == (failed.pk, "DMP-2019-01", EditionStatus.QUEUED)
    again.refresh_from_db()
    assert (again.attempts, again.failure, again.content, again.digest) == (0, "", None, "")


@pytest.mark.parametrize("year", [2015, 2027, 0, 99999])
def test_year_outside_the_programme_is_refused(cast, year):
    with pytest.raises(YearRefused):
        request_edition(by=cast.seat("maya"), year=year)


@pytest.mark.parametrize("year", [2016, 2026])
def test_first_and_current_year_can_be_asked_for(cast, year):
    assert request_edition(by=cast.seat("maya"), year=year).year == year


@pytest.mark.parametrize("name", ["rina", "hendro", "ratna", "sys", "audi", "stranger"])
def test_others_may_not_ask(cast, name):
    with pytest.raises(NotPermitted):
        request_edition(by=cast.seat(name) or seat_of(cast.user("rina")), year=2019)
    with pytest.raises(NotPermitted):
        retry_edition(
            by=cast.seat(name) or seat_of(cast.user("rina")),
            edition=make.ReportEditionFactory(status="failed", failure="file"),
        )


def test_retry_leaves_a_published_edition_as_it_is(cast):
    edition = published()
    assert retry_edition(by=cast.seat("maya"), edition=edition).status == EditionStatus.DONE


def test_fifty_requests_at_once_make_one_job(transactional_db, monkeypatch):
    monkeypatch.setattr(tasks.make_edition, "apply_async", lambda args, **more: None)
    user = make.UserFactory()
    make.PostingFactory(user=user, role="ministry_analyst")
    seat = seat_of(user)

    def ask(_n):
        try:
            return request_edition(by=seat, year=2019).pk
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(5) as pool:
        asked = set(pool.map(ask, range(50)))
    assert len(asked) == 1
    assert ReportEdition.objects.count() == 1
    assert Event.objects.filter(name="report.requested").count() == 1


def test_each_kind_place_and_period_has_numbers_of_its_own(cast):
    seat, batang = cast.seat("maya"), cast.randu.district
    published(number=1)
    asked = [
        request_edition(by=seat, year=2025, kind="bulletin", month=11),
        request_edition(by=seat, year=2025, kind="bulletin", month=12),
        request_edition(by=seat, year=2019, kind="district", district=batang),
        request_edition(
            by=seat, year=2019, kind="district", district=cast.user("indra").postings.get().district
        ),
        request_edition(by=seat, year=2019),
    ]
    assert [edition.reference for edition in asked] == [
        "DMB-2025-11-01", "DMB-2025-12-01", "DMK-33.25-2019-01", "DMK-32.12-2019-01", "DMP-2019-02",
    ]  # fmt: skip
    assert request_edition(by=cast.seat("hendro"), year=2019, kind="district", district=batang) == asked[2]
    with pytest.raises(YearRefused):
        request_edition(by=seat, year=2026, kind="bulletin", month=12)


def test_district_makes_and_reads_its_own_report_alone(cast):
    batang = cast.randu.district
    with pytest.raises(NotPermitted):
        request_edition(by=cast.seat("indra"), year=2025, kind="district", district=batang)
    answer = cast.client("hendro").post(REQUEST, {"year": "2025", "key": str(new_key()), "confirmed": "1"})
    edition = ReportEdition.objects.get()
    assert (answer.status_code, edition.reference) == (302, "DMK-33.25-2025-01")
    published(number=1)
    seen = {
        name: cast.client(name).get(url("edition-detail", edition)).status_code
        for name in ("hendro", "lina", "ratna", "maya", "indra", "rina")
    }
    assert seen == {"hendro": 200, "lina": 200, "ratna": 200, "maya": 200, "indra": 404, "rina": 404}
    assert cast.client("hendro").get(LIST).content.decode().count("DMP-2019") == 0


def test_form_asks_for_the_place_and_period_of_the_kind(cast):
    client = cast.client("maya")
    for sent in (
        {"kind": "bulletin", "month": ""},
        {"kind": "district"},
        {"kind": "x"},
        {"kind": "bulletin", "month": "13"},
    ):
        assert client.post(REQUEST, {"year": "2025", "confirmed": "1", **sent}).status_code == 422, sent
    assert client.post(REQUEST, {"year": "2026", "kind": "bulletin", "month": "12"}).status_code == 422
    assert ReportEdition.objects.count() == 0
    sent = {"kind": "district", "year": "2025", "month": "3", "district": "33.25", "confirmed": "1"}
    assert client.post(REQUEST, sent).status_code == 302
    assert ReportEdition.objects.get().reference == "DMK-33.25-2025-01"


# --- cancelling --------------------------------------------------------------------------------------------


def test_every_state_has_an_owner_and_every_step_leads_to_a_state():
    assert set(OWNERS) == set(EditionStatus)
    reached = {state for moves in MOVES.values() for state in moves.values()}
    assert reached == set(EditionStatus)


@pytest.mark.parametrize("status", ["queued", "running"])
def test_who_asked_cancels_and_may_ask_again_under_the_same_number(cast, status):
    edition = make.ReportEditionFactory(
        year=2019, number=1, status=status, fence=1, requested_by=cast.user("maya"), heart_at=timezone.now()
    )
    assert cast.client("arif").post(url("edition-cancel", edition)).status_code == 403
    body = cast.client("maya").get(url("edition-detail", edition)).content.decode()
    assert url("edition-cancel", edition) in body
    assert (
        url("edition-cancel", edition)
        not in cast.client("arif").get(url("edition-detail", edition)).content.decode()
    )
    for _time in range(2):
        assert cast.client("maya").post(url("edition-cancel", edition)).status_code == 302
    edition.refresh_from_db()
    assert edition.status == EditionStatus.CANCELLED
    assert Event.objects.filter(name__startswith="report.").count() == 1
    with pytest.raises(FenceLost):
        Claim(edition.pk, 1).show()  # what its worker still does counts for nothing
    again = request_edition(by=cast.seat("arif"), year=2019)
    assert (again.pk, again.reference, again.status) == (edition.pk, "DMP-2019-01", EditionStatus.QUEUED)


def test_published_edition_is_not_cancelled(cast):
    edition = published(requested_by=cast.user("maya"))
    assert cancel_edition(by=cast.seat("maya"), edition=edition).status == EditionStatus.DONE


# --- pages -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_for_one_and_three(cast, rows):
    client = cast.client("maya")
    for number in range(1, rows + 1):
        make.GeneratedFileFactory(edition=published(number=number))
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(LIST)
    assert answer.status_code == 200
    assert len(asked) == 5


def test_list_shows_status_number_digest_and_what_replaced_it(cast):
    published(number=1)
    second = published(number=2)
    make.GeneratedFileFactory(edition=second, path="laporan/DMP-2019-02.pdf", sha256=DIGEST, size_bytes=1)
    make.ReportEditionFactory(year=2020, number=1, status="running", step=4, heart_at=timezone.now())
    make.ReportEditionFactory(year=2021, number=1, status="failed", failure="disagree")
    body = cast.client("ratna").get(LIST, headers={"Accept-Language": "en"}).content.decode()
    for words in ("DMP-2019-02", "4f9a1c07 … e21b90d4", "DMP-2020-01", "DMP-2021-01"):
        assert words in body
    assert body.count("DMP-2019-02") == 3  # its line, its download, the line of what it replaced
    assert REQUEST not in body


def test_list_without_reports_says_what_to_do(cast):
    assert REQUEST in cast.client("maya").get(LIST).content.decode()


def test_request_goes_through_a_check_page(cast, monkeypatch):
    monkeypatch.setattr(tasks.make_edition, "apply_async", lambda args, **more: None)
    make.CohortTargetFactory(year=2019, published=150)
    client, key = cast.client("maya"), str(new_key())
    assert client.get(REQUEST).status_code == 200
    checked = client.post(REQUEST, {"kind": "yearly", "year": "2019", "key": key})
    assert checked.status_code == 200
    assert "DMP-2019-01" in checked.content.decode()
    assert ReportEdition.objects.count() == 0
    changed = client.post(REQUEST, {"kind": "yearly", "year": "2019", "key": key, "change": "1"})
    assert 'name="year"' in changed.content.decode()
    assert ReportEdition.objects.count() == 0
    for _time in range(2):
        done = client.post(REQUEST, {"kind": "yearly", "year": "2019", "key": key, "confirmed": "1"})
        edition = ReportEdition.objects.get()
        assert (done.status_code, done.url) == (302, url("edition-detail", edition))
    assert str(edition.pk) == key


@pytest.mark.parametrize("year", ["", "2015", "2027", "dua ribu", "2019; DROP TABLE", "١٩"])
def test_request_of_no_year_is_sent_back_with_a_sentence(cast, year):
    answer = cast.client("maya").post(REQUEST, {"kind": "yearly", "year": year, "confirmed": "1"})
    assert answer.status_code == 422
    assert "error" in answer.content.decode()
    assert ReportEdition.objects.count() == 0


def test_progress_shows_step_and_way_to_reload(cast):
    edition = make.ReportEditionFactory(status="running", step=4, heart_at=timezone.now())
    body = cast.client("maya").get(url("edition-detail", edition)).content.decode()
    assert '<progress max="6" value="4"' in body
    assert 'hx-trigger="every 2s"' in body
    assert f'href="{url("edition-detail", edition)}"' in body


def test_fragment_of_a_published_edition_stops_asking(cast, filed):
    client = cast.client("maya")
    fragment = client.get(url("edition-detail", filed), headers={"HX-Request": "true"})
    assert "HX-Request" in fragment["Vary"]
    body = fragment.content.decode()
    assert body.lstrip().startswith('<div id="panel" class="flow">')
    assert "hx-get" not in body
    assert DIGEST in body
    assert sha256(PDF).hexdigest() in body


def test_failed_edition_names_what_disagrees_and_offers_another_try(cast):
    edition = make.ReportEditionFactory(
        status="failed",
        failure="disagree",
        failure_details=[{"check": "published", "of": "", "whole": 403, "parts": 402}],
    )
    body = cast.client("maya").get(url("edition-detail", edition)).content.decode()
    assert "403" in body
    assert url("edition-retry", edition) in body
    assert (
        url("edition-retry", edition)
        not in cast.client("ratna").get(url("edition-detail", edition)).content.decode()
    )


def test_retry_button_sends_the_row_back_to_the_queue(cast, monkeypatch):
    monkeypatch.setattr(tasks.make_edition, "apply_async", lambda args, **more: None)
    edition = make.ReportEditionFactory(status="failed", failure="stalled")
    answer = cast.client("maya").post(url("edition-retry", edition))
    assert (answer.status_code, answer.url) == (302, url("edition-detail", edition))
    edition.refresh_from_db()
    assert edition.status == EditionStatus.QUEUED


def test_download_gives_the_published_bytes_as_an_attachment(cast, filed):
    answer = cast.client("ratna").get(url("edition-download", filed))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="DMP-2019-01.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    event = Event.objects.get()
    assert (event.name, event.actor_name, event.subject_label) == (
        "report.downloaded",
        "Ratna Sari",
        "DMP-2019-01",
    )


def test_missing_file_is_a_page_with_the_sum_to_look_for(cast, filed, settings):
    (settings.MEDIA_ROOT / "laporan" / "DMP-2019-01.pdf").unlink()
    answer = cast.client("maya").get(url("edition-download", filed))
    assert answer.status_code == 404
    assert sha256(PDF).hexdigest() in answer.content.decode()
    assert Event.objects.count() == 0


def test_file_changed_by_one_byte_is_not_given_out(cast, filed, settings):
    path = settings.MEDIA_ROOT / "laporan" / "DMP-2019-01.pdf"
    path.write_bytes(PDF[:-1] + b"X")
    answer = cast.client("maya").get(url("edition-download", filed))
    assert answer.status_code == 404
    assert "application/pdf" not in answer["Content-Type"]


def test_edition_without_a_file_yet_says_so(cast):
    edition = make.ReportEditionFactory()
    answer = cast.client("maya").get(url("edition-download", edition))
    assert answer.status_code == 404
    assert url("edition-detail", edition) in answer.content.decode()


def test_replaced_edition_is_marked_and_still_given_out(cast, filed):
    published(number=2, requested_by=None)
    client = cast.client("maya")
    assert "DMP-2019-02" in client.get(url("edition-detail", filed)).content.decode()
    assert client.get(url("edition-download", filed)).status_code == 200


@pytest.mark.parametrize("name", ["rina", "kades", "hendro", "lina", "sys", "audi"])
@pytest.mark.parametrize("page", ["edition-detail", "edition-download"])
def test_edition_is_absent_for_who_may_not_read_it(cast, filed, name, page):
    client = cast.client(name)
    mine = client.get(url(page, filed))
    absent = client.get(reverse(f"reports:{page}", args=[new_key()]))
    assert (mine.status_code, absent.status_code) == (404, 404)
    assert mine.content == absent.content


def test_progress_is_silent_about_time_that_passed(cast):
    """A row without a sign of life is still shown as being made: the beat decides, not the page."""
    edition = make.ReportEditionFactory(
        status="running", step=2, heart_at=timezone.now() - timedelta(hours=1)
    )
    assert "<progress" in cast.client("maya").get(url("edition-detail", edition)).content.decode()


def test_right_that_ends_while_the_report_is_made_closes_it(cast):
    """Hendro asked and moves to another district: the old one's report is absent for him from then on."""
    edition = request_edition(
        by=cast.seat("hendro"), year=2025, kind="district", district=cast.randu.district
    )
    client = cast.client("hendro")
    assert client.get(url("edition-detail", edition)).status_code == 200
    elsewhere = cast.user("indra").postings.get().district
    cast.user("hendro").postings.update(district=elsewhere)
    for page in ("edition-detail", "edition-download"):
        assert client.get(url(page, edition)).status_code == 404
    for page in ("edition-cancel", "edition-retry"):
        assert client.post(url(page, edition)).status_code == 404


def test_guessed_addresses_of_files_lead_nowhere(cast, filed):
    client = cast.client("maya")
    for guess in (
        "/media/laporan/DMP-2019-01.pdf",
        "/laporan/DMP-2019-01.pdf",
        "/static/laporan/DMP-2019-01.pdf",
        "/static/../laporan/DMP-2019-01.pdf",
        "/reports/DMP-2019-01/download/",
        f"{url('edition-download', filed)}DMP-2019-01.pdf",
        f"{url('edition-download', filed)}../../../bab/",
    ):
        assert client.get(guess).status_code == 404, guess
