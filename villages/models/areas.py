"""The four levels of Kemendagri areas. The dotted code is the key; rows are retired, never deleted."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Left, Lower
from django.utils.translation import gettext_lazy as _

from periods.clock import zone_of_province
from villages.enums import DistrictKind, VillageKind


def letters_of(column: F | Func) -> Func:
    """The letters and digits of a name, lower case: what two spellings of it share (villages/places.py)."""
    return Func(
        Lower(column),
        Value("[^a-z0-9]"),
        Value(""),
        Value("g"),
        function="regexp_replace",
        output_field=models.CharField(),
    )


class AreaQuerySet(models.QuerySet["Area"]):
    def in_force(self) -> AreaQuerySet:
        return self.filter(valid_to__isnull=True)


class Area(models.Model):
    """What the four levels share. `valid_to` is the last day of a code that a decree retired."""

    code = models.CharField(_("Code"), max_length=13, primary_key=True)
    name = models.CharField(_("Name"), max_length=100)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    successor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors"
    )

    objects = AreaQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Province(Area):
    class Meta(Area.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[0-9]{2}$"), name="villages_province_code_form"
            ),
        ]

    @property
    def zone(self) -> str:
        return zone_of_province(self.code)


class District(Area):
    province = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="districts")
    kind = models.CharField(max_length=10, choices=DistrictKind)

    class Meta(Area.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[0-9]{2}\.[0-9]{2}$"), name="villages_district_code_form"
            ),
        ]


class Subdistrict(Area):
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="subdistricts")

    class Meta(Area.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[0-9]{2}\.[0-9]{2}\.[0-9]{2}$"),
                name="villages_subdistrict_code_form",
            ),
        ]


class Village(Area):
    """`name` is the bare name; `str()` says Desa or Kelurahan before it. Names repeat, codes do not."""

    subdistrict = models.ForeignKey(Subdistrict, on_delete=models.PROTECT, related_name="villages")
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="villages")
    province = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="villages")
    kind = models.CharField(max_length=10, choices=VillageKind)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)

    class Meta(Area.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[123][0-9]{3}$"),
                name="villages_village_code_form",
            ),
            # What lets every placed record copy its district and province from the code alone.
            models.CheckConstraint(
                condition=Q(subdistrict=Left("code", 8), district=Left("code", 5), province=Left("code", 2)),
                name="villages_village_lies_where_its_code_says",
            ),
        ]
        indexes = [
            models.Index(Lower("name"), name="villages_village_lower_name"),
            models.Index(letters_of(F("name")), name="villages_village_letters"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"

    @property
    def zone(self) -> str:
        return zone_of_province(self.province_id)
