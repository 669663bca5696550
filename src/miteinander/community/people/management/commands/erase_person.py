"""Erasing one person, for somebody who asked by letter or telephone."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from miteinander.community.people.models import Person
from miteinander.community.people.services import erase_person
from miteinander.foundation.core.permissions import SystemActor


class Command(BaseCommand):
    """Erase a person for good."""

    help = "Erase the person with this e-mail address for good; figures counted before stay."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--yes", action="store_true", help="do not ask again")

    def handle(self, *_args: object, **options: Any) -> None:
        person = Person.objects.filter(email=options["email"].strip().lower()).first()
        if person is None:
            raise CommandError("Nobody has this e-mail address.")
        if not options["yes"] and input("Erase this person for good? Type yes: ") != "yes":
            raise CommandError("Nothing was erased.")
        try:
            erase_person(actor=SystemActor(name="console"), person_id=person.pk)
        except ValidationError as error:
            raise CommandError(error.messages[0]) from error
        self.stdout.write("Erased. Copies in backups go when the backups do.")
