"""Who is suggested for a request, who is not, and in which order."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from miteinander.community.organisations.tests.factories import CoordinatorRoleFactory
from miteinander.community.people.models import Person
from miteinander.community.regions.models import Region
from miteinander.community.regions.tests.factories import RegionFactory
from miteinander.cooperation.guides.enums import UnfilledReason
from miteinander.cooperation.guides.models import Apart, Certificate, Guide, GuideRequest
from miteinander.cooperation.guides.queries.suggestions import Able, able_guides
from miteinander.cooperation.guides.tests.network.factories import (
    CONTACTS,
    AskFactory,
    AssignmentFactory,
    GuideFactory,
    HoursFactory,
    RequestFactory,
)
from miteinander.foundation.core import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Region:
    place: Region = RegionFactory.create(latitude=51.3, longitude=9.5)
    return place


@pytest.fixture
def coordinator(town: Region) -> Person:
    person: Person = CoordinatorRoleFactory.create(region=town).person
    return person


@pytest.fixture
def wanted(town: Region) -> GuideRequest:
    row: GuideRequest = RequestFactory.create(municipality=town)
    return row


@pytest.fixture
def guide(town: Region) -> Guide:
    row: Guide = GuideFactory.create(municipality=town)
    return row


def found(coordinator: Person, wanted: GuideRequest) -> Able:
    return able_guides(actor=coordinator, request=wanted, now=clock.now())


def test_a_guide_with_another_assignment_then_is_left_out(
    coordinator: Person, wanted: GuideRequest, guide: Guide
) -> None:
    assert wanted.starts_at is not None
    taken = AssignmentFactory.create(
        guide=guide, request__starts_at=wanted.starts_at + timedelta(minutes=wanted.minutes - 1)
    )

    assert found(coordinator, wanted) == Able([], UnfilledReason.TIME)

    taken.status = "cancelled"
    taken.save()
    assert found(coordinator, wanted).guides == [guide]


def test_an_assignment_that_ends_when_the_next_begins_is_no_clash(
    coordinator: Person, wanted: GuideRequest, guide: Guide
) -> None:
    assert wanted.starts_at is not None
    AssignmentFactory.create(guide=guide, request__starts_at=wanted.starts_at - timedelta(hours=1))

    assert found(coordinator, wanted).guides == [guide]


def test_a_no_holds_until_the_time_is_changed(
    coordinator: Person, wanted: GuideRequest, guide: Guide
) -> None:
    AskFactory.create(guide=guide, request=wanted, answer="no")

    assert found(coordinator, wanted) == Able([], UnfilledReason.DECLINED)

    wanted.time_turn += 1
    assert found(coordinator, wanted).guides == [guide]


def test_who_wants_to_stay_apart_is_not_brought_together(
    coordinator: Person, wanted: GuideRequest, guide: Guide
) -> None:
    Apart.objects.create(guide=guide, requester_mark=CONTACTS.mark, said_at=clock.now())

    assert found(coordinator, wanted) == Able([], UnfilledReason.DECLINED)


def test_a_certificate_that_ends_the_day_before_does_not_count(
    coordinator: Person, wanted: GuideRequest, guide: Guide
) -> None:
    assert wanted.starts_at is not None
    certificate = Certificate.objects.get(trainee__person=guide.person)
    certificate.valid_until = clock.local(wanted.starts_at).date() - timedelta(days=1)
    certificate.save()

    assert not found(coordinator, wanted).guides

    certificate.valid_until = clock.local(wanted.starts_at).date()
    certificate.save()
    assert found(coordinator, wanted).guides == [guide]


def test_who_gave_least_time_lately_comes_first_and_a_long_way_counts(
    coordinator: Person, wanted: GuideRequest, guide: Guide, town: Region
) -> None:
    HoursFactory.create(guide=guide, minutes=300)
    fresh = GuideFactory.create(municipality=town)
    HoursFactory.create(guide=fresh, minutes=300, day=clock.today() - timedelta(days=91))
    HoursFactory.create(guide=fresh, minutes=300, status="refused")
    knows = GuideFactory.create(municipality=town)
    AssignmentFactory.create(
        guide=knows, status="happened", request__starts_at=clock.now() - timedelta(days=9)
    )

    assert found(coordinator, wanted).guides == [knows, fresh, guide]


@pytest.mark.parametrize("count", [1, 5])
def test_the_number_of_queries_does_not_grow(
    coordinator: Person,
    wanted: GuideRequest,
    town: Region,
    count: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    GuideFactory.create_batch(count, municipality=town)

    with django_assert_max_num_queries(12):
        rows = found(coordinator, wanted).guides
    assert len(rows) == count
