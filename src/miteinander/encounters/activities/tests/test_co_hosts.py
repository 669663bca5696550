"""Two organisations invite together: asked, agreed, shown, ended."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from miteinander.community.organisations.enums import OrganisationStatus
from miteinander.community.organisations.models import Organisation
from miteinander.community.organisations.tests.factories import (
    MembershipFactory,
    OrganisationFactory,
)
from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.encounters.activities import messages
from miteinander.encounters.activities.enums import ActivityStatus, CoHostStatus, Presence
from miteinander.encounters.activities.models import Activity, CoHost
from miteinander.encounters.activities.permissions import (
    attended_by,
    can_see_participants,
    can_view,
    visible_to,
)
from miteinander.encounters.activities.queries import public
from miteinander.encounters.activities.services import planning, presence, together
from miteinander.encounters.activities.tests.factories import (
    ActivityFactory,
    DateFactory,
    ParticipationFactory,
)
from miteinander.encounters.activities.tests.planners import NOW, coordinator, planner_of, told
from miteinander.encounters.activities.views.planning.mine import FEW, MOST_QUESTIONS
from miteinander.foundation.content.queries import read
from miteinander.foundation.core import clock
from miteinander.outward.exchange import queries as feeds
from miteinander.outward.exchange.schema import event_facts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now() -> Any:
    with clock.held_at(NOW):
        yield


@pytest.fixture
def activity() -> Activity:
    date = DateFactory.create(starts_at=NOW.replace(hour=18))
    found: Activity = date.activity
    return found


def co_host(activity: Activity, status: str = CoHostStatus.AGREED) -> CoHost:
    return CoHost.objects.create(
        activity=activity, organisation=OrganisationFactory.create(), status=status, asked_at=NOW
    )


def asked(activity: Activity, organisation: Organisation) -> CoHost:
    planner = planner_of(activity.organisation)
    return together.ask_co_host(
        actor=planner, activity_id=activity.pk, organisation_id=organisation.pk
    )


def test_an_organisation_is_asked_once_and_nothing_is_shown_before_it_agrees(
    activity: Activity, monkeypatch: Any
) -> None:
    other = OrganisationFactory.create()

    with told(monkeypatch) as heard:
        first = asked(activity, other)
        assert asked(activity, other) == first

    assert heard == [messages.CoHostAsked(first.pk)]
    assert activity.inviting == [activity.organisation]


def test_agreeing_shows_both_names_and_tells_the_public_pages(
    activity: Activity, monkeypatch: Any
) -> None:
    question = asked(activity, OrganisationFactory.create())
    member = planner_of(question.organisation)

    with told(monkeypatch) as heard:
        together.answer_co_host(actor=member, co_host_id=question.pk, agrees=True)
        together.answer_co_host(actor=member, co_host_id=question.pk, agrees=True)

    assert heard == [
        messages.CoHostAnswered(question.pk),
        messages.ActivityChanged(activity.pk),
    ]
    assert activity.inviting == [activity.organisation, question.organisation]


def test_saying_no_shows_nothing_and_the_question_may_be_put_again(activity: Activity) -> None:
    question = asked(activity, OrganisationFactory.create())
    member = planner_of(question.organisation)

    together.answer_co_host(actor=member, co_host_id=question.pk, agrees=False)
    with pytest.raises(together.CoHostRefused):
        together.answer_co_host(actor=member, co_host_id=question.pk, agrees=True)

    assert activity.inviting == [activity.organisation]
    assert asked(activity, question.organisation).status == CoHostStatus.ASKED


def test_the_host_cannot_agree_for_the_other(activity: Activity) -> None:
    question = asked(activity, OrganisationFactory.create())
    host = planner_of(activity.organisation)

    with pytest.raises(PermissionDenied):
        together.answer_co_host(actor=host, co_host_id=question.pk, agrees=True)

    question.refresh_from_db()
    assert question.status == CoHostStatus.ASKED


@pytest.mark.parametrize("side", ["host", "co-host"])
def test_either_side_ends_it(activity: Activity, side: str, monkeypatch: Any) -> None:
    row = co_host(activity)
    actor = planner_of(activity.organisation if side == "host" else row.organisation)

    with told(monkeypatch) as heard:
        together.end_co_host(actor=actor, co_host_id=row.pk)
        together.end_co_host(actor=actor, co_host_id=row.pk) if side == "host" else None

    assert heard == [
        messages.CoHostEnded(row.pk, by_host=side == "host"),
        messages.ActivityChanged(activity.pk),
    ]
    assert activity.inviting == [activity.organisation]


def test_a_stranger_ends_nothing(activity: Activity) -> None:
    row = co_host(activity)

    with pytest.raises(PermissionDenied):
        together.end_co_host(actor=PersonFactory.create(), co_host_id=row.pk)

    row.refresh_from_db()
    assert row.is_agreed


@pytest.mark.parametrize("what", ["own", "hidden", "fourth", "template"])
def test_who_cannot_be_asked(activity: Activity, what: str) -> None:
    other = OrganisationFactory.create()
    planner = planner_of(activity.organisation)
    if what == "own":
        other = activity.organisation
    elif what == "hidden":
        other = OrganisationFactory.create(status=OrganisationStatus.HIDDEN)
    elif what == "fourth":
        for _number in range(together.MOST):
            co_host(activity)
    else:
        activity = ActivityFactory.create(
            organisation=activity.organisation, is_template=True, published_at=None,
            status=ActivityStatus.DRAFT,
        )  # fmt: skip
    before = CoHost.objects.count()

    with pytest.raises(together.CoHostRefused):
        together.ask_co_host(actor=planner, activity_id=activity.pk, organisation_id=other.pk)

    assert CoHost.objects.count() == before


@pytest.mark.parametrize("status", CoHostStatus.values)
@pytest.mark.parametrize("of", list(ActivityStatus))
@pytest.mark.parametrize("hidden", ["", "host", "co-host"])
def test_the_rules_and_their_set_twins_agree(status: str, of: str, hidden: str) -> None:
    activity = ActivityFactory.create(status=of)
    row = co_host(activity, status)
    if hidden:
        organisation = activity.organisation if hidden == "host" else row.organisation
        organisation.status = OrganisationStatus.HIDDEN
        organisation.save()
        activity.refresh_from_db()
    actors: list[Person] = [
        planner_of(row.organisation), planner_of(activity.organisation), PersonFactory.create(),
        coordinator(),
    ]  # fmt: skip

    for actor in actors:
        rows = Activity.objects.filter(pk=activity.pk)
        assert rows.filter(visible_to(actor)).exists() == can_view(actor, activity)
        assert rows.filter(attended_by(actor)).exists() == can_see_participants(actor, activity)


def test_a_co_host_marks_who_came_but_changes_and_publishes_nothing(activity: Activity) -> None:
    member = planner_of(co_host(activity).organisation)
    seat = ParticipationFactory.create(date=activity.dates.get())

    presence.mark_presence(actor=member, participation_id=seat.pk, presence=Presence.PRESENT)
    with pytest.raises(PermissionDenied):
        planning.change_activity(actor=member, activity_id=activity.pk, changes={"cost_cents": 500})

    seat.refresh_from_db()
    activity.refresh_from_db()
    assert (seat.presence, activity.cost_cents) == (Presence.PRESENT, 0)


def test_an_organisation_that_was_only_asked_sees_no_names(activity: Activity) -> None:
    member = planner_of(co_host(activity, CoHostStatus.ASKED).organisation)

    assert can_view(member, activity)
    assert not can_see_participants(member, activity)


def test_both_organisations_list_the_date_and_stand_in_feed_and_data(activity: Activity) -> None:
    row = co_host(activity)
    co_host(activity, CoHostStatus.ASKED)

    assert [one.activity for one in public.dates_of(organisation=row.organisation, now=NOW)] == [
        activity
    ]
    date = feeds.dates_of(row.organisation, NOW).get()
    facts = event_facts(date, read(activity, "de"))
    assert [one["name"] for one in facts["organizer"]] == [
        activity.organisation.name, row.organisation.name,
    ]  # fmt: skip


def test_the_members_get_a_mail_and_so_does_who_asked(
    activity: Activity, run_jobs: Callable[[], int]
) -> None:
    other = OrganisationFactory.create()
    member = planner_of(other)
    question = asked(activity, other)
    run_jobs()
    assert [letter.to for letter in mail.outbox] == [[member.email]]

    activity.created_by = planner_of(activity.organisation)
    activity.save()
    together.answer_co_host(actor=member, co_host_id=question.pk, agrees=True)
    run_jobs()
    together.end_co_host(actor=member, co_host_id=question.pk)
    run_jobs()

    author = [activity.created_by.email]
    assert [letter.to for letter in mail.outbox[1:]] == [author, author]


def test_the_pages_walk_from_asking_to_both_names(activity: Activity, client: Client) -> None:
    other = OrganisationFactory.create(name="Brücke der Worte")
    client.force_login(planner_of(activity.organisation))
    address = reverse("activities:edit_together", args=[activity.pk])
    client.post(address, {"organisation": other.pk})
    assert "Brücke der Worte" in client.get(address).content.decode()
    question = CoHost.objects.get()

    member = planner_of(other)
    client.force_login(member)
    page = client.get(reverse("activities:plan")).content.decode()
    assert reverse("activities:agree_together", args=[question.pk]) in page
    client.post(reverse("activities:agree_together", args=[question.pk]))
    tasks = client.get(reverse("activities:tasks", args=[activity.pk])).content.decode()
    assert reverse("activities:edit_words", args=[activity.pk]) not in tasks
    assert client.get(address).status_code == 404
    date = activity.dates.get()
    assert client.get(reverse("activities:asked", args=[date.pk])).status_code == 404
    assert client.get(reverse("activities:front_desk", args=[date.pk])).status_code == 200

    client.logout()
    for page_of in (date.get_absolute_url(), reverse("activities:list"), other.get_absolute_url()):
        shown = client.get(page_of).content.decode()
        assert "Brücke der Worte" in shown


def test_who_is_asked_reads_the_meeting_before_answering(
    activity: Activity, client: Client
) -> None:
    question = asked(activity, OrganisationFactory.create())
    address = reverse("activities:preview", args=[activity.pk])
    client.force_login(planner_of(question.organisation))
    assert address in client.get(reverse("activities:plan")).content.decode()

    page = client.get(address)

    assert page.status_code == 200
    tasks = reverse("activities:tasks", args=[activity.pk])
    assert f'href="{tasks}"' not in page.content.decode()
    client.force_login(planner_of(OrganisationFactory.create()))
    assert client.get(address).status_code == 404


def test_a_question_to_others_is_not_found(activity: Activity, client: Client) -> None:
    question = asked(activity, OrganisationFactory.create())
    client.force_login(PersonFactory.create())

    for name in ("agree_together", "decline_together", "end_together"):
        assert client.post(reverse(f"activities:{name}", args=[question.pk])).status_code == 404

    question.refresh_from_db()
    assert question.is_asked


@pytest.mark.parametrize(("count", "organisations"), [(10, 1), (50, 1), (50, FEW + 2)])
def test_lists_with_co_hosts_take_the_same_number_of_queries(
    count: int, organisations: int, client: Client, django_assert_max_num_queries: Any
) -> None:
    other = OrganisationFactory.create()
    for _number in range(count):
        row = DateFactory.create()
        CoHost.objects.create(
            activity=row.activity, organisation=other, status=CoHostStatus.AGREED, asked_at=NOW
        )
        asked(ActivityFactory.create(), other)
    member = planner_of(other)
    MembershipFactory.create_batch(organisations - 1, person=member)
    client.force_login(member)
    client.get(reverse("activities:plan"))  # notes the device, once

    with django_assert_max_num_queries(15):
        page = client.get(reverse("activities:plan"))
    assert len(page.context["questions"]) == min(count, MOST_QUESTIONS)
    with django_assert_max_num_queries(15):
        client.get(reverse("activities:list"))
