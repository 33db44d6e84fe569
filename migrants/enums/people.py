"""People, their households and what they agree to (domain.md 2.1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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

    VILLAGE_DUTY = "village_duty", _("Duty of the village (Law 18/2017)")
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


class RevealReason(models.TextChoices):
    """Why a full identity number is shown; goes into the log."""

    FORM = "form", _("To fill in an official form")
    CHECK = "check", _("To compare it with the card")
    LETTER = "letter", _("To write a letter or referral")
    REQUEST = "request", _("The person asks for it")
    OTHER = "other", _("Another reason")
