"""Guides, requests, assignments and hours for tests."""

import secrets
from datetime import timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from miteinander.community.people.tests.factories import PersonFactory
from miteinander.community.regions.tests.factories import RegionFactory
from miteinander.cooperation.guides.enums import (
    AssignmentKind,
    AssignmentTopic,
    GuideTask,
    MeetingWay,
    RequesterKind,
)
from miteinander.cooperation.guides.models import (
    Ask,
    Assignment,
    Guide,
    GuideLanguage,
    GuideRequest,
    Hours,
    PayerRole,
    RequestContact,
)
from miteinander.cooperation.guides.models.sealed import Contacts
from miteinander.cooperation.guides.tests.factories import CertificateFactory
from miteinander.foundation.core import clock

CONTACTS = Contacts(
    name="Sekretariat Waldschule", email="sekretariat@schule.example", phone="+49561900100",
    person_name="Familie Beispiel", person_phone="+49561900101", place="Schulstraße 1, Raum 12",
)  # fmt: skip


class GuideFactory(DjangoModelFactory[Guide]):
    """A guide with a valid certificate who speaks Ukrainian and German and goes everywhere near."""

    class Meta:
        model = Guide
        skip_postgeneration_save = True

    person = factory.SubFactory(PersonFactory)
    municipality = factory.SubFactory(RegionFactory)
    ways = factory.LazyFunction(lambda: list(MeetingWay.values))
    confidentiality_on = factory.LazyFunction(lambda: clock.today() - timedelta(days=30))
    joined_at = factory.LazyFunction(clock.now)
    changed_at = factory.LazyFunction(clock.now)

    @factory.post_generation  # type: ignore[untyped-decorator]
    def speaks(row: Guide, _create: bool, given: Any) -> None:  # noqa: FBT001, N805
        """Add the languages, or those of ``given``: pairs of code and level."""
        for code, level in given if given is not None else (("uk", "native"), ("de", "b2")):
            GuideLanguage.objects.create(guide=row, code=code, level=level)

    @factory.post_generation  # type: ignore[untyped-decorator]
    def goes_to(row: Guide, _create: bool, given: Any) -> None:  # noqa: FBT001, N805
        """Add the areas, or the own municipality."""
        row.areas.set(given or [row.municipality])

    @factory.post_generation  # type: ignore[untyped-decorator]
    def certified(row: Guide, _create: bool, given: Any) -> None:  # noqa: FBT001, N805
        """Issue a certificate unless ``certified=False``."""
        if given is not False:
            CertificateFactory.create(trainee__person=row.person)


class RequestFactory(DjangoModelFactory[GuideRequest]):
    """A school asks for somebody who speaks Ukrainian, in a week, with its contact sealed."""

    class Meta:
        model = GuideRequest
        skip_postgeneration_save = True

    municipality = factory.SubFactory(RegionFactory)
    token = factory.LazyFunction(lambda: secrets.token_urlsafe(24)[:32])
    requester = RequesterKind.SCHOOL
    kind = AssignmentKind.PARENTS
    topic = AssignmentTopic.SCHOOL
    tasks = factory.LazyFunction(lambda: [GuideTask.COME, GuideTask.EXPLAIN])
    language = "uk"
    starts_at = factory.LazyFunction(lambda: clock.now() + timedelta(days=7))
    asked_at = factory.LazyFunction(clock.now)

    @factory.post_generation  # type: ignore[untyped-decorator]
    def contacts(row: GuideRequest, _create: bool, given: Any) -> None:  # noqa: FBT001, N805
        """Seal the contact, or ``given``."""
        sealed = (given or CONTACTS).sealed()
        RequestContact.objects.create(request=row, sealed=sealed, language="de")


class AskFactory(DjangoModelFactory[Ask]):
    """A guide who was asked and has a day to answer."""

    class Meta:
        model = Ask

    request = factory.SubFactory(RequestFactory)
    guide = factory.SubFactory(GuideFactory)
    token = factory.LazyFunction(lambda: secrets.token_urlsafe(24)[:32])
    time_turn = factory.SelfAttribute("request.time_turn")
    asked_at = factory.LazyFunction(clock.now)
    deadline = factory.LazyFunction(lambda: clock.now() + timedelta(days=1))


class AssignmentFactory(DjangoModelFactory[Assignment]):
    """A guide who said yes to a request."""

    class Meta:
        model = Assignment

    request = factory.SubFactory(RequestFactory, status="agreed")
    guide = factory.SubFactory(GuideFactory)
    starts_at = factory.SelfAttribute("request.starts_at")
    ends_at = factory.LazyAttribute(lambda row: row.starts_at + timedelta(hours=1))
    agreed_at = factory.LazyFunction(clock.now)


class HoursFactory(DjangoModelFactory[Hours]):
    """An hour and a half that waits to be confirmed."""

    class Meta:
        model = Hours

    guide = factory.SubFactory(GuideFactory)
    day = factory.LazyFunction(clock.today)
    minutes = 90
    reported_at = factory.LazyFunction(clock.now)


class PayerRoleFactory(DjangoModelFactory[PayerRole]):
    """Somebody who pays the guides of a region."""

    class Meta:
        model = PayerRole

    person = factory.SubFactory(PersonFactory)
    region = factory.SubFactory(RegionFactory)
    granted_at = factory.LazyFunction(clock.now)
