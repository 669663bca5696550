"""Random sequences of everything that can happen to seats, played by services and by the model."""

import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from unittest import mock

from django.core.exceptions import ValidationError
from django.db import transaction

from miteinander.community.people.services import Contact
from miteinander.community.people.tests.factories import GuestFactory
from miteinander.encounters.activities.models import Activity, ActivityDate, Participation
from miteinander.encounters.activities.services import planning, presence, privacy, seats
from miteinander.encounters.activities.services.dates import set_seats
from miteinander.encounters.activities.services.seats import draw, proof, upkeep
from miteinander.encounters.activities.services.seats.draw import draw_at
from miteinander.encounters.activities.services.seats.lots import drawn_order
from miteinander.encounters.activities.tests.factories import ActivityFactory
from miteinander.encounters.activities.tests.planners import planner_of
from miteinander.encounters.activities.tests.seat_model import (
    ASKING,
    INVOLVED,
    Date,
    Refused,
    Rules,
)
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import SystemActor

SYSTEM = SystemActor("test")
NOON = datetime(2026, 3, 24, 11, 0, tzinfo=UTC)  # five days before the clocks go forward
PEOPLE, BEGIN, STEPS = 7, 4, 12
MIXES = [(0, 0), (50, 50), (30, 30), (40, 0), (0, 100), (25, 60)]
HOURS = [1, 2, 5, 9, 20, 24, 48]


class Broken(AssertionError):
    """A promise about seats was not kept."""


class Stage:
    """What every sequence begins with: an occasion, who plans it, and a few people."""

    def __init__(self) -> None:
        self.activity: Activity = ActivityFactory.create(parts=False)
        self.planner = planner_of(self.activity.organisation)
        self.people = [
            GuestFactory.create(email=f"seat-play-{number}@example.org") for number in range(PEOPLE)
        ]


