"""``miteinander setup``: print the one-time code that opens the setup in the browser."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from miteinander.foundation.core.permissions import SystemActor
from miteinander.web import services


class Command(BaseCommand):
    """Begin the setup of a new instance."""

    help = "Print a one-time code for the setup of a new instance."

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            code = services.begin_setup(actor=SystemActor("setup"))
        except ValidationError as error:
            raise CommandError(error.messages[0]) from error
        self.stdout.write(
            f"Open {settings.SITE_URL}/de/setup/ and enter this code:\n\n    {code}\n"
        )
