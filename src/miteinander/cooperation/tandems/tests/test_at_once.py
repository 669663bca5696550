"""Around a tandem several act at the same moment: each thing happens once, without an error."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from miteinander.community.organisations.tests.factories import CoordinatorRoleFactory
from miteinander.community.regions.tests.factories import DistrictFactory, RegionFactory
from miteinander.cooperation.tandems.enums import RunStatus, TandemStatus
from miteinander.cooperation.tandems.models import (
    Apart,
    MatchingRun,
    SafetyReport,
    Tandem,
    TandemMember,
)
from miteinander.cooperation.tandems.services import answering, ending, matching, seekers
from miteinander.cooperation.tandems.tests.factories import local, newcomer, tandem_of
from miteinander.foundation.core.permissions import SystemActor

pytestmark = [
    pytest.mark.concurrency,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("database_for_threads"),
]
CLOCK = SystemActor("test")


def together(acts: list[Callable[[], object]]) -> list[str]:
    """Let all act at the same moment; return how each was refused, "" where it was done."""
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        start.wait()
        try:
            act()
        except ValidationError as refusal:
            return str(refusal.code)
        finally:
            connections["default"].close()
        return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def test_of_two_matchings_at_once_one_is_refused() -> None:
    actors = [CoordinatorRoleFactory.create().person for _number in range(3)]

    told = together([partial(matching.start_matching, actor=actor) for actor in actors])

    assert told == ["", "running", "running"]
    assert MatchingRun.objects.filter(status=RunStatus.COMPUTING).count() == 1


def test_two_yes_at_once_make_one_tandem() -> None:
    for _round in range(3):
        tandem = tandem_of(local(), newcomer(), status=TandemStatus.PROPOSED)
        keys = list(tandem.members.values_list("pk", flat=True))
        told = together(
            [partial(answering.answer, actor=CLOCK, member_id=key, is_yes=True)
             for key in keys]
        )  # fmt: skip
        tandem.refresh_from_db()
        assert (told, tandem.status) == (["", ""], TandemStatus.ACTIVE)


def test_both_take_back_at_once() -> None:
    tandem = tandem_of(local(), newcomer(), status=TandemStatus.PROPOSED)
    keys = list(tandem.members.values_list("pk", flat=True))

    told = together(
        [partial(answering.answer, actor=CLOCK, member_id=key, is_yes=False) for key in keys]
    )

    tandem.refresh_from_db()
    assert (told, tandem.status) == (["", "off"], TandemStatus.REFUSED)
    assert Apart.objects.count() == 1


def test_one_person_is_asked_about_one_tandem_only() -> None:
    town = RegionFactory.create(parent=DistrictFactory.create())
    coordinator = CoordinatorRoleFactory.create(region=town.parent).person
    wanted = local(municipality=town)
    keys = [
        tandem_of(wanted, newcomer(municipality=town), status=TandemStatus.SUGGESTED).pk
        for _number in range(3)
    ]

    told = together([partial(answering.propose, actor=coordinator, tandem_id=key) for key in keys])

    assert told == ["", "not_waiting", "not_waiting"]
    assert TandemMember.objects.filter(seeker=wanted, is_live=True).count() == 1


def test_a_call_for_help_an_end_and_leaving_at_once() -> None:
    one, other = local(), newcomer()
    tandem = tandem_of(one, other)
    mine, theirs = tandem.members.get(seeker=one), tandem.members.get(seeker=other)

    told = together(
        [
            lambda: ending.report(actor=one.person, member_id=mine.pk, kind="insult"),
            lambda: ending.end_tandem(
                actor=other.person, member_id=theirs.pk, reason="time", wants_new=True
            ),
            lambda: seekers.leave(actor=other.person, seeker_id=other.pk),
        ]
    )

    tandem.refresh_from_db()
    other.refresh_from_db()
    assert told == ["", "", ""]
    assert tandem.status in {TandemStatus.STOPPED, TandemStatus.ENDED}
    assert SafetyReport.objects.count() == Tandem.objects.count() == 1
    assert other.held_at is not None
