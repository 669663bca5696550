"""What the demo district holds while it is built."""

from dataclasses import dataclass, field

from miteinander.community.organisations.models import Organisation
from miteinander.community.people.models import Person
from miteinander.community.regions.models import Region
from miteinander.foundation.core.permissions import SystemActor

DEMO = SystemActor("demo")


@dataclass
class District:
    """What was built so far, by the names the files use."""

    places: dict[str, Region] = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    venues: dict[str, int] = field(default_factory=dict)
    turn: int = 0

    def next_people(self, count: int) -> list[Person]:
        """Take the next ``count`` people in turn, both sides mixed."""
        size = len(self.people)
        chosen = [self.people[(self.turn + 20 * (n % 2) + n // 2) % size] for n in range(count)]
        self.turn += count
        return list({person.pk: person for person in chosen}.values())
