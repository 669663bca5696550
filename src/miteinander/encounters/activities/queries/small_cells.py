"""Keeping small numbers out of sight, also where totals would give them away.

The rules are those of official statistics (Handbook on Statistical Disclosure Control, chapters 4
and 5, https://sdctools.github.io/HandbookSDC/): a cell of fewer than five people is suppressed
(primary), and so many others with it that it does not follow from sums (secondary). Of the many
ways to choose the others, this takes the plainest: a line is shown whole or not at all, and all
hidden lines together form one rest, which again has to be large enough.

Nothing here reads a table; ``tests/test_small_cells.py`` proves it for tables of any kind.
"""

from collections.abc import Callable, Collection, Sequence

FEWEST = 5
Cells = tuple[int, ...]
Test = Callable[[Cells], bool]


def is_enough(cells: Cells) -> bool:
    """Tell whether every cell of a line has enough people."""
    return all(cell >= FEWEST for cell in cells)


def is_enough_or_nobody(cells: Cells) -> bool:
    """The same, where a line without anybody may say so."""
    return is_enough(cells) or not any(cells)


def are_sides_enough(cells: Cells) -> bool:
    """Tell whether a line (local, newcomer, not said) may be shown.

    Both sides need enough people: that there is nobody of one side would tell the side of
    everybody else. That nobody kept it to themselves tells nothing.
    """
    *sides, unsaid = cells
    return not any(cells) or (is_enough(tuple(sides)) and (unsaid == 0 or unsaid >= FEWEST))


def are_ages_enough(cells: Cells) -> bool:
    """Tell whether a line of age groups, the last of them "not said", may be shown.

    A group may be without anybody, but nobody may be alone with few others in one. At least two
    groups need people: were all of one group, its number would tell everybody's age. Where nobody
    said anything there is nothing to tell.
    """
    *groups, _unsaid = cells
    peopled = sum(1 for group in groups if group)
    return peopled != 1 and all(cell == 0 or cell >= FEWEST for cell in cells)


def total_of(lines: Sequence[Cells], width: int) -> Cells:
    """Add lines up, cell by cell."""
    return tuple(sum(line[place] for line in lines) for place in range(width))


def hidden_lines(
    lines: Sequence[Cells], may_be_shown: Test, also: Collection[int] = ()
) -> frozenset[int]:
    """Choose which of ``lines`` to hide so that their total can be shown whenever it may be.

    Hidden are: ``also``; every line that may not be shown; and, if the total may, the smallest
    others until the rest (total minus all that is shown) may itself be shown and two lines with
    people are in it. So a hidden number has more than one possible value even for somebody who
    knows how many people each line has.
    """
    hidden = {place for place, line in enumerate(lines) if not may_be_shown(line)} | set(also)
    width = len(lines[0]) if lines else 0
    total = total_of(lines, width)
    if not hidden or not any(total) or not may_be_shown(total):
        return frozenset(hidden)
    others = [place for place in range(len(lines)) if place not in hidden and any(lines[place])]
    for place in sorted(others, key=lambda one: (sum(lines[one]), one)):
        if _is_safe_rest([lines[one] for one in hidden], width, may_be_shown):
            break
        hidden.add(place)
    return frozenset(hidden)


def _is_safe_rest(lines: Sequence[Cells], width: int, may_be_shown: Test) -> bool:
    rest = total_of(lines, width)
    peopled = sum(1 for line in lines if any(line))
    return peopled > 1 and any(rest) and may_be_shown(rest)
