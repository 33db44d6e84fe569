"""Every event of the log has a name, and every name has one line that says what happened."""

import ast

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from audit.events import NAME, event_names, template_of
from audit.models import Event
from tests.architecture.sources import PROJECT, modules, our_apps, tree

NAMES = sorted(event_names())


def test_names_belong_to_our_apps():
    assert set(event_names().values()) <= our_apps()
    assert "case.closed" in NAMES


@pytest.mark.parametrize("name", NAMES)
def test_name_is_noun_dot_verb(name):
    assert NAME.fullmatch(name)
    assert len(name) <= 60


@pytest.mark.parametrize("name", NAMES)
def test_event_has_a_template_of_one_line(name):
    file = PROJECT / "templates" / template_of(name)
    assert file.is_file(), f"{name} has no line in templates/{template_of(name)}."
    assert len(file.read_text(encoding="utf-8").strip().splitlines()) == 1


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["id", "en"])
def test_line_names_its_subject_and_never_trusts_it(name, language):
    event = Event(name=name, subject_label="<b>Siti</b>", reason="<i>alasan</i>", changes={})
    with translation.override(language):
        line = render_to_string(template_of(name), {"event": event})
    assert "&lt;b&gt;Siti&lt;/b&gt;" in line
    assert "<b>" not in line
    assert "<i>" not in line


def test_every_template_has_its_event():
    files = (PROJECT / "templates" / "audit" / "events").glob("*.html")
    assert sorted(file.name.removesuffix(".html") for file in files) == NAMES


def recorded_literals():
    """First arguments of `record(...)` that are written out instead of named."""
    for file in modules():
        for node in ast.walk(tree(file)):
            if (
                isinstance(node, ast.Call)
                and node.args
                and isinstance(node.args[0], ast.Constant | ast.JoinedStr)
            ):
                called = (
                    node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                )
                if called == "record":
                    yield f"{file}:{node.lineno}"


def test_actions_record_names_from_their_events_module():
    assert list(recorded_literals()) == []
