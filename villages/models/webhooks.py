"""Programs of an office that are told when something happened, and what was told."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from accounts.roles import Role
from villages.enums import DeliveryState


class Webhook(models.Model):
    """An address that hears of events of a place, as long as its owner's posting lasts.

    `secret_sealed`: what every message is signed with. `place`: a dotted code; "" is the whole country.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="webhooks")
    address = models.CharField(_("Address"), max_length=300)
    events = ArrayField(models.CharField(max_length=40), verbose_name=_("Events"))
    secret_sealed = models.BinaryField(editable=False)
    role = models.CharField(max_length=24, choices=[(role.value, role.value) for role in Role])
    place = models.CharField(_("Place"), max_length=13, blank=True)
    made_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(events__len__gt=0), name="villages_webhook_has_an_event"),
            models.CheckConstraint(
                condition=Q(address__startswith="https://") | Q(address__startswith="http://"),
                name="villages_webhook_address_is_http",
            ),
        ]
        indexes = [models.Index(fields=["owner", "-made_at"], name="villages_webhook_owner")]


class WebhookDelivery(models.Model):
    """One message to one webhook: written with what it tells of, sent afterwards, kept to be sent again.

    `body` is what is sent, byte for byte: ids, codes, counts and times, never a name. `due_at`: when the next
    attempt may begin; it is moved on before each attempt, so a worker that dies costs one attempt.
    `answer`: the status of the last answer, None for none.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    webhook = models.ForeignKey(Webhook, on_delete=models.PROTECT, related_name="deliveries")
    event = models.CharField(max_length=40)
    body = models.TextField()
    happened_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    answer = models.PositiveSmallIntegerField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-happened_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="delivered", delivered_at__isnull=False)
                | (~Q(state="delivered") & Q(delivered_at__isnull=True)),
                name="villages_delivery_says_when",
            ),
        ]
        indexes = [
            models.Index(fields=["webhook", "-happened_at", "-id"], name="villages_delivery_webhook"),
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="villages_delivery_waiting"),
        ]
