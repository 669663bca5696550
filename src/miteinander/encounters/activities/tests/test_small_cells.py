"""No hidden number follows from what is shown: proved on tables of any kind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miteinander.encounters.activities.queries.small_cells import (
    FEWEST,
    Cells,
    are_ages_enough,
    are_sides_enough,
    hidden_lines,
    is_enough,
    is_enough_or_nobody,
    total_of,
)

COUNT = st.one_of(st.integers(0, 9), st.integers(0, 60))
SIDES = st.lists(st.tuples(COUNT, COUNT, COUNT), max_size=12)
GROUP = st.one_of(st.just(0), st.integers(0, 9), st.integers(0, 60))
AGES = st.lists(st.tuples(GROUP, GROUP, GROUP, GROUP, GROUP, GROUP), max_size=12)
SINGLE = st.lists(st.tuples(COUNT), max_size=12)


def rest_of(lines: list[Cells], hidden: frozenset[int]) -> Cells:
    """What anybody can work out: the total minus all that is shown."""
    width = len(lines[0])
    shown = [line for place, line in enumerate(lines) if place not in hidden]
    return tuple(
        whole - part
        for whole, part in zip(total_of(lines, width), total_of(shown, width), strict=True)
    )


def possible(line: Cells, place: int, rest: Cells) -> tuple[int, int]:
    """The least and the most a hidden cell can be, for somebody who knows how long its line is.

    The bounds of a two-way table with fixed margins (Fréchet); each of them is reached.
    """
    size = sum(line)
    return max(0, size - (sum(rest) - rest[place])), min(size, rest[place])


@given(SIDES)
def test_no_shown_line_has_a_small_side(lines: list[Cells]) -> None:
    hidden = hidden_lines(lines, are_sides_enough)
    for place, (local, newcomer, unsaid) in enumerate(lines):
        if place not in hidden and local + newcomer + unsaid:
            assert min(local, newcomer) >= FEWEST
            assert unsaid == 0 or unsaid >= FEWEST


@given(SIDES)
def test_what_is_left_of_a_shown_total_is_not_small_either(lines: list[Cells]) -> None:
    hidden = hidden_lines(lines, are_sides_enough)
    if lines and hidden and are_sides_enough(total_of(lines, 3)):
        assert are_sides_enough(rest_of(lines, hidden))


@given(SIDES)
def test_a_hidden_side_can_have_been_another_number(lines: list[Cells]) -> None:
    hidden = hidden_lines(lines, are_sides_enough)
    if not lines or not are_sides_enough(total_of(lines, 3)):
        return
    rest = rest_of(lines, hidden)
    for number in hidden:
        for place in (0, 1):
            least, most = possible(lines[number], place, rest)
            assert least < most


@given(AGES)
def test_no_shown_line_of_ages_has_a_small_group_or_one_for_all(lines: list[Cells]) -> None:
    hidden = hidden_lines(lines, are_ages_enough)
    for place, line in enumerate(lines):
        if place not in hidden:
            assert not any(0 < count < FEWEST for count in line)
            assert sum(1 for count in line[:-1] if count) != 1


@given(AGES)
def test_a_hidden_age_can_have_been_another_number(lines: list[Cells]) -> None:
    sums = hidden_lines([(sum(line),) for line in lines], is_enough_or_nobody)
    hidden = hidden_lines(lines, are_ages_enough, sums)
    if not lines or not are_ages_enough(total_of(lines, 6)):
        return
    rest = rest_of(lines, hidden)
    assert not hidden or not any(rest) or are_ages_enough(rest)
    for number in (one for one in hidden if any(lines[one])):
        for place in range(5):
            least, most = possible(lines[number], place, rest)
            assert least < most or rest[place] == 0


@given(SINGLE)
def test_a_hidden_count_can_have_been_another_number(lines: list[Cells]) -> None:
    hidden = hidden_lines(lines, is_enough)
    shown = [line for place, line in enumerate(lines) if place not in hidden]
    assert all(count >= FEWEST for (count,) in shown)
    if lines and hidden and is_enough(total_of(lines, 1)):
        (rest,) = rest_of(lines, hidden)
        assert rest >= FEWEST
        assert len(hidden) > 1


@given(SINGLE)
def test_lines_without_anybody_say_so(lines: list[Cells]) -> None:
    hidden = hidden_lines(lines, is_enough_or_nobody)
    assert not any(lines[place] == (0,) for place in hidden)
    if hidden and is_enough_or_nobody(total_of(lines, 1)):
        assert rest_of(lines, hidden)[0] >= FEWEST
        assert len(hidden) > 1


@given(SIDES, st.randoms())
def test_the_order_of_lines_does_not_change_how_many_are_hidden(
    lines: list[Cells], random: object
) -> None:
    turned = list(lines)
    random.shuffle(turned)  # type: ignore[attr-defined]
    first, second = hidden_lines(lines, are_sides_enough), hidden_lines(turned, are_sides_enough)
    assert {lines[one] for one in first if not are_sides_enough(lines[one])} == {
        turned[one] for one in second if not are_sides_enough(turned[one])
    }


@given(SIDES, st.sets(st.integers(0, 11)))
def test_what_is_to_be_hidden_anyway_is_hidden(lines: list[Cells], wanted: set[int]) -> None:
    also = {place for place in wanted if place < len(lines)}
    assert also <= hidden_lines(lines, are_sides_enough, also)


@pytest.mark.parametrize(
    ("lines", "hidden"),
    [
        ([], set()),
        ([(8, 7, 0)], set()),
        ([(8, 2, 0)], {0}),
        ([(8, 7, 0), (9, 9, 5)], set()),
        ([(8, 7, 0), (9, 9, 5), (3, 9, 0)], {0, 2}),  # one alone would follow from the total
        ([(8, 7, 0), (4, 6, 0), (3, 9, 0)], {1, 2}),  # two together are enough
        ([(8, 7, 0), (1, 9, 0), (3, 9, 0)], {0, 1, 2}),  # two, but four of one side are left
        ([(8, 7, 0), (0, 0, 0)], set()),
        ([(8, 7, 0), (9, 9, 1)], {1}),  # the total is hidden, too: nothing can be worked out
    ],
)
def test_examples(lines: list[Cells], hidden: set[int]) -> None:
    assert hidden_lines(lines, are_sides_enough) == hidden
