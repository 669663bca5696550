"""Twenty guides of the network: what they speak and where, papers, one pause, one who left."""

from datetime import date, time, timedelta
from itertools import cycle, islice

from miteinander.community.people.models import Person
from miteinander.community.people.services import Contact
from miteinander.cooperation.guides.enums import (
    AssignmentTopic,
    InterestStatus,
    LeaveReason,
    MeetingWay,
)
from miteinander.cooperation.guides.models import Guide
from miteinander.cooperation.guides.services import interests, network
from miteinander.encounters.activities.services import dates
from miteinander.foundation.core import clock, timetable
from miteinander.web.demo.district import DEMO, District

NUMBER = 20
WITHOUT_PAPERS = 6  # one in so many has not shown any yet
SPEAKS = (
    (("uk", "native"), ("ru", "c1"), ("de", "b1")),
    (("ar", "native"), ("de", "b2")),
    (("de", "native"), ("en", "b2")),
    (("fa", "native"), ("de", "b1")),
    (("tr", "native"), ("de", "c1")),
    (("ti", "native"), ("en", "b1"), ("de", "a2")),
    (("kmr", "native"), ("ar", "b2"), ("de", "b1")),
)
EVENINGS = timetable.bits((day, 2) for day in range(5))
MORNINGS = timetable.bits((day, 0) for day in (0, 2, 4))
TIMES = (0, EVENINGS | MORNINGS, 0, MORNINGS, 0)
TOPICS = tuple(AssignmentTopic.values)


def fill_network(district: District, today: date) -> list[Guide]:
    """Take twenty people in, months ago; the last is on a pause, the one before has left."""
    long_ago = today - timedelta(days=200)
    people = district.people[-NUMBER:]
    with clock.held_at(dates.wall_time(long_ago, time(10))):
        places = sorted(place.pk for place in district.places.values() if place.parent_id)
        guides = [_guide(number, person, places) for number, person in enumerate(people)]
    for number, guide in enumerate(guides):
        if number % WITHOUT_PAPERS:
            seen = long_ago if number % 3 else today - timedelta(days=5 * 365 - 30)
            papers = network.Documents(
                certificate_seen_on=long_ago, confidentiality_on=long_ago,
                duties_told_on=long_ago, police_inspected_on=seen, is_lead=number == 1,
            )  # fmt: skip
            network.note_documents(actor=DEMO, guide_id=guide.pk, documents=papers)
    network.pause_guide(
        actor=DEMO, guide_id=guides[-1].pk, begins=today, ends=today + timedelta(days=30)
    )
    network.leave_network(actor=DEMO, guide_id=guides[-2].pk, reason=LeaveReason.WORK)
    return guides


def _guide(number: int, person: Person, places: list[int]) -> Guide:
    assert person.municipality_id is not None  # noqa: S101 (everybody lives somewhere)
    contact = Contact(name=person.name, email=person.email or "", language=person.language)
    noted = interests.express_interest(
        actor=DEMO, contact=contact, municipality_id=person.municipality_id
    )
    interests.decide_interest(
        actor=DEMO, interest_id=noted.interest.pk, status=InterestStatus.SUITABLE
    )
    guide = network.add_guide(actor=DEMO, person_id=person.pk)
    profile = network.Profile(
        languages=SPEAKS[number % len(SPEAKS)],
        municipality_id=person.municipality_id,
        areas=(*places[number % 2 :: 2], person.municipality_id),
        topics=tuple(islice(cycle(TOPICS), number, number + 3)),
        unwanted=tuple(islice(cycle(TOPICS), number + 5, number + 6)),
        ways=(MeetingWay.IN_PERSON, MeetingWay.PHONE),
        times=TIMES[number % len(TIMES)],
    )
    return network.change_guide(actor=DEMO, guide_id=guide.pk, profile=profile)
