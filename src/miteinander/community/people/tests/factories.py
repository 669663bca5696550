"""People for tests."""

import factory

from miteinander.community.people.models import Person, SpokenLanguage
from miteinander.foundation.core import clock


class GuestFactory(factory.django.DjangoModelFactory[Person]):
    class Meta:
        model = Person

    name = factory.Sequence(lambda n: f"Guest {n}")
    email = factory.Sequence(lambda n: f"guest{n}@example.org")


class PersonFactory(GuestFactory):
    name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"person{n}@example.org")
    account_since = factory.LazyFunction(clock.now)


class AdministratorFactory(PersonFactory):
    is_administrator = True


class SpokenLanguageFactory(factory.django.DjangoModelFactory[SpokenLanguage]):
    class Meta:
        model = SpokenLanguage

    person = factory.SubFactory(PersonFactory)
    language = "ar"
