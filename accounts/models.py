"""People who sign in. What they may do comes from their dated posting, not from here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Coalesce, Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from accounts.enums import LinkKind, MailState
from accounts.notifications import kind_of

if TYPE_CHECKING:
    from accounts.sessions import SessionStore


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=(username or "").lower())

    def create_user(self, username: str, full_name: str, password: str | None = None, **extra: Any) -> User:
        user = self.model(username=username.lower(), full_name=full_name, **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def with_unread(self) -> models.QuerySet[User]:
        """Each person with `unread_count`: how many notifications they have not opened."""
        mine = Notification.objects.filter(user=models.OuterRef("pk"), read_at__isnull=True).order_by()
        counted = mine.values("user").annotate(_n=models.Count("*")).values("_n")
        return self.annotate(unread_count=Coalesce(models.Subquery(counted), 0))


class User(AbstractBaseUser):
    """One person with an account. `username` is lower case, letters, digits, dots and dashes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(
        _("Account name"),
        max_length=40,
        unique=True,
        validators=[
            RegexValidator(
                r"\A[a-z0-9][a-z0-9.-]{2,39}\Z", _("Use 3 to 40 small letters, digits, dots or dashes.")
            )
        ],
    )
    full_name = models.CharField(_("Full name"), max_length=120)
    phone = models.CharField(_("Phone"), max_length=20, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    wants_mail = models.BooleanField(_("Send me notifications by e-mail"), default=False)
    language = models.CharField(
        _("Language"), max_length=2, default="id", choices=[("id", "Bahasa Indonesia"), ("en", "English")]
    )
    is_active = models.BooleanField(default=True)
    disabled_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = UserManager()

    # The role of today's seat, noted by the middleware for the audit log; never stored.
    seat_role = ""

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(username=Lower("username")), name="accounts_user_username_is_lower"
            ),
            models.CheckConstraint(
                condition=models.Q(is_active=True, disabled_at__isnull=True)
                | models.Q(is_active=False, disabled_at__isnull=False),
                name="accounts_user_disabled_has_a_moment",
            ),
            models.CheckConstraint(
                condition=models.Q(wants_mail=False) | ~models.Q(email=""),
                name="accounts_user_mail_has_an_address",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name


class Invitation(models.Model):
    """A one-time link of 72 hours (first password) or 30 minutes (reset). Only its hash is stored."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    kind = models.CharField(max_length=8, choices=LinkKind)
    token_digest = models.BinaryField(unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")),
                name="accounts_invitation_expires_later",
            ),
        ]


class Notification(models.Model):
    """Something of their work that a person should hear of: on the pages, and by mail when they want it.

    `kind` names its sentence in `accounts.notifications`, `about` a month or the number of a report,
    `subject` the record whose page it opens. No name of a person stands in it: a mail is read by whoever
    holds the phone. `occurrence` tells a second time from a second delivery of the first.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=60)
    subject = models.UUIDField()
    occurrence = models.CharField(max_length=60, blank=True)
    told_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    mail = models.CharField(max_length=8, choices=MailState, default=MailState.NONE)
    mail_attempts = models.PositiveSmallIntegerField(default=0)
    mail_after = models.DateTimeField(auto_now_add=True)  # of the next attempt

    class Meta:
        indexes = [
            models.Index(fields=["user", "-told_at", "-id"], name="accounts_notification_list"),
            models.Index(
                fields=["user"], condition=models.Q(read_at__isnull=True), name="accounts_notification_unread"
            ),
            models.Index(
                fields=["mail_after"], condition=models.Q(mail="waiting"), name="accounts_notification_mail"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "subject", "occurrence"], name="accounts_notification_told_once"
            ),
        ]

    def __str__(self) -> str:
        return str(kind_of(self.kind).sentence) % {"about": self.about}

    @property
    def address(self) -> str:
        """The page it opens; "" for a kind that this version no longer knows."""
        page = kind_of(self.kind).page
        return reverse(page, args=[self.subject]) if page else ""


class HeldForm(models.Model):
    """What somebody had typed when the session ended, sealed, until the same person signs in again."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=300)
    sealed = models.BinaryField()
    held_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["user", "path", "-held_at"], name="accounts_held_latest")]


class CallCount(models.Model):
    """How often somebody called in the minute they called last. `minute`: of the clock, since 1970."""

    caller = models.CharField(primary_key=True, max_length=64)  # a digest
    minute = models.BigIntegerField()
    calls = models.PositiveIntegerField()


class Session(AbstractBaseSession):
    """A browser that is signed in, or signing in. The columns repeat what `accounts.sessions` keeps.

    `public_id` names the session on pages; the primary key is the cookie's secret and is never shown.
    """

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")
    public_id = models.UUIDField(null=True, unique=True)
    started_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    device = models.CharField(max_length=60, blank=True)

    class Meta(AbstractBaseSession.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    user__isnull=True, public_id__isnull=True, started_at__isnull=True, seen_at__isnull=True
                )
                | models.Q(
                    user__isnull=False,
                    public_id__isnull=False,
                    started_at__isnull=False,
                    seen_at__isnull=False,
                ),
                name="accounts_session_signed_in_says_who_and_when",
            ),
        ]

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        from accounts.sessions import SessionStore

        return SessionStore
