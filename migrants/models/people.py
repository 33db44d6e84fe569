"""People and households of a village. Identity numbers are sealed; look-up goes by keyed digest."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat, Lower
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from accounts.sealing import unseal
from audit.masking import mask_number
from migrants.enums import Carer, Category, DataBasis, Education, MaritalStatus, Relation, Sex
from migrants.models.sealed import SealedText
from periods.dates import age_on
from villages.models import Placed, PlacedQuerySet

# What a person's form may set as it stands; numbers and the household have their own ways.
FACTS = (
    "full_name",
    "nickname",
    "sex",
    "birth_date",
    "phone",
    "education",
    "marital_status",
    "hamlet",
    "neighbourhood",
    "passport_expires_on",
    "next_of_kin_name",
    "next_of_kin_relation",
    "next_of_kin_phone",
    "data_basis",
    "data_basis_note",
)


class Household(Placed):
    """A family card (KK). The number is sealed; it changes when the family changes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    card_sealed = models.BinaryField(null=True, blank=True)
    card_digest = models.BinaryField(null=True, blank=True, max_length=16)
    address = models.CharField(_("Address"), max_length=200, blank=True)
    hamlet = models.CharField(_("Hamlet"), max_length=80, blank=True)
    neighbourhood = models.CharField(_("RT/RW"), max_length=9, blank=True)
    # Children of the household are counted; their names are not asked (UU 27/2022 art. 4).
    children = models.PositiveSmallIntegerField(_("Children under 18"), null=True, blank=True)
    carer_kind = models.CharField(_("Who cares for the children"), max_length=12, choices=Carer, blank=True)
    carer = models.ForeignKey(
        "Person", null=True, blank=True, on_delete=models.PROTECT, related_name="cares_in"
    )
    carer_name = models.CharField(_("Name of the carer"), max_length=120, blank=True)
    care_noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    care_noted_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = PlacedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["village", "card_digest"],
                condition=Q(card_digest__isnull=False),
                name="migrants_household_one_card",
            ),
            models.CheckConstraint(
                condition=Q(card_sealed__isnull=True, card_digest__isnull=True)
                | Q(card_sealed__isnull=False, card_digest__isnull=False),
                name="migrants_household_card_sealed_and_digest",
            ),
            models.CheckConstraint(
                condition=Q(children__isnull=True, care_noted_at__isnull=True, carer_kind="")
                | Q(children__isnull=False, care_noted_at__isnull=False),
                name="migrants_household_care_and_moment",
            ),
            models.CheckConstraint(
                condition=Q(carer_kind="") | Q(children__gt=0), name="migrants_household_carer_of_children"
            ),
            models.CheckConstraint(
                condition=Q(carer__isnull=True) | Q(carer_name=""), name="migrants_household_one_carer"
            ),
        ]

    @property
    def card(self) -> str:
        """The full card number, or "" when none is known. Show it only through the reveal action."""
        if not self.card_sealed:
            return ""
        return unseal(bytes(self.card_sealed), context=f"household.card:{self.pk}")

    @property
    def card_masked(self) -> str:
        return mask_number(self.card)


