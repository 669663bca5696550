"""``miteinander upgrade``: bring the database to the state this version expects."""

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Apply migrations and make the cache table."""

    help = "Bring the database to the state this version expects. Safe to repeat."

    def handle(self, *args: object, verbosity: int = 1, **options: object) -> None:
        call_command("migrate", interactive=False, verbosity=min(verbosity, 1))
        call_command("createcachetable", verbosity=0)
