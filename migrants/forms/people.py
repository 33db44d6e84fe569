"""Outside input about people: what is asked, change, show a full number."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, LineField, PhoneField
from migrants.enums import (
    DataBasis,
    Education,
    MaritalStatus,
    Relation,
    RevealReason,
    Sex,
)
from migrants.forms.differing import Difference, differences, stored_in
from migrants.forms.reasons import ReasonFields
from migrants.forms.warned import Doubt, WarnedForm
from migrants.models import Person
from migrants.models.people import FACTS
from migrants.nik import Nik, NumberRefused, disagreements, read_kk, read_nik, read_passport
from migrants.queries.duplicates import Alike, people_alike
from migrants.queries.people import person_with_nik
from villages.access import Seat

CHOOSE = ("", _("Choose"))


class NumberField(LineField):
    """An identity number as typed; `read` gives what it says or raises with the sentence to show."""

    def __init__(self, *, read: Callable[[str], Any], **kwargs: Any) -> None:
        super().__init__(max_length=40, required=False, **kwargs)
        self.read = read
        self.widget.attrs.update({"autocomplete": "off", "spellcheck": "false", "class": "w16"})

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return self.read(text)
        except NumberRefused as refused:
            raise forms.ValidationError(refused.sentence, code="number") from refused


def _nik(text: str) -> Nik:
    return read_nik(text, timezone.localdate())


class PersonFields(WarnedForm):
    """What is asked about a person, wherever it is asked. Three entries are required."""

    full_name = LineField(
        label=_("Full name"),
        help_text=_("As on the card; one name is enough."),
        error_messages={"required": _("Enter the full name.")},
    )
    nik = NumberField(
        read=_nik, label=_("NIK"), help_text=_("16 digits. Leave it empty if it is not at hand.")
    )
    sex = forms.ChoiceField(
        label=_("Sex"),
        choices=Sex.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the sex.")},
    )
    birth_date = DayField(
        label=_("Birth date"),
        required=False,
        not_future=True,
        future_sentence=_("The birth date cannot be after today."),
        help_text=_("Example: 25-01-1990. Leave it empty if it is not known."),
    )
    phone = PhoneField(label=_("Phone"), required=False)
    hamlet = LineField(label=_("Hamlet"), required=False, max_length=80)
    neighbourhood = LineField(label=_("RT/RW"), required=False, max_length=9, help_text=_("Example: 002/001"))
    next_of_kin_name = LineField(
        label=_("Name of the next of kin"),
        help_text=_("Whom do we call if something happens abroad?"),
        error_messages={"required": _("Enter the name of the next of kin.")},
    )
    next_of_kin_relation = forms.ChoiceField(
        label=_("Relation of the next of kin"),
        choices=[CHOOSE, *Relation.choices],
        error_messages={"required": _("Choose the relation.")},
    )
    next_of_kin_phone = PhoneField(label=_("Phone of the next of kin"), required=False)
    nickname = LineField(label=_("Nickname"), required=False, max_length=60)
    education = forms.ChoiceField(
        label=_("Education"), choices=[("", _("Not known")), *Education.choices], required=False
    )
    marital_status = forms.ChoiceField(
        label=_("Marital status"), choices=[("", _("Not known")), *MaritalStatus.choices], required=False
    )
    card = NumberField(read=read_kk, label=_("Family card number (KK)"), help_text=_("16 digits."))
    passport = NumberField(read=read_passport, label=_("Passport number"), help_text=_("Example: C1234567"))
    passport_expires_on = DayField(label=_("Passport expires on"), required=False)
    data_basis = forms.ChoiceField(
        label=_("Why do we keep these data?"),
        choices=DataBasis.choices,
        widget=forms.RadioSelect,
        initial=DataBasis.VILLAGE_DUTY,
        error_messages={"required": _("Choose why the data are kept.")},
    )
    data_basis_note = LineField(label=_("Note on it"), required=False, max_length=200)

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        self.seat = seat
        self.known: Person | None = None  # the village's person who has this NIK already
        super().__init__(*args, **kwargs)
        self.fields["nik"].widget.attrs["inputmode"] = "numeric"
        self.fields["card"].widget.attrs["inputmode"] = "numeric"
        self.fields["passport_expires_on"].widget.attrs["class"] = "w8"
        self.fields["birth_date"].widget.attrs["class"] = "w8"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        nik: Nik | None = cleaned.get("nik")
        if nik is not None:
            self._propose_from(nik, cleaned)
            self._look_for_the_same(nik)
        undated = cleaned.get("passport") and not cleaned.get("passport_expires_on")
        if undated and "passport_expires_on" not in self.errors:
            self.add_error("passport_expires_on", gettext("Enter the date on which the passport expires."))
        return cleaned

    def _propose_from(self, nik: Nik, cleaned: dict[str, Any]) -> None:
        """An empty sex or birth date takes what the NIK says; what was typed always wins."""
        if not str(self.data.get("sex", "")):
            self.errors.pop("sex", None)
            cleaned["sex"] = nik.sex
        if not str(self.data.get("birth_date", "")).strip() and nik.birth_date:
            cleaned["birth_date"] = nik.birth_date

    def _look_for_the_same(self, nik: Nik) -> None:
        found = person_with_nik(self.seat, nik.number)
        if found is not None and found.pk != self.own_key:
            self.known = found
            self.refuse_nik(found)

    def refuse_nik(self, found: Person) -> None:
        """Say that the village has this NIK already; the page links to the person."""
        self.known = found
        self.add_error(
            "nik", gettext("This NIK is registered in your village already. Open the existing record.")
        )

    @property
    def own_key(self) -> Any:
        """The key of the row this form makes or changes: its own NIK is no duplicate."""
        return self.cleaned_data.get("key")

    def find_doubts(self) -> Iterable[Doubt]:
        cleaned = self.cleaned_data
        nik: Nik | None = cleaned.get("nik")
        if nik is not None:
            sentences = [*nik.warnings, *disagreements(nik, cleaned.get("birth_date"), cleaned["sex"])]
            yield from (Doubt(f"nik{number}", sentence) for number, sentence in enumerate(sentences, 1))
        if cleaned.get("passport"):
            yield from (Doubt("passport", sentence) for sentence in cleaned["passport"].warnings)
        if self.alike:
            codes = "+".join(alike.person.pk.hex[-12:] for alike in self.alike)
            yield Doubt(codes, gettext("Somebody like this is registered already. Is it the same person?"))

    @cached_property
    def alike(self) -> list[Alike]:
        """People of the village who may be the same one, with the reasons; only of clean entries."""
        return people_alike(
            self.seat,
            village=self.seat.village_id or "",
            full_name=self.cleaned_data["full_name"],
            sex=self.cleaned_data["sex"],
            birth_date=self.cleaned_data.get("birth_date"),
            phone=self.cleaned_data.get("phone", ""),
            passport=self.numbers["passport"],
            other_than=self.own_key,
        )

    @property
    def person_facts(self) -> dict[str, Any]:
        """What the action stores as it stands."""
        return {name: value for name, value in self.cleaned_data.items() if name in FACTS}

    @property
    def numbers(self) -> dict[str, str]:
        """The tidied numbers; "" where none was typed."""
        nik, passport = self.cleaned_data.get("nik"), self.cleaned_data.get("passport")
        return {
            "nik": nik.number if nik else "",
            "passport": passport.number if passport else "",
            "card": self.cleaned_data.get("card") or "",
        }


class PersonForm(PersonFields):
    """Changed facts of a person. `version` is the record's when the form was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        self.row = person
        super().__init__(*args, **kwargs)
        keep = _("Now %(number)s. Leave it empty to keep it.")
        for name, masked in (
            ("nik", person.nik_masked),
            ("passport", person.passport_masked),
            ("card", person.household.card_masked if person.household else ""),
        ):
            if masked:
                self.fields[name].help_text = keep % {"number": masked}

    @staticmethod
    def initial_of(person: Person) -> dict[str, Any]:
        """The record as the form's first entries; numbers stay masked and are not among them."""
        return {"version": person.version, **{name: getattr(person, name) for name in FACTS}}

    @property
    def own_key(self) -> Any:
        return self.row.pk

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.row.passport_sealed and not cleaned.get("passport"):
            self.errors.pop("passport_expires_on", None)
        return cleaned

    @property
    def numbers_changed(self) -> dict[str, str | None]:
        """The numbers typed; None where the field was left empty, which keeps what is known."""
        return {name: number or None for name, number in self.numbers.items()}

    @cached_property
    def alike(self) -> list[Alike]:
        """Asked only when what makes people alike was changed: an old pair is not asked about each time."""
        changed = {"full_name", "sex", "birth_date", "phone"} & {
            name for name, typed in self.person_facts.items() if getattr(self.row, name) != typed
        }
        return super().alike if changed or self.numbers["passport"] else []

    def differences(self, now: Person) -> list[Difference]:
        """What was typed here otherwise than the record says now, in the order of the form."""
        return differences(self, stored_in(now, self.person_facts), self.person_facts)


class RevealForm(ReasonFields):
    """Which number is shown, and why."""

    asks = _("Why do you need it?")
    reasons = RevealReason
    field_order = ("kind", "why", "words")

    kind = forms.ChoiceField(
        label=_("Which number?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the number.")},
    )
    words = LineField(label=_("In other words"), required=False, help_text=_("The reason goes into the log."))

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [
            ("nik", "NIK", person.nik_sealed),
            ("kk", _("Family card number (KK)"), person.household and person.household.card_sealed),
            ("passport", _("Passport number"), person.passport_sealed),
        ]
        self.fields["kind"].choices = [(kind, label) for kind, label, known in kinds if known]
