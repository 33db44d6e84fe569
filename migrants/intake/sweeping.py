"""Nothing personal is kept longer than needed: after the days for undoing, files and rows are emptied."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from migrants.enums import ImportStatus
from migrants.intake.storing import remove_file, sweep_opened
from migrants.intake.work import patient_transaction
from migrants.models import RegisterImport
from migrants.models.imports import UNDO_DAYS

DAYS_LEFT_LYING = 30


def sweep_imports() -> int:
    """Files past their days are gone, with what their rows held; outcomes and counts stay. Returns how many.

    Past: imported and no longer to be undone; laid aside or undone; left lying for 30 days.
    """
    sweep_opened()
    now = timezone.now()
    long_ago = now - timedelta(days=UNDO_DAYS + 1)
    over = (
        Q(status=ImportStatus.IMPORTED, imported_at__lt=long_ago)
        | Q(status__in=[ImportStatus.CANCELLED, ImportStatus.UNDONE])
        | Q(
            status__in=[ImportStatus.MAPPING, ImportStatus.CHECKED, ImportStatus.FAILED],
            uploaded_at__lt=now - timedelta(days=DAYS_LEFT_LYING),
        )
    )
    found = list(RegisterImport.objects.filter(over).exclude(path=""))
    for register in found:
        with patient_transaction():
            register.rows.update(content_sealed=None, match=None)
            left_lying = register.status not in (ImportStatus.IMPORTED, ImportStatus.UNDONE)
            if left_lying:
                register.status = ImportStatus.CANCELLED
            remove_file(register)
            register.path, register.survey_sealed = "", None
            register.save(update_fields=["path", "survey_sealed", "status"])
    return len(found)
