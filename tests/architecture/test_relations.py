"""String foreign keys slip past the import checker: so walk every relation and ask for the same order."""

from django.apps import apps
from django.conf import settings
from django.db import models

from tests.architecture.sources import PROJECT, our_apps, staircase

STEP = {app: number for number, apps_of_step in enumerate(staircase()) for app in apps_of_step}


def relations():
    for model in apps.get_models(include_auto_created=True):
        app = model._meta.app_config.name
        if app not in STEP:
            continue
        for field in [
            *model._meta.local_fields,
            *model._meta.local_many_to_many,
            *model._meta.private_fields,
        ]:
            if field.is_relation:
                yield app, field


def is_downward(app: str, target: str) -> bool:
    """Within the app itself, or to an app on a lower step."""
    return app == target or STEP[target] > STEP[app]


def test_every_app_stands_on_the_staircase():
    packages = {name.split(".")[0] for name in settings.INSTALLED_APPS}
    assert {name for name in packages if (PROJECT / name).is_dir()} == our_apps()


def problem_of(app: str, field: models.Field) -> str:
    """Why the relation may not be; empty when it may."""
    if field.related_model is None:
        return f"{field} is a generic relation: nobody can say where it points."
    target = field.related_model._meta.app_config.name
    if target not in STEP:
        return f"{field} points at {target}, which is not ours to build on."
    return "" if is_downward(app, target) else f"{field} points from {app} up or across to {target}."


def test_relations_point_down_the_staircase():
    assert [problem for app, field in relations() if (problem := problem_of(app, field))] == []


def test_the_order_is_that_of_the_house():
    assert is_downward("migrants", "villages")
    assert is_downward("migrants", "migrants")
    assert not is_downward("villages", "migrants")
    assert not is_downward("audit", "periods")
    assert not is_downward("periods", "audit")
