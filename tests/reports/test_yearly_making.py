"""Making an edition: one file, whoever dies on the way (quality.md R5, R6; faults 5-10)."""

from __future__ import annotations

import stat
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.models import Event
from migrants.models import ServiceVisit
from reports.enums import EditionStatus, Failure, MakingStep
from reports.models import GeneratedFile, ReportEdition
from reports.rendering import PangoMissing, Rendering, RenderRefused
from reports.yearly import making
from reports.yearly.agreement import sentences
from reports.yearly.finishing import Finished
from reports.yearly.making import FenceLost, make_edition, note_announced, take_back_stalled
from tests import factories as make
from tests.reports import year_2019
from tests.reports.little import little_pdf
from tests.reports.test_yearly_content import figure

LITTLE = little_pdf()
FILES = ["laporan/2019/DMP-2019-01.pdf", "laporan/2019/DMP-2019-01.xlsx"]


@pytest.fixture
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def waiting(transactional_db, media):
    """A row that waits, over a register with something of everything."""
    year_2019.everything()
    return make.ReportEditionFactory(year=2019, number=1)


@pytest.fixture
def quick(monkeypatch):
    """Leave the printing out where a test is about what happens around it."""
    monkeypatch.setattr(
        "reports.yearly.chapters.render_pdf", lambda html, **more: Rendering(LITTLE, 0.1, 0.1, 70, [])
    )


def raising(error):
    def render(html, **more):
        raise error

    return render


def files_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def silence(edition, **fields):
    """The worker gave its last sign of life long ago."""
    old = timezone.now() - timedelta(minutes=3)
    ReportEdition.objects.filter(pk=edition.pk).update(heart_at=old, **fields)


def test_waiting_edition_is_published_with_its_file(waiting, media):
    make_edition(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.attempts, waiting.fence, waiting.step) == (
        EditionStatus.DONE,
        1,
        1,
        MakingStep.PUBLISH,
    )
    assert waiting.content["figures"]["cumulative"]["published"] == 402
    file = waiting.files.get(kind="pdf")
    path = media / file.path
    assert files_in(media) == FILES
    assert file.sha256 == sha256(path.read_bytes()).hexdigest()
    assert file.size_bytes == path.stat().st_size
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes().startswith(b"%PDF-1.7")
    assert [event.name for event in Event.objects.order_by("id")] == ["report.published"]


def test_same_message_three_times_makes_one_file(waiting, media, quick):
    for _time in range(3):
        make_edition(waiting.pk)
    assert sorted(file.kind for file in GeneratedFile.objects.all()) == ["pdf", "xlsx"]
    assert ReportEdition.objects.get().attempts == 1
    assert Event.objects.count() == 1


def test_message_of_a_row_that_is_gone_does_nothing(transactional_db, media):
    make_edition(make.ReportEditionFactory.build().pk)


def test_published_edition_cannot_be_changed_or_deleted(waiting, quick):
    make_edition(waiting.pk)
    for write in (
        lambda: ReportEdition.objects.update(digest="0" * 64),
        lambda: ReportEdition.objects.update(status="failed", failure="file"),
        lambda: GeneratedFile.objects.update(sha256="0" * 64),
        lambda: GeneratedFile.objects.all().delete(),
        lambda: ReportEdition.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


def test_totals_that_disagree_fail_the_edition_and_print_nothing(waiting, media):
    make.DesignationFactory(
        village=make.VillageFactory(code="33.25.14.2007"), cohort_year=2019, designated_on=date(2020, 1, 15)
    )
    make_edition(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.failure) == (EditionStatus.FAILED, Failure.DISAGREE)
    assert [(d["check"], d["of"]) for d in waiting.failure_details] == [("cohort", "2019")]
    assert "2019" in sentences(waiting.failure_details)[0]
    assert waiting.content is None
    assert files_in(media) == []
    assert [event.name for event in Event.objects.all()] == ["report.failed"]


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (PangoMissing("x"), Failure.PANGO),
        (RenderRefused("nested too deeply"), Failure.LAYOUT),
        (making.ForbiddenRequest("1 request(s) refused"), Failure.FORBIDDEN),
        (making.TooManyRows(1600), Failure.TOO_LONG),
    ],
)
def test_refusal_that_will_not_pass_fails_at_once(waiting, monkeypatch, error, failure):
    monkeypatch.setattr("reports.yearly.chapters.render_pdf", raising(error))
    make_edition(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.failure, waiting.attempts) == (EditionStatus.FAILED, failure, 1)


def test_child_that_does_not_finish_is_tried_three_times(waiting, media, settings):
    settings.REPORT_WALL_SECONDS, settings.REPORT_HEART_SECONDS = 0, 0.2
    seen = []
    for _start in range(4):
        make_edition(waiting.pk)
        waiting.refresh_from_db()
        seen.append((waiting.status, waiting.attempts))
    assert seen == [("queued", 1), ("queued", 2), ("failed", 3), ("failed", 3)]
    assert waiting.failure == Failure.STALLED
    assert files_in(media) == []


