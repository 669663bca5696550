"""Who comes into question for whom: for each party its best few, not all of a hundred thousand.

A pool up to ``TILE`` parties is looked at whole. A larger one is cut into tiles of that size,
twice: by place, so that neighbours meet, and by chance, so that tiles are not islands. Whoever
found few there is compared with everybody, up to ``RESCUED`` of those who wait longest. So the
work grows with the number of people, not with its square (``bench/tandems.py`` draws the curve).
"""

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

from miteinander.foundation.matching.pairs.columns import Columns
from miteinander.foundation.matching.pairs.parties import Party

TILE = 2048
BLOCK = 256
MOST = 20
FEW = 10
RESCUED = 1024
Edges = tuple[Any, Any, Any]


def candidates(
    parties: Sequence[Party], *, seed: int = 0, most: int = MOST, is_across: bool = True
) -> Edges:
    """Return pairs that keep every rule, as three columns: one, other (places), and the score.

    Each pair once, the smaller place first. For each party its ``most`` best by what the two would
    get; waiting does not choose here, or those who wait longest would fill every list.
    """
    np = import_module("numpy")
    columns = Columns(parties, is_across=is_across)
    chance = np.random.default_rng(seed)
    noise = chance.integers(1, 1 << 16, size=len(parties), dtype=np.int64)
    found = [_tile(columns, tile, noise, most) for tile in _tiles(columns, chance)]
    edges = _joined(np, found, len(parties))
    if len(parties) > TILE:
        found.append(_rescue(columns, edges, noise, most))
        edges = _joined(np, found, len(parties))
    return _scored(columns, edges)


def _tiles(columns: Columns, chance: Any) -> Iterator[Any]:
    np, count = columns.np, len(columns.parties)
    every = np.arange(count)
    if count <= TILE:
        yield every
        return
    parts = -(-count // TILE)
    lat, lon = columns.latitude[columns.place], columns.longitude[columns.place]
    near = np.lexsort((every, lon, lat))
    yield from np.array_split(near, parts)
    yield from np.array_split(chance.permutation(count), parts)


def _tile(columns: Columns, inside: Any, noise: Any, most: int) -> Edges:
    """Compare everybody in a tile with everybody in it, some rows at a time."""
    np = columns.np
    parts = [
        _best(columns, inside[start : start + BLOCK], inside, noise, most)
        for start in range(0, len(inside), BLOCK)
    ]
    if not parts:
        empty = np.zeros(0, np.int64)
        return empty, empty, empty
    return tuple(np.concatenate(column) for column in zip(*parts, strict=True))


def _best(columns: Columns, rows: Any, others: Any, noise: Any, most: int) -> Edges:
    """Return for each row its best pairs; equal ones are chosen by the noise of the seed."""
    np = columns.np
    km = columns.km(rows, others)
    kept = columns.may_meet(rows, others, km)
    fit = columns.fit(rows, others, km)
    order = (fit << 16) + ((noise[rows][:, None] * noise[others][None, :]) & 0xFFFF)
    order[~kept] = -1
    if len(others) > most:
        chosen = np.argpartition(order, len(others) - most, axis=1)[:, -most:]
    else:
        chosen = np.broadcast_to(np.arange(len(others)), order.shape)
    row = np.repeat(np.arange(len(rows)), chosen.shape[1])
    column = chosen.ravel()
    is_pair = order[row, column] >= 0
    row, column = row[is_pair], column[is_pair]
    return rows[row], others[column], fit[row, column]


def _rescue(columns: Columns, edges: Edges, noise: Any, most: int) -> Edges:
    """Compare with everybody who found few, those who wait longest first."""
    np, count = columns.np, len(columns.parties)
    degree = np.bincount(edges[0], minlength=count) + np.bincount(edges[1], minlength=count)
    poor = np.flatnonzero(degree < FEW)
    first = poor[np.lexsort((poor, -columns.patience[poor]))][:RESCUED]
    step = max(1, BLOCK * TILE * 2 // count)
    parts = [
        _best(columns, first[start : start + step], np.arange(count), noise, most)
        for start in range(0, len(first), step)
    ]
    if not parts:
        empty = np.zeros(0, np.int64)
        return empty, empty, empty
    return tuple(np.concatenate(column) for column in zip(*parts, strict=True))


def _joined(np: Any, found: list[Edges], count: int) -> Edges:
    """Join lists of pairs; each pair stands once."""
    one = np.concatenate([edges[0] for edges in found])
    other = np.concatenate([edges[1] for edges in found])
    fit = np.concatenate([edges[2] for edges in found])
    pair = np.minimum(one, other) * count + np.maximum(one, other)
    pair, first = np.unique(pair, return_index=True)
    return pair // max(1, count), pair % max(1, count), fit[first]


def _scored(columns: Columns, edges: Edges) -> Edges:
    one, other, fit = edges
    return one, other, fit + columns.patience[one] + columns.patience[other]
