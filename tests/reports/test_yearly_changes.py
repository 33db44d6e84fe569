"""A later edition lists every figure that differs from the one before."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from reports.models import ReportEdition
from reports.yearly.changes import changes_since
from tests import factories as make
from tests.reports.test_yearly_content import content_of, content_of_2019


@pytest.fixture
def before(db):
    return ReportEdition(year=2019, number=1, content=content_of_2019())


def labels_of(changes):
    return [(line["before"], line["after"]) for line in changes["lines"]]


def test_first_edition_has_no_list():
    assert changes_since(None, {}) is None


def test_nothing_changed_gives_an_empty_list(before):
    changes = changes_since(before, content_of())
    assert changes["reference"] == "DMP-2019-01"
    assert changes["lines"] == []


def test_added_visit_and_village_are_listed_with_both_numbers(before):
    make.ServiceVisitFactory(village=make.VillageFactory(code="33.25.14.2004"), visited_on=date(2019, 8, 1))
    make.DesignationFactory(village=make.VillageFactory(code="33.25.14.2009"), cohort_year=2018)
    found = labels_of(changes_since(before, content_of()))
    assert (3, 4) in found  # visits
    assert (0, 1) in found  # recorded in cohort 2018
    assert (6, 8) in found  # officers needed
    assert next(after for old, after in found if old is None).startswith("2018, ")


def test_corrected_cohort_year_is_listed_with_the_village(before):
    from villages.models import Designation

    Designation.objects.filter(village_id="33.25.14.2004").update(cohort_year=2017)
    with translation.override("id"):
        lines = changes_since(before, content_of())["lines"]
    village = next(line for line in lines if line["label"] == "33.25.14.2004 Randu")
    assert village["after"].startswith("2017, ")
    assert not village["before"].startswith("20")
