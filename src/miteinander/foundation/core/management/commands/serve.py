"""``miteinander serve``: web server and job worker in one process group."""

import os
import sys
from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Check the configuration, then become the small supervisor that starts the rest."""

    help = "Run the web server and the job worker together. Ctrl-C ends both."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=settings.HOST, help="address to listen on (HOST)")
        parser.add_argument("--port", type=int, default=settings.PORT, help="port (PORT)")
        parser.add_argument(
            "--web-workers", type=int, default=settings.WEB_WORKERS, help="processes (WEB_WORKERS)"
        )
        parser.add_argument(
            "--no-worker", action="store_true", help="leave the jobs to 'miteinander worker'"
        )

    def handle(self, *args: object, **options: object) -> None:
        command = [
            sys.executable, "-m", "miteinander.config.supervisor",
            "--host", str(options["host"]), "--port", str(options["port"]),
            "--web-workers", str(options["web_workers"]),
            *(["--no-worker"] if options["no_worker"] else []),
        ]  # fmt: skip
        sys.stdout.flush()
        # Replaced, not kept: the supervisor needs a tenth of the memory Django takes.
        os.execv(sys.executable, command)  # noqa: S606
