"""Figures for monitoring: there with the token only, and nothing of anybody in them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from miteinander.community.people.tests.factories import PersonFactory
from miteinander.encounters.activities.tests.factories import ParticipationFactory

pytestmark = pytest.mark.django_db
TOKEN = "m" * 40
ADDRESS = "/metrics"


@pytest.fixture(autouse=True)
def _token(settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN


def asked(given: str | None) -> Any:
    return Client().get(ADDRESS, headers={"Authorization": given} if given is not None else {})


def test_the_address_is_the_one_that_operators_know() -> None:
    assert reverse("technical:metrics") == ADDRESS


@pytest.mark.parametrize(
    "given",
    [
        None, "", "Bearer", "Bearer ", TOKEN, f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}",
        f"bearer {TOKEN}", f"Basic {TOKEN}", f"Bearer {TOKEN.upper()}", "Bearer \u00fc",
    ],
)  # fmt: skip
def test_without_the_token_or_with_a_wrong_one_there_is_no_such_page(given: str | None) -> None:
    answer = asked(given)
    assert answer.status_code == 404
    assert b"django_http" not in answer.content


@pytest.mark.parametrize("given", [None, "", "Bearer ", "Bearer"])
def test_where_no_token_is_set_nobody_gets_figures(settings: Any, given: str | None) -> None:
    settings.METRICS_TOKEN = ""
    assert asked(given).status_code == 404


def test_figures_are_read_and_never_written() -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    assert Client().post(ADDRESS, headers=headers).status_code == 405


def test_with_the_token_figures_are_given_and_name_nobody() -> None:
    person = PersonFactory.create(name="Kanarienvogel", email="canary@example.org")
    seat = ParticipationFactory.create(person=person)
    client = Client()
    client.get(reverse("activities:seat", args=[seat.token]))
    client.get(reverse("activities:list"), {"q": "kanarienfrage"})
    client.get("/de/kanarienpfad/")
    client.force_login(person)
    client.get(reverse("activities:mine"))

    answer = asked(f"Bearer {TOKEN}")

    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain")
    text = answer.content.decode()
    assert "django_http_requests_total_by_view_transport_method" in text
    for word in ("kanarien", "canary", seat.token, "example.org", "127.0.0.1"):
        assert word.lower() not in text.lower()


def test_figures_are_kept_nowhere() -> None:
    answer = asked(f"Bearer {TOKEN}")
    assert not answer.cookies
    assert "public" not in answer.get("Cache-Control", "")
