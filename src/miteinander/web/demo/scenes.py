"""Dates on which something is to be seen: a mix, a waiting list, a draw, requests, company.

Each scene gets the district and a date and lets people ask for seats in a fixed order. Samira,
as whom visitors try the demo, has an offer to answer, a draw to wait for and one that is over.
"""

from collections.abc import Callable, Iterable

from miteinander.community.people.enums import Background
from miteinander.community.people.models import Person
from miteinander.community.people.services import Contact
from miteinander.encounters.activities.enums import SignUpWay
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.services import seats
from miteinander.encounters.activities.services.seats.behalf import sign_up_behalf
from miteinander.encounters.activities.services.seats.draw import draw_seats
from miteinander.web.demo.district import DEMO, District

SAMIRA = 20
PLAYED = {0, 1, SAMIRA}  # as whom the demo is tried; they ask for seats only where it is told
WOMEN = (3, 5, 7, 9, 11, 15, 17, 19, SAMIRA, 22, 24, 26, 27, 30, 32, 35, 36)
ANSWERS = (
    "Ich bringe Linsensuppe für zehn Leute.",
    "سأحضر الحمص والخبز.",
    "Принесу вареники.",
    "Einen Kuchen, und ich kann Gitarre spielen.",
    "Börek, wie meine Mutter ihn macht.",
)


def ask(
    date: ActivityDate, person: Person, *, adults: int = 0, children: int = 0, answer: str = ""
) -> Participation:
    """Let one person ask for a seat, as they would on the page; without one they wait."""
    wish = seats.Wish(
        companions=adults, children=children, side=person.background, answer=answer,
        is_stated=True, may_wait=True,
    )  # fmt: skip
    asked = seats.sign_up(
        actor=DEMO, date_id=date.pk, person_id=person.pk, language=person.language,
        way=SignUpWay.ACCOUNT, wish=wish,
    )  # fmt: skip
    return asked.participation


def _others(district: District, side: str = "") -> list[Person]:
    """List people nobody plays, of one side or of both in turn."""
    half = len(district.people) // 2
    mixed = [
        index for pair in zip(range(half), range(half, 2 * half), strict=True) for index in pair
    ]
    chosen = [district.people[index] for index in mixed if index not in PLAYED]
    return [person for person in chosen if not side or person.background == side]


def _ask_all(date: ActivityDate, people: Iterable[Person]) -> list[Participation]:
    return [ask(date, person) for person in people]


def one_side_full(district: District, date: ActivityDate) -> None:
    """The seats kept for newcomers are taken; for neighbours some are left."""
    _ask_all(date, _others(district, Background.NEWCOMER)[: date.kept_newcomer])
    _ask_all(date, _others(district, Background.LOCAL)[:2])


def open_offer(district: District, date: ActivityDate) -> None:
    """Everything is taken and people wait; one seat just came free and is offered to Samira."""
    people = _others(district)
    seated = _ask_all(date, people[: date.capacity])
    ask(date, district.people[SAMIRA])
    _ask_all(date, people[date.capacity : date.capacity + 4])
    seats.give_back(actor=DEMO, participation_id=seated[0].pk)


def offers_by_hand(district: District, date: ActivityDate) -> None:
    """People wait, a seat is free, and the organisers choose whom they offer it to."""
    people = _others(district)
    seated = _ask_all(date, people[: date.capacity])
    for number, person in enumerate(people[date.capacity : date.capacity + 3]):
        ask(date, person, adults=number % 2)
    seats.give_back(actor=DEMO, participation_id=seated[-1].pk)


def requests(district: District, date: ActivityDate) -> None:
    """Some people have a yes already, others wait for it with their answers."""
    people = _others(district)
    for number, person in enumerate(people[:12]):
        asked = ask(
            date, person, adults=number % 2, children=number % 3,
            answer=ANSWERS[number % len(ANSWERS)],
        )  # fmt: skip
        if number < 7:  # noqa: PLR2004 (most have their yes)
            seats.approve_request(actor=DEMO, participation_id=asked.pk)


def draw_to_come(district: District, date: ActivityDate) -> None:
    """More people want to come than there are seats; the draw is still to come."""
    people = _others(district)
    _ask_all(date, [district.people[SAMIRA], *people[: date.capacity + 5]])


def drawn(district: District, date: ActivityDate) -> None:
    """The seats were drawn; those without luck wait in the order of the draw."""
    draw_to_come(district, date)
    draw_seats(actor=DEMO, date_id=date.pk)


def women(district: District, date: ActivityDate) -> None:
    """Only women come, by what they say of themselves."""
    chosen = [index for index in WOMEN if index not in PLAYED]
    _ask_all(date, [district.people[index] for index in chosen[: date.capacity // 2]])


def families(district: District, date: ActivityDate) -> None:
    """People bring others along, and two are signed up by the organisers."""
    member = date.activity.organisation.memberships.select_related("person").earliest("pk")
    company = ((1, 0), (1, 1), (0, 1))
    for person, (adults, children) in zip(_others(district), company, strict=False):
        ask(date, person, adults=adults, children=children)
    for name, phone in (("Erna Ohnenetz", ""), ("Ismail Kurmaca", "+49 561 1234567")):
        sign_up_behalf(
            actor=member.person, date_id=date.pk, has_consent=True,
            contact=Contact(name=name, phone=phone, language="de"),
        )  # fmt: skip


def closed(district: District, date: ActivityDate) -> None:
    """Some seats are free, but the organisers take nobody new; two people wait on."""
    people = _others(district)
    seated = _ask_all(date, people[: date.capacity])
    _ask_all(date, people[date.capacity : date.capacity + 2])
    seats.close_sign_up(actor=DEMO, date_id=date.pk)
    seats.give_back(actor=DEMO, participation_id=seated[0].pk)


SCENES: dict[str, Callable[[District, ActivityDate], None]] = {
    "one side full": one_side_full,
    "open offer": open_offer,
    "offers by hand": offers_by_hand,
    "requests": requests,
    "closed": closed,
    "draw to come": draw_to_come,
    "drawn": drawn,
    "women": women,
    "families": families,
}
