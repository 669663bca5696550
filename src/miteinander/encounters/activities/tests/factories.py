"""Occasions, dates and seats for tests."""

import secrets
from datetime import time, timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from miteinander.community.organisations.tests.factories import OrganisationFactory
from miteinander.community.people.tests.factories import GuestFactory
from miteinander.community.regions.tests.factories import RegionFactory
from miteinander.encounters.activities.enums import (
    ActivityStatus,
    ContactWay,
    ParticipationStatus,
    RideDirection,
    RideKind,
    SignUpWay,
    Topic,
)
from miteinander.encounters.activities.models import (
    Activity,
    ActivityDate,
    ActivityLanguage,
    DatePoll,
    OpeningHours,
    Participation,
    PollAnswer,
    PollDate,
    PollVote,
    Ride,
    RideMatch,
)
from miteinander.encounters.activities.services.seats.holding import OWN_COUNTS, hold
from miteinander.encounters.activities.services.seats.pools import Split
from miteinander.encounters.spaces.tests.factories import VenueFactory
from miteinander.foundation.content.enums import VersionState
from miteinander.foundation.content.hashes import fingerprint
from miteinander.foundation.content.models import Version
from miteinander.foundation.core import clock


class ActivityFactory(DjangoModelFactory[Activity]):
    """A published occasion at a venue, with a German original; ``parts=False`` writes no words."""

    class Meta:
        model = Activity
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory)
    venue = factory.SubFactory(
        VenueFactory,
        organisation=factory.SelfAttribute("..organisation"),
        municipality=factory.SelfAttribute("organisation.municipality"),
    )
    municipality = factory.LazyAttribute(
        lambda row: row.venue.municipality if row.venue else row.organisation.municipality
    )
    topic = Topic.FOOD
    contact_name = "Erika Beispiel"
    contact_phone = "+49561123456"
    status = ActivityStatus.PUBLISHED
    published_at = factory.LazyFunction(clock.now)

    @factory.post_generation  # type: ignore[untyped-decorator]
    def parts(row: Activity, create: bool, given: Any, **named: str) -> None:  # noqa: FBT001, N805
        """Write the German original; ``parts__title="…"`` sets a part of it."""
        if not create or given is False:
            return
        parts = {
            "title": f"Kochen {row.pk}",
            "summary": "Wir kochen zusammen.",
            "description": "Wir kochen und essen zusammen.",
            "way_there": "Der Eingang ist im Hof.",
            **(given or {}),
            **named,
        }
        write_words(row, "de", VersionState.ORIGINAL, parts)

    @factory.post_generation  # type: ignore[untyped-decorator]
    def languages(row: Activity, create: bool, given: Any) -> None:  # noqa: FBT001, N805
        """Note the languages spoken there, German when none are given."""
        if create:
            for language in given if given is not None else ("de",):
                ActivityLanguage.objects.create(activity=row, language=language)


class OfferFactory(ActivityFactory):
    """A published offer of every Tuesday from 15 to 18 o'clock, without signing up."""

    is_standing = True

    @factory.post_generation  # type: ignore[untyped-decorator]
    def hours(row: Activity, create: bool, given: Any) -> None:  # noqa: FBT001, N805
        """Note the hours: triples of weekday, from and to."""
        if not create:
            return
        for weekday, opens, closes in given if given is not None else [(1, time(15), time(18))]:
            OpeningHours.objects.create(activity=row, weekday=weekday, opens=opens, closes=closes)


class DateFactory(DjangoModelFactory[ActivityDate]):
    """A date in three days, two hours long, with twelve free seats."""

    class Meta:
        model = ActivityDate

    activity = factory.SubFactory(ActivityFactory)
    starts_at = factory.LazyFunction(lambda: clock.now() + timedelta(days=3))
    ends_at = factory.LazyAttribute(lambda row: row.starts_at + timedelta(hours=2))
    capacity = 12
    changed_at = factory.LazyFunction(clock.now)


