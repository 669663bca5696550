"""The best pairs in a small graph of any shape, by branch and bound."""

from importlib import import_module
from math import floor
from typing import Any

MOST_BRANCHES = 500  # counted, not timed: the same pool gives the same pairs on any machine
Pair = tuple[int, int, int]


def improved(
    count: int, edges: tuple[Any, Any, Any], known: list[Pair], bound: int
) -> tuple[list[Pair], int]:
    """Return pairs at least as good as ``known``, and a bound at least as sharp as ``bound``.

    ``edges`` are three columns: one, other and the score; there are ``count`` nodes.
    """
    np, optimize = import_module("numpy"), import_module("scipy.optimize")
    one, other, score = edges
    number = np.arange(len(one))
    shape = (count, len(one))
    touches = import_module("scipy.sparse").csr_array(
        (np.ones(2 * len(one)), (np.concatenate([one, other]), np.tile(number, 2))), shape=shape
    )
    found = optimize.milp(
        c=-score.astype("float64"),
        constraints=optimize.LinearConstraint(touches, ub=1),
        integrality=np.ones(len(one)),
        bounds=optimize.Bounds(0, 1),
        options={"node_limit": MOST_BRANCHES, "mip_rel_gap": 0},
    )
    if found.mip_dual_bound is not None:
        bound = min(bound, floor(-found.mip_dual_bound + 1e-6))
    if found.x is None:
        return known, bound
    chosen = [
        (int(one[place]), int(other[place]), int(score[place]))
        for place in np.flatnonzero(found.x > 0.5)  # noqa: PLR2004 (0 or 1)
    ]
    is_better = sum(pair[2] for pair in chosen) > sum(pair[2] for pair in known)
    return (chosen if is_better else known), bound
