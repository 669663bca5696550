"""Requests per second of public pages as a ratio to a raw ASGI application.

2,000 coming dates, two server workers, 16 connections, warm, nobody signed in. The raw
application returns the same bytes with the same headers under the same server settings; both
are measured in turn, three times each. The aim is a ratio of at least 0.5 for each page.
"""

import json
import os
import statistics
import sys
from base64 import b64encode
from pathlib import Path

import stage

AIM = 0.5
ROUNDS = 3
SECONDS = 3.0


def record(port: int, paths: dict[str, str]) -> None:
    """Keep the answers of our server for the raw application to return."""
    from load import one_answer, request_for  # noqa: PLC0415

    pages = {}
    for path in paths.values():
        one_answer(port, request_for(path))
        head, _, body = one_answer(port, request_for(path)).partition(b"\r\n\r\n")
        status, *lines = head.decode("latin1").split("\r\n")
        if not status.startswith("HTTP/1.1 200"):
            raise RuntimeError(f"{path}: {status}")
        headers = [line.split(": ", 1) for line in lines if not line.startswith("date:")]
        pages[path] = {"headers": headers, "body": b64encode(body).decode()}
        print(f"  {path}: {len(body)} bytes as sent")
    file = Path(os.environ["DATA_DIR"]) / "pages.json"
    file.write_text(json.dumps(pages))
    os.environ["RAW_PAGES"] = str(file)


def main() -> int:
    """Measure the three pages and print their ratios."""
    stage.prepare()
    from load import requests_per_second  # noqa: PLC0415 (after the environment is set)
    from seed import public_paths, seed  # noqa: PLC0415

    seed(dates=2000)
    paths, failures = public_paths(), 0
    with stage.ours() as (port, _):
        record(port, paths)
        with stage.raw("raw_app:application") as raw_port:
            for name, path in paths.items():
                rates: dict[int, list[float]] = {port: [], raw_port: []}
                for _ in range(ROUNDS):
                    for which, measured in rates.items():
                        measured.append(requests_per_second(which, path, SECONDS))
                mine, bare = (statistics.median(rates[which]) for which in (port, raw_port))
                ratio = mine / bare
                print(f"{name:8} {mine:8.0f}/s  raw {bare:8.0f}/s  ratio {ratio:.2f} (aim {AIM})")
                failures += ratio < AIM
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
