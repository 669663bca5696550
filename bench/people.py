"""Invented people who seek a tandem, for the benchmarks of matching.

Languages are spread like the mother tongues of people who came to Hessen (more Ukrainian and
Arabic than others); a quarter of women want to meet only women, one in five has a wish about age,
one in ten is a family. Places lie within a district of 60 by 60 kilometres; people go 5 to 40
kilometres. Evenings and weekends are free more often than mornings. Pools are matched weekly, so
most have waited for days, not months. These shares are guesses, stated so that others can be tried.
"""

import random

from miteinander.foundation.matching.pairs.parties import Party

DOINGS = (
    "talk", "language", "cook", "walk", "sport", "music", "town", "repair", "garden", "forms",
    "children", "games",
)  # fmt: skip
TONGUES = ("uk", "uk", "uk", "ar", "ar", "ar", "fa", "fa", "tr", "tr", "ti", "so", "kmr", "ru")
PLACES = 40


def invent(
    chance: random.Random, key: int, places: list[tuple[float, float]], *, is_local: bool
) -> Party:
    """Make one person up."""
    gender = chance.choice(["woman", "woman", "man", "man", "", "other"])
    age = round(chance.triangular(18, 88, 62 if is_local else 32))
    has_span = chance.random() < 0.2
    return Party(
        key=key,
        side="local" if is_local else "newcomer",
        wants=frozenset(chance.sample(DOINGS, chance.randint(2, 5))),
        gives=frozenset(chance.sample(DOINGS, chance.randint(2, 5))),
        speaks=_speaks(chance, is_local=is_local),
        practises=_practises(chance, is_local=is_local),
        hours=_hours(chance),
        ways=frozenset({"person", *chance.choices(["person", "online", "phone"], [5, 2, 1])}),
        place=chance.choice(places), reach_km=chance.choice([5, 10, 20, 20, 40]),
        gender=gender,
        gender_wish="women" if gender == "woman" and chance.random() < 0.25 else "",
        age=age, age_from=max(18, age - 20) if has_span else None,
        age_to=age + 20 if has_span else None,
        is_family=chance.random() < 0.1, families_are_fine=chance.random() < 0.8,
        wants_bridge=chance.random() < 0.3,
        days_waiting=min(365, int(chance.expovariate(1 / 10))),
    )  # fmt: skip


def _hours(chance: random.Random) -> int:
    """Two to eight parts of a week; evenings and the weekend three times as often."""
    often = [3 if bit % 3 == 2 or bit >= 15 else 1 for bit in range(21)]
    chosen = chance.choices(range(21), often, k=chance.randint(2, 8))
    return sum({1 << bit for bit in chosen})


def _speaks(chance: random.Random, *, is_local: bool) -> frozenset[str]:
    if is_local:
        return frozenset({"de", *(["en"] if chance.random() < 0.4 else [])})
    own = {chance.choice(TONGUES)}
    return frozenset(own | ({"de"} if chance.random() < 0.65 else set()))


def _practises(chance: random.Random, *, is_local: bool) -> frozenset[str]:
    if not is_local:
        return frozenset({"de"})
    return frozenset([chance.choice(TONGUES)] if chance.random() < 0.35 else [])


def homes(chance: random.Random) -> list[tuple[float, float]]:
    """Make the municipalities of a district up."""
    return [(51.1 + chance.random() * 0.54, 9.1 + chance.random() * 0.86) for _n in range(PLACES)]


def invented(count: int, seed: int) -> list[Party]:
    """Make a whole pool up, half of it of each side; the same seed gives the same one."""
    chance = random.Random(seed)  # noqa: S311 (not a secret)
    places = homes(chance)
    return [invent(chance, key, places, is_local=key % 2 == 0) for key in range(count)]
