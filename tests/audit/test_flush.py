"""Tests that commit are cleaned up after, and the guards stand again."""

import pytest
from django.db import ProgrammingError, transaction

from audit.actions import record
from audit.models import Event


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_turn", [1, 2])
def test_log_is_empty_and_guarded_before_each_committing_test(_turn):
    assert Event.objects.count() == 0
    with transaction.atomic():
        record("case.closed", by=None)
    with pytest.raises(ProgrammingError, match="permission denied"):
        Event.objects.all().delete()
    assert Event.objects.count() == 1
