"""How organisers say how seats are given, and close a date."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from miteinander.encounters.activities.enums import Giving, ParticipationStatus, Setting
from miteinander.encounters.activities.models import Activity
from miteinander.encounters.activities.queries.giving import giving_sentences
from miteinander.encounters.activities.queries.tasks import TaskKey, original_parts
from miteinander.encounters.activities.services import planning
from miteinander.encounters.activities.tests.factories import (
    ActivityFactory,
    DateFactory,
    ParticipationFactory,
)
from miteinander.encounters.activities.tests.pages import page
from miteinander.encounters.activities.tests.planners import NOW, planner_of, ready_draft
from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.core import clock

pytestmark = pytest.mark.django_db
SHARES_KEPT = (
    "30 % of the seats are kept for people who have long lived here and 40 % for newcomers,"
    " until 48 hours before the start."
)


@pytest.fixture(autouse=True)
def _held_clock() -> Iterator[None]:
    with clock.held_at(NOW), translation.override("en"):
        yield


def at(name: str, *args: Any) -> str:
    return reverse(f"activities:{name}", args=args)


def planner(activity: Activity) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(planner_of(activity.organisation))
    return client


def as_shown(form: Any, **typed: object) -> dict[str, Any]:
    values = {field.html_name: field.value() for field in form} | typed
    return {
        name: value for name, value in values.items() if value is not None and value is not False
    }


def saved(activity: Activity, **typed: object) -> Any:
    """Open the page, change what is ``typed``, and save."""
    client = planner(activity)
    form = client.get(at("edit_giving", activity.pk)).context["form"]
    answer = client.post(at("edit_giving", activity.pk), as_shown(form, **typed))
    activity.refresh_from_db()
    return answer


def test_saving_the_defaults_changes_nothing_and_answers_the_task() -> None:
    activity = ready_draft()

    answer = saved(activity)

    assert answer.status_code == 302
    assert TaskKey.GIVING in activity.answered
    assert not AuditEntry.objects.filter(verb="activities.set_giving").exists()
    assert giving_sentences(activity) == ["Whoever signs up first has a seat."]


def test_publishing_does_not_wait_for_it() -> None:
    activity = ready_draft()

    planning.publish_activity(actor=planner_of(activity.organisation), activity_id=activity.pk)

    assert Activity.objects.get(pk=activity.pk).published_at is not None


def test_everything_is_stored_and_told_in_plain_words() -> None:
    activity = ready_draft()
    before = ActivityFactory.create(organisation=activity.organisation)

    answer = saved(
        activity, giving=Giving.APPROVAL, question="Can you cook?", mix="own", local_share=30,
        newcomer_share=40, release_hours=48, has_offers_by_hand="on", most_companions=5,
        monthly_limit=2, min_age=16, max_age=25, setting=Setting.WOMEN, required_id=before.pk,
    )  # fmt: skip

    assert answer.status_code == 302
    assert original_parts(activity)["question"] == "Can you cook?"
    assert activity.required_id == before.pk
    assert (activity.most_companions, activity.has_offers_by_hand) == (5, True)
    assert giving_sentences(activity) == [
        "You say yes or no to each person who asks for a seat.",
        SHARES_KEPT,
        "You offer free seats to people on the waiting list yourself.",
        "One person gets at most 2 seats in a month.",
        "It is for people from 16 to 25 years of age.",
        "It is only for women.",
        "People must have been at another meeting of yours before.",
    ]
    client = planner(activity)
    for name in ("tasks", "preview"):
        assert "It is only for women." in page(client.get(at(name, activity.pk))).text
    shown = client.get(at("edit_giving", activity.pk)).context["form"]
    assert (shown["question"].value(), shown["mix"].value()) == ("Can you cook?", "own")
    assert shown.is_for_certain_people
    assert shown.has_limit


@pytest.mark.parametrize(("mix", "shares"), [("none", (0, 0)), ("half", (50, 50))])
def test_a_mix_without_numbers_needs_none(mix: str, shares: tuple[int, int]) -> None:
    activity = ready_draft(local_share=20)

    saved(activity, mix=mix, local_share="90", newcomer_share="90")

    assert (activity.local_share, activity.newcomer_share) == shares
    date = activity.dates.get()
    assert (date.kept_local, date.kept_newcomer) == (shares[0] * 12 // 100, shares[1] * 12 // 100)


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ({"mix": "own", "local_share": 60, "newcomer_share": 60}, "newcomer_share"),
        ({"mix": "own", "local_share": "", "newcomer_share": ""}, "local_share"),
        ({"min_age": 30, "max_age": 20}, "max_age"),
        ({"most_companions": 21}, "most_companions"),
        ({"monthly_limit": 0}, "monthly_limit"),
        ({"giving": "lottery"}, "giving"),
        ({"required_id": "987654321"}, "required_id"),
        ({"question": "x" * 301}, "question"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_nothing_changes(
    typed: dict[str, object], place: str
) -> None:
    activity = ready_draft()
    before = planning.giving_of(activity)

    answer = saved(activity, **typed)

    assert set(answer.context["form"].errors) == {place}
    assert planning.giving_of(Activity.objects.get(pk=activity.pk)) == before


def test_a_number_for_something_that_was_not_chosen_does_not_matter() -> None:
    activity = ready_draft()

    answer = saved(activity, draw_hours="soon", release_hours="late", local_share="some")

    assert answer.status_code == 302
    assert (activity.draw_hours, activity.release_hours) == (72, 72)


def test_while_people_wait_for_an_answer_the_way_stays() -> None:
    activity = ActivityFactory.create(giving=Giving.APPROVAL)
    ParticipationFactory.create(
        date=DateFactory.create(activity=activity), status=ParticipationStatus.REQUESTED
    )

    answer = saved(activity, giving=Giving.AT_ONCE)

    assert set(answer.context["form"].errors) == {"giving"}
    assert activity.giving == Giving.APPROVAL


def test_what_somebody_else_saved_meanwhile_is_shown_and_not_overwritten() -> None:
    activity = ready_draft()
    client = planner(activity)
    address = at("edit_giving", activity.pk)
    form = client.get(address).context["form"]
    typed = as_shown(form, monthly_limit=1)
    saved(activity, question="Can you cook?", monthly_limit=3)

    refused = client.post(address, typed)

    activity.refresh_from_db()
    assert activity.monthly_limit == 3
    assert refused.context["conflict"]
    again = as_shown(refused.context["form"])
    assert client.post(address, again).status_code == 302
    activity.refresh_from_db()
    assert activity.monthly_limit == 1
    assert "question" not in original_parts(Activity.objects.get(pk=activity.pk))


def test_with_fewer_seats_than_people_the_date_can_be_closed_instead() -> None:
    date = DateFactory.create(starts_at=NOW + timedelta(days=3))
    ParticipationFactory.create(date=date, companions=3)
    client, name = planner(date.activity), f"seats_{date.pk}"
    address = at("edit_seats", date.activity_id)
    form = client.get(address).context["form"]
    typed = as_shown(form) | {name: 2}

    refused = client.post(address, typed)

    date.refresh_from_db()
    assert date.capacity == 12
    assert "4 people are signed up already" in page(refused).text
    assert [box["value"] for box in page(refused).all("input[name=close]")] == [name]
    assert client.post(address, typed | {"close": name}).status_code == 302
    date.refresh_from_db()
    assert (date.capacity, date.closed_at) == (12, NOW)


def test_a_question_is_written_in_other_languages_too() -> None:
    activity = ready_draft()
    saved(activity, question="Können Sie kochen?")
    client = planner(activity)
    address = at("version", activity.pk, "en")

    assert b'name="question"' in client.get(address).content
    typed = {"title": "Cooking", "question": "Can you cook?", "differences_confirmed": "on"}
    client.post(address, typed)

    version = activity.versions.get(language="en")
    assert version.parts["question"] == "Can you cook?"
