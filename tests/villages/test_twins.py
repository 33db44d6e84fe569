"""`villages/twins.py`: who was first when two write at the same moment."""

import pytest
from django.db import IntegrityError

from tests.factories import DesignationFactory, VillageFactory
from villages.models import Designation
from villages.rules import NotPossible
from villages.twins import insert_or_twin


def say_nothing() -> None:
    """Checks that find nothing wrong."""


@pytest.fixture
def village(db):
    return VillageFactory()


def test_row_alone_is_inserted(village):
    row = Designation(village=village, stage="proposed")
    saved = insert_or_twin(row, twins=Designation.objects.none(), recheck=say_nothing)
    assert saved is row
    assert list(Designation.objects.all()) == [row]


def test_same_form_delivered_faster_gives_its_row(village):
    first = DesignationFactory(village=village)
    late = Designation(pk=first.pk, village=village, stage="proposed")
    twins = Designation.objects.filter(pk=first.pk, village=village)
    saved = insert_or_twin(late, twins=twins, recheck=say_nothing)
    assert (saved, saved.stage) == (first, first.stage)
    assert saved is not late


def test_somebody_elses_row_makes_the_checks_say_so(village):
    DesignationFactory(village=village)

    def recheck():
        raise NotPossible("faster")

    with pytest.raises(NotPossible, match="faster"):
        insert_or_twin(
            Designation(village=village, stage="proposed"), twins=Designation.objects.none(), recheck=recheck
        )


def test_refusal_that_no_check_explains_stays_an_error(village):
    DesignationFactory(village=village)
    with pytest.raises(IntegrityError):
        insert_or_twin(
            Designation(village=village, stage="proposed"),
            twins=Designation.objects.none(),
            recheck=say_nothing,
        )
