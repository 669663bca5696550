"""``miteinander worker``: the job worker alone."""

from django.core.management.base import BaseCommand

from miteinander.foundation.core.workers import JobWorker


class Command(BaseCommand):
    """Run background jobs until told to stop."""

    help = "Run background jobs: letters, reminders, deletions. One or several per instance."

    def handle(self, *args: object, **options: object) -> None:
        JobWorker().run()
