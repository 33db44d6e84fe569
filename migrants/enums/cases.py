"""Cases, who handles them and what belongs to them (domain.md 2.6 to 2.8)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseType(models.TextChoices):
    """domain.md 2.6."""

    UNPAID_WAGE = "unpaid_wage", _("Wage not paid")
    DISMISSAL = "dismissal", _("Dismissal")
    CONTRACT_MISMATCH = "contract_mismatch", _("Work not as in the contract")
    OVERCHARGING = "overcharging", _("Placement fee too high")
    FAILED_DEPARTURE = "failed_departure", _("Failed to depart")
    JOB_FRAUD = "job_fraud", _("Job fraud")
    DOCUMENT_WITHHELD = "document_withheld", _("Documents withheld")
    SICK = "sick", _("Illness")
    MENTAL_HEALTH = "mental_health", _("Mental health")
    ACCIDENT = "accident", _("Accident at work")
    DEATH = "death", _("Death")
    VIOLENCE = "violence", _("Physical violence")
    SEXUAL_VIOLENCE = "sexual_violence", _("Sexual violence or harassment")
    TRAFFICKING_SUSPECTED = "trafficking_suspected", _("Suspected trafficking (TPPO)")
    LOST_CONTACT = "lost_contact", _("Lost contact")
    OVERSTAY = "overstay", _("Overstay or no papers")
    DETAINED = "detained", _("Detained or legal trouble")
    DEPORTED = "deported", _("Deportation or repatriation")
    WANTS_RETURN = "wants_return", _("Wants to go home")
    SOCIAL_SECURITY_CLAIM = "social_security_claim", _("Social security claim")
    REMITTANCE_FAMILY = "remittance_family", _("Family or remittance")
    CHILD_NEGLECT = "child_neglect", _("Neglect of a worker's child")
    OTHER = "other", _("Other")


# Visible only to named handlers and the district coordinator (design.md 7).
RESTRICTED_TYPES = frozenset(
    {CaseType.SEXUAL_VIOLENCE, CaseType.TRAFFICKING_SUSPECTED, CaseType.CHILD_NEGLECT}
)


# Facts about somebody's health: told of no place as a number of their own (quality.md C49, ADR 17).
HEALTH_TYPES = frozenset({CaseType.SICK, CaseType.MENTAL_HEALTH, CaseType.ACCIDENT})


class Severity(models.TextChoices):
    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")
    CRITICAL = "critical", _("Critical")


# Proposed urgency of each type (domain.md 2.6, a design); the officer may change it.
DEFAULT_SEVERITY: dict[str, Severity] = {
    CaseType.UNPAID_WAGE: Severity.HIGH,
    CaseType.DISMISSAL: Severity.MEDIUM,
    CaseType.CONTRACT_MISMATCH: Severity.MEDIUM,
    CaseType.OVERCHARGING: Severity.MEDIUM,
    CaseType.FAILED_DEPARTURE: Severity.MEDIUM,
    CaseType.JOB_FRAUD: Severity.HIGH,
    CaseType.DOCUMENT_WITHHELD: Severity.HIGH,
    CaseType.SICK: Severity.HIGH,
    CaseType.MENTAL_HEALTH: Severity.HIGH,
    CaseType.ACCIDENT: Severity.HIGH,
    CaseType.DEATH: Severity.CRITICAL,
    CaseType.VIOLENCE: Severity.CRITICAL,
    CaseType.SEXUAL_VIOLENCE: Severity.CRITICAL,
    CaseType.TRAFFICKING_SUSPECTED: Severity.CRITICAL,
    CaseType.LOST_CONTACT: Severity.HIGH,
    CaseType.OVERSTAY: Severity.MEDIUM,
    CaseType.DETAINED: Severity.CRITICAL,
    CaseType.DEPORTED: Severity.MEDIUM,
    CaseType.WANTS_RETURN: Severity.HIGH,
    CaseType.SOCIAL_SECURITY_CLAIM: Severity.LOW,
    CaseType.REMITTANCE_FAMILY: Severity.LOW,
    CaseType.CHILD_NEGLECT: Severity.HIGH,
    CaseType.OTHER: Severity.LOW,
}


class Reporter(models.TextChoices):
    SELF = "self", _("The worker")
    SPOUSE = "spouse", _("Husband or wife")
    PARENT = "parent", _("Father or mother")
    CHILD = "child", _("Child")
    RELATIVE = "relative", _("Other relative")
    NEIGHBOUR = "neighbour", _("Neighbour")
    OFFICER = "officer", _("Officer")
    ANONYMOUS = "anonymous", _("Does not want to be named")


class CaseStatus(models.TextChoices):
    """domain.md 2.7; the transitions stand in `case_states.py`."""

    NEW = "new", _("New")
    VERIFYING = "verifying", _("Checking the data")
    WAITING_DATA = "waiting_data", _("Waiting for papers")
    HANDLING = "handling", _("Handled by the village")
    REFERRED = "referred", _("Referred")
    IN_PROGRESS_EXTERNAL = "in_progress_external", _("Handled by another body")
    RESOLVED = "resolved", _("Solved")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


OPEN_STATUSES = (
    CaseStatus.NEW,
    CaseStatus.VERIFYING,
    CaseStatus.WAITING_DATA,
    CaseStatus.HANDLING,
    CaseStatus.REFERRED,
    CaseStatus.IN_PROGRESS_EXTERNAL,
    CaseStatus.RESOLVED,
)


class CloseReason(models.TextChoices):
    """domain.md 2.7 (BP2MI Reg. 6/2024 art. 30 for the grounds besides solved)."""

    SOLVED = "solved", _("Solved")
    INCOMPLETE_30D = "incomplete_30d", _("Papers incomplete for 30 days")
    UNCLEAR_15WD = "unclear_15wd", _("No clarity 15 working days after a question")
    UNREACHABLE_60D = "unreachable_60d", _("Reporter unreachable for 60 days")
    HANDED_OVER = "handed_over", _("Handed to another body")
    UNSOLVABLE_6M = "unsolvable_6m", _("Cannot be solved, no answer for 6 months")
    WITHDRAWN = "withdrawn", _("Withdrawn by the reporter")
    DUPLICATE = "duplicate", _("Same as another case")


class CaseEventKind(models.TextChoices):
    OPENED = "opened", _("Opened")
    NOTE = "note", _("Note")
    STATUS = "status", _("Step")
    REFERRED = "referred", _("Referred")
    REFERRAL_RECEIVED = "referral_received", _("Referral received")
    REFERRAL_ANSWERED = "referral_answered", _("Referral answered")
    REFERRAL_REJECTED = "referral_rejected", _("Referral rejected")
    CLOSED = "closed", _("Closed")
    REOPENED = "reopened", _("Reopened")
    CHANGED = "changed", _("Changed")
    CORRECTED = "corrected", _("Corrected")
    ATTACHED = "attached", _("File added")
    DETACHED = "detached", _("File taken back")
    INFECTED = "infected", _("Virus found")


class Body(models.TextChoices):
    """Where to refer (domain.md 2.8)."""

    DISNAKER = "disnaker", _("District manpower office (Disnaker)")
    LTSA = "ltsa", _("One-stop office (LTSA)")
    BP3MI = "bp3mi", _("BP3MI or P4MI service office")
    KEMNAKER = "kemnaker", _("Ministry of Manpower")
    KBRI = "kbri", _("Embassy or consulate")
    POLICE = "police", _("Police (Polres)")
    UPTD_PPA = "p2tp2a", _("Women and children protection (UPTD PPA)")
    DINSOS = "dinsos", _("Social office (Dinsos)")
    HEALTH = "health", _("Health centre or hospital")
    BPJS_TK = "bpjs_tk", _("BPJS Ketenagakerjaan")
    DUKCAPIL = "dukcapil", _("Population office (Dukcapil)")
    IMIGRASI = "imigrasi", _("Immigration office")
    LEGAL_AID = "lbh", _("Legal aid or migrant union")
    LPSK = "lpsk", _("Witness and victim protection (LPSK)")


# They get a name only with consent; the others by the duty of the village (domain.md 5.1).
OUTSIDE_GOVERNMENT = frozenset({Body.LEGAL_AID})


class ReferralStatus(models.TextChoices):
    SENT = "sent", _("Sent")
    RECEIVED = "received", _("Received")
    ANSWERED = "answered", _("Answered")
    REJECTED = "rejected", _("Rejected")


class CorrectionStatus(models.TextChoices):
    """`approved` lasts no longer than the transaction that writes the new value into the case."""

    ASKED = "asked", _("Waiting for a second person")
    APPROVED = "approved", _("Approved")
    APPLIED = "applied", _("Corrected")
    REFUSED = "refused", _("Refused")


class AttachmentKind(models.TextChoices):
    JPEG = "jpeg", _("Photo (JPEG)")
    PNG = "png", _("Picture (PNG)")
    PDF = "pdf", "PDF"


class ScanState(models.TextChoices):
    """What a virus scanner said of a file. OFF: none was set up when it was added."""

    OFF = "off", _("Not looked at")
    WAITING = "waiting", _("Not scanned yet")
    CLEAN = "clean", _("No virus found")
    INFECTED = "infected", _("Virus found")


class TaskStatus(models.TextChoices):
    OPEN = "open", _("To be done")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Not needed")
