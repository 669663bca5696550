"""300 people who want one of 40 seats, each by the form, within a minute.

On PostgreSQL, through the live server with two web workers and the job worker beside. Each person
opens the page with the form as a phone would, fills it in and sends it; those who find no seat
send it again for the waiting list. A third come with somebody, and each side has its share kept.
They come evenly over SPREAD seconds. Measured is every request from first byte sent to last byte
read. The aims: p95 under 400 ms, no error, nobody beyond the seats, every promise kept.
"""

import asyncio
import os
import re
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import stage

AIM = 0.4
PEOPLE, SEATS, SPREAD = 300, 40, 55.0
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_ENTRY = re.compile(r'name="entry" value="([^"]+)"')
SIDES = ("local", "newcomer", "undisclosed")


@dataclass
class Measured:
    """What was seen: seconds of each request, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    outcomes: list[str] = field(default_factory=list)


@dataclass
class Phone:
    """One person with a browser: a cookie, an address, and forms to fill in."""

    port: int
    number: int
    seen: Measured
    cookie: str = ""

    async def ask(self, method: str, path: str, body: str = "") -> tuple[int, str]:
        """Send one request on a connection of its own and read the whole answer."""
        head = [
            f"{method} {path} HTTP/1.1",
            "Host: localhost",
            "Connection: close",
            f"X-Forwarded-For: 198.51.{self.number // 250}.{self.number % 250 + 1}",
            f"Cookie: {self.cookie}",
        ]
        if body:
            head += [
                "Content-Type: application/x-www-form-urlencoded",
                f"Content-Length: {len(body)}",
            ]
        began = time.perf_counter()
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(("\r\n".join(head) + f"\r\n\r\n{body}").encode())
        answer = (await reader.read()).decode(errors="replace")
        writer.close()
        self.seen.seconds.append(time.perf_counter() - began)
        status = int(answer.split(" ", 2)[1]) if answer else 0
        if given := re.findall(r"(?im)^set-cookie: ([^;\r\n]+)", answer):
            self.cookie = "; ".join(given)
        return status, answer

    async def sign_up(self, path: str, delay: float) -> None:
        """Open the form, send it, and wait in line when all seats are taken."""
        await asyncio.sleep(delay)
        status, page = await self.ask("GET", path)
        for may_wait in ("", "1"):
            token, entry = _TOKEN.search(page), _ENTRY.search(page)
            if status != 200 or token is None or entry is None:
                self.seen.errors.append(f"form: {status}")
                return
            typed = {
                "csrfmiddlewaretoken": token[1], "entry": entry[1], "language": "de",
                "name": f"Gast {self.number}", "email": f"gast{self.number}@example.org",
                "background": SIDES[self.number % 3], "companions": int(self.number % 3 == 0),
                "children": 0, "may_wait": may_wait,
            }  # fmt: skip
            status, page = await self.ask("POST", path, urlencode(typed))
            if status == 302:
                self.seen.outcomes.append("waiting" if may_wait else "first try")
                return
        self.seen.errors.append(f"sent: {status}")


async def storm(port: int, path: str, seen: Measured) -> None:
    """Let everybody come."""
    phones = (Phone(port, number, seen) for number in range(PEOPLE))
    await asyncio.gather(*(phone.sign_up(path, phone.number * SPREAD / PEOPLE) for phone in phones))


def one_date() -> int:
    """Seed, and make the first date the one everybody wants."""
    from seed import seed  # noqa: PLC0415

    from miteinander.encounters.activities.models import ActivityDate  # noqa: PLC0415
    from miteinander.foundation.core import clock  # noqa: PLC0415

    seed(dates=200)
    date = ActivityDate.objects.select_related("activity").order_by("starts_at")[0]
    activity = date.activity
    activity.local_share, activity.newcomer_share, activity.release_hours = 40, 40, 24
    activity.save()
    activity.dates.update(kept_local=12 * 40 // 100, kept_newcomer=12 * 40 // 100)
    date.starts_at = clock.now() + timedelta(days=6)
    date.ends_at = date.starts_at + timedelta(hours=2)
    date.capacity, date.kept_local, date.kept_newcomer = SEATS, 16, 16
    date.save()
    return date.pk


def measure(url: str) -> int:
    """Measure on PostgreSQL."""
    os.environ["TRUSTED_PROXY_COUNT"] = "1"
    stage.prepare(url)
    from django.db import connections  # noqa: PLC0415

    from miteinander.encounters.activities.models import (  # noqa: PLC0415
        ActivityDate,
        Participation,
    )
    from miteinander.encounters.activities.services.seats import proof  # noqa: PLC0415
    from miteinander.foundation.core import clock  # noqa: PLC0415

    key, seen = one_date(), Measured()
    connections.close_all()
    with stage.ours(web_workers=2, with_worker=True) as (port, _pid):
        began = time.monotonic()
        asyncio.run(storm(port, f"/de/activities/{key}/sign-up/", seen))
        lasted = time.monotonic() - began
    date = ActivityDate.objects.get(pk=key)
    rows = list(Participation.objects.filter(date=date))
    broken = [one.problem for one in proof.broken_promises(now=clock.now())]
    p50, p95 = (statistics.quantiles(seen.seconds, n=100)[rank] for rank in (49, 94))
    print(
        f"{len(seen.seconds)} requests of {PEOPLE} people in {lasted:.0f} s: "
        f"p50 {p50 * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms (aim {AIM * 1000:.0f} ms), "
        f"{len(seen.errors)} errors {sorted(set(seen.errors))}"
    )
    seated = sum(row.party for row in rows if row.status == "signed_up")
    print(
        f"{date.seats_taken} of {date.capacity} seats taken by {seated} people, {len(rows)} on "
        f"the list, broken promises: {broken or 'none'}"
    )
    is_well = date.seats_taken == seated <= SEATS and not broken and len(rows) == PEOPLE
    return int(p95 > AIM or bool(seen.errors) or not is_well or lasted > 60)


def main() -> int:
    """Measure in a process of its own."""
    if len(sys.argv) > 1:
        return measure(sys.argv[1])
    import postgres  # noqa: PLC0415

    if postgres.programs() is None:
        print("PostgreSQL is not installed; skipped.")
        return 0
    with postgres.cluster(is_durable=True) as url:
        command = [sys.executable, str(Path(__file__)), url]
        return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
