"""Proposing guides for all open requests: the same rules as for one, and constant queries."""

import random
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from miteinander.community.organisations.tests.factories import CoordinatorRoleFactory
from miteinander.community.people.models import Person
from miteinander.community.regions.models import Region
from miteinander.community.regions.tests.factories import RegionFactory
from miteinander.cooperation.guides.enums import AssignmentTopic, MeetingWay
from miteinander.cooperation.guides.models import (
    Apart,
    Ask,
    Certificate,
    GuideRequest,
)
from miteinander.cooperation.guides.queries.suggestions import able_guides
from miteinander.cooperation.guides.queries.together import able_standings, proposed_together
from miteinander.cooperation.guides.tests.network.factories import (
    CONTACTS,
    AskFactory,
    AssignmentFactory,
    GuideFactory,
    HoursFactory,
    RequestFactory,
)
from miteinander.foundation.core import clock, timetable

pytestmark = pytest.mark.django_db
LANGUAGES = ("uk", "ar", "fa")


@pytest.fixture
def towns() -> list[Region]:
    return [RegionFactory.create(latitude=51.2 + number / 10, longitude=9.4) for number in range(2)]


@pytest.fixture
def coordinator(towns: list[Region]) -> Person:
    person: Person = CoordinatorRoleFactory.create(region=towns[0]).person
    CoordinatorRoleFactory.create(region=towns[1], person=person)
    return person


def invent(towns: list[Region], seed: int) -> list[GuideRequest]:
    """Make guides and requests in which every rule matters somewhere."""
    chance = random.Random(seed)  # noqa: S311 (a test, not a secret)
    today = clock.today()
    days = [None, today - timedelta(days=2), today + timedelta(days=3), today + timedelta(days=30)]
    guides = [
        GuideFactory.create(
            municipality=chance.choice(towns), goes_to=chance.sample(towns, chance.randint(1, 2)),
            speaks=[(code, "b1") for code in chance.sample(LANGUAGES, 2)],
            times=chance.choice([0, 0, timetable.EVERY_TIME, chance.getrandbits(21)]),
            ways=chance.sample(list(MeetingWay.values), 2),
            unwanted=chance.sample(list(AssignmentTopic.values), 2),
            police_valid_until=chance.choice(days), certified=chance.random() < 0.9,
            confidentiality_on=chance.choice([None, today, today]),
            paused_from=chance.choice([None, None, today - timedelta(days=5)]),
            paused_until=today + timedelta(days=chance.randint(0, 9)),
            status=chance.choice(["active", "active", "active", "left"]),
        )
        for _each in range(14)
    ]  # fmt: skip
    Certificate.objects.filter(
        pk__in=list(Certificate.objects.values_list("pk", flat=True)[:3])
    ).update(valid_until=today + timedelta(days=4))
    requests = [
        RequestFactory.create(
            municipality=chance.choice(towns), language=chance.choice(LANGUAGES),
            topic=chance.choice(list(AssignmentTopic.values)), has_minors=chance.random() < 0.4,
            way=chance.choice(list(MeetingWay.values)),
            starts_at=chance.choice(
                [None, clock.now() + timedelta(hours=chance.randint(2, 200))]
            ),
        )
        for _each in range(12)
    ]  # fmt: skip
    for guide in guides[:5]:
        AskFactory.create(request=chance.choice(requests), guide=guide, answer="no")
        HoursFactory.create(guide=guide, minutes=chance.randint(5, 300))
        AssignmentFactory.create(guide=guide, status="happened")
    for wanted in requests[:6]:
        if wanted.starts_at:
            AssignmentFactory.create(
                guide=chance.choice(guides), starts_at=wanted.starts_at + timedelta(minutes=20)
            )
    Apart.objects.create(guide=guides[0], requester_mark=CONTACTS.mark, said_at=clock.now())
    return requests


@pytest.mark.parametrize("seed", range(8))
def test_the_rules_are_those_of_one_request(
    seed: int, towns: list[Region], coordinator: Person
) -> None:
    requests, now = invent(towns, seed), clock.now()
    together = able_standings(actor=coordinator, waiting=requests, now=now)
    for wanted in requests:
        alone = able_guides(actor=coordinator, request=wanted, now=now).candidates
        assert {row.guide.pk: row.standing for row in alone} == together[wanted.pk]


def test_the_number_of_queries_is_constant(towns: list[Region], coordinator: Person) -> None:
    counts = []
    for seed in range(3):
        invent(towns, seed)
        with CaptureQueriesContext(connection) as queries:
            proposed_together(actor=coordinator, now=clock.now())
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2]


def test_nobody_is_proposed_twice_and_who_is_asked_waits_no_more(
    towns: list[Region], coordinator: Person
) -> None:
    GuideFactory.create_batch(2, municipality=towns[0])
    requests = RequestFactory.create_batch(3, municipality=towns[0])
    pairs = proposed_together(actor=coordinator, now=clock.now())
    keys = [pair.candidate.guide.pk for pair in pairs if pair.candidate]
    assert (len(pairs), len(keys), len(set(keys))) == (3, 2, 2)
    AskFactory.create(request=requests[0])
    assert len(proposed_together(actor=coordinator, now=clock.now())) == 2


def test_a_coordinator_asks_all_who_are_chosen_and_others_go_on(
    towns: list[Region], coordinator: Person, client: Client
) -> None:
    guides = GuideFactory.create_batch(2, municipality=towns[0])
    requests = RequestFactory.create_batch(2, municipality=towns[0])
    client.force_login(coordinator)
    page = client.get(reverse("guides:together")).content.decode()
    assert page.count('name="pair"') == 2
    elsewhere = RequestFactory.create()
    client.post(
        reverse("guides:together"),
        {"pair": [
            f"{requests[0].pk}-{guides[0].pk}", f"{requests[1].pk}-0", "x", "99999999999999999-1",
            f"{elsewhere.pk}-{guides[1].pk}",
        ]},
    )  # fmt: skip
    assert [(row.request, row.guide) for row in Ask.objects.all()] == [(requests[0], guides[0])]
