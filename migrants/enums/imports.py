"""Lists that are read in, and what becomes of their rows."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReconciledSide(models.TextChoices):
    """Where somebody stands: in the national system, in our records, or in both."""

    MATCHED = "matched", _("In both: the national system and your records")
    ONLY_THERE = "only-there", _("Only in the national system")
    ONLY_HERE = "only-here", _("Only in your records, journey still open")


class ImportKind(models.TextChoices):
    """What a file holds; the codes are those of `registers.kinds.RegisterKind`."""

    PERSONS = "persons", _("Register of migrants")
    EXTRACT = "extract", _("Extract of the national system (SISKOP2MI)")
    COMPANIES = "companies", _("List of placement companies (P3MI)")


class ImportStatus(models.TextChoices):
    """Where the import of a file stands; the transitions stand in `import_states.py`."""

    MAPPING = "mapping", _("Columns to be confirmed")
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked, nothing imported yet")
    IMPORTING = "importing", _("Being imported")
    IMPORTED = "imported", _("Imported")
    FAILED = "failed", _("Stopped")
    CANCELLED = "cancelled", _("Laid aside")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")


class RowDecision(models.TextChoices):
    """What a person says about a doubtful row. Undecided rows stay out."""

    IMPORT = "import", _("Import as it stands")
    BY_NIK = "by_nik", _("Import with the sex and birth date of the NIK")
    NO_NIK = "no_nik", _("Import without the NIK")
    UPDATE = "update", _("Same one: update the record")
    SKIP = "skip", _("Leave out")


class RowEffect(models.TextChoices):
    """What the import of a row writes; CREATED stands from the dry run on, where a row is certain."""

    CREATED = "created", _("Registered")
    UPDATED = "updated", _("Updated")
    KEPT = "kept", _("Kept when the import was undone")
    UNDONE = "undone", _("Taken back")


class ImportFailure(models.TextChoices):
    """Why a job on a file could not be done, and what to do about it."""

    UNREADABLE = "unreadable", _("The file cannot be read. Save it anew as XLSX and upload it again.")
    MISSING = "missing", _("The uploaded file is gone from the server. Upload it again.")
    CHANGED = "changed", _("Records changed while the file was imported. Nothing was imported. Try again.")
    STALLED = "stalled", _("The work stopped three times before its end. Nothing was imported. Try again.")


class CompanyStatus(models.TextChoices):
    """What the operator's list says of a placement company."""

    ACTIVE = "active", _("Licensed")
    SUSPENDED = "suspended", _("Suspended")
    REVOKED = "revoked", _("Licence withdrawn")
