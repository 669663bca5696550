"""Helpers without a seat at the door: shown, marked, counted once; also without network."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from miteinander.community.organisations.tests.factories import OrganisationFactory
from miteinander.community.people.enums import Background
from miteinander.community.people.tests.factories import AdministratorFactory, PersonFactory
from miteinander.encounters.activities.enums import (
    OfferStatus,
    ParticipationStatus,
    Presence,
    Role,
    SignUpWay,
)
from miteinander.encounters.activities.models import (
    ActivityDate,
    DeskEntry,
    Participation,
    RoleOffer,
    RoleWanted,
)
from miteinander.encounters.activities.queries.gathering import Criteria, gather
from miteinander.encounters.activities.services import helpers_at_door
from miteinander.encounters.activities.tests.factories import DateFactory, ParticipationFactory
from miteinander.encounters.activities.tests.pages import page
from miteinander.encounters.activities.tests.planners import NOW, planner_of
from miteinander.foundation.core import clock

pytestmark = pytest.mark.django_db
START = NOW + timedelta(hours=3)
LOCAL = Background.LOCAL


@pytest.fixture(autouse=True)
def _held_clock() -> Iterator[None]:
    with clock.held_at(NOW):
        yield


@pytest.fixture
def date() -> ActivityDate:
    made: ActivityDate = DateFactory.create(starts_at=START, capacity=5)
    return made


def helper(date: ActivityDate, name: str = "Amal", **facts: Any) -> RoleOffer:
    """Somebody who got a yes for cooking."""
    wanted, _new = RoleWanted.objects.get_or_create(
        date=date, role=Role.COOK, defaults={"wanted": 5}
    )
    values = {
        "person": PersonFactory.create(name=name, background=LOCAL), "token": f"secret of {name}",
        "language": "ar", "way": SignUpWay.ACCOUNT, "status": OfferStatus.CONFIRMED,
        "offered_at": NOW,
    }  # fmt: skip
    return RoleOffer.objects.create(date=date, wanted=wanted, **(values | facts))


class Desk:
    """An organiser's browser at the door of a date."""

    def __init__(self, date: ActivityDate) -> None:
        self.date, self.client = date, Client()
        self.client.force_login(planner_of(date.activity.organisation))

    def shown(self, name: str = "front_desk") -> Any:
        return page(self.client.get(reverse(f"activities:{name}", args=[self.date.pk])))

    def mark(self, offer: RoleOffer, mark: str) -> Any:
        return self.client.post(reverse("activities:mark_helper", args=[offer.pk]), {"mark": mark})

    def send(self, offer: RoleOffer, mark: str, key: str = "1", age: int = 0) -> dict[str, Any]:
        """Send what a phone kept while there was no network."""
        book = self.shown().one(".front-desk")["data-book"]
        data = {
            "kind": "helper", "key": key * 32, "book": book, "age": age, "mark": mark,
            "participation": offer.pk,
        }  # fmt: skip
        address = reverse("activities:desk_sync", args=[self.date.pk])
        answer: dict[str, Any] = self.client.post(address, data).json()
        return answer


def line(offer: RoleOffer) -> Participation:
    return Participation.objects.get(date=offer.date, person=offer.person)


def test_helpers_without_a_seat_stand_on_the_list_once(date: ActivityDate) -> None:
    ParticipationFactory.create(date=date, person__name="Zoe")
    alone, seated, asked = helper(date), helper(date, "Bilal"), helper(date, "Cem")
    RoleOffer.objects.filter(pk=asked.pk).update(status=OfferStatus.OFFERED)
    ParticipationFactory.create(date=date, person=seated.person)
    desk = Desk(date)

    assert [row["id"] for row in desk.shown().all(".door-row")][-1] == f"h{alone.pk}"
    assert len(desk.shown().all(".door-row")) == 3
    assert desk.shown().one("#door-count").text == "0 von 3 da"

    answer = desk.mark(alone, "present")

    assert answer["Location"].endswith(f"#p{line(alone).pk}")
    assert len(desk.shown().all(".door-row")) == 3
    assert desk.shown().one("#door-count").text == "1 von 3 da"
    assert "Kochen" in desk.shown().one(f"#p{line(alone).pk}").text


