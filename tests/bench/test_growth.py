import pytest

from bench.measures.growth import grown, plan_of
from migrants.models import Person
from tests.factories import PersonFactory


@pytest.mark.django_db(transaction=True)
def test_grown_set_leaves_the_officers_village_as_it_was(cast):
    for name in ("Dwi Lestari", "Eni Astuti"):
        PersonFactory(village=cast.randu, full_name=name)
    own = Person.objects.visible_to(cast.seat("rina")).order_by("full_name")
    with grown({"migrants_person": 5}):
        assert (Person.objects.count(), Person.objects.values("pk").distinct().count()) == (10, 10)
        assert [person.full_name for person in own.all()] == ["Dwi Lestari", "Eni Astuti"]
        assert plan_of(own.all())[0] == "Sort"
    assert Person.objects.count() == 2
