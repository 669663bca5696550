"""The last seats through the real server: fifty clients, every request a form."""

import json
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from threading import Barrier
from urllib.parse import urlencode

import pytest

from tests.serving import CSRF, Platform

pytestmark = pytest.mark.process
CLIENTS, ROUNDS = 50, 40
PREPARE = """
import json
from miteinander.encounters.activities.tests.factories import DateFactory
print(json.dumps([DateFactory.create(capacity=(1, 3, 5)[n % 3]).pk for n in range(ROUNDS)]))
"""
COUNT = """
import json
from miteinander.encounters.activities.models import ActivityDate
print(json.dumps([
    [one.capacity, one.seats_taken, one.participations.filter(status="signed_up").count()]
    for one in ActivityDate.objects.filter(pk__in=DATES)
]))
"""


def form_of(platform: Platform, date: int) -> dict[str, str]:
    """Fetch the form once: its token and cookie, as a phone would hold them."""
    with closing(HTTPConnection("127.0.0.1", platform.port, timeout=30)) as connection:
        connection.request("GET", f"/de/activities/{date}/sign-up/")
        answer = connection.getresponse()
        token = CSRF.search(answer.read().decode())
        assert token is not None
        cookies = answer.headers.get_all("Set-Cookie") or []
        return {"token": token[1], "cookie": "; ".join(c.partition(";")[0] for c in cookies)}


def race(platform: Platform, date: int) -> list[tuple[int, str, float]]:
    """Let all clients send the form at the same moment; status, way and seconds of each."""
    form, start = form_of(platform, date), Barrier(CLIENTS)

    def client(number: int) -> tuple[int, str, float]:
        body = urlencode(
            {
                "csrfmiddlewaretoken": form["token"],
                "name": f"Gast {number}",
                "email": f"gast{number}.{date}@example.org",
                "language": "de",
            }
        )
        headers = {
            "Cookie": form["cookie"],
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Forwarded-For": f"198.51.{date % 250}.{number + 1}",
        }
        with closing(HTTPConnection("127.0.0.1", platform.port, timeout=30)) as connection:
            connection.connect()
            start.wait(timeout=60)
            began = time.monotonic()
            connection.request("POST", f"/de/activities/{date}/sign-up/", body, headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status, answer.headers.get("Location", ""), time.monotonic() - began

    with ThreadPoolExecutor(CLIENTS) as pool:
        return list(pool.map(client, range(CLIENTS)))


def test_fifty_clients_in_forty_rounds_never_oversell_and_leave_no_seat_idle(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    with Platform(tmp_path, TRUSTED_PROXY_COUNT="1") as platform:
        platform.command("upgrade", "--verbosity", "0")
        dates: list[int] = json.loads(platform.python(f"ROUNDS = {ROUNDS}\n{PREPARE}"))
        platform.start("--no-worker")
        answers = [answer for date in dates for answer in race(platform, date)]

    assert {status for status, _way, _seconds in answers} <= {200, 302, 409}
    seats = [way for status, way, _seconds in answers if status == 302 and "/signed-up/" in way]
    rows = json.loads(platform.python(f"DATES = {dates}\n{COUNT}"))
    assert all(capacity == taken == held for capacity, taken, held in rows)
    assert len(seats) == sum(capacity for capacity, _taken, _held in rows)
    p95 = statistics.quantiles((seconds for _s, _w, seconds in answers), n=20)[-1]
    record_property("p95_seconds", round(p95, 2))  # a figure to report, aim 1.5: no timed test
    print(f"p95 {p95:.2f} s")  # noqa: T201 (shown with -s)
