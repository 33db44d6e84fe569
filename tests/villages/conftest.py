import pytest
from django.utils import translation


@pytest.fixture
def in_english():
    """Sentences as they stand in the code, whatever the catalogue says today."""
    with translation.override("en"):
        yield
