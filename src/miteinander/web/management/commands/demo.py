"""``miteinander demo``: fill an empty database with the demo district."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from miteinander.community.people.models import Person
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor
from miteinander.outward.notifications.services import drop_waiting_letters
from miteinander.web.demo.build import build_demo


class Command(BaseCommand):
    """Load the demo district."""

    help = "Fill an empty database with the demo district (needs DEMO=1)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo district is loaded in demo mode only: set DEMO=1.")
        if Person.objects.exists():
            self.stdout.write("There is data already; nothing was loaded.")
            return
        with transaction.atomic():
            build_demo(today=clock.today())
            # Invented people get no mail about seats they took while the district was built.
            drop_waiting_letters(actor=SystemActor("demo"))
        self.stdout.write("The demo district is loaded.")
