"""Pillar 2: equipment handed over, and what became of it.

The known failure is equipment that could not be used [S:K28], so each item is looked at again after the
handover, and a check says of every piece in which condition it is.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from pillars.enums import Condition, FundsSource
from pillars.models.for_whom import ForWhom
from pillars.models.photos import Photo, kept_or_removed, path_is_ours
from villages.models import PlacedQuerySet

FIRST_YEAR = 2016  # the programme began
MOST_PIECES = 10_000
MOST_PRICE = 10_000_000_000  # rupiah for one piece; more is a slip of the finger
NOT_IN_USE = (Condition.IDLE, Condition.BROKEN, Condition.LOST, Condition.UNSUITABLE)


class EquipmentGrant(ForWhom):
    """Equipment given to a group or a business. `bast_number`: of the handover minutes, "" when not known."""

    source = models.CharField(_("Source of funds"), max_length=13, choices=FundsSource)
    year = models.PositiveSmallIntegerField(_("Budget year"))
    giver = models.CharField(_("Given by"), max_length=120)
    handed_on = models.DateField(_("Handed over on"))
    bast_number = models.CharField(_("Number of the minutes (BAST)"), max_length=80, blank=True)
    note = models.TextField(_("Note"), blank=True, max_length=4000)

    objects = PlacedQuerySet.as_manager()

    class Meta(ForWhom.Meta):
        constraints = [
            *ForWhom.Meta.constraints,
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=2100), name="pillars_grant_year_believable"
            ),
        ]
        indexes = [
            models.Index(fields=["village", "-handed_on", "-id"], name="pillars_grant_village"),
            models.Index(fields=["district", "-handed_on"], name="pillars_grant_district"),
            models.Index(fields=["handed_on"], name="pillars_grant_day"),
        ]


class EquipmentItem(models.Model):
    """One line of a grant: so many pieces of one thing. `replaces`: the item it came for.

    A replaced item is looked at no more, and counts no more among what is in use or not.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    grant = models.ForeignKey(EquipmentGrant, on_delete=models.PROTECT, related_name="items")
    name = models.CharField(_("What was given?"), max_length=120)
    quantity = models.PositiveIntegerField(_("How many pieces?"))
    unit_price = models.BigIntegerField(_("Price of one piece"))
    serial_number = models.CharField(_("Serial number"), max_length=80, blank=True)
    handed_on = models.DateField(_("Handed over on"))
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gte=1, quantity__lte=MOST_PIECES), name="pillars_item_pieces_believable"
            ),
            models.CheckConstraint(
                condition=Q(unit_price__gte=0, unit_price__lte=MOST_PRICE),
                name="pillars_item_price_believable",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")),
                name="pillars_item_replaces_another",
            ),
            models.UniqueConstraint(fields=["id", "quantity"], name="pillars_item_with_its_quantity"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def value(self) -> int:
        """What all its pieces cost, in rupiah."""
        return self.quantity * self.unit_price


class EquipmentCheck(models.Model):
    """What somebody saw of an item on a day after the handover: its pieces by condition.

    The parts add up to the item's quantity: `quantity` is a copy that a foreign key of two columns ties to
    the item (migration), and a check constraint adds up. Unless all are in use, a reason is written down.
    Never changed: a later check says what is so now.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    item = models.ForeignKey(EquipmentItem, on_delete=models.PROTECT, related_name="checks")
    checked_on = models.DateField(_("Day of the check"))
    quantity = models.PositiveIntegerField(editable=False)
    in_use = models.PositiveIntegerField(_("In use"), default=0)
    idle = models.PositiveIntegerField(_("Idle"), default=0)
    broken = models.PositiveIntegerField(_("Broken"), default=0)
    lost = models.PositiveIntegerField(_("Lost"), default=0)
    unsuitable = models.PositiveIntegerField(_("Not suitable"), default=0)
    reason = models.CharField(_("Why?"), max_length=300, blank=True)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    logged_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-checked_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity=F("in_use") + F("idle") + F("broken") + F("lost") + F("unsuitable")),
                name="pillars_check_parts_add_up",
            ),
            models.CheckConstraint(
                condition=Q(in_use=F("quantity")) | ~Q(reason=""), name="pillars_check_says_why"
            ),
        ]
        indexes = [models.Index(fields=["item", "-checked_on", "-id"], name="pillars_check_last")]

    @property
    def not_in_use(self) -> int:
        """How many pieces do not work for anybody."""
        return self.quantity - self.in_use

    @property
    def parts(self) -> list[tuple[Condition, int]]:
        """The conditions that were seen, each with how many pieces."""
        counted = [(condition, getattr(self, condition.value)) for condition in Condition]
        return [(condition, count) for condition, count in counted if count]


class EquipmentPhoto(Photo):
    """A photo of an item, sealed under MEDIA_ROOT; one taken back has no file any more."""

    FOLDER = "equipment-photos"

    item = models.ForeignKey(EquipmentItem, on_delete=models.PROTECT, related_name="photos")
    caption = models.CharField(_("What does it show?"), max_length=120, blank=True)

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [
            kept_or_removed("pillars_item_photo_kept_or_removed"),
            path_is_ours("pillars_item_photo_path_is_ours", "equipment-photos"),
        ]

    @property
    def download_name(self) -> str:
        """A harmless name for whoever takes it along."""
        return self.named(f"alat-{str(self.item_id)[-6:]}")
