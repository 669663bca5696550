"""Matching a pool: suggested, looked at, dropped, and fair without telling of anybody."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.community.regions.models import Region
from miteinander.community.regions.tests.factories import DistrictFactory, RegionFactory
from miteinander.cooperation.tandems.enums import RunStatus, TandemStatus
from miteinander.cooperation.tandems.models import Apart, MatchingRun, Seeker, Tandem
from miteinander.cooperation.tandems.queries.fairness import QUARTERS, fairness_of
from miteinander.cooperation.tandems.queries.parties import hurdles
from miteinander.cooperation.tandems.queries.tandems import suggestions, tandems_overseen
from miteinander.cooperation.tandems.services import matching
from miteinander.cooperation.tandems.tests.factories import (
    local,
    newcomer,
    refused,
    tandem_of,
)
from miteinander.foundation.core import clock

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def match(coordinator: Person) -> MatchingRun:
    """Begin a matching and calculate it."""
    run = matching.start_matching(actor=coordinator)
    matching.calculate(run.pk)
    run.refresh_from_db()
    return run


def pairs() -> set[frozenset[int]]:
    """Return who was suggested together."""
    return {
        frozenset(tandem.members.values_list("seeker_id", flat=True))
        for tandem in Tandem.objects.filter(status=TandemStatus.SUGGESTED)
    }


def test_the_pool_is_brought_together_across_sides(coordinator: Person, town: Region) -> None:
    cook = local(municipality=town, wants=["cook"])
    walker = local(municipality=town, wants=["walk"])
    guest = newcomer(municipality=town, gives=["cook"])
    other = newcomer(municipality=town, gives=["walk"])

    run = match(coordinator)

    assert run.status == RunStatus.DONE
    assert (run.figures["pool"], run.figures["matched"]) == (4, 4)
    assert run.figures["pairs_total"] == run.figures["bound"]
    assert pairs() == {frozenset({cook.pk, guest.pk}), frozenset({walker.pk, other.pk})}


def test_who_is_apart_asked_or_elsewhere_is_not_suggested(
    coordinator: Person, town: Region
) -> None:
    one, other = local(municipality=town), newcomer(municipality=town)
    Apart.objects.create(one=one, other=other, said_at=clock.now())
    tandem_of(local(municipality=town), newcomer(municipality=town), status=TandemStatus.PROPOSED)
    newcomer(municipality=RegionFactory.create(parent=DistrictFactory.create()))

    match(coordinator)

    assert pairs() == set()


def test_a_group_of_four_for_those_who_want_one(coordinator: Person, town: Region) -> None:
    keys = {
        make(municipality=town, wants_group=True).pk for make in (local, local, newcomer, newcomer)
    }

    match(coordinator)

    assert pairs() == {frozenset(keys)}


def test_a_second_matching_at_the_same_time_is_refused(coordinator: Person) -> None:
    first = matching.start_matching(actor=coordinator)

    with refused("running"):
        matching.start_matching(actor=coordinator)

    with clock.held_at(clock.now() + timedelta(minutes=16)):
        matching.start_matching(actor=coordinator)
    first.refresh_from_db()
    assert first.status == RunStatus.FAILED
    with pytest.raises(PermissionDenied):
        matching.start_matching(actor=PersonFactory.create())


def test_new_suggestions_take_the_place_of_old_ones(coordinator: Person, town: Region) -> None:
    local(municipality=town)
    newcomer(municipality=town)

    match(coordinator)
    match(coordinator)
    assert len(pairs()) == 1

    Seeker.objects.update(status="paused")
    assert not suggestions(actor=coordinator)
    match(coordinator)
    assert MatchingRun.objects.count() == 3


def test_a_calculation_that_breaks_says_so(
    coordinator: Person, town: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_parts: object, **_more: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(matching, "best_pairs", broken)
    run = matching.start_matching(actor=coordinator)
    with pytest.raises(RuntimeError):
        matching.calculate(run.pk)

    run.refresh_from_db()
    assert run.status == RunStatus.FAILED


def test_a_suggestion_is_taken_off_the_list(coordinator: Person, town: Region) -> None:
    tandem = tandem_of(
        local(municipality=town), newcomer(municipality=town), status=TandemStatus.SUGGESTED
    )

    matching.drop_suggestion(actor=coordinator, tandem_id=tandem.pk)

    assert not Tandem.objects.exists()


def test_coordinators_do_not_see_their_own_suggestions_or_tandems(
    coordinator: Person, town: Region, client: Client
) -> None:
    """They would learn a name before both have said yes; another coordinator asks them."""
    own = local(person=coordinator, municipality=town)
    tandem = tandem_of(own, newcomer(municipality=town), status=TandemStatus.SUGGESTED)
    other = tandem_of(own, newcomer(municipality=town), status=TandemStatus.REFUSED)

    assert not suggestions(actor=coordinator)
    assert not tandems_overseen(actor=coordinator)
    client.force_login(coordinator, backend=BACKEND)
    client.post("/de/tandems/coordination/matching/propose/", {"tandem": [tandem.pk, other.pk]})
    assert client.post(f"/de/tandems/coordination/matching/{tandem.pk}/drop/").status_code == 404
    tandem.refresh_from_db()
    assert tandem.status == TandemStatus.SUGGESTED


def test_wishes_that_stand_in_the_way_are_named_with_numbers(town: Region) -> None:
    for _number in range(7):
        newcomer(municipality=town, gender="man", birth_year=1960)
    own = local(municipality=town, gender_wish="women", age_from=20, age_to=30)

    fitting, wishes = hurdles(own)

    assert fitting == 0
    assert wishes == []
    Seeker.objects.filter(pk=own.pk).update(age_from=None, age_to=None)
    own.refresh_from_db()
    assert [(str(rule), count) for rule, count in hurdles(own)[1]] == [("gender", 7)]


def test_figures_of_few_people_are_not_shown(coordinator: Person, town: Region) -> None:
    for _number in range(3):
        local(municipality=town)
        newcomer(municipality=town)
    match(coordinator)

    fair = fairness_of(actor=coordinator)

    assert (fair.waiting, fair.found) == (6, 6)
    assert all(line.waiting == 0 and not line.share for line in fair.by_side)


def test_figures_of_many_are_shown_by_side(coordinator: Person, town: Region) -> None:
    people = [make(municipality=town) for make in (local, newcomer) for _number in range(12)]
    for one, other in zip(people[:6], people[12:18], strict=True):
        tandem_of(one, other, status=TandemStatus.SUGGESTED)

    fair = fairness_of(actor=coordinator)

    assert [(line.waiting, str(line.share)) for line in fair.by_side] == [
        (12, str(QUARTERS[2])), (12, str(QUARTERS[2])),
    ]  # fmt: skip


def test_the_page_costs_the_same_for_few_and_many(
    coordinator: Person, town: Region, client: Client
) -> None:
    client.force_login(coordinator, backend=BACKEND)
    counts = []
    for _round in range(2):
        for _number in range(4):
            tandem_of(
                local(municipality=town), newcomer(municipality=town),
                status=TandemStatus.SUGGESTED,
            )  # fmt: skip
        for address in ("/de/tandems/coordination/matching/", "/de/tandems/coordination/"):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
