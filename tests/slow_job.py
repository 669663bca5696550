"""A job that takes its time, for the tests of processes."""

import time
from pathlib import Path

from django_tasks import task


@task()
def nap(seconds: float, path: str) -> None:
    """Note the beginning and the end of a nap."""
    with Path(path).open("a") as notes:
        notes.write("begun\n")
    time.sleep(seconds)
    with Path(path).open("a") as notes:
        notes.write("done\n")
