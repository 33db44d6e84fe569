"""Each role lands on its own page."""

import pytest

EVERYBODY = {
    "rina": 200,
    "kades": 200,
    "hendro": 200,
    "lina": 200,
    "ratna": 200,
    "maya": 200,
    "arif": 200,
    "sys": 200,
    "audi": 302,
    "stranger": 403,
    "former": 403,
}


@pytest.mark.parametrize("name", EVERYBODY)
def test_home_answers_everybody(cast, name):
    assert cast.client(name).get("/").status_code == EVERYBODY[name]
