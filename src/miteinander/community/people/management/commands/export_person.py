"""Everything known of one person, for somebody who asked by letter or telephone."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from miteinander.community.people.models import Person
from miteinander.community.people.services import export_person
from miteinander.foundation.core.permissions import SystemActor


class Command(BaseCommand):
    """Print what the platform knows of a person as JSON."""

    help = "Print everything known of the person with this e-mail address as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--output", type=Path, help="write to this file instead of the screen")

    def handle(self, *_args: object, **options: Any) -> None:
        person = Person.objects.filter(email=options["email"].strip().lower()).first()
        if person is None:
            raise CommandError("Nobody has this e-mail address.")
        text = export_person(actor=SystemActor(name="console"), person_id=person.pk)
        if options["output"]:
            options["output"].write_text(text, encoding="utf-8")
        else:
            self.stdout.write(text)
