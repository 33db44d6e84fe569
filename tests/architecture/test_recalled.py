"""What is recalled is what was built: the same rows, and objects of one's own."""

import pytest
from django.apps import apps
from django.db import transaction

from tests.conftest import build_cast
from tests.recalled import recalled


def rows() -> dict[str, list[str]]:
    return {
        model.__name__: sorted(map(repr, model._base_manager.values_list()))
        for model in apps.get_models()
        if model._base_manager.exists()
    }


@pytest.mark.django_db
def test_what_is_recalled_is_what_was_built():
    """Once by the factories, once row by row, and then as one text."""
    found, names = [], []
    for _time in range(4):
        with transaction.atomic():
            cast = recalled(build_cast, of="this test")
            names.append(cast.user("rina").full_name)
            cast.user("rina").full_name = "Diubah"
            found.append(rows())
            transaction.set_rollback(True)
    assert found[0] == found[1] == found[2] == found[3]
    assert {"User", "Village", "Designation", "OfficerAssignment", "Posting"} <= set(found[0])
    assert names == ["Rina Wulandari"] * 4
