"""Rides to one walk: two offered, one wanted, one agreed, and Samira has a question to answer."""

from datetime import time

from miteinander.community.people.models import Person
from miteinander.encounters.activities.enums import ContactWay, RideDirection, RideKind
from miteinander.encounters.activities.models import ActivityDate, Participation, Ride
from miteinander.encounters.activities.services import rides
from miteinander.web.demo.district import DEMO, District
from miteinander.web.demo.scenes import PLAYED, SAMIRA, ask

WALKERS = "wanderfreunde-wolfhagen"
EMAIL = ContactWay.EMAIL


def share_rides(district: District) -> None:
    """Let people of the next walk offer and look for rides."""
    organisation = district.organisations[WALKERS]
    date = ActivityDate.objects.filter(activity__organisation=organisation).earliest("starts_at")
    samira = district.people[SAMIRA]
    ask(date, samira)
    driver, other_driver, rider = _walkers(district, date)
    offer = _ride(
        district, date, driver, "baunatal", seats=3, leaves_at=time(8, 45),
        meeting_point="Bushaltestelle am Rathaus", has_child_seat=True,
    )  # fmt: skip
    _ride(
        district, date, other_driver, "kaufungen", seats=2, leaves_at=time(8, 30),
        direction=RideDirection.THERE,
    )  # fmt: skip
    agreed = _ride(district, date, rider, "baunatal", kind=RideKind.WANTED, seats=1)
    wanted = _ride(district, date, samira, "fuldabrueck", kind=RideKind.WANTED, seats=2)
    match = rides.ask_for_ride(actor=DEMO, ride_id=agreed.pk, other_id=offer.pk, shares=EMAIL)
    rides.agree_ride(actor=DEMO, match_id=match.pk, shares=EMAIL)
    rides.ask_for_ride(actor=DEMO, ride_id=offer.pk, other_id=wanted.pk, shares=EMAIL)


def _walkers(district: District, date: ActivityDate) -> list[Person]:
    """Take three of those who come anyway, none of whom is played."""
    played = {district.people[index].pk for index in PLAYED}
    seats = Participation.objects.filter(date=date).exclude(person_id__in=played)
    return [seat.person for seat in seats.select_related("person").order_by("pk")[:3]]


def _ride(
    district: District, date: ActivityDate, person: Person, place: str, **said: object
) -> Ride:
    values = {"kind": RideKind.OFFERED, "direction": RideDirection.BOTH} | said
    return rides.add_ride(
        actor=DEMO, date_id=date.pk, person_id=person.pk, language=person.language,
        facts=rides.RideFacts(municipality_id=district.places[place].pk, **values),  # type: ignore[arg-type]
    )  # fmt: skip
