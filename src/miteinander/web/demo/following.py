"""What people of the demo follow: Samira hears once a week, two others once a day and at once."""

from miteinander.community.people.models import Person
from miteinander.outward.notifications import services
from miteinander.outward.notifications.enums import Frequency
from miteinander.outward.notifications.interests import Wanted
from miteinander.web.demo.district import DEMO, District
from miteinander.web.demo.scenes import SAMIRA

DAILY, AT_ONCE = 22, 3


def follow_things(district: District) -> None:
    """Let people follow something, last of all: what was there before is no news to them."""
    samira = district.people[SAMIRA]
    _follow(samira, Wanted(municipality=samira.municipality, km=10))
    _follow(samira, Wanted(language="ar"))
    for index, topic, frequency in (
        (DAILY, "food", Frequency.DAILY),
        (AT_ONCE, "music", Frequency.AT_ONCE),
    ):
        person = district.people[index]
        _follow(person, Wanted(topic=topic))
        services.set_frequency(actor=DEMO, person_id=person.pk, frequency=frequency)


def _follow(person: Person, wanted: Wanted) -> None:
    services.follow(actor=DEMO, person_id=person.pk, wanted=wanted)
