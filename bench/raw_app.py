"""The yardstick: an ASGI application that returns fixed bytes and does nothing else."""

import json
import os
from base64 import b64decode
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

_PAGES = {
    path: (
        {
            "type": "http.response.start",
            "status": 200,
            "headers": [(name.encode(), value.encode()) for name, value in page["headers"]],
        },
        {"type": "http.response.body", "body": b64decode(page["body"])},
    )
    for path, page in json.loads(Path(os.environ["RAW_PAGES"]).read_text()).items()
}


async def application(
    scope: dict[str, Any],
    receive: Callable[[], Awaitable[Any]],
    send: Callable[[Any], Awaitable[None]],
) -> None:
    """Answer with the bytes recorded for the path."""
    if scope["type"] == "lifespan":
        while (await receive())["type"] != "lifespan.shutdown":
            await send({"type": "lifespan.startup.complete"})
        await send({"type": "lifespan.shutdown.complete"})
        return
    start, body = _PAGES[scope["path"]]
    await send(start)
    await send(body)
