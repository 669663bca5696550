"""Assignments: the page, giving back, the report and its hours, a talk, and words passed on."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from miteinander.community.organisations.tests.factories import CoordinatorRoleFactory
from miteinander.community.people.models import Person
from miteinander.community.regions.models import Region
from miteinander.community.regions.tests.factories import RegionFactory
from miteinander.cooperation.guides.exports import export_person
from miteinander.cooperation.guides.models import (
    Apart,
    Ask,
    Assignment,
    GuideRequest,
    Hours,
    RelayedWords,
    RequestContact,
)
from miteinander.cooperation.guides.permissions_asking import can_see_assignment, seen_assignments
from miteinander.cooperation.guides.services import (
    apart,
    asking,
    assignments,
    privacy,
    relay,
    requests,
)
from miteinander.cooperation.guides.services.assignments import Report
from miteinander.cooperation.guides.tests.network.factories import (
    AskFactory,
    AssignmentFactory,
    GuideFactory,
    RequestFactory,
)
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")
HAPPENED = Report(status="happened", minutes=75, kilometres=8, result="done")
SECRETS = ("Sekretariat Waldschule", "sekretariat@schule.example", "900100", "Familie Beispiel")


@pytest.fixture
def town() -> Region:
    place: Region = RegionFactory.create()
    return place


@pytest.fixture
def coordinator(town: Region) -> Person:
    person: Person = CoordinatorRoleFactory.create(region=town).person
    return person


@pytest.fixture
def assignment(town: Region) -> Assignment:
    request = RequestFactory.create(municipality=town, status="agreed")
    row: Assignment = AssignmentFactory.create(
        request=request, guide=GuideFactory.create(municipality=town)
    )
    return row


def begun(row: Assignment) -> Assignment:
    """Move an assignment two hours into the past."""
    starts_at = clock.now() - timedelta(hours=2)
    Assignment.objects.filter(pk=row.pk).update(
        starts_at=starts_at, ends_at=starts_at + timedelta(hours=1)
    )
    row.refresh_from_db()
    return row


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def refusal(step: Callable[[], object]) -> str:
    with pytest.raises(ValidationError) as caught:
        step()
    return str(caught.value.code)


def test_a_report_notes_hours_and_ends_the_request(assignment: Assignment) -> None:
    guide = begun(assignment).guide.person
    for _twice in range(2):
        assignments.report(actor=guide, assignment_id=assignment.pk, report=HAPPENED)
    assignment.refresh_from_db()
    hours = Hours.objects.get()
    assert (hours.minutes, hours.kilometres, hours.assignment) == (75, 8, assignment)
    assert (assignment.status, assignment.request.status) == ("happened", "done")
    other = Report(status="happened", minutes=80, kilometres=8, result="done")
    wrong = refusal(
        lambda: assignments.report(actor=guide, assignment_id=assignment.pk, report=other)
    )
    assert wrong == "reported"


@pytest.mark.parametrize(("status", "ended"), [("no_show", "done"), ("cancelled", "withdrawn")])
def test_what_did_not_take_place_notes_no_hours(
    assignment: Assignment, status: str, ended: str
) -> None:
    person = begun(assignment).guide.person
    assignments.report(actor=person, assignment_id=assignment.pk, report=Report(status=status))
    assignment.refresh_from_db()
    assert (assignment.status, assignment.request.status) == (status, ended)
    assert assignment.minutes is None
    assert not Hours.objects.exists()


@pytest.mark.parametrize(
    ("report", "code"),
    [
        (Report(status="flown"), "unknown_status"),
        (Report(status="happened", minutes=60), "unknown_result"),
        (Report(status="happened", minutes=0, result="done"), "wrong_minutes"),
        (Report(status="happened", minutes=721, result="done"), "wrong_minutes"),
        (Report(status="happened", minutes=9, kilometres=1000, result="done"), "wrong_kilometres"),
    ],
)
def test_a_wrong_report_is_refused(assignment: Assignment, report: Report, code: str) -> None:
    person = begun(assignment).guide.person
    wrong = refusal(
        lambda: assignments.report(actor=person, assignment_id=assignment.pk, report=report)
    )
    assert wrong == code
    assert not Hours.objects.exists()


def test_nobody_reports_before_it_begins(assignment: Assignment) -> None:
    person = assignment.guide.person
    wrong = refusal(
        lambda: assignments.report(actor=person, assignment_id=assignment.pk, report=HAPPENED)
    )
    assert wrong == "early"


def test_reports_that_overlap_are_refused_and_those_that_touch_are_not(
    assignment: Assignment,
) -> None:
    first = begun(assignment)
    guide = first.guide
    assignments.report(actor=guide.person, assignment_id=first.pk, report=HAPPENED)
    touching = AssignmentFactory.create(
        guide=guide, starts_at=first.starts_at + timedelta(minutes=75)
    )
    inside = AssignmentFactory.create(
        guide=guide, starts_at=first.starts_at + timedelta(minutes=30)
    )
    before = AssignmentFactory.create(
        guide=guide, starts_at=first.starts_at - timedelta(minutes=30)
    )
    ten = Report(status="happened", minutes=10, result="done")
    assignments.report(actor=guide.person, assignment_id=touching.pk, report=ten)
    for row, report in ((inside, ten), (before, HAPPENED)):
        with pytest.raises(ValidationError, match=r"\d\d:\d\d"):
            assignments.report(actor=guide.person, assignment_id=row.pk, report=report)


def test_an_assignment_in_the_night_the_clocks_change_is_as_long_as_it_is(
    town: Region, coordinator: Person
) -> None:
    night = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    with clock.held_at(night - timedelta(days=2)):
        guide = GuideFactory.create(municipality=town)
        row = RequestFactory.create(municipality=town, starts_at=night, minutes=120)
        ask = asking.ask_guide(actor=coordinator, request_id=row.pk, guide_id=guide.pk)
        asking.answer_ask(actor=SYSTEM, ask_id=ask.pk, is_yes=True)
    agreed = Assignment.objects.get()
    assert agreed.ends_at - agreed.starts_at == timedelta(minutes=120)
    assert (clock.local(agreed.starts_at).hour, clock.local(agreed.ends_at).hour) == (2, 3)


def test_who_cannot_come_gives_back_and_the_next_is_asked(
    assignment: Assignment, coordinator: Person, town: Region, run_jobs: Callable[[], int]
) -> None:
    AskFactory.create(
        request=assignment.request, guide=assignment.guide, answer="yes", asked_by=coordinator
    )
    other = GuideFactory.create(municipality=town)
    for _twice in range(2):
        assignments.give_back(actor=assignment.guide.person, assignment_id=assignment.pk)
    assert Ask.objects.get(answer="open").guide == other
    assignment.refresh_from_db()
    assert (assignment.status, assignment.request.status) == ("cancelled", "open")
    run_jobs()
    told = [one.to[0] for one in mail.outbox]
    assert sorted(told) == sorted(["sekretariat@schule.example", str(other.person.email)])


def test_what_has_begun_is_not_given_back(assignment: Assignment) -> None:
    person = begun(assignment).guide.person
    wrong = refusal(lambda: assignments.give_back(actor=person, assignment_id=assignment.pk))
    assert wrong == "begun"


def test_only_the_guide_and_coordinators_of_the_place_know_of_it(
    assignment: Assignment, coordinator: Person
) -> None:
    elsewhere = CoordinatorRoleFactory.create(region=RegionFactory.create()).person
    other = GuideFactory.create(municipality=assignment.request.municipality).person
    people = {
        assignment.guide.person: True, coordinator: True, elsewhere: False, other: False,
    }  # fmt: skip
    for person, may_see in people.items():
        assert can_see_assignment(person, assignment) is may_see
        found = Assignment.objects.filter(seen_assignments(person)).exists()
        assert found is may_see
        page = signed_in(person).get(reverse("guides:assignment", args=[assignment.pk]))
        assert (page.status_code == 200) is may_see


def test_only_the_guide_learns_whom_to_reach_and_only_after_yes(
    assignment: Assignment, coordinator: Person, town: Region
) -> None:
    address = reverse("guides:assignment_contact", args=[assignment.pk])
    page = signed_in(assignment.guide.person).post(address).content.decode()
    assert all(word in page for word in ("Sekretariat Waldschule", "Familie Beispiel"))
    assert signed_in(coordinator).post(address).status_code == 404
    detail = signed_in(assignment.guide.person).get(
        reverse("guides:assignment", args=[assignment.pk])
    )
    assert not any(word in detail.content.decode() for word in SECRETS)
    Assignment.objects.filter(pk=assignment.pk).update(status="cancelled")
    assert signed_in(assignment.guide.person).post(address).status_code == 404


def test_a_talk_is_wanted_with_one_tap_and_noted_by_a_coordinator(
    assignment: Assignment, coordinator: Person, run_jobs: Callable[[], int]
) -> None:
    client = signed_in(assignment.guide.person)
    for _twice in range(2):
        client.post(reverse("guides:call_for_talk", args=[assignment.pk]))
    run_jobs()
    assert [one.to for one in mail.outbox] == [[coordinator.email]]
    desk = signed_in(coordinator)
    overview = reverse("guides:overview")
    assert assignment.guide.person.name in desk.get(overview).content.decode()
    with pytest.raises(PermissionDenied):
        assignments.note_talk(actor=assignment.guide.person, assignment_id=assignment.pk)
    desk.post(reverse("guides:talked", args=[assignment.pk]))
    assert assignment.guide.person.name not in desk.get(overview).content.decode()


def test_either_side_may_wish_for_somebody_else(
    assignment: Assignment, coordinator: Person, town: Region
) -> None:
    person = begun(assignment).guide.person
    report = Report(status="happened", minutes=60, result="done", wants_apart=True)
    assignments.report(actor=person, assignment_id=assignment.pk, report=report)
    apart.want_other_guide(actor=SYSTEM, request_id=assignment.request_id)
    assert Apart.objects.count() == 1
    again = RequestFactory.create(municipality=town)
    wrong = refusal(
        lambda: asking.ask_guide(
            actor=coordinator, request_id=again.pk, guide_id=assignment.guide_id
        )
    )
    assert wrong == "not_able"


def test_reminders_come_a_day_before_and_once_after(
    assignment: Assignment, run_jobs: Callable[[], int]
) -> None:
    Assignment.objects.update(agreed_at=assignment.starts_at - timedelta(days=5))
    steps = (
        (assignment.starts_at - timedelta(hours=25), 0),
        (assignment.starts_at - timedelta(hours=23), 1),
        (assignment.starts_at - timedelta(hours=22), 0),
        (assignment.ends_at + timedelta(hours=1), 1),
        (assignment.ends_at + timedelta(hours=2), 0),
    )
    for moment, count in steps:
        with clock.held_at(moment):
            assert assignments.remind(actor=SYSTEM, now=moment) == count
            run_jobs()
    assert len(mail.outbox) == 2


def test_contacts_words_and_requests_go_with_their_time_and_hours_stay(
    assignment: Assignment,
) -> None:
    relay.pass_on(
        actor=SYSTEM, assignment_id=assignment.pk, words="a", entry="x", is_from_guide=False
    )
    person = begun(assignment).guide.person
    assignments.report(actor=person, assignment_id=assignment.pk, report=HAPPENED)
    month = clock.now() + timedelta(days=31)
    with clock.held_at(month):
        privacy.forget_old_contacts(actor=SYSTEM, now=month)
    assert not RequestContact.objects.exists()
    assert not RelayedWords.objects.exists()
    assert GuideRequest.objects.exists()
    years = clock.now() + timedelta(days=365 * 6)
    privacy.forget_old_requests(actor=SYSTEM, now=years)
    assert not GuideRequest.objects.exists()
    assert not Assignment.objects.exists()
    assert Hours.objects.get().assignment is None


def test_an_erased_guide_is_followed_by_the_next(
    assignment: Assignment, coordinator: Person, town: Region
) -> None:
    AskFactory.create(
        request=assignment.request, guide=assignment.guide, answer="yes", asked_by=coordinator
    )
    other = GuideFactory.create(municipality=town)
    told = export_person(assignment.guide.person)
    assert (len(told["assignments"]), told["asked_count"]) == (1, 1)
    privacy.forget_person(actor=SYSTEM, person_id=assignment.guide.person_id)
    assert [row.guide for row in Ask.objects.filter(answer="open")] == [other]
    assert not Ask.objects.filter(guide=assignment.guide_id).exists()


def test_a_coordinator_reports_for_a_guide_who_called(
    assignment: Assignment, coordinator: Person
) -> None:
    begun(assignment)
    address = reverse("guides:report", args=[assignment.pk])
    client = signed_in(coordinator)
    assert client.post(address, {"status": "happened"}).status_code == 200
    told = {"status": "happened", "minutes": "60", "kilometres": "", "result": "done"}
    client.post(address, told)
    assignment.refresh_from_db()
    assert (assignment.status, assignment.minutes) == ("happened", 60)


def test_a_done_request_keeps_the_report_of_its_guide_open(
    assignment: Assignment, coordinator: Person
) -> None:
    requests.end_request(actor=coordinator, request_id=assignment.request_id)
    person = begun(assignment).guide.person
    assignments.report(actor=person, assignment_id=assignment.pk, report=HAPPENED)
    assert Hours.objects.count() == 1


def test_another_date_that_is_wanted_becomes_a_request_of_its_own(
    assignment: Assignment, coordinator: Person
) -> None:
    person = begun(assignment).guide.person
    told = Report(status="happened", minutes=60, result="started", has_follow_up=True)
    assignments.report(actor=person, assignment_id=assignment.pk, report=told)
    client = signed_in(coordinator)
    page = client.get(reverse("guides:request_detail", args=[assignment.request_id]))
    address = reverse("guides:request_again", args=[assignment.request_id])
    assert address in page.content.decode()
    for _twice in range(2):
        client.post(address)
    again = GuideRequest.objects.exclude(pk=assignment.request_id).get()
    assert (again.status, again.starts_at, again.language) == ("open", None, "uk")
    assert again.contact.sealed == assignment.request.contact.sealed
    RequestContact.objects.all().delete()
    other = RequestFactory.create(municipality=again.municipality, status="open")
    RequestContact.objects.filter(request=other).delete()
    with pytest.raises(ValidationError):
        requests.ask_again(actor=coordinator, request_id=other.pk)
