"""Letters about rides: the contact only after both agreed, and never in what is stored."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail

from miteinander.community.organisations.tests.factories import MembershipFactory
from miteinander.encounters.activities.enums import ContactWay, RideKind
from miteinander.encounters.activities.models import Ride, RideMatch
from miteinander.encounters.activities.services import dates, rides, seats
from miteinander.encounters.activities.tests.factories import RideFactory
from miteinander.foundation.core.permissions import SystemActor
from miteinander.outward.notifications.models import Letter

pytestmark = pytest.mark.django_db
RunJobs = Callable[[], int]
SYSTEM = SystemActor("test")
DRIVER = {"name": "Kanarienvogel Amal", "email": "kanarie@example.org", "phone": "+49561987654"}
RIDER = {"name": "Gast Beispiel", "email": "gast@example.org", "phone": "+49561111222"}


def renamed(ride: Ride, facts: dict[str, str]) -> Ride:
    type(ride.person).objects.filter(pk=ride.person_id).update(**facts)
    ride.refresh_from_db()
    return ride


@pytest.fixture
def two() -> tuple[Ride, Ride]:
    """A driver and somebody who looks for a ride."""
    offer = RideFactory.create(meeting_point="Rathausplatz")
    wanted = RideFactory.create(date=offer.date, kind=RideKind.WANTED, seats=1, language="en")
    return renamed(offer, DRIVER), renamed(wanted, RIDER)


def asked(two: tuple[Ride, Ride]) -> RideMatch:
    offer, wanted = two
    return rides.ask_for_ride(
        actor=SYSTEM, ride_id=wanted.pk, other_id=offer.pk, shares=ContactWay.EMAIL
    )


def agreed(two: tuple[Ride, Ride]) -> RideMatch:
    match = asked(two)
    return rides.agree_ride(actor=SYSTEM, match_id=match.pk, shares=ContactWay.PHONE)


def sent(run_jobs: RunJobs) -> dict[str, str]:
    """Send what waits; return the newest text by address."""
    mail.outbox.clear()
    run_jobs()
    return {letter.to[0]: str(letter.subject) + str(letter.body) for letter in mail.outbox}


def test_the_question_has_no_name_and_a_link_to_answer(
    two: tuple[Ride, Ride], run_jobs: RunJobs
) -> None:
    asked(two)

    letters = sent(run_jobs)

    assert set(letters) == {DRIVER["email"]}
    text = letters[DRIVER["email"]]
    assert "/rides/" in text
    assert not any(value in text for value in RIDER.values())


def test_after_a_yes_each_reads_the_one_contact_the_other_chose(
    two: tuple[Ride, Ride], run_jobs: RunJobs
) -> None:
    asked(two)
    run_jobs()
    match = RideMatch.objects.get()
    rides.agree_ride(actor=SYSTEM, match_id=match.pk, shares=ContactWay.PHONE)
    stored = str(list(Letter.objects.filter(sent_at=None).values_list("context", flat=True)))

    letters = sent(run_jobs)

    to_driver, to_rider = letters[DRIVER["email"]], letters[RIDER["email"]]
    assert RIDER["name"] in to_driver
    assert RIDER["email"] in to_driver
    assert "111222" not in to_driver.replace(" ", "")
    assert DRIVER["name"] in to_rider
    assert "987654" in to_rider.replace(" ", "")
    assert "Rathausplatz" in to_rider
    assert DRIVER["email"] not in to_rider
    assert not any(value in stored for value in (*DRIVER.values(), *RIDER.values()))


def test_an_agreement_undone_before_the_letter_went_tells_no_contact(
    two: tuple[Ride, Ride], run_jobs: RunJobs
) -> None:
    match = agreed(two)
    rides.undo_ride(actor=SYSTEM, ride_id=two[1].pk, match_id=match.pk)

    letters = sent(run_jobs)

    assert set(letters) == {DRIVER["email"]}
    assert not any(value in letters[DRIVER["email"]] for value in RIDER.values())


def test_a_no_is_told_kindly_and_only_to_whoever_asked(
    two: tuple[Ride, Ride], run_jobs: RunJobs
) -> None:
    match = asked(two)
    rides.decline_ride(actor=SYSTEM, match_id=match.pk)

    letters = sent(run_jobs)

    assert set(letters) == {RIDER["email"]}
    assert "nothing to do with you" in letters[RIDER["email"]]


@pytest.mark.parametrize("way", ["seat", "ride"])
def test_who_stays_behind_is_told_that_the_ride_is_off(
    way: str, two: tuple[Ride, Ride], run_jobs: RunJobs
) -> None:
    offer, _wanted = two
    agreed(two)
    run_jobs()
    if way == "seat":
        seat = offer.date.participations.get(person=offer.person)
        seats.give_back(actor=SYSTEM, participation_id=seat.pk)
    else:
        rides.end_ride(actor=SYSTEM, ride_id=offer.pk)

    letters = sent(run_jobs)

    assert "Your ride is off" in letters[RIDER["email"]]
    assert not any(value in letters[RIDER["email"]] for value in DRIVER.values())


def test_a_cancelled_date_tells_both(two: tuple[Ride, Ride], run_jobs: RunJobs) -> None:
    agreed(two)
    run_jobs()
    member = MembershipFactory.create(organisation=two[0].date.activity.organisation).person
    dates.cancel_date(actor=member, date_id=two[0].date_id)

    mail.outbox.clear()
    run_jobs()

    told = [letter.to[0] for letter in mail.outbox]
    assert told.count(DRIVER["email"]) == told.count(RIDER["email"]) == 2


def test_a_moved_date_asks_both_to_agree_anew(two: tuple[Ride, Ride], run_jobs: RunJobs) -> None:
    agreed(two)
    run_jobs()
    rides.loosen_rides(actor=SYSTEM, date_id=two[0].date_id)

    letters = sent(run_jobs)

    assert set(letters) == {DRIVER["email"], RIDER["email"]}
    assert "ask again" in letters[RIDER["email"]]


def test_letters_about_rides_say_each_thing_once(two: tuple[Ride, Ride], run_jobs: RunJobs) -> None:
    for _number in range(2):
        asked(two)
    for _number in range(2):
        agreed(two)
    mail.outbox.clear()
    run_jobs()

    told: list[Any] = [letter.to[0] for letter in mail.outbox]
    assert sorted(told) == sorted([DRIVER["email"], RIDER["email"]])
