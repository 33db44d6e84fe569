"""The log cannot be changed: neither by right nor, where rights do not bind, past the trigger."""

import pytest
from django.db import ProgrammingError, connection, transaction

from audit.actions import record
from audit.models import Event

pytestmark = pytest.mark.django_db

CHANGES = ["UPDATE audit_event SET reason = 'x'", "DELETE FROM audit_event", "TRUNCATE audit_event"]


@pytest.fixture
def event():
    return record("case.closed", by=None, reason="selesai")


def refusal(statement: str, *, first: str = "") -> str:
    with pytest.raises(ProgrammingError) as refused, transaction.atomic(), connection.cursor() as cursor:
        if first:
            cursor.execute(first)
        cursor.execute(statement)
    return str(refused.value).splitlines()[0]


@pytest.mark.parametrize("statement", CHANGES)
def test_right_to_change_the_log_is_gone(event, statement):
    assert refusal(statement) == "permission denied for table audit_event"


@pytest.mark.parametrize("statement", CHANGES)
def test_trigger_stands_when_the_owner_takes_the_right_back(event, statement):
    said = refusal(statement, first="GRANT UPDATE, DELETE, TRUNCATE ON audit_event TO CURRENT_USER")
    assert said == f"{statement.split()[0]} on audit_event is refused: its rows are never changed."


def test_trigger_refuses_even_a_change_of_no_row():
    said = refusal(CHANGES[0], first="GRANT UPDATE ON audit_event TO CURRENT_USER")
    assert said == "UPDATE on audit_event is refused: its rows are never changed."


def test_saved_event_cannot_be_saved_again_or_deleted(event):
    event.reason = "lain"
    for change in (
        event.save,
        event.delete,
        Event.objects.all().delete,
        lambda: Event.objects.update(reason="x"),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            change()
    assert [row.reason for row in Event.objects.all()] == ["selesai"]


def test_log_has_no_relations():
    assert [field.name for field in Event._meta.get_fields() if field.is_relation] == []
