import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import settings as property_settings
from hypothesis import strategies as st

from audit.actions import NoTransaction, record
from audit.models import Event
from audit.request_ids import current_request_id, request_id

NIK = "9901012501900001"
MASKED = "990101........01"


@dataclass
class Somebody:
    pk: object
    full_name: str
    seat_role: str = ""


@dataclass
class SeatOf:
    user: Somebody
    role: str


@dataclass
class Place:
    code: str


RINA = Somebody(UUID("01a20241-61ab-7466-80e3-42b006d9fd39"), "Rina Wulandari", "officer")


@pytest.mark.django_db
def test_event_tells_who_where_what_and_why(cast):
    with request_id() as made:
        event = record(
            "village.renamed",
            by=RINA,
            subject=cast.randu,
            subject_label="Randu",
            village=cast.randu,
            changes={"name": ("Randu", "Randu Baru"), "officers": (1, 2), "open": (True, None)},
            reason="Perdes 3/2026",
        )
    event.refresh_from_db()
    assert (event.actor_id, event.actor_name, event.actor_role) == (str(RINA.pk), "Rina Wulandari", "officer")
    assert (event.village_code, event.district_code, event.province_code) == ("33.25.14.2004", "33.25", "33")
    assert (event.subject_type, event.subject_id, event.subject_label) == (
        "villages.village",
        str(cast.randu.pk),
        "Randu",
    )
    assert event.changes == {"name": ["Randu", "Randu Baru"], "officers": [1, 2], "open": [True, None]}
    assert (event.name, event.reason, event.request_id) == ("village.renamed", "Perdes 3/2026", made)
    assert str(event) == f"{event.id} village.renamed"


@pytest.mark.django_db
def test_a_seat_tells_the_role_and_a_user_does_not(cast):
    hendro = cast.user("hendro")
    acted = [record("village.renamed", by=by) for by in (cast.seat("hendro"), hendro)]
    assert [(event.actor_id, event.actor_name, event.actor_role) for event in acted] == [
        (str(hendro.pk), "Hendro Wibowo", "district_coordinator"),
        (str(hendro.pk), "Hendro Wibowo", ""),
    ]


@pytest.mark.django_db
def test_the_system_acts_without_a_name():
    event = record("areas.imported", by=None)
    assert (event.actor_id, event.actor_name, event.actor_role, event.request_id) == ("", "", "", "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("place", "codes"),
    [
        (Place("33.25.14.2004"), ("33.25.14.2004", "33.25", "33")),
        ("33.25.14", ("", "33.25", "33")),
        (Place("33.25"), ("", "33.25", "33")),
        ("33", ("", "", "33")),
        (None, ("", "", "")),
    ],
)
def test_place_fills_the_columns_it_has(place, codes):
    event = record("village.renamed", by=None, village=place)
    assert (event.village_code, event.district_code, event.province_code) == codes


@pytest.mark.django_db
def test_time_is_the_database_s_and_runs_within_a_transaction():
    first, second = record("a.b", by=None), record("a.b", by=None)
    assert first.at < second.at
    assert first.at.tzinfo == UTC
    assert first.id < second.id


@pytest.mark.django_db
def test_identity_numbers_are_masked_wherever_they_stand():
    event = record(
        "person.changed",
        by=Somebody(NIK, f"Siti {NIK}"),
        subject_label=f"Siti ({NIK})",
        changes={"nik": (NIK, None), "kk": (int(NIK), "990101 250190 0001"), "note": ("", [NIK, {"x": NIK}])},
        reason=f"salah ketik {NIK}",
    )
    event.refresh_from_db()
    stored = json.dumps([event.actor_name, event.subject_label, event.changes, event.reason])
    assert re.search(r"[0-9]{16}", stored) is None
    assert event.changes["nik"] == [MASKED, None]
    assert event.changes["kk"] == [MASKED, MASKED]


@pytest.mark.django_db
def test_secrets_are_hidden():
    event = record("account.changed", by=None, changes={"password": ("lama", "baru"), "Token": (None, "x")})
    assert event.changes == {"password": ["•••", "•••"], "Token": ["•••", "•••"]}


@pytest.mark.django_db
def test_values_are_made_plain():
    event = record(
        "case.moved",
        by=None,
        changes={
            "on": (date(2026, 8, 17), datetime(2026, 8, 17, 7, tzinfo=UTC)),
            "key": (RINA.pk, Decimal("1.5")),
            "sum": (10**14, 10**15),
        },
    )
    event.refresh_from_db()
    assert event.changes == {
        "on": ["2026-08-17", "2026-08-17T07:00:00+00:00"],
        "key": [str(RINA.pk), "1.5"],
        "sum": [10**14, "100000........00"],
    }


@pytest.mark.django_db
def test_lines_stay_lines_and_short():
    event = record(
        "case.moved",
        by=Somebody(1, "Rina\r\nroot masuk"),
        subject_label="x" * 10_000,
        changes={"name": ("a\nb\u2028c", "y" * 100_000)},
        reason="satu\x00\x1b[31mdua\u0085tiga",
    )
    event.refresh_from_db()
    assert event.actor_name == "Rina root masuk"
    assert event.subject_label == "x" * 199 + "…"
    assert event.changes == {"name": ["a b c", "y" * 199 + "…"]}
    assert event.reason == "satu [31mdua tiga"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["", "case", "Case.closed", "case.closed\n", "case closed", "case.closed.twice", "a.b" * 60_000]
)
def test_name_that_is_not_noun_dot_verb_is_refused(name):
    with pytest.raises(ValueError, match="is not an event name"):
        record(name, by=None)


@pytest.mark.django_db(transaction=True)
def test_event_outside_a_transaction_is_refused():
    with pytest.raises(NoTransaction):
        record("case.closed", by=None)
    assert Event.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_event_is_undone_with_its_write():
    with pytest.raises(RuntimeError, match="later"), transaction.atomic():
        record("case.closed", by=None)
        raise RuntimeError("a later step failed")
    assert Event.objects.count() == 0


@pytest.mark.django_db
@property_settings(max_examples=50)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_any_text_can_be_recorded(text):
    with transaction.atomic():
        event = record(
            "case.moved", by=Somebody(1, text), subject_label=text, changes={"x": (text, None)}, reason=text
        )
        event.refresh_from_db()
        transaction.set_rollback(True)
    assert "\n" not in json.dumps(event.changes)
    assert not re.search(r"[\x00-\x1f]", event.actor_name + event.subject_label + event.reason)


def test_each_request_has_one_id_of_its_own():
    assert current_request_id() == ""
    with request_id() as outer:
        assert re.fullmatch("[0-9a-f]{32}", outer)
        with request_id() as inner:
            assert current_request_id() == inner != outer
        assert current_request_id() == outer
    assert current_request_id() == ""
