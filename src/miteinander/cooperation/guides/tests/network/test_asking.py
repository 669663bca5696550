"""Asking guides: one after the other, yes and no, too late, another time, nobody left."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation

from miteinander.community.organisations.tests.factories import CoordinatorRoleFactory
from miteinander.community.people.models import Person
from miteinander.community.regions.models import Region
from miteinander.community.regions.tests.factories import RegionFactory
from miteinander.cooperation.guides.models import (
    Ask,
    Assignment,
    Certificate,
    Guide,
    GuideRequest,
)
from miteinander.cooperation.guides.services import asking, asking_again, network, requests
from miteinander.cooperation.guides.tests.network.factories import (
    AssignmentFactory,
    GuideFactory,
    RequestFactory,
)
from miteinander.foundation.core import clock, timetable
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
BEARER = SystemActor("test")


@pytest.fixture
def town() -> Region:
    place: Region = RegionFactory.create()
    return place


@pytest.fixture
def coordinator(town: Region) -> Person:
    person: Person = CoordinatorRoleFactory.create(region=town).person
    return person


@pytest.fixture
def guides(town: Region) -> list[Guide]:
    return GuideFactory.create_batch(3, municipality=town)


@pytest.fixture
def request_(town: Region) -> GuideRequest:
    row: GuideRequest = RequestFactory.create(municipality=town)
    return row


def ask(coordinator: Person, request_: GuideRequest, guide: Guide) -> Ask:
    return asking.ask_guide(actor=coordinator, request_id=request_.pk, guide_id=guide.pk)


def say(row: Ask, *, is_yes: bool, starts_at: datetime | None = None) -> Ask:
    return asking.answer_ask(actor=BEARER, ask_id=row.pk, is_yes=is_yes, starts_at=starts_at)


def refusal(step: Callable[[], object]) -> str:
    """Return the code with which a step is refused."""
    with pytest.raises(ValidationError) as caught:
        step()
    return str(caught.value.code)


def test_a_yes_agrees_the_time_and_the_next_is_not_asked(
    coordinator: Person, guides: list[Guide], request_: GuideRequest
) -> None:
    row = ask(coordinator, request_, guides[0])
    say(row, is_yes=True)
    assignment = Assignment.objects.get()
    request_.refresh_from_db()
    assert (assignment.guide, assignment.status) == (guides[0], "agreed")
    assert assignment.starts_at == request_.starts_at
    assert assignment.ends_at - assignment.starts_at == timedelta(minutes=request_.minutes)
    assert (request_.status, Ask.objects.count()) == ("agreed", 1)
    assert say(row, is_yes=True).answer == "yes"
    assert Assignment.objects.count() == 1


def test_after_a_no_the_next_is_asked_and_nobody_twice(
    coordinator: Person, guides: list[Guide], request_: GuideRequest
) -> None:
    row = ask(coordinator, request_, guides[0])
    for _each in guides:
        row = Ask.objects.get(request=request_, answer="open")
        say(row, is_yes=False)
    assert Ask.objects.filter(answer="no").count() == len(guides)
    assert {one.guide_id for one in Ask.objects.all()} == {guide.pk for guide in guides}
    assert not Ask.objects.filter(answer="open").exists()


def test_the_coordinator_hears_when_nobody_is_left(
    coordinator: Person,
    guides: list[Guide],
    request_: GuideRequest,
    run_jobs: Callable[[], int],
) -> None:
    row = ask(coordinator, request_, guides[0])
    for _each in guides:
        say(Ask.objects.get(request=request_, answer="open"), is_yes=False)
    run_jobs()
    told = [one for one in mail.outbox if one.to == [coordinator.email]]
    assert len(told) == 1
    assert f"requests/{request_.pk}/" in str(told[0].body)
    assert row.guide.person.name not in str(told[0].body)


def test_the_same_guide_asked_twice_is_asked_once_and_another_is_refused(
    coordinator: Person, guides: list[Guide], request_: GuideRequest
) -> None:
    first = ask(coordinator, request_, guides[0])
    assert ask(coordinator, request_, guides[0]) == first
    assert refusal(lambda: ask(coordinator, request_, guides[1])) == "asked"


def test_somebody_else_elsewhere_asks_nobody(guides: list[Guide], request_: GuideRequest) -> None:
    elsewhere = CoordinatorRoleFactory.create(region=RegionFactory.create()).person
    with pytest.raises(GuideRequest.DoesNotExist):
        ask(elsewhere, request_, guides[0])
    with pytest.raises(GuideRequest.DoesNotExist):
        ask(guides[0].person, request_, guides[0])
    assert not Ask.objects.exists()


def test_only_the_guide_or_the_link_answers(
    coordinator: Person, guides: list[Guide], request_: GuideRequest
) -> None:
    row = ask(coordinator, request_, guides[0])
    for actor in (coordinator, guides[1].person):
        with pytest.raises(PermissionDenied):
            asking.answer_ask(actor=actor, ask_id=row.pk, is_yes=True)
    answered = asking.answer_ask(actor=guides[0].person, ask_id=row.pk, is_yes=True)
    assert answered.answer == "yes"


def test_without_an_answer_in_time_the_next_is_asked_and_a_late_yes_is_told_so(
    coordinator: Person, guides: list[Guide], request_: GuideRequest
) -> None:
    row = ask(coordinator, request_, guides[0])
    assert asking_again.expire_asks(actor=BEARER, now=row.deadline - timedelta(seconds=1)) == 0
    with clock.held_at(row.deadline):
        assert asking_again.expire_asks(actor=BEARER, now=row.deadline) == 1
        assert asking_again.expire_asks(actor=BEARER, now=row.deadline) == 0
    row.refresh_from_db()
    assert row.answer == "expired"
    assert Ask.objects.get(answer="open").guide != guides[0]
    assert refusal(lambda: say(row, is_yes=True)) == "late"


def test_a_late_yes_holds_while_nobody_else_is_asked(
    coordinator: Person, town: Region, request_: GuideRequest
) -> None:
    only = GuideFactory.create(municipality=town)
    row = ask(coordinator, request_, only)
    asking_again.expire_asks(actor=BEARER, now=row.deadline)
    assert say(row, is_yes=True).answer == "yes"
    assert Assignment.objects.get().guide == only


def test_a_no_can_become_a_yes_while_nobody_else_is_asked(
    coordinator: Person, town: Region, request_: GuideRequest
) -> None:
    only = GuideFactory.create(municipality=town)
    row = ask(coordinator, request_, only)
    say(row, is_yes=False)
    assert say(row, is_yes=True).answer == "yes"


def test_a_request_taken_back_while_a_guide_says_yes(
    coordinator: Person, guides: list[Guide], request_: GuideRequest
) -> None:
    row = ask(coordinator, request_, guides[0])
    requests.withdraw_request(actor=BEARER, request_id=request_.pk)
    assert refusal(lambda: say(row, is_yes=True)) == "withdrawn"
    row.refresh_from_db()
    assert row.answer == "withdrawn"
    assert not Assignment.objects.exists()


def test_a_yes_that_came_first_is_called_off_by_the_withdrawal(
    coordinator: Person, guides: list[Guide], request_: GuideRequest
) -> None:
    say(ask(coordinator, request_, guides[0]), is_yes=True)
    requests.withdraw_request(actor=BEARER, request_id=request_.pk)
    assert Assignment.objects.get().status == "cancelled"


def test_another_time_asks_the_same_guide_again(
    coordinator: Person, guides: list[Guide], request_: GuideRequest
) -> None:
    first = ask(coordinator, request_, guides[1])
    say(first, is_yes=True)
    assert request_.starts_at
    later = request_.starts_at + timedelta(days=1)
    asking_again.change_time(actor=coordinator, request_id=request_.pk, starts_at=later, minutes=90)
    request_.refresh_from_db()
    again = Ask.objects.get(answer="open")
    assert (again.guide, again.time_turn, request_.status) == (guides[1], 1, "open")
    assert Assignment.objects.get().status == "cancelled"
    say(again, is_yes=True)
    assert Assignment.objects.get(status="agreed").starts_at == later


def test_a_yes_to_the_former_time_is_told_so(
    coordinator: Person, guides: list[Guide], request_: GuideRequest
) -> None:
    first = ask(coordinator, request_, guides[1])
    assert request_.starts_at
    asking_again.change_time(
        actor=coordinator, request_id=request_.pk, minutes=60,
        starts_at=request_.starts_at + timedelta(hours=3),
    )  # fmt: skip
    assert refusal(lambda: say(first, is_yes=True)) == "other_time"


def test_who_cannot_come_at_the_other_time_is_followed_by_the_next(
    coordinator: Person, guides: list[Guide], request_: GuideRequest
) -> None:
    say(ask(coordinator, request_, guides[0]), is_yes=True)
    assert request_.starts_at
    later = request_.starts_at + timedelta(days=1)
    AssignmentFactory.create(guide=guides[0], starts_at=later)
    asking_again.change_time(actor=coordinator, request_id=request_.pk, starts_at=later, minutes=60)
    assert Ask.objects.get(answer="open").guide != guides[0]


def test_a_guide_says_when_the_time_is_flexible(
    coordinator: Person, guides: list[Guide], town: Region
) -> None:
    by_day = clock.today() + timedelta(days=5)
    flexible = RequestFactory.create(municipality=town, starts_at=None, by_day=by_day)
    row = ask(coordinator, flexible, guides[0])
    assert refusal(lambda: say(row, is_yes=True)) == "no_time"
    late = clock.now() + timedelta(days=9)
    assert refusal(lambda: say(row, is_yes=True, starts_at=late)) == "late"
    past = clock.now() - timedelta(hours=1)
    assert refusal(lambda: say(row, is_yes=True, starts_at=past)) == "past"
    chosen = clock.now() + timedelta(days=2)
    Guide.objects.update(times=timetable.EVERY_TIME ^ timetable.bit_at(chosen))
    say(row, is_yes=True, starts_at=chosen)
    assert Assignment.objects.get().starts_at == chosen


def test_a_guide_with_something_else_then_cannot_say_yes(
    coordinator: Person, guides: list[Guide], request_: GuideRequest
) -> None:
    row = ask(coordinator, request_, guides[0])
    AssignmentFactory.create(guide=guides[0], starts_at=request_.starts_at)
    assert refusal(lambda: say(row, is_yes=True)) == "not_able"
    row.refresh_from_db()
    assert row.answer == "open"


def test_a_guide_whose_certificate_ends_before_the_day_is_not_asked(
    coordinator: Person, guides: list[Guide], request_: GuideRequest
) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    Certificate.objects.filter(trainee__person=guides[0].person).update(valid_until=tomorrow)
    assert refusal(lambda: ask(coordinator, request_, guides[0])) == "not_able"
    soon = RequestFactory.create(
        municipality=request_.municipality, starts_at=clock.now() + timedelta(hours=20)
    )
    assert ask(coordinator, soon, guides[0]).answer == "open"


def test_a_guide_who_leaves_is_followed_by_the_next(
    coordinator: Person, guides: list[Guide], request_: GuideRequest, town: Region
) -> None:
    second = RequestFactory.create(municipality=town, starts_at=clock.now() + timedelta(days=3))
    say(ask(coordinator, request_, guides[0]), is_yes=True)
    ask(coordinator, second, guides[0])
    network.leave_network(actor=guides[0].person, guide_id=guides[0].pk, reason="moved")
    open_asks = Ask.objects.filter(answer="open")
    assert {row.request for row in open_asks} == {request_, second}
    assert guides[0] not in {row.guide for row in open_asks}
    assert Assignment.objects.get().status == "cancelled"


def test_who_stops_asking_asks_nobody(
    coordinator: Person, guides: list[Guide], request_: GuideRequest
) -> None:
    ask(coordinator, request_, guides[0])
    asking.stop_asking(actor=coordinator, request_id=request_.pk)
    assert [row.answer for row in Ask.objects.all()] == ["withdrawn"]


def test_nobody_is_asked_once_the_role_has_ended(
    coordinator: Person, guides: list[Guide], request_: GuideRequest
) -> None:
    row = ask(coordinator, request_, guides[0])
    coordinator.coordinator_roles.all().delete()
    say(row, is_yes=False)
    assert not Ask.objects.filter(answer="open").exists()


def test_the_time_to_answer_never_ends_at_night(
    coordinator: Person, guides: list[Guide], town: Region
) -> None:
    evening = datetime(2026, 3, 28, 21, 30, tzinfo=UTC)
    with clock.held_at(evening):
        request_ = RequestFactory.create(municipality=town, starts_at=evening + timedelta(hours=24))
        row = ask(coordinator, request_, guides[0])
    local = clock.local(row.deadline)
    assert (local.hour, local.minute) == (9, 0)
    assert local.date().isoformat() == "2026-03-29"


def test_the_mail_asks_in_the_language_of_the_guide_and_names_nobody(
    coordinator: Person, town: Region, request_: GuideRequest,
    run_jobs: Callable[[], int],
) -> None:  # fmt: skip
    guide = GuideFactory.create(municipality=town, person__language="uk")
    row = ask(coordinator, request_, guide)
    run_jobs()
    (sent,) = [one for one in mail.outbox if one.to == [guide.person.email]]
    assert f"/uk/guides/asked/{row.token}/" in str(sent.body)
    with translation.override("uk"):
        assert translation.gettext("Can you guide?") in sent.subject
    assert "Waldschule" not in str(sent.body)
    assert "Beispiel" not in str(sent.body)
