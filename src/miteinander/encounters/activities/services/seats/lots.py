"""The order of a fair draw: weighted, without a database, the same again from the same seed.

Each participation has a secret-free name (its key) and a number of lots. With a uniform number u
from the seed and the name, the one with the largest u ** (1 / lots) comes first: weighted
sampling without replacement (Efraimidis and Spirakis, 2006, Information Processing Letters 97).
Adding or taking away somebody does not change the numbers of the others.
"""

import hashlib
import math
from collections.abc import Mapping

_BITS = 64


def number_of(seed: str, key: int) -> float:
    """Return the number between 0 and 1 that ``key`` draws from ``seed``."""
    digest = hashlib.sha256(f"{seed}:{key}".encode()).digest()
    return (int.from_bytes(digest[: _BITS // 8]) + 1) / float(2**_BITS + 1)


def drawn_order(seed: str, lots: Mapping[int, int]) -> list[int]:
    """Return the keys of ``lots`` in the order in which they get their choice.

    ``lots`` maps each key to a weight of at least one.
    """
    return sorted(lots, key=lambda key: (-math.log(number_of(seed, key)) / lots[key], key))
