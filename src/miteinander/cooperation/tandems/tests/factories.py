"""Seekers and tandems for tests: two of them fit together unless a test says otherwise."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from typing import Any

import factory
import pytest
from django.core.exceptions import ValidationError

from miteinander.community.people.tests.factories import PersonFactory
from miteinander.community.regions.models import Region
from miteinander.community.regions.tests.factories import RegionFactory
from miteinander.cooperation.tandems.enums import Answer, SeekerStatus, TandemStatus
from miteinander.cooperation.tandems.models import Seeker, Tandem, TandemMember
from miteinander.encounters.activities.tests.factories import ActivityFactory
from miteinander.encounters.spaces.models import Venue
from miteinander.encounters.spaces.tests.factories import VenueFactory
from miteinander.foundation.core import clock, timetable

NUMBERS = count(1)
LIVE = {TandemStatus.PROPOSED, TandemStatus.ACTIVE, TandemStatus.PAUSED}
OVER = {TandemStatus.LAPSED, TandemStatus.REFUSED, TandemStatus.ENDED, TandemStatus.STOPPED}


class SeekerFactory(factory.django.DjangoModelFactory[Seeker]):
    """Somebody in the pool who wants to talk and walk, at any time."""

    class Meta:
        model = Seeker

    person = factory.SubFactory(PersonFactory)
    municipality = factory.SubFactory(RegionFactory)
    status = SeekerStatus.READY
    wants = factory.LazyFunction(lambda: ["talk", "walk"])
    gives = factory.LazyFunction(lambda: ["talk", "cook"])
    speaks = factory.LazyFunction(lambda: ["de"])
    times = timetable.EVERY_TIME
    ways = factory.LazyFunction(lambda: ["person", "phone"])
    reach_km = 40
    birth_year = 1980
    rules_accepted_at = factory.LazyFunction(clock.now)
    talked_on = factory.LazyFunction(clock.today)
    waiting_since = factory.LazyFunction(clock.now)
    begun_at = factory.LazyFunction(clock.now)
    changed_at = factory.LazyFunction(clock.now)


def local(**more: Any) -> Seeker:
    """Return somebody who has long lived here."""
    return SeekerFactory.create(**{"person__background": "local"} | more)


def newcomer(**more: Any) -> Seeker:
    """Return somebody who is new here."""
    return SeekerFactory.create(**{"person__background": "newcomer"} | more)


def tandem_of(*seekers: Seeker, status: TandemStatus = TandemStatus.ACTIVE, **more: Any) -> Tandem:
    """Bring these together; the tokens are marked with the keys of members."""
    now = clock.now()
    is_met = status not in {TandemStatus.SUGGESTED, TandemStatus.PROPOSED, TandemStatus.LAPSED}
    tandem = Tandem.objects.create(
        **{
            "status": status, "made_at": now,
            "deadline": now + timedelta(days=7) if status == TandemStatus.PROPOSED else None,
            "agreed_at": now if is_met and status != TandemStatus.REFUSED else None,
            "ended_at": now if status in OVER else None,
        } | more
    )  # fmt: skip
    for seeker in seekers:
        TandemMember.objects.create(
            tandem=tandem, seeker=seeker, token=f"member-token-{next(NUMBERS)}",
            is_live=status in LIVE, answer=Answer.YES if is_met else Answer.OPEN,
        )  # fmt: skip
    return tandem


def member_for(tandem: Tandem, seeker: Seeker) -> TandemMember:
    """Return the member of a tandem a seeker is."""
    return tandem.members.get(seeker=seeker)


@contextmanager
def refused(code: str) -> Iterator[None]:
    """Expect that a service refuses for the reason with this code."""
    with pytest.raises(ValidationError) as caught:
        yield
    assert caught.value.code == code


def public_venue(town: Region) -> Venue:
    """Return a place in ``town`` at which a public meeting took place."""
    venue: Venue = VenueFactory.create(municipality=town)
    ActivityFactory.create(venue=venue, municipality=town, organisation=venue.organisation)
    return venue
