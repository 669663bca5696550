"""A month of requests for guides: open ones, ones that are over, and one nobody could take."""

from datetime import date, time, timedelta

from miteinander.cooperation.guides.enums import (
    AssignmentKind,
    AssignmentTopic,
    GuideTask,
    RequesterKind,
    UnfilledReason,
)
from miteinander.cooperation.guides.models.sealed import Contacts
from miteinander.cooperation.guides.services import requests
from miteinander.encounters.activities.services import dates
from miteinander.foundation.core import clock
from miteinander.web.demo.district import DEMO, District

WHO = (
    (RequesterKind.SCHOOL, AssignmentKind.PARENTS, AssignmentTopic.SCHOOL, "Waldschule"),
    (RequesterKind.OFFICE, AssignmentKind.ACCOMPANY, AssignmentTopic.OFFICE, "Bürgerbüro"),
    (RequesterKind.DAY_CARE, AssignmentKind.PARENTS, AssignmentTopic.SCHOOL, "Kita Regenbogen"),
    (RequesterKind.MEDICAL, AssignmentKind.ACCOMPANY, AssignmentTopic.MEDICAL, "Praxis am Markt"),
    (RequesterKind.ASSOCIATION, AssignmentKind.SHOW, AssignmentTopic.LEISURE, "Turnverein"),
    (RequesterKind.SELF, AssignmentKind.ARRIVE, AssignmentTopic.EVERYDAY, "Amal Beispiel"),
)
LANGUAGES = ("uk", "ar", "fa", "tr", "ti", "uk", "kmr")
DAYS_BACK, EVERY = 30, 2
OPEN_DAYS = 8


def ask_for_guides(district: District, today: date) -> None:
    """Ask every second day of a month; the older ones are over, one in five found nobody."""
    places = [person.municipality_id for person in district.people[-20:]]
    for number, back in enumerate(range(DAYS_BACK, 0, -EVERY)):
        day, place = today - timedelta(days=back), places[number % len(places)]
        assert place is not None  # noqa: S101 (everybody lives somewhere)
        with clock.held_at(dates.wall_time(day, time(9, 30))):
            row = requests.ask_for_guide(
                actor=DEMO, wish=_wish(number, place, day), contacts=_contacts(number),
                language="de",
            )  # fmt: skip
        if back > OPEN_DAYS:
            with clock.held_at(dates.wall_time(day + timedelta(days=7), time(16))):
                reason = UnfilledReason.LANGUAGE if number % 5 == 4 else ""  # noqa: PLR2004
                requests.end_request(actor=DEMO, request_id=row.pk, reason=reason)


def _wish(number: int, place: int, day: date) -> requests.Wish:
    requester, kind, topic, _name = WHO[number % len(WHO)]
    is_flexible = number % 4 == 3  # noqa: PLR2004
    starts_at = dates.wall_time(day + timedelta(days=10), time(10 + number % 7))
    return requests.Wish(
        municipality_id=place, requester=requester, kind=kind, topic=topic,
        tasks=(GuideTask.COME, GuideTask.EXPLAIN), language=LANGUAGES[number % len(LANGUAGES)],
        has_minors=topic == AssignmentTopic.SCHOOL,
        starts_at=None if is_flexible else starts_at,
    )  # fmt: skip


def _contacts(number: int) -> Contacts:
    return Contacts(
        name=WHO[number % len(WHO)][3], email=f"anfrage{number}@demo.example",
        phone=f"+4956190{number:04}", place="Schulstraße 1",
    )  # fmt: skip
