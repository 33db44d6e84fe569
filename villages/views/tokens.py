"""Keys for programs, under the own account: what there is, a new one, and its end."""

from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.entry import bind, form_page
from accounts.paging import keyset_page
from accounts.reauthentication import asks_password
from villages.actions.tokens import make_token, revoke_token
from villages.doors import page
from villages.forms import refusals_on
from villages.forms.tokens import TokenForm
from villages.scopes import scopes_for, words_of
from villages.token_access import access_token, visible_tokens


@page("GET")
def token_list(request, seat):
    shown = keyset_page(visible_tokens(seat), order=("-made_at", "-id"), cursor=request.GET.get("after", ""))
    now = timezone.now()
    context = {
        "page": shown,
        "tokens": [
            (row, words_of(row.scopes), row.revoked_at is None and row.expires_at > now) for row in shown
        ],
        "may_make": bool(scopes_for(seat)),
    }
    return render(request, "villages/token_list.html", context)


@page("GET", "POST")
@asks_password
def token_new(request, seat):
    form = bind(request, TokenForm, seat=seat)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            token, secret = make_token(by=seat, key=form.entry_key, **form.facts)
            if not secret:  # the second delivery of this form: the key was shown, and is kept nowhere
                return redirect("villages:token-list")
            context = {"token": token, "secret": secret, "words": words_of(token.scopes)}
            return render(request, "villages/token_once.html", context)
    return form_page(request, "villages/token_new.html", form)


@page("POST")
def token_revoke(_request, seat, key):
    revoke_token(by=seat, token=access_token(seat, key))
    return redirect("villages:token-list")
