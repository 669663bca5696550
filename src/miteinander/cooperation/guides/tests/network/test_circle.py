"""Dates that only guides see: who opens them, who takes a seat, who closes an occasion."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from miteinander.community.organisations.models import Organisation
from miteinander.community.organisations.tests.factories import (
    CoordinatorRoleFactory,
    MembershipFactory,
    OrganisationFactory,
)
from miteinander.community.people.models import Person
from miteinander.community.people.services import Contact
from miteinander.community.people.tests.factories import AdministratorFactory, PersonFactory
from miteinander.community.regions.tests.factories import RegionFactory
from miteinander.cooperation.guides.models import Guide
from miteinander.cooperation.guides.tests.network.factories import GuideFactory
from miteinander.encounters.activities.enums import ActivityStatus, SignUpWay
from miteinander.encounters.activities.models import Activity, ActivityDate, Participation
from miteinander.encounters.activities.permissions import (
    can_view,
    is_open_to,
    is_public,
    open_to,
    public,
    visible_to,
)
from miteinander.encounters.activities.services import planning, seats
from miteinander.encounters.activities.tests.factories import ActivityFactory, DateFactory
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor, SystemActor
from miteinander.outward.exchange.queries import feed_dates, own_seats
from miteinander.outward.notifications.models import NewDate
from miteinander.outward.notifications.queries.reminders import Ahead, dates_to_remind_of

pytestmark = pytest.mark.django_db
TITLE = "Supervision der Lotsinnen"


@pytest.fixture
def organisation() -> Organisation:
    row: Organisation = OrganisationFactory.create()
    return row


@pytest.fixture
def evening(organisation: Organisation) -> ActivityDate:
    activity = ActivityFactory.create(
        organisation=organisation, only_for="guides", parts={"title": TITLE}
    )
    row: ActivityDate = DateFactory.create(activity=activity)
    return row


@pytest.fixture
def guide() -> Guide:
    row: Guide = GuideFactory.create(certified=False)
    return row


def everybody(organisation: Organisation) -> dict[str, Actor]:
    return {
        "guide": GuideFactory.create(certified=False).person,
        "guide on a pause": GuideFactory.create(certified=False, paused_from=clock.today()).person,
        "guide who left": GuideFactory.create(
            certified=False, status="left", left_on=clock.today(), left_reason="moved"
        ).person,
        "member": MembershipFactory.create(organisation=organisation).person,
        "coordinator": CoordinatorRoleFactory.create(region=organisation.municipality).person,
        "coordinator elsewhere": CoordinatorRoleFactory.create(
            region=RegionFactory.create()
        ).person,
        "administrator": AdministratorFactory.create(),
        "somebody": PersonFactory.create(),
        "machine": SystemActor("test"),
    }


def signed_in(person: Person | None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def test_guides_and_who_plans_see_it_and_nobody_else(
    organisation: Organisation, evening: ActivityDate
) -> None:
    people = everybody(organisation)

    seen = {name for name, actor in people.items() if can_view(actor, evening.activity)}
    come = {name for name, actor in people.items() if is_open_to(actor, evening.activity)}

    assert come == {"guide", "guide on a pause"}
    assert seen - {"machine"} == come | {"member", "coordinator", "administrator"}
    assert not is_public(evening.activity)


@pytest.mark.parametrize("only_for", ["", "guides", "nobody knows"])
@pytest.mark.parametrize("status", [ActivityStatus.PUBLISHED, ActivityStatus.DRAFT])
def test_rules_and_sets_agree(organisation: Organisation, status: str, only_for: str) -> None:
    activity = ActivityFactory.create(organisation=organisation, status=status, only_for=only_for)

    def found(condition: Any) -> bool:
        return Activity.objects.filter(condition, pk=activity.pk).exists()

    for name, actor in everybody(organisation).items():
        assert found(open_to(actor)) == is_open_to(actor, activity), name
        if name != "machine":
            assert found(visible_to(actor)) == can_view(actor, activity), name
    assert found(public()) == is_public(activity)


def test_its_page_opens_for_a_guide_and_is_none_for_others(
    organisation: Organisation, evening: ActivityDate
) -> None:
    people = everybody(organisation)
    pages = [evening.get_absolute_url(), reverse("activities:sign_up", args=[evening.pk])]

    for name in ("somebody", "guide who left", "coordinator elsewhere"):
        for page in pages:
            assert signed_in(people[name]).get(page).status_code == 404, name  # type: ignore[arg-type]
    for page in pages:
        assert Client().get(page).status_code == 404
        answer = signed_in(people["guide"]).get(page)  # type: ignore[arg-type]
        assert TITLE in answer.content.decode()
        assert "X-Public-Page" not in answer.headers
    for name, may_come in (("guide", True), ("member", False)):
        text = signed_in(people[name]).get(pages[0]).content.decode()  # type: ignore[arg-type]
        assert "Only active guides" in text or "Nur aktive" in text
        assert (pages[1] in text) == may_come


def test_nothing_public_tells_of_it(organisation: Organisation, evening: ActivityDate) -> None:
    pages = [
        reverse("web:home"),
        reverse("activities:list"),
        reverse("activities:list") + "?q=Supervision",
        reverse("organisations:detail", args=[organisation.slug]),
        reverse("regions:detail", args=[organisation.municipality.slug]),
        "/sitemap.xml",
    ]

    for person in (None, GuideFactory.create(certified=False).person):
        for page in pages:
            text = signed_in(person).get(page, follow=True).content.decode()
            assert TITLE not in text, page
            assert f"/{evening.pk}/" not in text, page
    assert not feed_dates(clock.now()).exists()


def test_a_guide_takes_a_seat_and_has_it_in_the_own_calendar(
    guide: Guide, evening: ActivityDate
) -> None:
    client = signed_in(guide.person)

    client.post(
        reverse("activities:sign_up", args=[evening.pk]), {"background": "", "age_group": ""}
    )

    assert Participation.objects.get().person == guide.person
    assert [row.date for row in own_seats(guide.person, clock.now())] == [evening]


def test_who_is_no_guide_gets_no_seat_by_any_way(evening: ActivityDate) -> None:
    stranger = PersonFactory.create()

    for actor in (stranger, SystemActor("link")):
        with pytest.raises(PermissionDenied):
            seats.sign_up(
                actor=actor, date_id=evening.pk, person_id=stranger.pk, language="de",
                way=SignUpWay.ACCOUNT,
            )  # fmt: skip
    with pytest.raises(PermissionDenied):
        seats.sign_up_guest(
            actor=SystemActor("form"), date_id=evening.pk,
            contact=Contact(name="Ada", email="ada@example.org", language="de"),
        )  # fmt: skip
    assert not Participation.objects.exists()


def test_guides_with_a_seat_are_reminded(evening: ActivityDate) -> None:
    now = clock.now()
    for ahead in Ahead:
        ActivityDate.objects.update(
            starts_at=now + timedelta(hours=ahead) - timedelta(minutes=5),
            ends_at=now + timedelta(hours=ahead + 2),
        )
        assert dates_to_remind_of(ahead, now) == [evening]


def close(actor: Person, activity: Activity, only_for: str) -> None:
    planning.change_activity(actor=actor, activity_id=activity.pk, changes={"only_for": only_for})


def test_a_coordinator_closes_and_opens_an_occasion(organisation: Organisation) -> None:
    coordinator = CoordinatorRoleFactory.create(region=organisation.municipality).person
    activity = ActivityFactory.create(organisation=organisation)

    close(coordinator, activity, "guides")
    activity.refresh_from_db()
    assert activity.only_for == "guides"
    assert not is_public(activity)

    close(coordinator, activity, "")
    activity.refresh_from_db()
    assert is_public(activity)


@pytest.mark.parametrize(("before", "after"), [("", "guides"), ("guides", ""), ("", "unknown")])
def test_a_member_neither_closes_nor_opens_one(
    organisation: Organisation, before: str, after: str
) -> None:
    member = MembershipFactory.create(organisation=organisation).person
    activity = ActivityFactory.create(organisation=organisation, only_for=before)

    with pytest.raises(PermissionDenied):
        close(member, activity, after)
    activity.refresh_from_db()
    assert activity.only_for == before


def test_an_open_offer_stays_open(organisation: Organisation) -> None:
    activity = ActivityFactory.create(organisation=organisation, is_standing=True)

    with pytest.raises(ValidationError):
        close(AdministratorFactory.create(), activity, "guides")
    activity.refresh_from_db()
    assert activity.only_for == ""


def test_only_who_coordinates_guides_is_asked_who_sees_it(organisation: Organisation) -> None:
    activity = ActivityFactory.create(organisation=organisation)
    address = reverse("activities:edit_audience", args=[activity.pk])
    member = signed_in(MembershipFactory.create(organisation=organisation).person)
    coordinator = signed_in(CoordinatorRoleFactory.create(region=organisation.municipality).person)
    sent = {"audience": "everyone", "only_for": "guides"}

    assert 'name="only_for"' not in member.get(address).content.decode()
    member.post(address, sent)
    activity.refresh_from_db()
    assert activity.only_for == ""

    assert 'name="only_for"' in coordinator.get(address).content.decode()
    coordinator.post(address, {**sent, "only_for": "x"})
    activity.refresh_from_db()
    assert activity.only_for == ""
    coordinator.post(address, sent)
    activity.refresh_from_db()
    assert activity.only_for == "guides"

    assert 'name="only_for"' not in member.get(address).content.decode()
    member.post(address, {"audience": "women"})
    activity.refresh_from_db()
    assert activity.only_for == "guides"


def test_a_copy_stays_closed(organisation: Organisation, evening: ActivityDate) -> None:
    member = MembershipFactory.create(organisation=organisation).person

    copied = planning.copy_activity(actor=member, activity_id=evening.activity_id)

    assert copied.only_for == "guides"


def test_the_own_page_lists_what_comes(
    guide: Guide, evening: ActivityDate, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(guide.person)
    address = reverse("guides:guide", args=[guide.pk])
    draft = ActivityFactory.create(
        only_for="guides", status=ActivityStatus.DRAFT, parts={"title": "Entwurf"}
    )
    DateFactory.create(activity=draft)
    with django_assert_max_num_queries(30) as few:
        page = client.get(address).content.decode()
    for _number in range(6):
        DateFactory.create(activity__only_for="guides")
    with django_assert_max_num_queries(len(few)):
        client.get(address)

    assert TITLE in page
    assert "Entwurf" not in page
    stranger = CoordinatorRoleFactory.create(region=guide.municipality).person
    assert TITLE not in signed_in(stranger).get(address).content.decode()


def test_it_is_no_news_until_it_is_opened(
    evening: ActivityDate, run_jobs: Callable[[], int]
) -> None:
    administrator = AdministratorFactory.create()
    planning.change_activity(
        actor=administrator, activity_id=evening.activity_id, changes={"cost_cents": 100}
    )
    run_jobs()
    assert not NewDate.objects.exists()

    close(administrator, evening.activity, "")
    run_jobs()
    assert NewDate.objects.get().date == evening
