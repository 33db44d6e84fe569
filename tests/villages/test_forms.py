"""What the forms of the programme and its people have in common."""

import pytest

from villages.forms import CheckedForm


def test_checked_form_without_rules_cannot_be_made():
    class Careless(CheckedForm):
        pass

    with pytest.raises(TypeError):
        Careless()
