"""Groups of three or four, up to six: every rule, and both sides in each."""

from dataclasses import replace

import pytest

from miteinander.foundation.matching.pairs.groups import fits, groups
from miteinander.foundation.matching.pairs.parties import Party
from miteinander.foundation.matching.tests.pools import pool
from miteinander.foundation.matching.tests.test_pairs import somebody


def people(count: int, **more: object) -> list[Party]:
    """People of both sides in turn who want a group."""
    return [
        somebody(key, wants_group=True, side=("local", "newcomer")[key % 2], **more)
        for key in range(count)
    ]


@pytest.mark.parametrize(
    ("count", "sizes"), [(2, []), (3, [3]), (4, [4]), (5, [5]), (6, [6]), (8, [4, 4])]
)
def test_who_wants_a_group_is_in_one(count: int, sizes: list[int]) -> None:
    assert [len(group.keys) for group in groups(people(count))] == sizes


def test_only_one_side_is_no_group_unless_all_chose_so() -> None:
    locals_ = [replace(one, side="local") for one in people(4)]
    assert groups(locals_) == []
    assert len(groups([replace(one, same_side_is_fine=True) for one in locals_])) == 1


def test_who_must_not_meet_is_in_no_common_group() -> None:
    parties = people(8)
    parties[0] = replace(parties[0], apart=frozenset({1, 3}))
    for group in groups(parties):
        assert fits([parties[key] for key in group.keys])
        assert not (0 in group.keys and {1, 3} & set(group.keys))


def test_who_wants_a_pair_is_in_no_group() -> None:
    assert groups([replace(one, wants_group=False) for one in people(6)]) == []


@pytest.mark.parametrize("seed", range(30))
def test_exchanges_break_no_rule(seed: int) -> None:
    parties = {one.key: replace(one, wants_group=True) for one in pool(seed, 24)}
    found = groups(list(parties.values()), seed=seed)
    assert found == groups(list(reversed(parties.values())), seed=seed)
    for group in found:
        assert fits([parties[key] for key in group.keys])
