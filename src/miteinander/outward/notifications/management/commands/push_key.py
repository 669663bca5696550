"""``miteinander push_key``: makes a key of one's own for notes on devices."""

from typing import Any

from django.core.management.base import BaseCommand

from miteinander.outward.notifications.push.keys import new_private_key


class Command(BaseCommand):
    """Print a new key; nothing is stored."""

    help = "Print a new value for VAPID_PRIVATE_KEY. Keep it: with another one all devices end."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(new_private_key())
