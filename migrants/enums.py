"""Closed vocabularies of people, journeys, visits and cases (domain.md 2). Codes are stable; labels are
translated.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Sex(models.TextChoices):
    FEMALE = "female", _("Female")
    MALE = "male", _("Male")


class Category(models.TextChoices):
    """Who a person is to the programme now; follows the latest journey, kept by the actions."""

    PROSPECTIVE = "cpmi", _("Prospective worker (CPMI)")
    ACTIVE = "pmi_active", _("Working abroad (PMI)")
    RETURNED = "pmi_returned", _("Returned worker (PMI Purna)")
    FAMILY = "family", _("Family of a worker")
    RESIDENT = "resident", _("Other resident")


class DataBasis(models.TextChoices):
    """Why the programme may keep this person's data (UU 27/2022 art. 20; the village's duty: UU 18/2017 art.
    42).
    """

    VILLAGE_DUTY = "village_duty", _("Duty of the village (UU 18/2017)")
    SPOKEN_CONSENT = "spoken_consent", _("Spoken consent")
    WRITTEN_CONSENT = "written_consent", _("Written consent")


class Relation(models.TextChoices):
    SPOUSE = "spouse", _("Husband or wife")
    PARENT = "parent", _("Father or mother")
    CHILD = "child", _("Child")
    SIBLING = "sibling", _("Brother or sister")
    RELATIVE = "relative", _("Other relative")
    NEIGHBOUR = "neighbour", _("Neighbour")
    OTHER = "other", _("Other")


class Carer(models.TextChoices):
    """Who cares for the children of a household while somebody is away."""

    OTHER_PARENT = "other_parent", _("The other parent")
    GRANDPARENT = "grandparent", _("Grandmother or grandfather")
    SIBLING = "sibling", _("Older brother or sister")
    RELATIVE = "relative", _("Other relative")
    NEIGHBOUR = "neighbour", _("Neighbour")
    BOARDING = "boarding", _("Boarding school (pesantren)")
    NOBODY = "nobody", _("Nobody regularly")


class ConsentPurpose(models.TextChoices):
    """For what a person lets data be shared (UU 27/2022 art. 20)."""

    SHARE_RECORD = "share_record", _("Share the record with another village")
    ASSISTANCE = "assistance", _("Help by a body outside the government")
    FINANCE = "finance", _("Bank, insurance or training provider")
    PHOTO = "photo", _("Photo")
    STORY = "story", _("Publish the story")


class ConsentManner(models.TextChoices):
    """How a consent was given."""

    WRITTEN = "written", _("In writing")
    SPOKEN = "spoken", _("Spoken before a witness")
    GUARDIAN = "guardian", _("In writing by the parent or guardian")


class RequestDecision(models.TextChoices):
    """What a village answers that is asked for a record."""

    SHARED = "shared", _("Share the record")
    DECLINED = "declined", _("Do not share")


class Education(models.TextChoices):
    NONE = "none", _("No school")
    PRIMARY = "sd", _("Primary (SD)")
    JUNIOR = "smp", _("Junior secondary (SMP)")
    SENIOR = "sma", _("Senior secondary (SMA/SMK)")
    DIPLOMA = "diploma", _("Diploma (D1-D3)")
    BACHELOR = "s1", _("Bachelor (D4/S1)")
    MASTER = "s2", _("Master or above (S2+)")


class MaritalStatus(models.TextChoices):
    SINGLE = "single", _("Not married")
    MARRIED = "married", _("Married")
    DIVORCED = "divorced", _("Divorced")
    WIDOWED = "widowed", _("Widowed")


class Scheme(models.TextChoices):
    G_TO_G = "g_to_g", _("Government to government (G to G)")
    P_TO_P = "p_to_p", _("Through a placement company (P to P)")
    G_TO_P = "g_to_p", _("Government to private employer (G to P)")
    UKPS = "ukps", _("Own company (UKPS)")
    INDEPENDENT = "independent", pgettext_lazy("scheme", "Independent")
    SEA_BASED = "sea_based", _("Ship or fishing vessel")
    UNKNOWN = "unknown", _("Not known")


class MigrationStatus(models.TextChoices):
    """Where a journey stands. Dated milestones are the detail below it."""

    PROSPECTIVE = "prospective", _("Preparing")
    ABROAD = "abroad", _("Abroad")
    RETURNED = "returned", _("Returned")
    CANCELLED = "cancelled", _("Cancelled")


class Procedural(models.TextChoices):
    """No law defines it; working test of domain.md 2.5. If facts are missing: unknown."""

    PROCEDURAL = "procedural", _("Procedural")
    NON_PROCEDURAL = "non_procedural", _("Non-procedural")
    UNKNOWN = "unknown", _("Not yet known")


class Topic(models.TextChoices):
    INFORMATION = "information", _("Information on work abroad")
    DOCUMENT = "document", _("Help with documents")
    VERIFICATION = "verification", _("Checking the data of a prospective worker")
    FAMILY = "family", _("Accompanying the family")
    RETURN = "return", _("Return and reintegration")
    BUSINESS = "business", _("Business and livelihood")
    COMPLAINT = "complaint", _("Complaint")
    OTHER = "other", _("Other")


class Channel(models.TextChoices):
    WALK_IN = "walk_in", _("Came to the village hall")
    HOME_VISIT = "home_visit", _("Home visit")
    PHONE = "phone", _("Phone")
    WHATSAPP = "whatsapp", _("WhatsApp")
    SOCIAL_MEDIA = "social_media", _("Social media")
    LETTER = "letter", _("Letter")
    REFERRAL_IN = "referral_in", _("Sent by another body")


class Outcome(models.TextChoices):
    DONE = "done", _("Finished")
    FOLLOW_UP = "follow_up", _("Needs follow-up")
    REFERRED = "referred", _("Sent to another body")
    CASE_OPENED = "case_opened", _("A case was opened")


class WithdrawReason(models.TextChoices):
    """Why a logged visit does not count. Kept in words on the visit."""

    UNDONE = "undone", _("Taken back at once")
    TWICE = "twice", _("Logged twice")
    WRONG_PERSON = "wrong_person", _("Wrong person")
    WRONG_DATA = "wrong_data", _("Wrong entries")
    OTHER = "other", _("Another reason")


class RevealReason(models.TextChoices):
    """Why a full identity number is shown; goes into the log."""

    FORM = "form", _("To fill in an official form")
    CHECK = "check", _("To compare it with the card")
    LETTER = "letter", _("To write a letter or referral")
    REQUEST = "request", _("The person asks for it")
    OTHER = "other", _("Another reason")


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
