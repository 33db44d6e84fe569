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


def test_names_are_noun_dot_verb():
    assert [name for name in NAMES if not NAME.fullmatch(name) or len(name) > 60] == []


def test_every_event_has_its_template_and_every_template_its_event():
    files = (PROJECT / "templates" / "audit" / "events").glob("*.html")
    assert sorted(file.name.removesuffix(".html") for file in files) == NAMES


def test_templates_are_of_one_line():
    texts = {name: (PROJECT / "templates" / template_of(name)).read_text("utf-8") for name in NAMES}
    assert [name for name, text in texts.items() if len(text.strip().splitlines()) != 1] == []


@pytest.mark.parametrize("language", ["id", "en"])
def test_lines_name_their_subject_and_never_trust_it(language):
    wrong = {}
    for name in NAMES:
        event = Event(name=name, subject_label="<b>Siti</b>", reason="<i>alasan</i>", changes={})
        with translation.override(language):
            line = render_to_string(template_of(name), {"event": event})
        if "&lt;b&gt;Siti&lt;/b&gt;" not in line or "<b>" in line or "<i>" in line:
            wrong[name] = line
    assert wrong == {}


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
