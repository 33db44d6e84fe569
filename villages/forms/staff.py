"""Outside input about accounts and posts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, LineField, PhoneField
from accounts.models import User
from accounts.roles import ROLES, Level, Role
from villages.access import Seat, visible_villages
from villages.forms import CheckedForm
from villages.models import Area, District, Posting, Province, Village
from villages.models.officers import TERM_YEARS
from villages.places import find_villages
from villages.queries import programme_villages
from villages.rules import (
    check_can_grant,
    check_person_is_free,
    check_posting_days,
    check_term,
    free_slot,
    years_later,
)
from villages.staff import PLACE_OF_LEVEL, HeldPost, find_area, is_username_taken, propose_username

FEWEST_LETTERS = 3


class StaffFilter(forms.Form):
    """What the list of accounts shows."""

    q = LineField(label=_("Name, account or phone"), required=False, max_length=60)

    def clean_q(self) -> str:
        text: str = self.cleaned_data["q"]
        if text and len(text) < FEWEST_LETTERS:
            raise ValidationError(_("Enter at least three letters or digits."))
        return text


class PostForm(CheckedForm):
    """A role at a place, from a day to a day. Offers the roles the seat hands out.

    A district chooses from its own programme villages; the ministry writes the place by name or code.
    """

    role = forms.ChoiceField(
        label=_("Role"), widget=forms.RadioSelect, error_messages={"required": _("Choose a role.")}
    )
    place = LineField(label=_("Place"), required=False, max_length=120)
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("Left empty: officers three years, others until it is ended."),
    )
    title = LineField(
        label=_("Position"),
        required=False,
        help_text=_("Not for officers. Example: head of placement section"),
    )

    def __init__(self, *args: Any, seat: Seat, person: User | None = None, **kwargs: Any) -> None:
        self.seat, self.person = seat, person
        self.area: Area | None = None
        initial = {"starts_on": timezone.localdate()} | (kwargs.pop("initial", None) or {})
        super().__init__(*args, initial=initial, **kwargs)
        roles = [role for role in Role if role in ROLES[seat.role].grants]
        self._choose("role", [(role.value, ROLES[role].label) for role in roles])
        hints = {role.value: ROLES[role].description for role in roles}
        self.fields["role"].choice_hints = hints
        if seat.level == Level.DISTRICT:
            self.fields["place"] = forms.ChoiceField(
                label=_("Village"), error_messages={"required": _("Choose a village.")}
            )
            choices = [(village.code, str(village)) for village in programme_villages(seat)]
            self._choose("place", [("", _("Choose")), *choices])
        else:
            self.fields["place"].help_text = _(
                "Village, district or province by name or code. Empty for ministry roles."
            )

    def _choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        field.error_messages["invalid_choice"] = _("Choose one of the list.")

    def clean(self) -> dict[str, Any]:
        role = self.cleaned_data.get("role")
        if role and "place" in self.cleaned_data:
            try:
                self.area = self._find_place(Role(role), str(self.cleaned_data["place"]))
            except ValidationError as refused:
                self.add_error("place", refused)
        if role == Role.OFFICER and self.cleaned_data.get("title"):
            self.add_error("title", _("Officers have no position. Leave this entry empty."))
        return super().clean()

    @property
    def post(self) -> HeldPost:
        """The post these entries describe; only of a valid form."""
        return HeldPost(
            role=Role(self.cleaned_data["role"]),
            place=self.area,
            starts_on=self.cleaned_data["starts_on"],
            ends_on=self.cleaned_data["ends_on"],
            title=self.cleaned_data["title"],
        )

    @property
    def last_day(self) -> date | None:
        """The last day as it will be kept: officers serve three years when nothing was written."""
        post = self.post
        if post.role == Role.OFFICER:
            return post.ends_on or years_later(post.starts_on, TERM_YEARS)
        return post.ends_on

    def ask_rules(self) -> None:
        post = self.post
        check_can_grant(self.seat, role=post.role, place=post.place)
        check_posting_days(starts_on=post.starts_on, ends_on=post.ends_on)
        if post.role == Role.OFFICER:
            assert isinstance(post.place, Village)
            last = self.last_day
            assert last is not None
            check_term(post.place, starts_on=post.starts_on, ends_on=last)
            free_slot(post.place, starts_on=post.starts_on, ends_on=last)
        if self.person is not None:
            last = self.last_day or date.max
            check_person_is_free(self.seat, self.person, starts_on=post.starts_on, ends_on=last)

    def _find_place(self, role: Role, text: str) -> Area | None:
        """The place the text names, of the kind the role needs; None for a role without a place."""
        kind = PLACE_OF_LEVEL.get(ROLES[role].level)
        if kind is None:
            if text:
                raise ValidationError(_("This role has no place. Leave this entry empty."))
            return None
        if not text:
            raise ValidationError(_("Write the place of this role."))
        found = _FINDERS[kind](self.seat, text)
        if not found:
            raise ValidationError(_("No place of that kind has this name or code."))
        if len(found) > 1:
            names = "; ".join(f"{area} ({area.code})" for area in found[:4])
            raise ValidationError(
                _("Several places fit. Write the code: %(places)s."), params={"places": names}
            )
        area: Area = found[0]
        return area


class StaffForm(PostForm):
    """A new account with its first post."""

    full_name = LineField(label=_("Full name"))
    phone = PhoneField(label=_("Phone"), required=False)
    username = LineField(
        label=_("Account name"),
        required=False,
        max_length=40,
        help_text=_("Left empty, we propose one from the name."),
    )
    field_order = ("role", "full_name", "phone", "place", "starts_on", "ends_on", "title", "username")

    def clean_username(self) -> str:
        """The name as it will be kept; proposed when nothing was written, and shown on the check page."""
        name = str(self.cleaned_data["username"]).lower()
        if not name:
            name = propose_username(str(self.cleaned_data.get("full_name") or ""))
            typed = QueryDict(mutable=True)
            typed.update(self.data)
            typed["username"] = name
            self.data = typed
            return name
        User._meta.get_field("username").run_validators(name)
        if not self.is_confirmed and is_username_taken(name):
            raise ValidationError(_("Somebody has this account name. Choose another."), code="taken")
        return name


class DisableForm(forms.Form):
    """Why an account is closed; written in the log."""

    reason = LineField(
        label=_("Reason"),
        max_length=200,
        help_text=_("Example: resigned on 20-11-2026"),
        error_messages={"required": _("Write the reason.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"use_required_attribute": False})


class PostingEndForm(forms.Form):
    """The last day of a post."""

    last_day = DayField(label=_("Last day"), help_text=_("Rights end after this day."))

    def __init__(self, *args: Any, posting: Posting, **kwargs: Any) -> None:
        self.posting = posting
        kwargs |= {"use_required_attribute": False, "initial": {"last_day": timezone.localdate()}}
        super().__init__(*args, **kwargs)


def _find_villages(seat: Seat, text: str) -> list[Any]:
    match = find_villages(text, visible_villages(seat).filter(valid_to__isnull=True))
    return list(match.villages)


_FINDERS: dict[type[Area], Callable[[Seat, str], list[Any]]] = {
    Village: _find_villages,
    District: lambda _seat, text: find_area(District, text),
    Province: lambda _seat, text: find_area(Province, text),
}
