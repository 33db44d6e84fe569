"""Editions of the yearly report, and the jobs that make them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from periods.month import Month, Year
from reports.enums import IN_THE_MAKING, EditionKind, EditionStatus, Failure, MakingStep
from villages.models import District

# What an edition is one of: the same kind, place and period. Later numbers replace earlier ones.
SERIES = ("kind", "district", "year", "month")

NATIONAL = (EditionKind.YEARLY, EditionKind.BULLETIN)
WHOLE_YEARS = (EditionKind.YEARLY, EditionKind.DISTRICT)


class EditionQuerySet(models.QuerySet["ReportEdition"]):
    def in_the_making(self) -> EditionQuerySet:
        return self.filter(status__in=IN_THE_MAKING)

    def published(self) -> EditionQuerySet:
        return self.filter(status=EditionStatus.DONE)

    def of_series(self, edition: ReportEdition) -> EditionQuerySet:
        """Editions of the same kind, place and period as this one, itself among them."""
        of_place = {"district": edition.district_id} if edition.district_id else {"district__isnull": True}
        of_month = {"month": edition.month} if edition.month else {"month__isnull": True}
        return self.filter(kind=edition.kind, year=edition.year, **of_place, **of_month)

    def lean(self) -> EditionQuerySet:
        """Without the frozen content, which is long and only the renderer reads."""
        return self.defer("content")

    def with_successor(self) -> EditionQuerySet:
        """Each row with `successor_number` and `successor_at` of the next published edition of its series."""
        later = (
            ReportEdition.objects.published()
            .filter(
                Q(district=OuterRef("district")) | Q(district__isnull=True, kind__in=NATIONAL),
                Q(month=OuterRef("month")) | Q(month__isnull=True, kind__in=WHOLE_YEARS),
                kind=OuterRef("kind"),
                year=OuterRef("year"),
                number__gt=OuterRef("number"),
            )
            .order_by("number")
        )
        return self.annotate(
            successor_number=Subquery(later.values("number")[:1]),
            successor_at=Subquery(later.values("finished_at")[:1]),
        )


class ReportEdition(models.Model):
    """One edition of the report of one kind, place and period, and the job that makes it.

    `district` None: the nation. `month` None: the whole year.

    `content` is the frozen snapshot that everything printed comes from; `digest` is the SHA-256 of its
    figures, `signature` the one over `proof.statement` by the private half of `public_key`. Once published,
    the database refuses to change any of it (trigger `reports_edition_stays`); a later edition supersedes it.
    `fence` grows with every start of the work: whoever holds an older one may no longer write. `heart_at` is
    the last sign of life of the worker, `announced_at` when the broker was last told of a waiting row.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(_("Kind"), max_length=8, choices=EditionKind, default=EditionKind.YEARLY)
    district = models.ForeignKey(District, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("Year"))
    month = models.PositiveSmallIntegerField(_("Month"), null=True, blank=True)
    number = models.PositiveSmallIntegerField(_("Edition"))
    status = models.CharField(_("Status"), max_length=9, choices=EditionStatus, default=EditionStatus.QUEUED)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField(auto_now_add=True)
    announced_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    heart_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    fence = models.PositiveIntegerField(default=0)
    step = models.PositiveSmallIntegerField(null=True, blank=True)  # MakingStep
    chapters = models.PositiveSmallIntegerField(default=0)  # of a long report; 0: one document
    chapters_done = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=10, blank=True)  # Failure
    failure_details = models.JSONField(default=list, blank=True)
    data_as_of = models.DateTimeField(null=True, blank=True)
    content = models.JSONField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    signature = models.CharField(max_length=88, blank=True)
    public_key = models.CharField(max_length=44, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=[*SERIES, "number"], nulls_distinct=False, name="reports_edition_number_once"
            ),
            # Asking twice gives the same job.
            models.UniqueConstraint(
                fields=SERIES,
                condition=Q(status__in=list(IN_THE_MAKING)),
                nulls_distinct=False,
                name="reports_edition_one_in_the_making",
            ),
            models.CheckConstraint(
                condition=Q(kind="yearly", district__isnull=True, month__isnull=True)
                | Q(kind="district", district__isnull=False, month__isnull=True)
                | Q(kind="bulletin", district__isnull=True, month__gte=1, month__lte=12),
                name="reports_edition_kind_has_its_place_and_period",
            ),
            models.CheckConstraint(
                condition=~Q(status="done")
                | (Q(content__isnull=False, data_as_of__isnull=False) & ~Q(digest="")),
                name="reports_edition_done_is_frozen",
            ),
            models.CheckConstraint(
                condition=~Q(status="failed") | ~Q(failure=""), name="reports_edition_failed_says_why"
            ),
        ]

    @property
    def is_in_the_making(self) -> bool:
        return self.status in IN_THE_MAKING

    @property
    def steps(self) -> int:
        return len(MakingStep)

    @property
    def step_label(self) -> str:
        return str(MakingStep(self.step).label) if self.step else ""

    @property
    def failure_sentence(self) -> str:
        return str(Failure(self.failure).label) if self.failure else ""

    @property
    def tag_kind(self) -> str:
        """How the status is drawn; superseded editions are plain."""
        if getattr(self, "successor_number", None):
            return ""
        return {EditionStatus.DONE: "done", EditionStatus.FAILED: "late"}.get(self.status, "now")  # type: ignore[call-overload, no-any-return]

    @property
    def successor_reference(self) -> str:
        """The edition that replaced this one, where `with_successor` was asked; else nothing."""
        number = getattr(self, "successor_number", None)
        return f"{self._series_reference}-{number:02d}" if number else ""

    @property
    def digest_short(self) -> str:
        return f"{self.digest[:8]} … {self.digest[-8:]}" if self.digest else ""

    @property
    def reference(self) -> str:
        """What is printed on the cover: DMP-2019-01, DMK-33.25-2019-01 of a district, DMB-2019-06-01."""
        return f"{self._series_reference}-{self.number:02d}"

    @property
    def _series_reference(self) -> str:
        return {
            EditionKind.DISTRICT: f"DMK-{self.district_id}-{self.year}",
            EditionKind.BULLETIN: f"DMB-{self.year}-{self.month or 0:02d}",
        }.get(EditionKind(self.kind), f"DMP-{self.year}")

    @property
    def period(self) -> Month | Year:
        """The year, or the month of a bulletin."""
        return Month(self.year, self.month) if self.month else Year(self.year)

    @property
    def place_code(self) -> str:
        """The district's code; empty for the nation."""
        return self.district_id or ""

    @property
    def title(self) -> str:
        """What pages call it: "Report 2019, edition 1"."""
        words = {
            EditionKind.YEARLY: _("Report %(period)s, edition %(number)s"),
            EditionKind.DISTRICT: _("Report %(place)s %(period)s, edition %(number)s"),
            EditionKind.BULLETIN: _("Bulletin %(period)s, edition %(number)s"),
        }[EditionKind(self.kind)]
        return str(words) % {
            "place": self.district or "",
            "period": self.period.label,
            "number": self.number,
        }