class Play:
    """One sequence: each act is done by the services and by the model, and both must agree."""

    def __init__(self, stage: Stage, seed: int) -> None:
        self.stage, self.seed, self.now = stage, seed, NOON
        self.rng = random.Random(seed)  # noqa: S311
        self.log: list[str] = [f"seed {seed}"]
        local, newcomer = self.rng.choice(MIXES)
        self.rules = Rules(
            giving=self.rng.choice(["at_once", "at_once", "approval", "draw"]),
            local_share=local, newcomer_share=newcomer,
            release_hours=self.rng.choice([0, 24, 72, 100]),
            draw_hours=self.rng.choice([0, 30, 60]),
            has_offers_by_hand=self.rng.random() < 0.15,
            monthly_limit=self.rng.choice([None, None, 1]),
        )  # fmt: skip
        Activity.objects.filter(pk=stage.activity.pk).update(**vars(self.rules))
        self.dates: dict[int, Date] = {}
        for days in self.rng.choice([(4,), (5,), (4, 6), (5, 12)]):
            self._add_date(self.now + timedelta(days=days, hours=self.rng.choice([0, 7])))
        for date in self.dates.values():
            date.siblings = list(self.dates.values())

    def _add_date(self, starts: datetime) -> None:
        date = Date(self.rules, starts, self.rng.randint(1, 6))
        row = ActivityDate.objects.create(
            activity_id=self.stage.activity.pk, starts_at=starts, changed_at=self.now,
            ends_at=starts + timedelta(hours=2), capacity=date.capacity,
            kept_local=date.kept["local"], kept_newcomer=date.kept["newcomer"],
        )  # fmt: skip
        self.dates[row.pk] = date

    def run(self) -> None:
        """Play all steps and check after each."""
        for step in range(BEGIN + STEPS):
            self.now += timedelta(microseconds=1)  # so that nobody asks at the same moment
            with clock.held_at(self.now):
                (Play.sign_up if step < BEGIN else self.rng.choice(ACTS))(self)
                if self.rules.monthly_limit and len(self.dates) > 1:
                    self.turn_the_clock()
                self.check()
        with clock.held_at(self.now):
            broken = proof.broken_promises(now=self.now) if self.seed % 4 == 0 else []
            self.require(not broken, f"the proof finds {broken}")

    def require(self, is_kept: object, problem: str) -> None:
        if not is_kept:
            raise Broken(f"{problem}\n" + "\n".join(self.log))

    def both(self, words: str, real: Callable[[], object], model: Callable[[], object]) -> None:
        """Act for real and in the model; both succeed or are refused for the same reason."""
        outcomes = []
        for act in (real, model):
            try:
                with transaction.atomic():
                    act()
                outcomes.append("done")
            except presence.NoSeatLeft:
                outcomes.append("no_seat_left")
            except ValidationError as error:
                outcomes.append(str(error.code))
            except Refused as error:
                outcomes.append(str(error))
        self.log.append(f"{self.now:%d %H:%M} {words}: {outcomes[0]}")
        self.require(outcomes[0] == outcomes[1], f"the model says {outcomes[1]}")

    def a_date(self) -> tuple[int, Date]:
        return self.rng.choice(list(self.dates.items()))

    def a_row(self, *wanted: str) -> tuple[int, int, Date] | None:
        """Choose somebody on a list: key of the row, person and date; first of those wanted."""
        key, date = self.a_date()
        people = [person for person, row in date.rows.items() if row.status in wanted]
        if self.rng.random() < 0.1 or not people:
            people = list(date.rows)
        if not people:
            return None
        person = self.rng.choice(people)
        row = Participation.objects.only("pk").get(date_id=key, person=self.stage.people[person])
        return row.pk, person, date

    def sign_up(self) -> None:
        key, date = self.a_date()
        person = self.rng.randrange(PEOPLE)
        side = self.rng.choice(["local", "newcomer", "undisclosed"])
        companions, children = self.rng.choice([(0, 0), (0, 0), (0, 0), (1, 0), (0, 2), (2, 1)])
        may_wait = self.rng.random() < 0.9
        wish = seats.Wish(companions, children, side, may_wait=may_wait)
        self.both(
            f"{person} ({side} {wish.party}) signs up",
            lambda: seats.sign_up(
                actor=SYSTEM, date_id=key, person_id=self.stage.people[person].pk,
                language="de", way="account", wish=wish,
            ),
            lambda: date.sign_up(person, side, companions, children, self.now, may_wait=may_wait),
        )  # fmt: skip

    def _answer(self, name: str, service: Callable[..., object], *wanted: str) -> None:
        if (found := self.a_row(*wanted)) is None:
            return
        key, person, date = found
        actor = SYSTEM if name in {"give_back", "accept"} else self.stage.planner
        self.both(
            f"{person} {name}",
            lambda: service(actor=actor, participation_id=key),
            lambda: getattr(date, name)(person, self.now),
        )

    def give_back(self) -> None:
        self._answer("give_back", seats.give_back, "signed_up", "offered", "waiting")

    def accept(self) -> None:
        self._answer("accept", seats.accept_offer, "offered")

    def approve(self) -> None:
        self._answer("approve", seats.approve_request, "requested")

    def refuse(self) -> None:
        self._answer("refuse", seats.refuse_request, "requested")

    def offer_by_hand(self) -> None:
        self._answer("offer_by_hand", seats.offer_by_hand, "waiting")

    def bring_fewer(self) -> None:
        if (found := self.a_row("signed_up", "offered", "waiting")) is None:
            return
        key, person, date = found
        row = date.rows[person]
        companions = self.rng.randint(0, row.companions)
        children = self.rng.randint(0, row.children) + (self.rng.random() < 0.05)
        self.both(
            f"{person} brings {companions}+{children}",
            lambda: seats.bring_fewer(
                actor=SYSTEM, participation_id=key, companions=companions, children=children
            ),
            lambda: date.bring_fewer(person, companions, children, self.now),
        )

    def capacity(self) -> None:
        key, date = self.a_date()
        wanted = self.rng.randint(1, 8)
        self.both(
            f"capacity {wanted}",
            lambda: set_seats(
                actor=self.stage.planner, activity_id=self.stage.activity.pk, seats={key: wanted}
            ),
            lambda: date.change_capacity(wanted, self.now),
        )

    def close(self) -> None:
        """Close the sign-up of a date, or open one that is closed."""
        key, date = self.a_date()
        service = seats.open_sign_up if date.is_closed else seats.close_sign_up
        self.both(
            "the sign-up is opened" if date.is_closed else "the sign-up is closed",
            lambda: service(actor=self.stage.planner, date_id=key),
            lambda: (date.reopen if date.is_closed else date.close)(self.now),
        )

    def mix(self) -> None:
        local, newcomer = self.rng.choice(MIXES)
        self._change_rules(local_share=local, newcomer_share=newcomer)

    def other_rules(self) -> None:
        changes: dict[str, Any] = {
            "release_hours": self.rng.choice([0, 24, 72, 100]),
            "has_offers_by_hand": not self.rules.has_offers_by_hand,
            "monthly_limit": self.rng.choice([None, 1]),
            "giving": self.rng.choice(["at_once", "approval", "draw"]),
        }
        name = self.rng.choice(list(changes))
        self._change_rules(**{name: changes[name]})

    def _change_rules(self, **changes: Any) -> None:
        self.both(
            f"rules {changes}",
            lambda: planning.set_giving(
                actor=self.stage.planner, activity_id=self.stage.activity.pk, changes=changes
            ),
            lambda: self._change_model(changes),
        )

    def _change_model(self, changes: dict[str, Any]) -> None:
        if all(vars(self.rules)[name] == value for name, value in changes.items()):
            return
        coming = [date for date in self.dates.values() if date.starts > self.now]
        rows = [row for date in coming for row in date.rows.values()]
        other_giving = changes.get("giving", self.rules.giving) != self.rules.giving
        if other_giving and any(row.status in ASKING for row in rows):
            raise Refused("people_wait")
        vars(self.rules).update(changes)
        for date in coming:
            date.keep()
            date.move_up(self.now)

    def walk_in(self) -> None:
        key, date = self.a_date()
        person, is_beyond = self.rng.randrange(PEOPLE), self.rng.random() < 0.3
        contact = Contact(name="Gast", email=self.stage.people[person].email or "")
        self.both(
            f"{person} walks in",
            lambda: presence.add_walk_in(
                actor=self.stage.planner, date_id=key, contact=contact, beyond_seats=is_beyond
            ),
            lambda: date.walk_in(person, self.now, is_beyond=is_beyond),
        )

    def erase(self) -> None:
        person = self.rng.randrange(PEOPLE)
        self.log.append(f"{person} is erased")
        privacy.forget_person(actor=SYSTEM, person_id=self.stage.people[person].pk)
        for date in self.dates.values():
            row = date.rows.get(person)
            if row and row.status in INVOLVED and date.starts > self.now:
                date.leave(row, "given_back", self.now)

    def advance(self) -> None:
        self.now += timedelta(hours=self.rng.choice(HOURS))
        with clock.held_at(self.now):
            self.turn_the_clock()

    def turn_the_clock(self) -> None:
        self.log.append(f"{self.now:%d %H:%M} the clock turns")
        upkeep.turn_the_clock(actor=SYSTEM, now=self.now)
        dates = sorted(self.dates.items(), key=lambda item: (item[1].starts, item[0]))
        for key, date in dates:
            self._draw(key, date)
        self._end_offers()
        for _key, date in sorted(self.dates.items()):
            if date.starts > self.now and date.waiting() and date.taken() < date.capacity:
                date.pass_on(self.now)

    def _end_offers(self) -> None:
        over = [
            (row.until, key, row.number, date, row)
            for key, date in self.dates.items()
            for row in date.rows.values()
            if row.status == "offered" and row.until and min(row.until, date.starts) <= self.now
        ]
        for *_turn, date, row in sorted(over, key=lambda one: one[:3]):
            date.leave(row, "lapsed", self.now)

    def _draw(self, key: int, date: Date) -> None:
        """Repeat a draw from the seed that was published."""
        if self.rules.giving != "draw" or date.is_drawn or self.now >= date.starts:
            return
        real = ActivityDate.objects.select_related("activity").get(pk=key)
        self.require((draw_at(real) <= self.now) == (real.drawn_at is not None), "draw not in time")
        if real.drawn_at is None:
            return
        lots = dict(
            Participation.objects.filter(date_id=key, draw_rank__isnull=False).values_list(
                "pk", "lots"
            )
        )
        people = dict(Participation.objects.filter(date_id=key).values_list("pk", "person_id"))
        numbers = {person.pk: number for number, person in enumerate(self.stage.people)}
        order = [numbers[people[one]] for one in drawn_order(real.draw_seed, lots)]
        applied = {row.person for row in date.rows.values() if row.status == "applied"}
        self.require(applied == set(order), "the draw left somebody out")
        date.settle_draw(order, self.now)

    def check(self) -> None:
        """Compare every date with the model, and look at the promises themselves."""
        numbers = {person.pk: number for number, person in enumerate(self.stage.people)}
        rows: dict[int, dict[int, tuple[object, ...]]] = {key: {} for key in self.dates}
        fields = ("date_id", "person_id", "status", "side", "companions", "children", "seats_local",
                  "seats_newcomer", "seats_open")  # fmt: skip
        for key, person, *values in Participation.objects.filter(date_id__in=rows).values_list(
            *fields
        ):
            self.require(numbers[person] not in rows[key], "somebody is there twice")
            rows[key][numbers[person]] = tuple(values)
        counts = ("pk", "capacity", "kept_local", "kept_newcomer", "taken_local", "taken_newcomer",
                  "seats_taken")  # fmt: skip
        found = ActivityDate.objects.filter(pk__in=rows).values_list(*counts)
        for key, *real in found:
            self._check_date(self.dates[key], real, rows[key])

    def _check_date(self, date: Date, real: list[int], rows: dict[int, tuple[object, ...]]) -> None:
        capacity, kept_local, kept_newcomer, local, newcomer, taken = real
        held: list[Any] = [row[-3:] for row in rows.values()]
        sums = [sum(seat[pool] for seat in held) for pool in range(3)]
        self.require(sums == [local, newcomer, taken - local - newcomer], "wrong counts")
        self.require(taken <= capacity, "oversold")
        self.require(local <= kept_local and newcomer <= kept_newcomer, "a side is oversold")
        self.require(sums[2] <= capacity - kept_local - kept_newcomer, "the open are oversold")
        expected = {
            person: (
                row.status, row.side, row.companions, row.children,
                *(row.seats.count(pool) for pool in ("local", "newcomer", "open")),
            )
            for person, row in date.rows.items()
        }  # fmt: skip
        self.require(rows == expected, f"the model says {expected}\nthere is {rows}")
        self.require(not date.has_idle_seat(self.now), "a seat is idle")


