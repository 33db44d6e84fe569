"""The papers of a journey: art. 13 UU 18/2017, social security, what stands beside (domain.md 2.2)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

BASE_AGE = 18  # UU 18/2017 art. 5; a district may ask for more


class DocumentKind(models.TextChoices):
    """The eight papers of art. 13, the social security of art. 5, the permit to stay, a district's own."""

    MARITAL_LETTER = "marital_letter", pgettext_lazy("paper", "Statement of marital status")
    FAMILY_PERMIT = "family_permit", pgettext_lazy("paper", "Family permit")
    COMPETENCE_CERT = "competence_cert", pgettext_lazy("paper", "Certificate of competence")
    HEALTH_CERT = "health_cert", pgettext_lazy("paper", "Health certificate")
    PASSPORT = "passport", pgettext_lazy("paper", "Passport")
    WORK_VISA = "work_visa", pgettext_lazy("paper", "Work visa")
    PLACEMENT_AGREEMENT = "placement_agreement", pgettext_lazy("paper", "Placement agreement")
    WORK_AGREEMENT = "work_agreement", pgettext_lazy("paper", "Work agreement")
    SOCIAL_SECURITY = "social_security", pgettext_lazy("paper", "Social security of migrant workers")
    STAY_PERMIT = "stay_permit", pgettext_lazy("paper", "Permit to stay and work abroad")
    EXTRA = "extra", pgettext_lazy("paper", "Paper the district asks for")


ARTICLE_13 = tuple(DocumentKind)[:8]
BESIDES = (DocumentKind.SOCIAL_SECURITY, DocumentKind.STAY_PERMIT)

HINTS = {
    DocumentKind.MARITAL_LETTER: _("With a copy of the marriage book for the married."),
    DocumentKind.FAMILY_PERMIT: _("Of husband, wife, parent or guardian, known by the village head."),
    DocumentKind.HEALTH_CERT: _("Medical and psychological."),
    DocumentKind.PLACEMENT_AGREEMENT: _("With the placement company (P3MI)."),
    DocumentKind.WORK_AGREEMENT: _("With the employer: work, wage, length."),
    DocumentKind.STAY_PERMIT: _("Issued by the country of work, after the arrival."),
}


class DocumentState(models.TextChoices):
    """How far a paper is. EXPIRED is never stored: it follows from the date of expiry."""

    MISSING = "missing", pgettext_lazy("state of a paper", "Not yet")
    IN_HAND = "in_hand", pgettext_lazy("state of a paper", "In hand")
    CHECKED = "checked", pgettext_lazy("state of a paper", "Checked")
    EXPIRED = "expired", pgettext_lazy("state of a paper", "Expired")
    NOT_REQUIRED = "not_required", pgettext_lazy("state of a paper", "Not required")


STORED_STATES = tuple(state for state in DocumentState if state != DocumentState.EXPIRED)
SETTLED = (DocumentState.CHECKED, DocumentState.NOT_REQUIRED)
EMPTY = (DocumentState.MISSING, DocumentState.NOT_REQUIRED)
