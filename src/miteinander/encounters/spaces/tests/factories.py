"""Places for tests."""

import factory
from factory.django import DjangoModelFactory

from miteinander.community.organisations.tests.factories import OrganisationFactory
from miteinander.encounters.spaces.models import Venue


class VenueFactory(DjangoModelFactory[Venue]):
    organisation = factory.SubFactory(OrganisationFactory)
    municipality = factory.SelfAttribute("organisation.municipality")
    name = factory.Sequence(lambda number: f"Gemeindehaus {number}")
    street = "Am Anger 3"
    postcode = "34369"
    bus_stop = "Markt"

    class Meta:
        model = Venue
