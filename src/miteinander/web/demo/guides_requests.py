"""A month of requests for guides: waiting, asked, agreed, reported, and some nobody could take."""

from datetime import date, datetime, time, timedelta

from miteinander.cooperation.guides.enums import (
    AssignmentKind,
    AssignmentResult,
    AssignmentStatus,
    AssignmentTopic,
    GuideTask,
    RequesterKind,
)
from miteinander.cooperation.guides.models import Assignment, GuideRequest, Hours
from miteinander.cooperation.guides.models.sealed import Contacts
from miteinander.cooperation.guides.queries.suggestions import able_guides
from miteinander.cooperation.guides.services import asking, assignments, hours, requests
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
RESULTS = (AssignmentResult.DONE, AssignmentResult.STARTED, AssignmentResult.REFERRED)
LANGUAGES = ("uk", "ar", "fa", "tr", "ti", "so", "kmr")
DAYS_BACK = 30
ASKED_DAYS, WAITING_DAYS = 2, 5
TAKES_PLACE_AFTER = timedelta(days=9)


def ask_for_guides(district: District, today: date) -> None:
    """Ask every day of a month: the older ones took place, the last ones wait."""
    places = [person.municipality_id for person in district.people[-20:]]
    for number, back in enumerate(range(DAYS_BACK, 0, -1)):
        day, place = today - timedelta(days=back), places[number % len(places)]
        assert place is not None  # noqa: S101 (everybody lives somewhere)
        with clock.held_at(dates.wall_time(day, time(9, 30))):
            row = requests.ask_for_guide(
                actor=DEMO, wish=_wish(number, place, day), contacts=_contacts(number),
                language="de",
            )  # fmt: skip
        if back <= ASKED_DAYS:
            _find_guide(row, number, clock.now(), is_asked=True)
        elif back > WAITING_DAYS:
            _find_guide(row, number, dates.wall_time(day, time(11)), is_asked=False)


def _find_guide(row: GuideRequest, number: int, at: datetime, *, is_asked: bool) -> None:
    """Ask the best guide; every fifth says no first. Where nobody can, note why."""
    with clock.held_at(at):
        able = able_guides(actor=DEMO, request=row, now=at)
        if able.missing:
            requests.end_request(actor=DEMO, request_id=row.pk, reason=able.missing)
            return
        ask = asking.ask_guide(actor=DEMO, request_id=row.pk, guide_id=able.guides[0].pk)
    if is_asked:
        return
    with clock.held_at(at + timedelta(hours=3)):
        if number % 5 == 1 and len(able.guides) > 1:
            asking.answer_ask(actor=DEMO, ask_id=ask.pk, is_yes=False)
            ask = asking.ask_guide(actor=DEMO, request_id=row.pk, guide_id=able.guides[1].pk)
        free = None if row.starts_at else at + TAKES_PLACE_AFTER
        asking.answer_ask(actor=DEMO, ask_id=ask.pk, is_yes=True, starts_at=free)
    assignment = row.assignments.get()
    if assignment.ends_at < clock.now():
        _report(assignment, number)


def _report(assignment: Assignment, number: int) -> None:
    """Report in the evening; every sixth time nobody came. Older hours are confirmed."""
    report = assignments.Report(status=AssignmentStatus.NO_SHOW)
    if number % 6 != 4:  # noqa: PLR2004
        report = assignments.Report(
            status=AssignmentStatus.HAPPENED, minutes=45 + 15 * (number % 4),
            kilometres=3 * (number % 5), result=RESULTS[number % len(RESULTS)],
            has_follow_up=number % 3 == 0,
        )  # fmt: skip
    with clock.held_at(assignment.ends_at + timedelta(hours=2)):
        assignments.report(actor=DEMO, assignment_id=assignment.pk, report=report)
        noted = Hours.objects.filter(assignment=assignment).first()
        if noted and number % 3:
            hours.confirm_hours(actor=DEMO, hours_id=noted.pk)


def _wish(number: int, place: int, day: date) -> requests.Wish:
    requester, kind, topic, _name = WHO[number % len(WHO)]
    is_flexible = number % 4 == 3  # noqa: PLR2004
    starts_at = dates.wall_time(day + timedelta(days=10), time(9 + number % 3 * 5))
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
