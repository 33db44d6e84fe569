"""How audit events are named, and where to find all of them.

Each app lists its own in its `events.py`, as capital constants: `CASE_CLOSED = "case.closed"`. A name is a
noun, a dot and a verb in the past, in small letters. Every name has a one-line template
`audit/events/<name>.html`. This app records nothing of its own.
"""

import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps
from django.conf import settings

NAME = re.compile(r"\A[a-z_]+\.[a-z_]+\Z", re.ASCII)


def event_names() -> dict[str, str]:
    """Every event name of this project's apps -> the app that lists it. Apps without `events.py` have none.

    Raises `ValueError` when two apps list the same name.
    """
    found: dict[str, str] = {}
    for app in apps.get_app_configs():
        if Path(app.path).parent != settings.BASE_DIR or find_spec(f"{app.name}.events") is None:
            continue
        module = import_module(f"{app.name}.events")
        for constant, name in vars(module).items():
            if not constant.isupper() or not isinstance(name, str):
                continue
            if name in found:
                raise ValueError(f"{app.name} and {found[name]} both list the event {name}.")
            found[name] = app.name
    return found


def template_of(name: str) -> str:
    """The template that says in one line what happened."""
    return f"audit/events/{name}.html"
