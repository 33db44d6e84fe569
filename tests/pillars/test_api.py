"""Records of the pillars for programs: what officers write down, and what of children is told."""

import pytest

from pillars.models import BusinessGroup, OutreachSession, Training
from tests.factories import ChildFactory, LearningCentreFactory
from tests.migrants.calling import get, send

ID = "0199a1b2-c3d4-7e5f-8a6b-00000000000"
SESSION = {"held_on": "2026-11-10", "topic": "documents", "place": "Balai desa", "women": 18, "men": 12}
GROUP = {"name": "Kelompok Melati", "sector": "food", "formed_on": "2026-10-01"}
TRAINING = {"title": "Mengolah singkong", "organiser": "Disnaker", "first_on": "2026-11-02", "hours": 16}


@pytest.mark.parametrize(
    ("name", "model", "body", "told"),
    [
        ("outreach-sessions", OutreachSession, SESSION, {"women": 18, "men": 12, "by_list": False}),
        ("business-groups", BusinessGroup, GROUP, {"members": 0, "ended_on": None}),
        ("trainings", Training, TRAINING, {"last_on": "2026-11-02", "women": 0, "certificates": 0}),
    ],
)
def test_record_is_written_once_by_its_own_id(cast, name, model, body, told):
    rina, body = cast.client("rina"), {"id": f"{ID}1", **body}
    (status, first), again = send(rina, f"{name}/", body), send(rina, f"{name}/", body)
    assert status == 201, first
    assert again == (200, first)
    assert first.items() >= {"id": body["id"], "village": cast.randu.code, **told}.items()
    assert get(rina, f"{name}/") == {name: [first], "after": ""}
    assert get(rina, f"{name}/{body['id']}/") == first
    assert send(cast.client("dewi"), f"{name}/", body)[0] == 404  # the id is another village's row
    assert model.objects.count() == 1
    refused = send(rina, f"{name}/", {"id": f"{ID}2", "village": "32.12.16.2004"})
    assert (refused[0], refused[1]["village"]) == (400, ["Tidak ada isian dengan nama ini."])


def test_children_are_counted_for_the_officers_of_their_village_alone(cast):
    centre = LearningCentreFactory(village=cast.randu)
    ChildFactory(centre=centre, pseudonym="Bintang")
    address = f"learning-centres/{centre.pk}/"
    for name, count in (("rina", 1), ("kades", None), ("hendro", None)):
        assert get(cast.client(name), address)["children"] == count, name
    assert "children" not in get(cast.client("rina"), "learning-centres/")["learning-centres"][0]
