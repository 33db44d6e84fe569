"""The story of a test."""

import pytest

from tests.stories.telling import Story


@pytest.fixture
def story(cast, clock):
    return Story(cast, clock)
