"""One web process: uvicorn on the socket that the supervisor opened."""

import os
import signal
import socket
import sys

import uvicorn

from miteinander.config.supervisor import end_with_supervisor

GRACE_SECONDS = 3


class Server(uvicorn.Server):
    """Uvicorn that tells the supervisor when it answers."""

    def __init__(self, config: uvicorn.Config, ready: int) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then write one byte to the supervisor's pipe."""
        await super().startup(sockets)
        os.write(self._ready, b".")


def config_for(application: str) -> uvicorn.Config:
    """The server settings, the same for the benchmark's raw application."""
    return uvicorn.Config(
        application,
        loop="uvloop",
        http="httptools",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=20,
        timeout_graceful_shutdown=GRACE_SECONDS,
        h11_max_incomplete_event_size=65536,
    )


def main(arguments: list[str]) -> None:
    """Serve on the given file descriptor until told to stop."""
    end_with_supervisor()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "miteinander.config.settings")
    listener = socket.socket(fileno=int(arguments[0]))
    application = arguments[2] if len(arguments) > 2 else "miteinander.config.asgi:application"  # noqa: PLR2004
    # Uvicorn sends itself the signal again once it is done; by then there is nothing to say.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit(0))
    Server(config_for(application), int(arguments[1])).run(sockets=[listener])


if __name__ == "__main__":
    main(sys.argv[1:])
