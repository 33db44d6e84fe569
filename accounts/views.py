"""Sign-in, the own account, and one-time links."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from allauth.account import views as allauth
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.generic import FormView

from accounts import actions
from accounts.entry import bind, form_page
from accounts.forms import MailForm, NewPasswordForm
from accounts.models import User
from accounts.paging import keyset_page
from accounts.passwords import LEAST
from accounts.queries import notifications_of, open_link, sessions_of
from accounts.recognition import forget, recognised_id
from accounts.redirects import own_path

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
LOCKED_SECONDS = int(settings.AXES_COOLOFF_TIME.total_seconds())


def me(request: HttpRequest) -> User:
    """Who is signed in; for views behind `login_required`."""
    assert isinstance(request.user, User)
    return request.user


class Refused422(FormView):
    """An invalid form answers 422, so that browsers, tests and htmx can tell."""

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class SignInView(Refused422, allauth.LoginView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        target = own_path(context["redirect_field_value"])
        return context | {
            "next": target or "",
            "held": "held" in parse_qs(urlsplit(target or "").query),
            "ended": recognised_id(self.request) is not None,
            "help_name": settings.HELP_NAME,
        }


class PasswordChangeView(Refused422, allauth.PasswordChangeView):
    pass


class ReauthenticateView(Refused422, allauth.ReauthenticateView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"next": own_path(context["redirect_field_value"]) or ""}


sign_in = get_or_post(SignInView.as_view())
password_change = get_or_post(login_required(PasswordChangeView.as_view()))
reauthenticate = get_or_post(login_required(ReauthenticateView.as_view()))


@get_or_post
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ask on GET, leave on POST; the browser forgets pages, storage and who worked here."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    if request.method != "POST":
        return render(request, "account/logout.html")
    actions.note_sign_out(by=me(request))
    logout(request)
    response = redirect("account_login")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    forget(response)
    return response


def locked_out(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    """429 after too many failures; the same for accounts that exist and that do not."""
    response = render(request, "accounts/locked_out.html", {"minutes": LOCKED_SECONDS // 60}, status=429)
    response.headers["Retry-After"] = str(LOCKED_SECONDS)
    return response


@require_safe
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Who I am here, until when, and what I can change."""
    return render(request, "accounts/account.html")


@require_safe
@login_required
def password_changed(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/password_changed.html")


@require_safe
@login_required
def session_list(request: HttpRequest) -> HttpResponse:
    """Where the person is signed in."""
    return render(
        request,
        "accounts/session_list.html",
        {"sessions": sessions_of(me(request)), "current": request.session.session_key},
    )


@require_POST
@login_required
def session_end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End one of the own sessions; absent and another's make no difference."""
    actions.end_session(by=me(request), public_id=public_id)
    return redirect("accounts:session-list")


@require_POST
@login_required
def session_end_others(request: HttpRequest) -> HttpResponse:
    actions.end_other_sessions(by=me(request), keep=request.session.session_key)
    return redirect("accounts:session-list")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def notification_list(request: HttpRequest) -> HttpResponse:
    """What the person was told, the latest first; a press says that all of it is read."""
    if request.method == "POST":
        actions.read_all_notifications(by=me(request), until=read_until(request.POST.get("until", "")))
        return redirect("accounts:notification-list")
    mine = notifications_of(me(request))
    shown = keyset_page(mine, order=("-told_at", "-id"), cursor=request.GET.get("after", ""))
    return render(request, "accounts/notification_list.html", {"shown": shown})


def read_until(told: str) -> datetime:
    """The moment of the page whose button was pressed; 400 for none."""
    try:
        return datetime.fromisoformat(told)
    except ValueError as nonsense:
        raise BadRequest from nonsense


@require_safe
@login_required
def notification(request: HttpRequest, key: UUID) -> HttpResponse:
    """Open what it is about; from then on it is read."""
    row = actions.open_notification(by=me(request), key=key)
    return redirect(row.address or "accounts:notification-list")


@get_or_post
@login_required
def mail(request: HttpRequest) -> HttpResponse:
    user = me(request)
    form = bind(request, MailForm, initial={"email": user.email, "wants_mail": user.wants_mail})
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        actions.choose_mail(by=user, email=chosen["email"], wants_mail=chosen["wants_mail"])
        messages.success(request, _("Saved."))
        return redirect("accounts:account")
    return form_page(request, "accounts/mail.html", form, mail_is_off=not settings.MAIL)


@sensitive_post_parameters()
@get_or_post
def welcome(request: HttpRequest, token: str) -> HttpResponseBase:
    """Set a password with a one-time link. Unknown, used and expired links get the same answer."""
    link = open_link(token)
    if link is None:
        return render(request, "accounts/welcome_void.html", status=404)
    posted = request.POST if request.method == "POST" else None
    form = NewPasswordForm(posted, user=link.user)
    if posted is not None and form.is_valid():
        if actions.use_link(token=token, password=form.cleaned_data["password1"]) is None:
            return render(request, "accounts/welcome_void.html", status=404)
        logout(request)
        return redirect("accounts:welcome-done")
    return form_page(request, "accounts/welcome.html", form, person=link.user, least=LEAST)


@require_safe
def welcome_done(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/welcome_done.html")
