"""The best pairs in a graph that is nothing but chains and circles: exact, one walk for each."""

Pair = tuple[int, int, int]


def best_of_chains(weights: dict[tuple[int, int], int]) -> list[Pair]:
    """Choose pairs that share no node, so that their sum is greatest.

    ``weights`` are arrows from node to node: at most one leaves each node, and one comes in.
    """
    following = {start: (end, worth) for (start, end), worth in weights.items()}
    before = {end for _start, end in weights}
    heads = sorted(node for node in following if node not in before)
    chosen: list[Pair] = []
    seen: set[int] = set()
    for head in [*heads, *sorted(following)]:
        if head in seen:
            continue
        nodes, steps = _walk(head, following, seen)
        chosen += _best_chain(nodes, steps) if len(steps) < len(nodes) else _circle(nodes, steps)
    return sorted((min(one, other), max(one, other), worth) for one, other, worth in chosen)


def _walk(
    head: int, following: dict[int, tuple[int, int]], seen: set[int]
) -> tuple[list[int], list[int]]:
    """Return the nodes from ``head`` on and the worth of each step; a circle has as many steps."""
    nodes, steps = [head], []
    seen.add(head)
    while nodes[-1] in following:
        end, worth = following[nodes[-1]]
        steps.append(worth)
        if end == head:
            break
        nodes.append(end)
        seen.add(end)
    return nodes, steps


def _best_chain(nodes: list[int], steps: list[int]) -> list[Pair]:
    """Choose steps of a chain no two of which touch (dynamic programming)."""
    best = [0, *([0] * len(steps))]
    for place, worth in enumerate(steps, start=1):
        best[place] = max(best[place - 1], worth + (best[place - 2] if place > 1 else 0))
    chosen: list[Pair] = []
    place = len(steps)
    while place > 0:
        if best[place] == best[place - 1]:
            place -= 1
            continue
        chosen.append((nodes[place - 1], nodes[place], steps[place - 1]))
        place -= 2
    return chosen


def _circle(nodes: list[int], steps: list[int]) -> list[Pair]:
    """Choose steps of a circle: one of two neighbouring steps is left out, so try both."""
    if len(nodes) == 2:  # noqa: PLR2004 (two who chose each other)
        return [(nodes[0], nodes[1], max(steps))]
    without_last = _best_chain(nodes, steps[:-1])
    turned = [*nodes[1:], nodes[0]]
    without_first = _best_chain(turned, steps[1:])
    return max(without_last, without_first, key=lambda pairs: sum(pair[2] for pair in pairs))