class ParticipationFactory(DjangoModelFactory[Participation]):
    """A seat somebody holds; the count on the date row is kept right."""

    class Meta:
        model = Participation

    date = factory.SubFactory(DateFactory)
    person = factory.SubFactory(GuestFactory)
    token = factory.LazyFunction(lambda: secrets.token_urlsafe(24))
    language = "de"
    way = SignUpWay.GUEST
    status = ParticipationStatus.SIGNED_UP
    signed_up_at = factory.LazyFunction(clock.now)

    @classmethod
    def _create(cls, model_class: type[Participation], *args: Any, **kwargs: Any) -> Participation:
        participation: Participation = super()._create(model_class, *args, **kwargs)
        if participation.holds_seat:
            hold(participation.date, participation, Split(open=participation.party))
            participation.save(update_fields=OWN_COUNTS)
        return participation


class PollFactory(DjangoModelFactory[DatePoll]):
    """An open poll with three proposed dates, answers until in a week."""

    class Meta:
        model = DatePoll
        skip_postgeneration_save = True

    activity = factory.SubFactory(ActivityFactory)
    token = factory.LazyFunction(lambda: secrets.token_urlsafe(12))
    closes_at = factory.LazyFunction(lambda: clock.now() + timedelta(days=7))
    created_at = factory.LazyFunction(clock.now)

    @factory.post_generation  # type: ignore[untyped-decorator]
    def days(row: DatePoll, create: bool, given: Any) -> None:  # noqa: FBT001, N805
        """Propose a date in each of ``days`` days from now."""
        for day in (given or (9, 10, 11)) if create else ():
            starts_at = clock.now() + timedelta(days=day)
            PollDate.objects.create(
                poll=row, starts_at=starts_at, ends_at=starts_at + timedelta(hours=2)
            )


class PollAnswerFactory(DjangoModelFactory[PollAnswer]):
    """What a guest answered; ``votes`` are the choices in the order of the dates."""

    class Meta:
        model = PollAnswer
        skip_postgeneration_save = True

    poll = factory.SubFactory(PollFactory)
    person = factory.SubFactory(GuestFactory)
    token = factory.LazyFunction(lambda: secrets.token_urlsafe(24))
    language = "de"
    answered_at = factory.LazyFunction(clock.now)

    @factory.post_generation  # type: ignore[untyped-decorator]
    def votes(row: PollAnswer, create: bool, given: Any) -> None:  # noqa: FBT001, N805
        """Answer each proposed date, yes where nothing is given."""
        for number, date in enumerate(row.poll.dates.all() if create else ()):
            choice = given[number] if given else "yes"
            PollVote.objects.create(answer=row, date=date, choice=choice)


class RideFactory(DjangoModelFactory[Ride]):
    """Three seats there and back, offered by somebody with a seat at the date."""

    class Meta:
        model = Ride

    date = factory.SubFactory(DateFactory)
    person = factory.LazyAttribute(
        lambda row: ParticipationFactory.create(date=row.date, person=GuestFactory.create()).person
    )
    municipality = factory.SubFactory(RegionFactory)
    token = factory.LazyFunction(lambda: secrets.token_urlsafe(24))
    language = "de"
    kind = RideKind.OFFERED
    direction = RideDirection.BOTH
    seats = 3
    created_at = factory.LazyFunction(clock.now)


class RideMatchFactory(DjangoModelFactory[RideMatch]):
    """Somebody who looks for a ride asked a driver of the same date."""

    class Meta:
        model = RideMatch

    offer = factory.SubFactory(RideFactory)
    wanted = factory.SubFactory(
        RideFactory,
        date=factory.SelfAttribute("..offer.date"),
        kind=RideKind.WANTED,
        seats=1,
    )
    asked_by_driver = False
    driver_shares = factory.LazyAttribute(
        lambda row: ContactWay.EMAIL if row.asked_by_driver else ""
    )
    rider_shares = factory.LazyAttribute(
        lambda row: "" if row.asked_by_driver else ContactWay.EMAIL
    )
    asked_at = factory.LazyFunction(clock.now)


def write_words(
    activity: Activity, language: str, state: VersionState, parts: dict[str, str]
) -> Version:
    """Write a version of ``activity`` without the services and without an audit entry."""
    return Version.objects.create(
        item=activity, language=language, parts=parts, state=state, source_hash=fingerprint(parts)
    )
