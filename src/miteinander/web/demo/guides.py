"""Guides: people who want to become one, and a course of eight evenings after its third."""

from datetime import date, time, timedelta

from miteinander.community.people.models import Person
from miteinander.community.people.services import Contact
from miteinander.cooperation.guides.enums import InterestStatus, TalkWay
from miteinander.cooperation.guides.models import Course, Interest
from miteinander.cooperation.guides.services import courses, curricula, interests, trainees
from miteinander.encounters.activities.enums import Presence
from miteinander.encounters.activities.models import Participation
from miteinander.encounters.activities.services import dates, presence
from miteinander.foundation.content import services as content
from miteinander.foundation.content.enums import VersionState
from miteinander.foundation.core import clock
from miteinander.web.demo.district import DEMO, District
from miteinander.web.demo.scenes import SAMIRA

HOUSE = "bruecke-der-sprachen"
TRAINEES = (SAMIRA, 2, 22, 4, 24, 6, 26, 8, 28, 10, 30, 12)
WAITING = ((34, ""), (14, ""), (36, "invited"), (16, "invited"), (38, "suitable"), (18, "later"))
MISSED = {(0, 1), (3, 0), (3, 2), (7, 2)}  # which trainee missed which evening
EVENINGS_OVER = 3
WORDS = {
    "de": (
        "Grundkurs für Integrationslotsen",
        "Acht Abende für alle, die anderen hier den Weg zeigen. Vorher sprechen wir mit Ihnen.",
    ),
    "en": (
        "Basic course for integration guides",
        "Eight evenings for people who want to show others the way here. We talk with you first.",
    ),
    "ar": (
        "دورة أساسية لمرشدي الاندماج",
        "ثماني أمسيات لمن يريد أن يدلّ الآخرين على الطريق هنا. نتحدث معكم أولاً.",
    ),
    "uk": (
        "Базовий курс для провідників з інтеграції",
        "Вісім вечорів для тих, хто хоче показувати іншим шлях. Спочатку ми поговоримо з вами.",
    ),
}


def train_guides(district: District, today: date) -> Course:
    """Let people be interested, plan a course that has begun, and mark who came so far."""
    first = today - timedelta(days=7 * EVENINGS_OVER - 2)
    with clock.held_at(dates.wall_time(first - timedelta(days=20), time(10))):
        known = [_suitable(district.people[number]) for number in TRAINEES]
        course = _plan(district, first)
        for interest in known:
            trainees.enrol_trainee(actor=DEMO, course_id=course.pk, interest_id=interest.pk)
    _mark(course)
    for number, state in WAITING:
        _interested(district.people[number], state)
    return course


def _interest(person: Person) -> Interest:
    contact = Contact(name=person.name, email=person.email or "", language=person.language)
    assert person.municipality_id is not None  # noqa: S101 (everybody lives somewhere)
    noted = interests.express_interest(
        actor=DEMO, contact=contact, municipality_id=person.municipality_id
    )
    return noted.interest


def _suitable(person: Person) -> Interest:
    interest = _interest(person)
    return interests.decide_interest(
        actor=DEMO, interest_id=interest.pk, status=InterestStatus.SUITABLE
    )


def _interested(person: Person, state: str) -> None:
    interest = _interest(person)
    if state == InterestStatus.INVITED:
        talk = interests.Talk(
            starts_at=dates.wall_time(clock.today() + timedelta(days=4), time(16, 30)),
            way=TalkWay.IN_PERSON,
            place="Vereinsraum Brücke der Sprachen, Brückenstraße 14",
        )
        interests.invite_to_talk(actor=DEMO, interest_id=interest.pk, talk=talk)
    elif state:
        interests.decide_interest(actor=DEMO, interest_id=interest.pk, status=state)


def _plan(district: District, first: date) -> Course:
    organisation = district.organisations[HOUSE]
    curriculum = curricula.create_curriculum(actor=DEMO, organisation_id=organisation.pk)
    title, summary = WORDS["de"]
    plan = courses.CoursePlan(
        title=title, summary=summary, language="de",
        when=courses.When(first, time(18), time(20, 30)),
        place=dates.Place(venue_id=district.venues[HOUSE]), seats=16, share=80,
        contact_name="Petra Vorlage", contact_phone="+49561123456",
    )  # fmt: skip
    course = courses.open_course(actor=DEMO, curriculum_id=curriculum.pk, plan=plan)
    for language in ("en", "ar", "uk"):
        title, summary = WORDS[language]
        content.write_version(
            actor=DEMO, item=course.activity, language=language, state=VersionState.HUMAN,
            parts={"title": title, "summary": summary}, differences_confirmed=True,
        )  # fmt: skip
    return course


def _mark(course: Course) -> None:
    """Mark on each evening that is over who came."""
    people = list(course.trainees.order_by("pk").values_list("person_id", flat=True))
    over = course.sessions.filter(date__ends_at__lt=clock.now()).order_by("date__starts_at")
    for evening, session in enumerate(over.select_related("date")):
        seats = Participation.objects.filter(date=session.date)
        with clock.held_at(session.date.ends_at):
            for seat in seats.order_by("pk"):
                missed = (people.index(seat.person_id), evening) in MISSED
                presence.mark_presence(
                    actor=DEMO, participation_id=seat.pk,
                    presence=Presence.ABSENT if missed else Presence.PRESENT,
                )  # fmt: skip
