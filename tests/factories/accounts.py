import factory
from factory.django import DjangoModelFactory

from accounts.models import User

PASSWORD = "sawah-hijau-di-kaki-gunung"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"orang.{n}")
    full_name = factory.Sequence(lambda n: f"Orang Contoh {n}")

    @factory.post_generation
    def password(self, create, extracted, **kwargs):
        self.set_password(extracted or PASSWORD)
        if create:
            self.save()
