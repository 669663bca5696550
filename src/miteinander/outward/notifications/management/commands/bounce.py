"""``miteinander bounce < MAIL``: takes a report about a mail that did not arrive."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from miteinander.foundation.core.permissions import SystemActor
from miteinander.outward.notifications.services import LARGEST_REPORT, take_bounce

TRY_AGAIN = 75  # what mail servers understand as "later" (EX_TEMPFAIL)


class Command(BaseCommand):
    """Read one mail from standard input, as the alias of a mail server hands it over."""

    help = "Read a report of a mail server from standard input and note who cannot be reached."

    def handle(self, *_args: Any, **_options: Any) -> None:
        content = sys.stdin.buffer.read(LARGEST_REPORT + 1)
        try:
            is_news = take_bounce(actor=SystemActor("bounce"), content=content)
        except DatabaseError:
            self.stderr.write("The database is not there. Please try again later.")
            sys.exit(TRY_AGAIN)
        self.stdout.write("Noted." if is_news else "Nothing to note.")
