"""Give each of many jobs one worker, so that all together cost least.

The exact optimum, by SciPy's sparse version of the Jonker-Volgenant algorithm (LAPJVsp; Jonker
and Volgenant, Computing 38, 1987). Each job has a column of its own that stands for "nobody", so
there is always an answer. SciPy is loaded at the first call: most processes never need it.
"""

from collections.abc import Hashable, Mapping
from importlib import import_module
from typing import TypeVar

Job = TypeVar("Job", bound=Hashable)
Worker = TypeVar("Worker", bound=Hashable)


def assigned_together(
    costs: Mapping[Job, Mapping[Worker, int]], *, nobody: int
) -> dict[Job, Worker]:
    """Return the worker of each job that gets one; each worker gets at most one job.

    Args:
        costs: for each job what each worker who may take it costs; any whole numbers.
        nobody: what it costs to leave a job without a worker. Above every difference of two
            costs, as many jobs as possible get somebody.

    Raises:
        OverflowError: a cost is beyond 2**53, where sums would not be exact.
    """
    jobs = [job for job, row in costs.items() if row]
    if not jobs:
        return {}
    numbers: dict[Worker, int] = {}
    for job in jobs:
        for worker in costs[job]:
            numbers.setdefault(worker, len(numbers))
    chosen = _cheapest(
        [{numbers[worker]: cost for worker, cost in costs[job].items()} for job in jobs],
        len(numbers),
        nobody,
    )
    workers = list(numbers)
    return {
        job: workers[column]
        for job, column in zip(jobs, chosen, strict=True)
        if column < len(workers)
    }


def _cheapest(rows: list[dict[int, int]], columns: int, nobody: int) -> list[int]:
    """Return the column of each row; ``columns`` and above mean nobody."""
    np, sparse = import_module("numpy"), import_module("scipy.sparse")
    matching = import_module("scipy.sparse.csgraph").min_weight_full_bipartite_matching
    every = [cost for row in rows for cost in row.values()] + [nobody]
    if max(every) - min(every) >= 2**53:
        raise OverflowError("costs are too far apart")
    lowest = min(every) - 1  # a stored weight must not be 0; the same for all changes no choice
    ends = np.cumsum([0] + [len(row) + 1 for row in rows])
    indices = [column for number, row in enumerate(rows) for column in (*row, columns + number)]
    weights = [cost - lowest for row in rows for cost in (*row.values(), nobody)]
    graph = sparse.csr_array(
        (np.array(weights, dtype=float), np.array(indices), ends),
        shape=(len(rows), columns + len(rows)),
    )
    _jobs, found = matching(graph)
    return [int(column) for column in found]