WEIGHTS: dict[Callable[[Play], None], int] = {
    Play.sign_up: 14, Play.give_back: 4, Play.accept: 4, Play.bring_fewer: 3, Play.approve: 3,
    Play.refuse: 1, Play.offer_by_hand: 2, Play.capacity: 2, Play.mix: 2, Play.other_rules: 2,
    Play.close: 2, Play.walk_in: 1, Play.erase: 1, Play.advance: 5,
}  # fmt: skip
ACTS = [act for act, weight in WEIGHTS.items() for _ in range(weight)]


@contextmanager
def quiet() -> Iterator[None]:
    """Leave out letters, pages and records: seats are what is played for."""
    with ExitStack() as stack:
        stack.enter_context(mock.patch.object(bus, "publish"))
        stack.enter_context(mock.patch.object(audit, "record"))
        yield


def play(stage: Stage, seed: int) -> None:
    """Play one sequence and forget it.

    Raises:
        Broken: services and model do not agree; the text tells how to come there.
    """
    rng = random.Random(seed)  # noqa: S311
    lottery = SimpleNamespace(token_hex=lambda size: rng.randbytes(size).hex())
    with transaction.atomic(), mock.patch.object(draw, "secrets", lottery):
        Play(stage, seed).run()
        transaction.set_rollback(True)
