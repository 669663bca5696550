"""What only a phone at the door or a browser after a scan sends, in any wrong shape."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from miteinander.encounters.activities import door_codes
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.services.desk import book_of
from miteinander.encounters.activities.tests.factories import DateFactory, ParticipationFactory
from miteinander.encounters.activities.tests.planners import NOW, planner_of
from miteinander.foundation.core import clock
from tests.naughty import NAUGHTY, RAW

pytestmark = [pytest.mark.django_db, pytest.mark.crawl]
KEY = "0123456789abcdef" * 2
FIELDS = ("kind", "key", "book", "age", "participation", "mark", "name", "beyond_seats")


@pytest.fixture
def date() -> Iterator[ActivityDate]:
    with clock.held_at(NOW):
        yield DateFactory.create(starts_at=NOW + timedelta(minutes=30), capacity=2)


@pytest.mark.parametrize("kind", ["mark", "walk_in"])
def test_a_phone_is_always_answered_in_words(client: Client, date: ActivityDate, kind: str) -> None:
    row, planner = ParticipationFactory.create(date=date), planner_of(date.activity.organisation)
    client.force_login(planner)
    address = reverse("activities:desk_sync", args=[date.pk])
    right = {
        "kind": kind, "key": KEY, "book": book_of(planner, date.pk), "age": "0",
        "participation": str(row.pk), "mark": "present", "name": "Zoë",
    }  # fmt: skip
    for name in FIELDS:
        for text in NAUGHTY.values():
            answer = client.post(address, right | {name: text})
            assert answer.status_code == 200, (name, text[:40])
            told = answer.json()
            assert told["state"] in {"done", "refused", "full"}
            assert not any(word in told.get("row", "") for word in RAW)
    assert Participation.objects.filter(date=date).count() <= date.capacity
    for body in (b"[1, 2", b'{"key": 1}', b"\xff\x00"):
        answer = client.post(address, body, content_type="application/json")
        assert answer.json()["state"] == "refused"


@pytest.mark.parametrize("field", ["step", "link", "name"])
def test_whatever_is_typed_after_a_scan_is_no_fault_of_ours(
    client: Client, date: ActivityDate, field: str
) -> None:
    client.get(reverse("activities:room", args=[door_codes.room_code(date.pk, NOW)]))
    address = reverse("activities:arrive", args=[date.pk])
    for text in NAUGHTY.values():
        for step in ("link", "come", "here"):
            answer = client.post(address, {"step": step} | {field: text}, follow=True)
            assert answer.status_code == 200, (step, text[:40])
            assert not any(word in answer.content.decode() for word in RAW)
    assert Participation.objects.filter(date=date).count() <= 1  # one scan, one seat
