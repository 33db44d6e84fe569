"""Who a request comes from."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend

from accounts.models import User


class AccountBackend(ModelBackend):
    """Django's own, which counts the notifications of the person in the query that reads them."""

    def get_user(self, user_id: Any) -> User | None:
        user = User.objects.with_unread().filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