def test_a_helper_takes_no_seat_and_is_marked_as_everybody_is(date: ActivityDate) -> None:
    one = helper(date)
    planner = planner_of(date.activity.organisation)

    for mark in ("present", "present", "absent"):
        helpers_at_door.mark_helper(actor=planner, offer_id=one.pk, mark=mark)

    row = line(one)
    assert (row.status, row.presence) == (ParticipationStatus.EXTRA, Presence.ABSENT)
    assert (row.marked_by_id, row.language, row.party) == (planner.pk, "ar", 1)
    assert ActivityDate.objects.get(pk=date.pk).seats_taken == 0


def test_who_waited_for_a_seat_comes_as_a_helper_and_keeps_none_from_others(
    date: ActivityDate,
) -> None:
    one = helper(date)
    waits = ParticipationFactory.create(
        date=date, person=one.person, status=ParticipationStatus.OFFERED, companions=1
    )

    Desk(date).mark(one, "present")

    waits.refresh_from_db()
    assert (waits.status, waits.presence) == (ParticipationStatus.EXTRA, Presence.PRESENT)
    assert ActivityDate.objects.get(pk=date.pk).seats_taken == 0


@pytest.mark.parametrize("status", [OfferStatus.OFFERED, OfferStatus.WITHDRAWN])
def test_who_has_no_role_is_not_marked(date: ActivityDate, status: OfferStatus) -> None:
    one = helper(date, status=status)

    with pytest.raises(ValidationError) as refused:
        helpers_at_door.mark_helper(
            actor=planner_of(date.activity.organisation), offer_id=one.pk, mark="present"
        )
    assert refused.value.code == "not_on_list"
    assert Desk(date).mark(one, "present").status_code == 404
    assert not Participation.objects.exists()


def test_refusals_leave_nothing_behind(date: ActivityDate) -> None:
    one = helper(date)
    stranger = Client()
    stranger.force_login(planner_of(OrganisationFactory.create()))

    assert stranger.post(reverse("activities:mark_helper", args=[one.pk])).status_code == 404
    Desk(date).mark(one, "late")
    assert Desk(date).send(one, "late")["state"] == "refused"
    with clock.held_at(NOW - timedelta(days=3)):
        Desk(date).mark(one, "present")

    assert not Participation.objects.exists()


def test_the_same_key_again_is_answered_the_same(date: ActivityDate) -> None:
    one, desk = helper(date), Desk(date)

    first, again = desk.send(one, "present"), desk.send(one, "present")

    assert first | {"row": ""} == again | {"row": ""}  # each form has a token of its own
    assert (first["state"], first["present"], first["expected"]) == ("done", 1, 1)
    assert f'id="p{line(one).pk}"' in first["row"]
    assert DeskEntry.objects.count() == Participation.objects.count() == 1


def test_of_two_organisers_the_later_mark_counts_and_both_are_told(date: ActivityDate) -> None:
    one, first, second = helper(date), Desk(date), Desk(date)

    assert second.send(one, "present", "2")["words"] == ""
    late = first.send(one, "absent", "1", age=60_000)

    assert "später" in late["words"]
    assert line(one).presence == Presence.PRESENT
    assert Participation.objects.count() == 1


def test_a_signed_list_marks_helpers_and_saving_twice_is_once(date: ActivityDate) -> None:
    came, missed = helper(date), helper(date, "Bilal")
    desk = Desk(date)
    shown = desk.shown("signed_list")
    typed: dict[str, Any] = {"helpers": [came.pk], "others_absent": "on"}
    for field in shown.all("form#page-form input[type=hidden]"):
        typed.setdefault(field["name"], []).append(field["value"])
    address = reverse("activities:signed_list", args=[date.pk])

    assert len(shown.all("input[type=checkbox][name=helpers]")) == 2
    for _time in range(2):
        desk.client.post(address, typed)

    assert (line(came).presence, line(missed).presence) == (Presence.PRESENT, Presence.ABSENT)
    assert Participation.objects.count() == 2


def test_a_helper_who_came_counts_by_side_once(date: ActivityDate) -> None:
    alone, seated = helper(date), helper(date, "Bilal")
    ParticipationFactory.create(date=date, person=seated.person, presence=Presence.PRESENT)
    helper(date, "Cem")  # nobody marked this one
    Desk(date).mark(alone, "present")
    Desk(date).mark(seated, "present")

    always = Criteria(datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC))
    (figures,) = gather(AdministratorFactory.create(), always, NOW + timedelta(days=1))

    assert figures.present == (2, 0, 0)
