"""Keys by which a program calls in somebody's name."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from accounts.roles import Role

LONGEST_LIFE = timedelta(days=180)


class ApiToken(models.Model):
    """A program calls with the seat of `owner`, narrowed to `scopes` and to `place`.

    `digest` is the keyed digest of the key, which is stored nowhere. `role` is the one the token was made in:
    it holds no longer than that posting. `place`: a dotted code; "" is the whole country.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(_("Name"), max_length=60)
    digest = models.BinaryField(unique=True, editable=False)
    scopes = ArrayField(models.CharField(max_length=20), verbose_name=_("Scopes"))
    role = models.CharField(max_length=24, choices=[(role.value, role.value) for role in Role])
    place = models.CharField(_("Place"), max_length=13, blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(_("Valid until"))
    used_on = models.DateField(null=True, blank=True)
    refused_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")) & Q(expires_at__lte=F("made_at") + LONGEST_LIFE),
                name="villages_apitoken_lives_half_a_year",
            ),
            models.CheckConstraint(condition=Q(scopes__len__gt=0), name="villages_apitoken_has_a_scope"),
        ]
        indexes = [models.Index(fields=["owner", "-made_at"], name="villages_apitoken_owner")]
