"""Memory of the whole process group after 10,000 requests: at most 250 MB.

Supervisor, one web process and the job worker, on SQLite with 2,000 coming dates. Pages are
asked for with differing addresses, so that about 1,500 are made by Django. Printed are the sum of
what each process holds alone and its share of what they hold together (PSS), and the plain sum
(RSS), which counts shared pages several times. The plain sum is judged.
"""

import asyncio
import sys
import time
from pathlib import Path

import stage

AIM_MEGABYTES = 250
REQUESTS = 10_000
CONNECTIONS = 16


def group(leader: int) -> list[int]:
    """Return the processes of a session."""
    members = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == leader:
            members.append(int(entry.name))
    return sorted(members)


def megabytes(pid: int) -> dict[str, float]:
    """Return RSS and PSS of a process."""
    lines = (Path("/proc") / str(pid) / "smaps_rollup").read_text().splitlines()
    wanted = {line.split(":")[0]: int(line.split()[1]) / 1000 for line in lines[1:]}
    return {"rss": wanted["Rss"], "pss": wanted["Pss"]}


async def ask_many(port: int, paths: list[str]) -> int:
    """Ask for ``paths`` over a few connections and return how many answers were no success."""
    waiting, failed = iter(paths), 0

    async def one_connection() -> None:
        nonlocal failed
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for path in waiting:
            head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: br\r\n\r\n"
            writer.write(head.encode())
            answer = (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 30)).lower()
            failed += b"http/1.1 200" not in answer
            length = int(answer.split(b"content-length:")[1].split(b"\r\n")[0])
            await reader.readexactly(length)
        writer.close()

    await asyncio.gather(*(one_connection() for _ in range(CONNECTIONS)))
    return failed


def main() -> int:
    """Ask, then weigh."""
    stage.prepare()
    from seed import public_paths, seed  # noqa: PLC0415

    seed(dates=2000)
    known = list(public_paths().values())
    paths = [f"{known[n % len(known)]}?n={n // 20}" for n in range(REQUESTS)]
    with stage.ours(web_workers=1, with_worker=True) as (port, leader):
        began = time.monotonic()
        failed = asyncio.run(ask_many(port, paths))
        print(f"{REQUESTS} requests in {time.monotonic() - began:.0f} s, {failed} failed")
        weights = {pid: megabytes(pid) for pid in group(leader)}
    for pid, weight in weights.items():
        print(f"  process {pid}: RSS {weight['rss']:.0f} MB, PSS {weight['pss']:.0f} MB")
    rss, pss = (sum(weight[key] for weight in weights.values()) for key in ("rss", "pss"))
    ratio = rss / AIM_MEGABYTES
    print(f"together: RSS {rss:.0f} MB, PSS {pss:.0f} MB, ratio to {AIM_MEGABYTES} MB {ratio:.2f}")
    return int(ratio > 1 or failed > 0)


if __name__ == "__main__":
    sys.exit(main())
