from functools import lru_cache

import factory
from django.conf import settings
from django.contrib.auth.hashers import make_password
from factory.django import DjangoModelFactory
from uuid_utils.compat import uuid7

from accounts.models import Notification, User

PASSWORD = "sawah-hijau-di-kaki-gunung"


@lru_cache(maxsize=8)
def hashed(password: str, hasher: str) -> str:
    """One hash for the whole cast: the real hasher takes its time on purpose."""
    return make_password(password)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"orang.{n}")
    full_name = factory.Sequence(lambda n: f"Orang Contoh {n}")

    @factory.post_generation
    def password(self, create, extracted, **kwargs):
        self.password = hashed(extracted or PASSWORD, settings.PASSWORD_HASHERS[0])
        if create:
            self.save()


class NotificationFactory(DjangoModelFactory):
    """A return came back; not read yet."""

    class Meta:
        model = Notification

    user = factory.SubFactory(UserFactory)
    kind = "return_sent_back"
    about = "10-2026"
    subject = factory.LazyFunction(uuid7)