class Person(Placed):
    """One resident. `category` is the current standing, kept by the actions; the journeys are its history.

    NIK and passport are sealed with the person's key as context; `nik_digest` finds the full number,
    `nik_tail_digest` its last four digits within the village. A NIK is unique per village, not nationwide:
    refusing a number known elsewhere would tell one village what another one knows (ADR 0007).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    full_name = models.CharField(_("Full name"), max_length=120)
    nickname = models.CharField(_("Nickname"), max_length=60, blank=True)
    sex = models.CharField(_("Sex"), max_length=6, choices=Sex)
    birth_date = models.DateField(_("Birth date"), null=True, blank=True)
    category = models.CharField(_("Standing"), max_length=14, choices=Category, default=Category.RESIDENT)
    nik_sealed = models.BinaryField(null=True, blank=True)
    nik_digest = models.BinaryField(null=True, blank=True, max_length=16)
    nik_tail_digest = models.BinaryField(null=True, blank=True, max_length=16)
    passport_sealed = models.BinaryField(null=True, blank=True)
    passport_digest = models.BinaryField(null=True, blank=True, max_length=16)
    passport_expires_on = models.DateField(_("Passport expires on"), null=True, blank=True)
    phone = models.CharField(_("Phone"), max_length=20, blank=True)
    education = models.CharField(_("Education"), max_length=8, choices=Education, blank=True)
    marital_status = models.CharField(_("Marital status"), max_length=8, choices=MaritalStatus, blank=True)
    hamlet = models.CharField(_("Hamlet"), max_length=80, blank=True)
    neighbourhood = models.CharField(_("RT/RW"), max_length=9, blank=True)
    household = models.ForeignKey(
        Household, null=True, blank=True, on_delete=models.PROTECT, related_name="members"
    )
    next_of_kin_name = models.CharField(_("Next of kin"), max_length=120, blank=True)
    next_of_kin_relation = models.CharField(_("Relation"), max_length=10, choices=Relation, blank=True)
    next_of_kin_phone = models.CharField(_("Phone of the next of kin"), max_length=20, blank=True)
    other_phones = models.CharField(_("Other phone numbers"), max_length=100, blank=True)
    register_note_sealed = models.BinaryField(null=True, blank=True)
    data_basis = models.CharField(
        _("Why the data are kept"), max_length=16, choices=DataBasis, default=DataBasis.VILLAGE_DUTY
    )
    data_basis_note = models.CharField(_("Note on it"), max_length=200, blank=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    registered_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)
    # The record of the same person that is kept (PersonMerge); this one leads there and is not written to.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    # How the names sound, whatever their spelling (migration 0012); the database keeps it.
    sounding = models.GeneratedField(
        expression=Func(Concat("full_name", Value(" "), "nickname"), function="migrants_sounding"),
        output_field=models.TextField(),
        db_persist=True,
    )

    # What a register said besides, and no field of ours holds: one line each.
    register_note = SealedText("register_note_sealed", "person.register_note")
    objects = PlacedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["village", "nik_digest"],
                condition=Q(nik_digest__isnull=False),
                name="migrants_person_one_nik_a_village",
            ),
            models.CheckConstraint(
                condition=Q(nik_sealed__isnull=True, nik_digest__isnull=True, nik_tail_digest__isnull=True)
                | Q(nik_sealed__isnull=False, nik_digest__isnull=False, nik_tail_digest__isnull=False),
                name="migrants_person_nik_sealed_and_digests",
            ),
            models.CheckConstraint(
                condition=Q(passport_sealed__isnull=True, passport_digest__isnull=True)
                | Q(passport_sealed__isnull=False, passport_digest__isnull=False),
                name="migrants_person_passport_sealed_and_digest",
            ),
            models.CheckConstraint(condition=~Q(full_name=""), name="migrants_person_has_a_name"),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")), name="migrants_person_not_merged_into_itself"
            ),
        ]
        indexes = [
            models.Index("village", Lower("full_name"), name="migrants_person_village_name"),
            models.Index(fields=["village", "nik_tail_digest"], name="migrants_person_nik_tail"),
            models.Index(fields=["village", "phone"], name="migrants_person_phone", condition=~Q(phone="")),
            models.Index(fields=["district", "registered_at"], name="migrants_person_district"),
            models.Index(
                fields=["nik_digest"], name="migrants_person_nik", condition=Q(nik_digest__isnull=False)
            ),
            models.Index(
                fields=["passport_digest"],
                name="migrants_person_passport",
                condition=Q(passport_digest__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def nik(self) -> str:
        """The full number, or "" when none is known. Show it only through the reveal action."""
        return unseal(bytes(self.nik_sealed), context=f"person.nik:{self.pk}") if self.nik_sealed else ""

    @property
    def nik_masked(self) -> str:
        return mask_number(self.nik) if self.nik_sealed else ""

    @property
    def passport(self) -> str:
        """The full number, or "" when none is known. Show it only through the reveal action."""
        if not self.passport_sealed:
            return ""
        return unseal(bytes(self.passport_sealed), context=f"person.passport:{self.pk}")

    @property
    def passport_masked(self) -> str:
        number = self.passport
        return f"{number[:1]}{'.' * 8}{number[-2:]}" if number else ""

    def age_on(self, day: date) -> int | None:
        """Completed years on a day; None when the birth date is not known."""
        return age_on(self.birth_date, day) if self.birth_date else None
