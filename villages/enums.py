"""Closed vocabularies of places, designations and postings (domain.md 1.4-1.6, 3.5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Group(models.TextChoices):
    """What a token may reach, by the kind of record (docs/api.md)."""

    AREAS = "areas", _("Areas, villages and officers")
    PEOPLE = "people", _("People, journeys and visits")
    CASES = "cases", _("Cases, referrals and tasks")
    PILLARS = "pillars", _("Records of the four pillars")
    BOOKS = "books", _("Finance bodies")
    FIGURES = "figures", _("Figures and reports")
    RETURNS = "returns", _("Monthly returns and duty")


class HookEvent(models.TextChoices):
    """What other programs are told of (docs/api.md): ids, codes, counts and times, never a person."""

    RETURN_SUBMITTED = "return.submitted", _("A monthly return was submitted")
    RETURN_SENT_BACK = "return.sent_back", _("A monthly return was sent back")
    RETURN_ACCEPTED = "return.accepted", _("A monthly return was accepted")
    OFFICER_ASSIGNED = "officer.assigned", _("An officer was assigned")
    ASSIGNMENT_ENDED = "assignment.ended", _("An assignment was ended")
    EDITION_PUBLISHED = "edition.published", _("An edition of the yearly report was published")


class DeliveryState(models.TextChoices):
    """Where a message to another program stands."""

    WAITING = "waiting", _("Waiting")
    DELIVERED = "delivered", _("Arrived")
    FAILED = "failed", _("Gave up")


class VillageKind(models.TextChoices):
    """First digit of the village serial: 1, 2 or 3 (Kemendagri)."""

    KELURAHAN = "kelurahan", _("Kelurahan")
    DESA = "desa", _("Desa")
    DESA_ADAT = "desa adat", _("Desa adat")


class DistrictKind(models.TextChoices):
    KABUPATEN = "kabupaten", _("Kabupaten")
    KOTA = "kota", _("Kota")


class Stage(models.TextChoices):
    """Stages of a village in the programme, in order; `inactive` may follow any (domain.md 1.5, a design)."""

    PROPOSED = "proposed", _("Proposed")
    VERIFIED = "verified", _("Verified")
    DESIGNATED = "designated", _("Designated")
    OFFICERS_RECRUITED = "officers_recruited", _("Officers recruited")
    TRAINED = "trained", _("Trained")
    FACILITATED = "facilitated", _("Facilitated")
    COACHED = "coached", _("Coached")
    INDEPENDENT = "independent", _("Independent")
    INACTIVE = "inactive", _("Inactive")


# Stages from which a village counts as designated.
DESIGNATED_STAGES = (
    Stage.DESIGNATED,
    Stage.OFFICERS_RECRUITED,
    Stage.TRAINED,
    Stage.FACILITATED,
    Stage.COACHED,
    Stage.INDEPENDENT,
)
# Stages in which a village is expected to have two officers and to log.
ACTIVE_STAGES = (
    Stage.DESIGNATED,
    Stage.OFFICERS_RECRUITED,
    Stage.TRAINED,
    Stage.FACILITATED,
    Stage.COACHED,
)


class Certainty(models.TextChoices):
    """How sure the register is that a village is in the programme."""

    OFFICIAL = "official", _("Decree seen")
    CONFIRMED = "confirmed", _("Named by a public source")
    UNCERTAIN = "uncertain", _("Not certain")
    PRACTICE = "practice", _("Practice data")


class Funding(models.TextChoices):
    MINISTRY = "ministry", _("Ministry")
    PROVINCE = "province", _("Province")
    DISTRICT = "district", _("District")
    VILLAGE = "village", _("Village")
    OTHER = "other", _("Other")


class EndReason(models.TextChoices):
    """Why an officer's assignment ended before or at its date."""

    TERM_OVER = "term_over", _("Term is over")
    RESIGNED = "resigned", _("Resigned")
    MOVED = "moved", _("Moved away or changed work")
    REPLACED = "replaced", _("Replaced by the district")
    DIED = "died", _("Died")
    OTHER = "other", _("Other")


class OpenWork(models.TextChoices):
    """What becomes of the officer's open work when the assignment ends."""

    COLLEAGUE = "colleague", _("The other officer takes over")
    SUCCESSOR = "successor", _("A successor takes over")
    DISTRICT = "district", _("The district coordinator takes over")
    NONE = "none", _("There is no open work")


class ReturnStatus(models.TextChoices):
    """How far the monthly return of a village has come (domain.md 7)."""

    DRAFT = "draft", _("Being written")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Sent back")
    ACCEPTED = "accepted", _("Accepted")


class CallOutcome(models.TextChoices):
    """What came of calling a village that does not report."""

    REACHED = "reached", _("Reached")
    NO_ANSWER = "no_answer", _("No answer")
    WRONG_NUMBER = "wrong", _("Number not in use")
    VISITED = "visited", _("Visited in person")


class SilenceReason(models.TextChoices):
    """Why a village does not report, as it says itself."""

    NO_NETWORK = "network", _("No network or electricity")
    NO_DEVICE = "device", _("No working device")
    NO_OFFICER = "officer", _("No officer, or ill, or on leave")
    NO_FUNDS = "funds", _("Stipend or operating money not received")
    NO_ACTIVITY = "activity", _("Nothing was done")
    NOT_KNOWN_HOW = "skill", _("Does not know how to write it")
    OTHER = "other", _("Other")
    UNKNOWN = "unknown", _("Not known")
