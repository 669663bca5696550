"""Tandems: forty people who wait, six pairs in different states, and a matching to look at."""

from datetime import date, time, timedelta
from typing import Any

from miteinander.community.people import services as people
from miteinander.community.people.enums import Background
from miteinander.community.people.models import Person
from miteinander.community.regions.models import Region
from miteinander.cooperation.tandems.enums import Doing
from miteinander.cooperation.tandems.models import CheckIn, Seeker, Tandem, TandemMember
from miteinander.cooperation.tandems.services import (
    answering,
    ending,
    first_date,
    life,
    matching,
    questionnaire,
    relay,
    seekers,
)
from miteinander.encounters.activities.services.dates import wall_time
from miteinander.foundation.core import clock, timetable
from miteinander.web.demo import demo_person
from miteinander.web.demo.district import DEMO, District

BEGUN = timedelta(weeks=7)
EARLY = 10  # of those below: they and the two of the demo make six pairs
DOINGS = tuple(Doing.values)
MORE = (
    ("Almut Ersatz", "de"), ("Yusuf Platzhalter", "ar"), ("Heinz Attrappe", "de"),
    ("Oksana Probe", "uk"), ("Gerda Schablone", "de"), ("Farid Modell", "fa"),
    ("Wilfried Entwurf", "de"), ("Zeynep Skizze", "tr"), ("Irmgard Vorbild", "de"),
    ("Bohdan Test", "uk"), ("Waltraud Beleg", "de"), ("Sami Faksimile", "ar"),
    ("Hanna Konzept", "de"), ("Nadja Vorlauf", "ru"), ("Otto Schema", "de"),
    ("Kenan Umriss", "tr"), ("Edith Kopie", "de"),
)  # fmt: skip


def match_tandems(district: District, today: date) -> None:
    """Let some meet since weeks, and the others wait; the last matching lies on the desk."""
    coordinator = demo_person("coordinator")
    participant, member = demo_person("participant"), demo_person("member")
    assert coordinator is not None  # noqa: S101 (the demo has one)
    first = [person for person in (participant, member) if person is not None]
    with clock.held_at(wall_time(today - BEGUN, time(10))):
        more = [_person(district, number) for number in range(len(MORE))]
        first += more[:EARLY]
        for number, person in enumerate(first):
            _ask(person, number)
        _match(coordinator)
        others = list(Tandem.objects.exclude(members__seeker__person=participant).order_by("pk"))
        for tandem in others:
            answering.propose(actor=coordinator, tandem_id=tandem.pk)
    _live(others, today)
    with clock.held_at(wall_time(today - timedelta(days=1), time(10))):
        for tandem in Tandem.objects.filter(members__seeker__person=participant):
            answering.propose(actor=coordinator, tandem_id=tandem.pk)
    for number, person in enumerate([*district.people, *more[EARLY:]], start=3):
        if person not in first and person != coordinator:
            with clock.held_at(wall_time(today - timedelta(days=2 + number * 2), time(9))):
                _ask(person, number, has_talked=number % 11 != 0)
    _match(coordinator)


def _person(district: District, number: int) -> Person:
    name, language = MORE[number]
    address = name.lower().replace(" ", ".")
    background = Background.LOCAL if language == "de" else Background.NEWCOMER
    contact = people.Contact(
        name=name, email=f"{address}@demo.example", language=language, background=background
    )
    person = people.find_or_add_guest(actor=DEMO, contact=contact)
    person.municipality = _places(district)[number % 7]
    person.save(update_fields=["municipality"])
    people.prove_address(actor=DEMO, person_id=person.pk)
    person.refresh_from_db()
    return person


def _places(district: District) -> list[Region]:
    places = [place for place in district.places.values() if place.parent_id]
    return sorted(places, key=lambda place: place.name)


def _ask(person: Person, number: int, *, has_talked: bool = True) -> Seeker:
    """Answer every question for somebody, and note the talk."""
    seeker = questionnaire.begin(actor=person)
    for key, answers in _answers(person, number).items():
        questionnaire.answer_question(
            actor=person, seeker_id=seeker.pk, key=key, answers=answers, side=person.background
        )
    if has_talked:
        talk = seekers.Talk()
        seekers.note_talk(actor=DEMO, seeker_id=seeker.pk, talk=talk)
    return seeker


