"""How django-allauth behaves here: accounts are made by people in charge, never by sign-up or e-mail.

The second factor joins with `allauth.mfa` in INSTALLED_APPS and its four addresses in `accounts/urls.py`:
`get_login_stages` then asks for it between password and session, and `get_reauthentication_methods` offers
it. Nothing here may sign anybody in past those stages: the one-time link only sets a password
(docs/adr/0013).
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.translation import gettext_lazy as _

from accounts import actions
from accounts.addresses import client_address
from accounts.devices import device_words
from accounts.lockout import forget_failures
from accounts.models import User
from accounts.redirects import own_path
from accounts.sessions import DEVICE


class ClosedAccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("The account name or the password is not right. Check both."),
        "incorrect_password": _("The password is not right. Type it again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        return own_path(url) is not None

    def is_ajax(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Does nothing on purpose: allauth would put its own sentence on the next page, beside ours."""

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request) or "0.0.0.0"  # noqa: S104 - says "not known", nothing listens there

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url("account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url("accounts:password-changed")

    def get_login_stages(self) -> list[str]:
        """No e-mail, phone or code stage; those of the second factor come with `allauth.mfa`."""
        return [stage for stage in super().get_login_stages() if stage.startswith("allauth.mfa.")]

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Does nothing on purpose: allauth would count once more, in the cache, by rules of its own.
        `accounts.lockout` counts, in the database."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """The person whose name and password these are; the account's count of failures is then cleared."""
        found: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if found is not None:
            forget_failures(credentials["username"])
        return found

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write the failure down. Attempts at a locked door are not written: they could fill the log."""
        if getattr(request, "sign_in_attempt", None) is not None:
            actions.note_failed_sign_in(
                account_name=credentials.get("username", ""),
                locked=getattr(request, "axes_locked_now", False),
            )

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        """Whether this is the person's password; wrong ones count like failed sign-ins."""
        found = self.authenticate(context.request, username=user.get_username(), password=password)
        return found is not None and found.pk == user.pk

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        request.session[DEVICE] = device_words(request.META.get("HTTP_USER_AGENT", ""))

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = super().post_login(request, user, **kwargs)
        assert isinstance(user, User)
        actions.note_sign_in(by=user)
        return response
