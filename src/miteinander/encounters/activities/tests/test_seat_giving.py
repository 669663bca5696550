"""Asking, answering and moving up: what becomes of a wish for seats, step by step."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.encounters.activities.enums import Giving, ParticipationStatus, Presence
from miteinander.encounters.activities.messages import (
    PartyChanged,
    SeatAskedFor,
    SeatGivenBack,
    SeatOffered,
    SeatRefused,
    SeatTaken,
)
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.services import privacy, seats
from miteinander.encounters.activities.services.dates import set_seats
from miteinander.encounters.activities.services.seats import proof
from miteinander.encounters.activities.tests.factories import DateFactory, ParticipationFactory
from miteinander.encounters.activities.tests.planners import NOW, planner_of, told
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")
Status = ParticipationStatus


@pytest.fixture(autouse=True)
def _held_clock() -> Iterator[None]:
    with clock.held_at(NOW):
        yield


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    with told(monkeypatch) as messages:
        yield messages


def a_date(**facts: Any) -> ActivityDate:
    date: ActivityDate = DateFactory.create(
        **({"starts_at": NOW + timedelta(days=6), "capacity": 2} | facts)
    )
    return date


def mixed(**facts: Any) -> ActivityDate:
    """Three seats: one kept for each side, one open."""
    shares = {"activity__local_share": 34, "activity__newcomer_share": 34}
    return a_date(capacity=3, kept_local=1, kept_newcomer=1, **shares, **facts)


def ask(date: ActivityDate, person: Person | None = None, **wish: Any) -> Participation:
    asking = person or PersonFactory.create()
    return seats.sign_up(
        actor=asking, date_id=date.pk, person_id=asking.pk, language="de", way="account",
        wish=seats.Wish(**({"may_wait": True} | wish)),
    ).participation  # fmt: skip


def fresh(row: Participation) -> Participation:
    return Participation.objects.select_related("date").get(pk=row.pk)


def test_each_side_finds_its_kept_seat_and_who_says_none_finds_any() -> None:
    date = mixed()

    rows = [ask(date, side=side) for side in ("local", "local", "local", "undisclosed")]

    assert [row.status for row in rows] == ["signed_up", "signed_up", "waiting", "signed_up"]
    assert [row.seats_newcomer for row in rows] == [0, 0, 0, 1]
    assert ask(date, side="newcomer").status == Status.WAITING


def test_a_party_that_does_not_fit_lets_the_next_pass() -> None:
    date = a_date(capacity=2)
    first, second = ask(date), ask(date)
    family, single = ask(date, companions=1), ask(date)

    seats.give_back(actor=SYSTEM, participation_id=first.pk)
    assert [fresh(row).status for row in (family, single)] == ["waiting", "offered"]
    seats.give_back(actor=SYSTEM, participation_id=single.pk)
    seats.give_back(actor=SYSTEM, participation_id=second.pk)

    assert fresh(family).status == Status.OFFERED
    assert fresh(family).date.seats_taken == 2


def test_an_open_seat_is_freed_when_a_kept_one_of_the_same_side_becomes_free() -> None:
    date = mixed()
    own, beyond = ask(date, side="local"), ask(date, side="local")
    ask(date, side="newcomer")
    newcomer = ask(date, side="newcomer")

    seats.give_back(actor=SYSTEM, participation_id=own.pk)

    assert (fresh(beyond).seats_local, fresh(beyond).seats_open) == (1, 0)
    assert fresh(newcomer).status == Status.OFFERED
    assert proof.broken_promises(now=NOW) == []


def test_nobody_loses_a_seat_when_the_number_of_seats_changes() -> None:
    date = mixed()
    rows = [ask(date, side="local"), ask(date, side="local"), ask(date, side="newcomer")]
    for capacity in (9, 3, 4, 30, 3):
        set_seats(actor=SYSTEM, activity_id=date.activity_id, seats={date.pk: capacity})

        assert {fresh(row).status for row in rows} == {Status.SIGNED_UP}
        assert proof.broken_promises(now=NOW) == []


def test_bringing_fewer_frees_their_seats_and_the_same_again_changes_nothing(
    heard: list[object],
) -> None:
    date = a_date(capacity=3)
    family, waiting = ask(date, companions=1, children=1), ask(date)

    for _ in range(2):
        seats.bring_fewer(actor=SYSTEM, participation_id=family.pk, companions=0, children=1)

    assert fresh(family).party == fresh(family).seats_open == 2
    assert heard[2:] == [PartyChanged(family.pk), SeatOffered(waiting.pk)]


@pytest.mark.parametrize(("companions", "children"), [(2, 0), (0, 1), (-1, 0)])
def test_more_people_than_before_are_asked_for_anew(companions: int, children: int) -> None:
    row = ask(a_date(capacity=9), companions=1)

    with pytest.raises(ValidationError) as refused:
        seats.bring_fewer(
            actor=SYSTEM, participation_id=row.pk, companions=companions, children=children
        )

    assert refused.value.code == "not_fewer"
    assert fresh(row).seats_open == 2


def test_an_offer_is_taken_once_and_not_after_its_end(heard: list[object]) -> None:
    date = a_date(capacity=1)
    holder, first, second = ask(date), ask(date), ask(date)
    seats.give_back(actor=SYSTEM, participation_id=holder.pk)
    end = fresh(first).offered_until
    assert end is not None

    with clock.held_at(end), pytest.raises(seats.OfferOver) as refused:
        seats.accept_offer(actor=SYSTEM, participation_id=first.pk)
    assert refused.value.code == "offer_over"
    with pytest.raises(seats.OfferOver):
        seats.accept_offer(actor=SYSTEM, participation_id=second.pk)
    for _ in range(2):
        seats.accept_offer(actor=SYSTEM, participation_id=first.pk)

    assert fresh(first).status == Status.SIGNED_UP
    assert heard.count(SeatTaken(first.pk)) == 1


def test_nobody_takes_the_offer_of_somebody_else() -> None:
    date = a_date(capacity=1)
    holder, waiting = ask(date), ask(date)
    seats.give_back(actor=SYSTEM, participation_id=holder.pk)

    with pytest.raises(PermissionDenied):
        seats.accept_offer(actor=PersonFactory.create(), participation_id=waiting.pk)

    assert fresh(waiting).status == Status.OFFERED


@pytest.mark.parametrize("status", [Status.GIVEN_BACK, Status.LAPSED, Status.REFUSED])
def test_giving_back_what_has_ended_changes_nothing(heard: list[object], status: str) -> None:
    row = ParticipationFactory.create(date=a_date(), status=status)

    seats.give_back(actor=SYSTEM, participation_id=row.pk)

    assert fresh(row).status == status
    assert heard == []


def test_declining_an_offer_is_no_seat_given_back(heard: list[object]) -> None:
    date = a_date(capacity=1)
    holder, waiting = ask(date), ask(date)
    seats.give_back(actor=SYSTEM, participation_id=holder.pk)

    seats.give_back(actor=SYSTEM, participation_id=waiting.pk)

    assert heard[-1] == SeatGivenBack(waiting.pk, had_seat=False)
    assert fresh(waiting).date.seats_taken == 0


def test_a_yes_gives_a_seat_or_a_place_in_line_and_a_no_ends_it(heard: list[object]) -> None:
    date = a_date(capacity=1, activity__giving=Giving.APPROVAL)
    planner = planner_of(date.activity.organisation)
    yes, line, no = ask(date), ask(date), ask(date)
    for _ in range(2):
        seats.approve_request(actor=planner, participation_id=yes.pk)
        seats.approve_request(actor=planner, participation_id=line.pk)
        seats.refuse_request(actor=planner, participation_id=no.pk)

    assert [fresh(row).status for row in (yes, line, no)] == ["signed_up", "waiting", "refused"]
    assert heard[3:] == [SeatTaken(yes.pk), SeatAskedFor(line.pk), SeatRefused(no.pk)]
    with pytest.raises(seats.NotAsked):
        seats.refuse_request(actor=planner, participation_id=yes.pk)
    with pytest.raises(seats.NotAsked):
        seats.approve_request(actor=planner, participation_id=no.pk)


def test_only_who_plans_says_yes(heard: list[object]) -> None:
    row = ask(a_date(activity__giving=Giving.APPROVAL))

    with pytest.raises(PermissionDenied):
        seats.approve_request(actor=PersonFactory.create(), participation_id=row.pk)

    assert fresh(row).status == Status.REQUESTED


def test_where_the_organiser_offers_seats_nobody_overtakes_those_who_wait() -> None:
    date = a_date(capacity=1, activity__has_offers_by_hand=True)
    planner = planner_of(date.activity.organisation)
    holder, first, second = ask(date), ask(date), ask(date)
    seats.give_back(actor=SYSTEM, participation_id=holder.pk)
    assert fresh(first).status == ask(date).status == Status.WAITING

    seats.offer_by_hand(actor=planner, participation_id=second.pk)
    seats.offer_by_hand(actor=planner, participation_id=second.pk)
    with pytest.raises(seats.AllSeatsTaken):
        seats.offer_by_hand(actor=planner, participation_id=first.pk)
    with pytest.raises(seats.NotAsked):
        seats.offer_by_hand(actor=planner, participation_id=holder.pk)

    assert fresh(second).status == Status.OFFERED
    assert fresh(first).status == Status.WAITING


@pytest.mark.parametrize(
    ("days", "facts", "status"),
    [
        (9, {}, Status.WAITING),
        (40, {}, Status.SIGNED_UP),
        (9, {"presence": Presence.ABSENT}, Status.SIGNED_UP),
        (9, {"status": Status.GIVEN_BACK}, Status.SIGNED_UP),
        (9, {"date__status": "cancelled"}, Status.SIGNED_UP),
    ],
)
def test_others_go_first_when_somebody_had_the_seats_of_the_month(
    days: int, facts: dict[str, Any], status: str
) -> None:
    date, person = a_date(activity__monthly_limit=1), PersonFactory.create()
    ParticipationFactory.create(
        person=person, date__activity=date.activity,
        date__starts_at=NOW + timedelta(days=days), **facts,
    )  # fmt: skip

    assert ask(date, person).status == status


def test_the_limit_lifts_a_day_before_the_start() -> None:
    date, person = a_date(activity__monthly_limit=1), PersonFactory.create()
    ParticipationFactory.create(
        person=person, date__activity=date.activity, date__starts_at=NOW + timedelta(days=9)
    )

    with clock.held_at(date.starts_at - timedelta(hours=24)):
        assert ask(date, person).status == Status.SIGNED_UP


def test_who_would_not_wait_is_told_that_all_seats_are_taken() -> None:
    date = a_date(capacity=1)
    ask(date)

    with pytest.raises(seats.AllSeatsTaken):
        ask(date, may_wait=False)

    assert Participation.objects.count() == 1


def test_erasing_somebody_frees_what_is_held_now_not_what_was_read_before() -> None:
    date = a_date(capacity=1)
    holder, offered, next_one = ask(date), ask(date), ask(date)
    seats.give_back(actor=SYSTEM, participation_id=holder.pk)

    privacy.forget_person(actor=SYSTEM, person_id=offered.person_id)

    assert fresh(offered).status == Status.GIVEN_BACK
    assert fresh(next_one).status == Status.OFFERED
    assert proof.broken_promises(now=NOW) == []
