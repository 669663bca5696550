"""The best way to bring a whole pool together in pairs, and how far it can be from the best.

Where two sides meet and everybody has said theirs, the graph of pairs has two halves and the
answer is exact: SciPy's sparse Jonker-Volgenant algorithm (see ``together``), in which staying
alone has an arc of its own and costs nothing.

Who has not said a side may meet both, so that there may be odd circles. For those parts of the
graph the same algorithm solves the relaxation in which somebody may be half in two pairs: its
value is a bound nothing can exceed (M. L. Balinski, Integer programming, Management Science 12,
1965: its corners are whole but for odd circles of halves). The circles and chains it leaves are
each solved exactly, and the rest again, until nobody is left who could meet. Where that part is
not too large, HiGHS (Huangfu and Hall, Mathematical Programming Computation 10, 2018) goes on to
the best there is, or to a better bound.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from miteinander.foundation.matching.pairs.branching import improved
from miteinander.foundation.matching.pairs.candidates import Edges, candidates
from miteinander.foundation.matching.pairs.chains import best_of_chains
from miteinander.foundation.matching.pairs.parties import Party

MOST_TO_BRANCH = 6000  # pairs


@dataclass(frozen=True)
class Plan:
    """Pairs of keys with their score; ``bound`` is what no plan over these pairs can exceed."""

    pairs: tuple[tuple[int, int, int], ...]
    total: int
    bound: int
    unmatched: tuple[int, ...]


def best_pairs(parties: Sequence[Party], *, seed: int = 0) -> Plan:
    """Bring parties together so that the sum of the scores is greatest; everybody at most once.

    The order of ``parties`` changes nothing; ``seed`` chooses between equals.
    """
    ordered = sorted(parties, key=lambda party: party.key)
    keys = [party.key for party in ordered]
    if len(set(keys)) != len(keys):
        raise ValueError("a party stands in the pool twice")
    edges = candidates(ordered, seed=seed) if len(ordered) > 1 else None
    if edges is None or not len(edges[0]):
        return Plan((), 0, 0, tuple(keys))
    chosen, bound = best_edges(len(ordered), edges)
    pairs = tuple((keys[one], keys[other], score) for one, other, score in chosen)
    together = {key for one, other, _score in pairs for key in (one, other)}
    return Plan(
        pairs=pairs,
        total=sum(score for _one, _other, score in pairs),
        bound=bound,
        unmatched=tuple(key for key in keys if key not in together),
    )


def best_edges(count: int, edges: Edges) -> tuple[list[tuple[int, int, int]], int]:
    """Choose edges of a graph of ``count`` nodes that share no node, and bound their sum."""
    np = import_module("numpy")
    halves = _halves(np, count, edges)
    is_even = halves[edges[0]] >= 0
    even, odd = tuple(part[is_even] for part in edges), tuple(part[~is_even] for part in edges)
    chosen = _two_halves(np, count, even, halves)
    total = sum(score for _one, _other, score in chosen)
    rest, doubled = _odd_part(np, count, odd)
    bound = doubled // 2
    if sum(score for _one, _other, score in rest) < bound and len(odd[0]) <= MOST_TO_BRANCH:
        rest, bound = improved(count, odd, rest, bound)
    return sorted([*chosen, *rest]), total + bound


def _halves(np: Any, count: int, edges: Edges) -> Any:
    """Return 0 or 1 for nodes of parts with two halves, and -1 where there is an odd circle."""
    graph = import_module("scipy.sparse.csgraph")
    one, other, _score = edges
    doubled = _matrix(
        np.concatenate([one, other]), np.concatenate([other + count, one + count]),
        np.ones(2 * len(one)), (2 * count, 2 * count),
    )  # fmt: skip
    _parts, label = graph.connected_components(doubled, directed=False)
    left, right = label[:count], label[count:]
    return np.where(left == right, -1, (left > right).astype(np.int64))


def _matrix(rows: Any, columns: Any, values: Any, shape: tuple[int, int]) -> Any:
    return import_module("scipy.sparse").csr_array((values, (rows, columns)), shape=shape)


def _two_halves(np: Any, count: int, edges: Edges, halves: Any) -> list[tuple[int, int, int]]:
    if not len(edges[0]):
        return []
    is_first = halves[edges[0]] == 0
    rows = np.where(is_first, edges[0], edges[1])
    columns = np.where(is_first, edges[1], edges[0])
    partner = _assigned(np, count, rows, columns, edges[2])
    return _picked(edges, rows, columns, partner)


def _picked(edges: Edges, rows: Any, columns: Any, partner: Any) -> list[tuple[int, int, int]]:
    is_chosen = partner[rows] == columns
    parts = (part[is_chosen].tolist() for part in edges)
    return [(int(one), int(other), int(score)) for one, other, score in zip(*parts, strict=True)]


def _assigned(np: Any, count: int, rows: Any, columns: Any, scores: Any) -> Any:
    """Return for each node the column it gets, or -1; each column once, the greatest sum."""
    solve = import_module("scipy.sparse.csgraph").min_weight_full_bipartite_matching
    used, row = np.unique(rows, return_inverse=True)
    met, column = np.unique(columns, return_inverse=True)
    alone = np.arange(len(used))
    best = int(scores.max()) + 1  # a stored weight must not be 0
    matrix = _matrix(
        np.concatenate([row, alone]), np.concatenate([column, len(met) + alone]),
        np.concatenate([best - scores, np.full(len(used), best)]).astype(np.float64),
        (len(used), len(met) + len(used)),
    )  # fmt: skip
    _rows, chosen = solve(matrix)
    partner = np.full(count, -1, np.int64)
    is_met = chosen < len(met)
    partner[used[is_met]] = met[chosen[is_met]]
    return partner


def _odd_part(np: Any, count: int, edges: Edges) -> tuple[list[tuple[int, int, int]], int]:
    """Solve parts with odd circles; the second is twice the bound, from the first round."""
    chosen: list[tuple[int, int, int]] = []
    doubled = 0
    while len(edges[0]):
        one, other, score = edges
        rows, columns = np.concatenate([one, other]), np.concatenate([other, one])
        both = np.concatenate([score, score])
        partner = _assigned(np, count, rows, columns, both)
        is_chosen = partner[rows] == columns
        doubled = doubled or int(both[is_chosen].sum())
        weights = {
            (int(start), int(end)): int(worth)
            for start, end, worth in zip(
                rows[is_chosen], columns[is_chosen], both[is_chosen], strict=True
            )
        }
        found = best_of_chains(weights)
        chosen += found
        taken = np.zeros(count, np.bool_)
        taken[[node for start, end, _worth in found for node in (start, end)]] = True
        is_left = ~taken[one] & ~taken[other]
        edges = (one[is_left], other[is_left], score[is_left])
    return chosen, doubled
