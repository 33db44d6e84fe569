"""Writes about accounts."""

from django.db import transaction
from django.http import QueryDict

from accounts import events
from accounts.keys import new_key
from accounts.models import HeldForm, User
from accounts.sealing import seal
from audit.actions import record

NEVER_HELD = ("csrfmiddlewaretoken", "password", "oldpassword", "password1", "password2")


@transaction.atomic
def hold_form(*, by: User, path: str, typed: QueryDict) -> HeldForm:
    """Keep what was typed, sealed, until the same person signs in again. Passwords are never kept."""
    kept = typed.copy()
    for name in NEVER_HELD:
        kept.pop(name, None)
    key = new_key()
    return HeldForm.objects.create(
        pk=key, user=by, path=path[:300], sealed=seal(kept.urlencode(), context=f"heldform:{key}")
    )


@transaction.atomic
def forget_held_forms(*, by: User) -> None:
    """Drop everything held for this person: at sign-out, and once a held form has been saved."""
    HeldForm.objects.filter(user=by).delete()


@transaction.atomic
def choose_language(*, by: User, language: str) -> User:
    """The person's pages come in that language from now on. `language`: a code of settings.LANGUAGES.
    Records `account.language_chosen`; choosing the same again writes nothing."""
    before = by.language
    if before == language:
        return by
    by.language = language
    by.save(update_fields=["language"])
    record(events.LANGUAGE_CHOSEN, by=by, subject=by, changes={"language": (before, language)})
    return by
