"""Whose seat is free: the arithmetic of the mix, without a database.

The seats of a date are in three pools: kept for people who have long lived here, kept for
newcomers, and open. Before the release each side takes from its own pool and the open one, and
whoever does not say which side is theirs takes from any: not saying is never a disadvantage.
After the release everybody takes from any pool.
"""

from dataclasses import dataclass

from miteinander.community.people.enums import Background

WHOLE = 100


@dataclass(frozen=True)
class Split:
    """From which pools the seats of one party come."""

    local: int = 0
    newcomer: int = 0
    open: int = 0

    @property
    def total(self) -> int:
        """How many seats these are."""
        return self.local + self.newcomer + self.open

    def without(self, other: "Split") -> "Split":
        """Return these seats less ``other``."""
        return self.and_also(Split(-other.local, -other.newcomer, -other.open))

    def and_also(self, other: "Split") -> "Split":
        """Return these seats and ``other``."""
        return Split(
            self.local + other.local, self.newcomer + other.newcomer, self.open + other.open
        )


@dataclass(frozen=True)
class Pools:
    """The free seats of each pool at one moment, and whether the kept ones are released."""

    local: int
    newcomer: int
    open: int
    is_released: bool = False

    def order_for(self, side: str) -> tuple[str, ...]:
        """Return the pools somebody of ``side`` may take from, the first choice first."""
        fuller = sorted(("local", "newcomer"), key=lambda name: -getattr(self, name))
        if side == Background.UNDISCLOSED:
            return ("open", *fuller)
        rest = tuple(name for name in fuller if name != side) if self.is_released else ()
        return (side, "open", *rest)

    def free_for(self, side: str) -> int:
        """Return how many seats somebody of ``side`` could take."""
        return sum(getattr(self, name) for name in self.order_for(side))

    def place(self, side: str, party: int) -> Split | None:
        """Choose seats for a whole party of ``side``; None when they do not suffice."""
        if self.free_for(side) < party:
            return None
        chosen, missing = {}, party
        for name in self.order_for(side):
            chosen[name] = min(missing, getattr(self, name))
            missing -= chosen[name]
        return Split(**chosen)

    def without(self, split: Split) -> "Pools":
        """Return what is left once ``split`` is taken."""
        return Pools(
            self.local - split.local,
            self.newcomer - split.newcomer,
            self.open - split.open,
            self.is_released,
        )


def kept(capacity: int, local_share: int, newcomer_share: int) -> tuple[int, int]:
    """Return the seats kept for each side, rounded down: what is left over is open."""
    return capacity * local_share // WHOLE, capacity * newcomer_share // WHOLE


def give_up(held: Split, seats: int, side: str) -> Split:
    """Choose which ``seats`` a party gives back when it gets smaller: its own pool's last."""
    order = [name for name in ("newcomer", "local", "open") if name != side]
    order += [side] if side != Background.UNDISCLOSED else []
    chosen, missing = {}, seats
    for name in order:
        chosen[name] = min(missing, getattr(held, name))
        missing -= chosen[name]
    return Split(**chosen)