def _answers(person: Person, number: int) -> dict[str, dict[str, Any]]:
    """Make up answers; the same number gives the same ones."""
    own = person.language if person.language in {"ar", "fa", "uk", "ru", "tr", "en"} else "de"
    wants = [DOINGS[(number * 5 + step) % len(DOINGS)] for step in (0, 3, 7)]
    gives = [DOINGS[(number * 7 + step) % len(DOINGS)] for step in (1, 4, 9)]
    days = [(number + step) % timetable.DAYS for step in (0, 2, 3, 5)]
    ways = ["person", "phone"] if number % 3 else ["person"]
    return {
        "wants": {"wants": sorted({*wants, "talk", "language"})},
        "gives": {"gives": sorted({*gives, "talk"})},
        "speaks": {"speaks": sorted({own, "de"})},
        "practises": {"practises": ["ar" if number % 2 else "uk"] if own == "de" else ["de"]},
        "times": {"times": timetable.bits((day, part) for day in days for part in (1, 2))},
        "ways": {"ways": ways},
        "place": {"municipality": person.municipality, "reach_km": 40 if number % 4 else 20},
        "you": {
            "birth_year": 1950 + number * 13 % 55, "gender": ("woman", "man")[number % 2],
            "is_family": not (number + 5) % 9,
        },
        "whom": {
            "gender_wish": "" if (number + 4) % 12 else "women", "age_from": None, "age_to": None,
        },
        "kinds": {
            "families_are_fine": True, "wants_bridge": number % 3 == 0,
            "wants_group": number % 8 in {5, 6},
        },
        "side": {"same_side_is_fine": number % 10 == 0},
        "rules": {"hides_address": number % 4 != 1},
    }  # fmt: skip


def _match(coordinator: Person) -> None:
    run = matching.start_matching(actor=coordinator)
    matching.calculate(run.pk)


def _live(others: list[Tandem], today: date) -> None:
    """Let the pairs go different ways: the first gets no answer."""
    with clock.held_at(wall_time(today - BEGUN + timedelta(days=2), time(18))):
        for tandem in others[1:]:
            _say_yes(tandem)
        for tandem in others[2:]:
            _talk(tandem)
    with clock.held_at(wall_time(today - timedelta(days=3), time(10))):
        life.ask_how_it_goes(actor=DEMO, now=clock.now())
        ending.lapse(actor=DEMO, now=clock.now())
        _go_ways(others[1:])


def _say_yes(tandem: Tandem) -> None:
    for member in tandem.members.order_by("pk"):
        answering.answer(actor=DEMO, member_id=member.pk, is_yes=True)


def _talk(tandem: Tandem) -> None:
    first, *others = _members(tandem)
    words = "Guten Tag! Ich freue mich auf unser erstes Treffen."
    relay.pass_on(actor=first.seeker.person, member_id=first.pk, words=words, entry="demo")
    for member in (first, *others):
        first_date.accept_first_date(actor=member.seeker.person, member_id=member.pk, turn=1)


def _members(tandem: Tandem) -> list[TandemMember]:
    return list(tandem.members.select_related("seeker__person").order_by("pk"))


def _go_ways(tandems: list[Tandem]) -> None:
    """One stays as it is, one is stuck, one rests, one has ended with thanks."""
    steps = (None, _get_stuck, _rest, _end)
    for tandem, step in zip(tandems, steps, strict=False):
        if step is not None:
            step(_members(tandem)[0])


def _get_stuck(member: TandemMember) -> None:
    check = CheckIn.objects.filter(member=member).first()
    if check is not None:
        life.answer_check(actor=DEMO, check_id=check.pk, answer="stuck")


def _rest(member: TandemMember) -> None:
    life.pause_tandem(actor=member.seeker.person, member_id=member.pk, is_paused=True)


def _end(member: TandemMember) -> None:
    person = member.seeker.person
    ending.end_tandem(actor=person, member_id=member.pk, reason="goal", wants_new=True)
    ending.thank(actor=person, member_id=member.pk)
