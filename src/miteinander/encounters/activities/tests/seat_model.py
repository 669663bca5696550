"""What should become of seats, told as simply as can be: no database, no locks, plain loops.

Written apart from the services, so that the two can be wrong only in different ways.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from miteinander.encounters.activities.services.seats.deadlines import offer_deadline

SIDES = ("local", "newcomer")
HOLDING = {"signed_up", "offered"}
ASKING = {"requested", "applied"}
INVOLVED = HOLDING | ASKING | {"waiting"}
ENDED = {"given_back", "lapsed", "refused"}


class Refused(Exception):
    """The act is not possible; the argument is the code."""


@dataclass
class Rules:
    """How the occasion gives its seats."""

    giving: str = "at_once"
    local_share: int = 0
    newcomer_share: int = 0
    release_hours: int = 72
    draw_hours: int = 48
    has_offers_by_hand: bool = False
    monthly_limit: int | None = None


@dataclass
class Row:
    """Somebody on the list of a date."""

    person: int
    number: int
    side: str = "undisclosed"
    companions: int = 0
    children: int = 0
    status: str = "new"
    seats: list[str] = field(default_factory=list)
    asked: datetime | None = None
    since: datetime | None = None
    until: datetime | None = None
    rank: int | None = None

    @property
    def party(self) -> int:
        return 1 + self.companions + self.children

    @property
    def turn(self) -> tuple[object, ...]:
        return (self.since, self.rank is None, self.rank, self.number)


class Date:
    """One date: who sits where, and who waits."""

    def __init__(self, rules: Rules, starts: datetime, capacity: int) -> None:
        self.rules, self.starts, self.capacity = rules, starts, capacity
        self.rows: dict[int, Row] = {}
        self.is_drawn, self.is_closed, self.siblings = False, False, [self]
        self.kept = {"local": 0, "newcomer": 0}
        self.keep()

    def keep(self) -> None:
        """Set the shares aside anew and seat everybody again."""
        for side, share in zip(
            SIDES, (self.rules.local_share, self.rules.newcomer_share), strict=True
        ):
            self.kept[side] = self.capacity * share // 100
        seated = self.seated()
        parties = [len(row.seats) for row in seated]
        for row in seated:
            row.seats = []
        for row, party in zip(seated, parties, strict=True):
            row.seats = self.place(row.side, party, is_released=True) or []

    def seated(self) -> list[Row]:
        rows = [row for row in self.rows.values() if row.seats]
        return sorted(rows, key=lambda row: (row.asked, row.number))

    def taken(self, pool: str | None = None) -> int:
        seats = [seat for row in self.rows.values() for seat in row.seats]
        return len(seats) if pool is None else seats.count(pool)

    def left(self, pool: str) -> int:
        size = self.kept.get(pool, self.capacity - sum(self.kept.values()))
        return size - self.taken(pool)

    def is_released(self, now: datetime) -> bool:
        return now >= self.starts - timedelta(hours=self.rules.release_hours)

    def place(self, side: str, party: int, *, is_released: bool) -> list[str] | None:
        """Take one chair after the other from the pools that are allowed."""
        fuller = ["local", "newcomer"]
        if self.left("newcomer") > self.left("local"):
            fuller.reverse()
        order = ["open", *fuller]
        if side != "undisclosed":
            order = [side, "open"] + [name for name in SIDES if name != side] * is_released
        chairs = [name for name in order for _ in range(self.left(name))][:party]
        return chairs if len(chairs) == party else None

    def had_enough(self, person: int, now: datetime) -> bool:
        limit = self.rules.monthly_limit
        if limit is None or now >= self.starts - timedelta(hours=24):
            return False
        month = [one for one in self.siblings if one.starts.month == self.starts.month]
        held = [one for one in month if one is not self and person in one.rows]
        return sum(one.rows[person].status in HOLDING for one in held) >= limit

    def eligible(self, now: datetime) -> Iterable[Row]:
        for row in self.waiting():
            if self.had_enough(row.person, now):
                continue
            if self.place(row.side, row.party, is_released=self.is_released(now)):
                yield row

    def waiting(self) -> list[Row]:
        return sorted(
            (row for row in self.rows.values() if row.status == "waiting"),
            key=lambda row: row.turn,
        )

    def gives_by_itself(self, now: datetime) -> bool:
        is_before_draw = self.rules.giving == "draw" and not self.is_drawn
        return not (
            now >= self.starts or self.is_closed or is_before_draw or self.rules.has_offers_by_hand
        )

    def has_idle_seat(self, now: datetime) -> bool:
        return self.gives_by_itself(now) and any(True for _ in self.eligible(now))

    def move_up(self, now: datetime) -> None:
        if self.gives_by_itself(now):
            for row in self.eligible(now):
                self.offer(row, now)

    def offer(self, row: Row, now: datetime) -> None:
        chairs = self.place(row.side, row.party, is_released=self.is_released(now))
        if chairs is None:
            raise Refused("all_seats_taken")
        row.seats, row.status = chairs, "offered"
        row.until = offer_deadline(now, self.starts)

    def pass_on(self, now: datetime) -> None:
        if not self.is_released(now):
            while self.come_home("local") + self.come_home("newcomer"):
                pass
        self.move_up(now)

    def come_home(self, side: str) -> bool:
        """Let people of a side sit on their own chairs, and give the others free."""
        (other,) = (name for name in SIDES if name != side)
        has_moved = False
        for row in self.seated():
            for away in (other, "open"):
                while row.side == side and away in row.seats and self.left(side):
                    row.seats[row.seats.index(away)] = side
                    has_moved = True
        return has_moved

    def check_open(self, now: datetime) -> None:
        if now >= self.starts:
            raise Refused("begun")

    def next_status(self, row: Row, now: datetime, *, may_wait: bool) -> str:
        if self.rules.giving == "draw" and not self.is_drawn:
            return "applied"
        if self.rules.giving == "approval":
            return "requested"
        has_room = bool(self.place(row.side, row.party, is_released=self.is_released(now)))
        has_room &= not (self.rules.has_offers_by_hand and self.waiting())
        if has_room and not self.had_enough(row.person, now):
            return "signed_up"
        if not has_room and not may_wait:
            raise Refused("all_seats_taken")
        return "waiting"

    def sign_up(
        self, person: int, side: str, companions: int, children: int, now: datetime, *,
        may_wait: bool,
    ) -> None:  # fmt: skip
        self.check_open(now)
        if self.is_closed:
            raise Refused("closed")
        known = self.rows.get(person)
        if known and known.status in INVOLVED:
            return
        if known and known.status == "refused" and self.rules.giving == "approval":
            raise Refused("refused")
        row = Row(person, known.number if known else self.next_number(), side, companions, children)
        row.status = self.next_status(row, now, may_wait=may_wait)
        row.asked, row.since = now, now if row.status == "waiting" else None
        if row.status == "signed_up":
            row.seats = self.place(side, row.party, is_released=self.is_released(now)) or []
        self.rows[person] = row

    def next_number(self) -> int:
        return len(self.rows)

    def leave(self, row: Row, status: str, now: datetime) -> None:
        row.status, row.seats, row.since, row.until = status, [], None, None
        self.pass_on(now)

    def give_back(self, person: int, now: datetime) -> None:
        row = self.rows[person]
        if row.status in ENDED:
            return
        self.check_open(now)
        self.leave(row, "given_back", now)

    def bring_fewer(self, person: int, companions: int, children: int, now: datetime) -> None:
        self.check_open(now)
        row = self.rows[person]
        fewer = row.companions - companions, row.children - children
        if min(fewer) < 0 or row.status not in INVOLVED:
            raise Refused("not_fewer")
        if not any(fewer):
            return
        for _ in range(sum(fewer) if row.seats else 0):
            order = [name for name in ("newcomer", "local", "open") if name != row.side]
            order += [row.side]
            row.seats.remove(next(name for name in order if name in row.seats))
        row.companions, row.children = companions, children
        self.pass_on(now)

    def accept(self, person: int, now: datetime) -> None:
        row = self.rows[person]
        if row.status == "signed_up":
            return
        self.check_open(now)
        if row.status != "offered" or row.until is None:
            raise Refused("no_offer")
        if row.until <= now:
            raise Refused("offer_over")
        row.status, row.since, row.until = "signed_up", None, None

    def approve(self, person: int, now: datetime) -> None:
        self.check_open(now)
        row = self.rows[person]
        if row.status in HOLDING | {"waiting"}:
            return
        if row.status != "requested":
            raise Refused("not_asked")
        chairs = self.place(row.side, row.party, is_released=self.is_released(now))
        row.seats, row.status = chairs or [], "signed_up" if chairs else "waiting"
        row.since = None if chairs else row.asked

    def refuse(self, person: int, now: datetime) -> None:
        self.check_open(now)
        row = self.rows[person]
        if row.status not in {"requested", "refused"}:
            raise Refused("not_asked")
        row.status = "refused"

    def offer_by_hand(self, person: int, now: datetime) -> None:
        self.check_open(now)
        row = self.rows[person]
        if row.status == "offered":
            return
        if row.status != "waiting":
            raise Refused("not_waiting")
        self.offer(row, now)

    def change_capacity(self, capacity: int, now: datetime) -> None:
        if capacity < self.taken():
            raise Refused("too_few_seats")
        if capacity != self.capacity:
            self.capacity = capacity
            self.keep()
            self.move_up(now)

    def close(self, now: datetime) -> None:
        self.check_open(now)
        self.is_closed = True

    def reopen(self, now: datetime) -> None:
        self.check_open(now)
        if self.is_closed:
            self.is_closed = False
            self.pass_on(now)

    def walk_in(self, person: int, now: datetime, *, is_beyond: bool) -> None:
        if not self.starts - timedelta(hours=24) <= now:
            raise Refused("desk_closed")
        row = self.rows.get(person) or Row(person, self.next_number())
        if row.status in {"signed_up", "extra"}:
            return
        held, row.seats = row.seats, []
        chairs = self.place(row.side, 1, is_released=True)
        if chairs is None and not is_beyond:
            row.seats = held
            raise Refused("no_seat_left")
        row.companions = row.children = 0
        row.seats, row.status = chairs or [], "signed_up" if chairs else "extra"
        row.asked, row.since, row.until = now, None, None
        self.rows[person] = row
        self.pass_on(now)

    def settle_draw(self, order: list[int], now: datetime) -> None:
        """Give seats in the order that was drawn."""
        self.is_drawn = True
        for rank, person in enumerate(order, start=1):
            row = self.rows[person]
            row.rank = rank
            chairs = self.place(row.side, row.party, is_released=self.is_released(now))
            if chairs is None or self.had_enough(person, now):
                row.status, row.since = "waiting", now
            else:
                row.status, row.seats = "signed_up", chairs
        self.move_up(now)