def test_full_disk_is_tried_three_times_and_named(waiting, media, quick):
    media.parent.mkdir(exist_ok=True)
    media.write_text("a file where the folder should be")
    for _start in range(3):
        make_edition(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.failure) == (EditionStatus.FAILED, Failure.FILE)


def test_row_in_other_hands_is_left_alone(waiting, quick):
    first = making._claim(waiting.pk)
    assert first.fence == 1
    make_edition(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.attempts) == (EditionStatus.RUNNING, 1)


def test_row_whose_worker_fell_silent_is_taken_over(waiting, media, quick):
    making._claim(waiting.pk)
    silence(waiting)
    make_edition(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.attempts, waiting.fence) == (EditionStatus.DONE, 2, 2)
    assert files_in(media) == FILES


def test_late_finisher_cannot_overwrite(waiting, media):
    """Fault 7: a worker hangs, another takes over and publishes, then the first wakes up."""
    late = making._claim(waiting.pk)
    content = making._freeze(late, waiting)
    silence(waiting)
    second = making._claim(waiting.pk)
    making._publish(second, waiting, [Finished("pdf", LITTLE)])
    with pytest.raises(FenceLost):
        making._publish(late, waiting, [Finished("pdf", b"%PDF-1.7 terlambat")])
    with pytest.raises(FenceLost):
        late.show(MakingStep.PRINT)
    making._fail(late, Failure.LAYOUT)
    making._give_back(late, Failure.STALLED)
    waiting.refresh_from_db()
    assert waiting.status == EditionStatus.DONE
    assert content["reference"] == "DMP-2019-01"
    assert (media / "laporan/2019/DMP-2019-01.pdf").read_bytes() == LITTLE
    assert files_in(media) == FILES[:1]


def test_worker_that_loses_its_row_while_printing_stops_at_once(waiting, settings, media):
    settings.REPORT_HEART_SECONDS = 0.1
    claim = making._claim(waiting.pk)
    ReportEdition.objects.update(fence=claim.fence + 1)
    with pytest.raises(FenceLost):
        making._make(claim)
    assert files_in(media) == []


def test_resumed_edition_keeps_the_frozen_figures(waiting, quick):
    first = making._claim(waiting.pk)
    making._freeze(first, waiting)
    frozen = ReportEdition.objects.get().digest
    make.ServiceVisitFactory(village=make.VillageFactory(code="33.25.14.2004"), visited_on=date(2019, 9, 9))
    silence(waiting)
    make_edition(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.digest) == (EditionStatus.DONE, frozen)


def test_record_deleted_from_under_an_edition_changes_nothing_in_it(waiting, quick):
    making._freeze(making._claim(waiting.pk), waiting)
    frozen = ReportEdition.objects.get()
    ServiceVisit.objects.all().delete()
    silence(waiting)
    make_edition(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.digest) == (EditionStatus.DONE, frozen.digest)
    assert figure(waiting.content["figures"], "visits")["count"] == 3


def test_cancelled_edition_stops_its_worker_and_leaves_no_file(waiting, media, settings):
    settings.REPORT_HEART_SECONDS = 0.1
    claim = making._claim(waiting.pk)
    ReportEdition.objects.update(status=EditionStatus.CANCELLED)
    with pytest.raises(FenceLost):
        making._make(claim)
    assert take_back_stalled() == []
    assert files_in(media) == []


def test_half_file_of_a_killed_worker_is_swept_away(waiting, media, quick):
    left = media / "laporan/2019/.DMP-2019-01.1.part"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"%PDF-1.7 set")
    ReportEdition.objects.update(fence=1)
    make_edition(waiting.pk)
    assert files_in(media) == FILES


def test_second_edition_lists_what_changed(waiting, quick):
    make_edition(waiting.pk)
    make.ServiceVisitFactory(village=make.VillageFactory(code="33.25.14.2004"), visited_on=date(2019, 9, 9))
    second = make.ReportEditionFactory(year=2019, number=2)
    make_edition(second.pk)
    second.refresh_from_db()
    assert second.content["changes"]["reference"] == "DMP-2019-01"
    assert (3, 4) in [(line["before"], line["after"]) for line in second.content["changes"]["lines"]]


def test_silent_row_is_given_to_the_next_worker(waiting):
    making._claim(waiting.pk)
    assert take_back_stalled() == []
    silence(waiting)
    assert take_back_stalled() == [waiting.pk]
    waiting.refresh_from_db()
    assert waiting.status == EditionStatus.QUEUED


def test_row_silent_on_its_third_start_fails_with_a_reason(waiting):
    making._claim(waiting.pk)
    silence(waiting, attempts=3)
    assert take_back_stalled() == []
    waiting.refresh_from_db()
    assert (waiting.status, waiting.failure) == (EditionStatus.FAILED, Failure.STALLED)
    assert waiting.failure_sentence != ""


def test_waiting_row_is_announced_again_only_after_a_while(waiting):
    assert take_back_stalled() == [waiting.pk]
    note_announced(waiting.pk)
    assert take_back_stalled() == []
    ReportEdition.objects.update(announced_at=timezone.now() - timedelta(minutes=3))
    assert take_back_stalled() == [waiting.pk]
