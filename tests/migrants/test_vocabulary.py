import pytest
from django.utils import translation

from migrants.vocabulary import destination_choices, destination_label, destinations, job_label, jobs


@pytest.mark.parametrize(
    ("language", "country", "work"), [("id", "Jepang", "Perawat"), ("en", "Japan", "Nurse")]
)
def test_names_follow_the_language_of_the_page(language, country, work):
    with translation.override(language):
        assert (destination_label("JPN"), job_label("NURSE")) == (country, work)


def test_every_destination_has_a_name_in_both_languages_and_a_code_of_three():
    for language in ("id", "en"):
        with translation.override(language):
            assert all(destination.label() for destination in destinations().values())
    assert {len(code) for code in destinations()} == {3}
    assert max(len(code) for code in jobs()) <= 8


def test_unknown_and_retired_codes_stay_readable():
    assert (destination_label(""), destination_label("ZZZ"), job_label("OLD")) == ("", "ZZZ", "OLD")


def test_most_frequent_destinations_come_first():
    assert [code for code, _name in destination_choices()[:3]] == ["HKG", "TWN", "MYS"]
