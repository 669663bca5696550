"""A list that people signed on paper, typed in on one page."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from miteinander.community.organisations.tests.factories import OrganisationFactory
from miteinander.encounters.activities.enums import ParticipationStatus, Presence, SignUpWay
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.services.presence import DeskClosed
from miteinander.encounters.activities.services.signed_list import SignedList, mark_list
from miteinander.encounters.activities.tests.factories import DateFactory, ParticipationFactory
from miteinander.encounters.activities.tests.pages import page
from miteinander.encounters.activities.tests.planners import NOW, planner_of
from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.core import clock

pytestmark = pytest.mark.django_db
START = NOW + timedelta(hours=3)
PRESENT, ABSENT, UNKNOWN = Presence.PRESENT, Presence.ABSENT, Presence.UNKNOWN


@pytest.fixture(autouse=True)
def _held_clock() -> Iterator[None]:
    with clock.held_at(NOW):
        yield


def address(date: ActivityDate, name: str = "signed_list") -> str:
    return reverse(f"activities:{name}", args=[date.pk])


def planner(date: ActivityDate) -> Client:
    client = Client()
    client.force_login(planner_of(date.activity.organisation))
    return client


def typed_from(answer: Any, *ticked: Participation) -> dict[str, Any]:
    """Fill in the page as it was shown, with these ticks."""
    hidden: dict[str, Any] = {"here": [row.pk for row in ticked]}
    for field in page(answer).all("form#page-form input[type=hidden]"):
        hidden.setdefault(field["name"], []).append(field["value"])
    return hidden


def marks(*rows: Participation) -> list[str]:
    return [Participation.objects.get(pk=row.pk).presence for row in rows]


def three() -> tuple[ActivityDate, list[Participation]]:
    date = DateFactory.create(starts_at=START)
    return date, [ParticipationFactory.create(date=date, person__name=name) for name in "ABC"]


def test_only_planners_open_the_page_and_only_while_the_desk_is_open() -> None:
    date, _rows = three()
    stranger = Client()
    stranger.force_login(planner_of(OrganisationFactory.create()))
    early = DateFactory.create(starts_at=NOW + timedelta(days=3))

    assert planner(date).get(address(date)).status_code == 200
    assert stranger.get(address(date)).status_code == 404
    assert stranger.post(address(date)).status_code == 404
    closed = planner(early).get(address(early))
    assert closed["Location"] == address(early, "front_desk")


def test_everybody_stands_on_one_page_and_ticks_are_saved_at_once() -> None:
    date, (first, second, third) = three()
    client = planner(date)
    shown = client.get(address(date))

    assert len(page(shown).all("input[name=here]")) == 3
    answer = client.post(address(date), typed_from(shown, first, third))

    assert answer["Location"] == address(date, "front_desk")
    assert marks(first, second, third) == [PRESENT, UNKNOWN, PRESENT]
    assert AuditEntry.objects.get(verb="activities.mark_list").details == {"changed": 2}


def test_two_organisers_type_one_half_each_and_mark_the_same_person_once() -> None:
    date, (first, second, third) = three()
    one, other = planner(date), planner(date)
    pages = one.get(address(date)), other.get(address(date))

    one.post(address(date), typed_from(pages[0], first, second))
    other.post(address(date), typed_from(pages[1], second, third))
    one.post(address(date), typed_from(pages[0], first, second))

    assert marks(first, second, third) == [PRESENT, PRESENT, PRESENT]
    assert AuditEntry.objects.filter(verb="activities.mark_list").count() == 2


def test_a_tick_taken_away_takes_the_mark_back() -> None:
    date, (first, second, _third) = three()
    Participation.objects.filter(date=date).update(presence=PRESENT)
    client = planner(date)

    client.post(address(date), typed_from(client.get(address(date)), second))

    assert marks(first, second) == [UNKNOWN, PRESENT]


def test_all_others_did_not_come_but_nobody_who_was_marked_or_added_meanwhile() -> None:
    date, (first, second, third) = three()
    client = planner(date)
    typed = typed_from(client.get(address(date)), first) | {"others_absent": "on"}
    Participation.objects.filter(pk=second.pk).update(presence=PRESENT)
    late = ParticipationFactory.create(date=date)

    client.post(address(date), typed)

    assert marks(first, second, third, late) == [PRESENT, PRESENT, ABSENT, UNKNOWN]


def test_lines_of_other_dates_and_nonsense_change_nothing() -> None:
    date, rows = three()
    elsewhere = ParticipationFactory.create(date__starts_at=START)
    sent = {"shown": [elsewhere.pk, "x", "-1"], "here": [elsewhere.pk, "9" * 40, ""]}

    assert planner(date).post(address(date), sent).status_code == 302

    assert set(marks(elsewhere, *rows)) == {UNKNOWN}


def test_switching_the_language_keeps_the_ticks() -> None:
    date, (first, second, third) = three()
    client = planner(date)
    typed = typed_from(client.get(address(date)), second) | {"_switch": "1"}

    shown = page(client.post(address(date), typed))

    ticked = [box["value"] for box in shown.all("input[name=here]") if "checked" in box]
    assert ticked == [str(second.pk)]
    assert set(marks(first, second, third)) == {UNKNOWN}


def test_too_late_nothing_is_marked() -> None:
    date, (first, *_others) = three()
    keys = frozenset({first.pk})

    with clock.held_at(NOW + timedelta(days=30)), pytest.raises(DeskClosed):
        mark_list(
            actor=planner_of(date.activity.organisation), date_id=date.pk,
            signed=SignedList(shown=keys, ticked_before=frozenset(), ticked=keys),
        )  # fmt: skip
    assert marks(first) == [UNKNOWN]


def test_the_desk_counts_people_and_shows_who_comes_along() -> None:
    date = DateFactory.create(starts_at=START)
    ParticipationFactory.create(date=date, companions=1, children=2, presence=PRESENT)
    ParticipationFactory.create(date=date, way=SignUpWay.BEHALF)
    ParticipationFactory.create(date=date, status=ParticipationStatus.WAITING, companions=3)

    shown = planner(date).get(address(date, "front_desk"))

    assert (shown.context["people"].present, shown.context["people"].expected) == (4, 5)
    assert len(page(shown).all("main .company")) == 2
    assert page(shown).all(f"main a[href='{address(date)}']")
