"""The network of guides: who gets in, what is written, papers, pauses, and leaving."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from miteinander.community.organisations.tests.factories import CoordinatorRoleFactory
from miteinander.community.people import services as people
from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.community.regions.tests.factories import DistrictFactory, RegionFactory
from miteinander.cooperation.guides.exports import export_person, heard_of
from miteinander.cooperation.guides.messages import PapersEnd
from miteinander.cooperation.guides.models import Guide
from miteinander.cooperation.guides.queries import network as queries
from miteinander.cooperation.guides.queries.network import Wanted
from miteinander.cooperation.guides.services import network, privacy
from miteinander.cooperation.guides.services.network import Documents, Profile
from miteinander.cooperation.guides.tests.factories import CertificateFactory, InterestFactory
from miteinander.cooperation.guides.tests.network.factories import GuideFactory, HoursFactory
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
CLOCK = SystemActor("guides")
TODAY = date(2027, 3, 28)  # the day the clock goes forward


@pytest.fixture
def coordinator() -> Person:
    person: Person = CoordinatorRoleFactory.create(region=DistrictFactory.create()).person
    return person


def town_of(coordinator: Person) -> Any:
    role = coordinator.coordinator_roles.get()
    return RegionFactory.create(parent=role.region)


def profile(guide: Guide, **changes: Any) -> Profile:
    told: dict[str, Any] = {
        "languages": (("uk", "native"), ("de", "b1")),
        "municipality_id": guide.municipality_id, "areas": (guide.municipality_id,),
    }  # fmt: skip
    return Profile(**(told | changes))


def test_who_was_found_suitable_is_taken_in_with_the_place_they_wrote(coordinator: Person) -> None:
    interest = InterestFactory.create(status="suitable", municipality=town_of(coordinator))

    guide = network.add_guide(actor=coordinator, person_id=interest.person_id)

    assert guide.municipality == interest.municipality
    assert list(guide.areas.all()) == [interest.municipality]
    assert not queries.future_guides(actor=coordinator).exists()


@pytest.mark.parametrize("status", ["open", "invited", "later", "not", "withdrawn"])
def test_nobody_else_is_taken_in(coordinator: Person, status: str) -> None:
    interest = InterestFactory.create(status=status, municipality=town_of(coordinator))

    with pytest.raises(ValidationError):
        network.add_guide(actor=coordinator, person_id=interest.person_id)
    assert not Guide.objects.exists()


def test_a_coordinator_of_elsewhere_takes_nobody_of_here_in(coordinator: Person) -> None:
    interest = InterestFactory.create(status="suitable")

    with pytest.raises(ValidationError):
        network.add_guide(actor=coordinator, person_id=interest.person_id)
    with pytest.raises(ValidationError):
        network.add_guide(actor=PersonFactory.create(), person_id=interest.person_id)
    assert not Guide.objects.exists()


def test_who_comes_back_is_found_as_they_were(coordinator: Person) -> None:
    interest = InterestFactory.create(status="suitable", municipality=town_of(coordinator))
    guide = network.add_guide(actor=coordinator, person_id=interest.person_id)
    network.change_guide(actor=coordinator, guide_id=guide.pk, profile=profile(guide))
    network.leave_network(actor=coordinator, guide_id=guide.pk, reason="moved")

    again = network.add_guide(actor=coordinator, person_id=interest.person_id)

    assert (again.pk, again.status, again.left_on, again.left_reason) == (
        guide.pk, "active", None, "",
    )  # fmt: skip
    assert again.languages.count() == 2


def test_the_guide_and_the_coordinator_write_the_same_page(coordinator: Person) -> None:
    guide = GuideFactory.create(municipality=town_of(coordinator))

    for actor, code in ((guide.person, "ti"), (coordinator, "fa")):
        wanted = profile(guide, languages=((code, "c1"),), times=5, topics=("school",))
        network.change_guide(actor=actor, guide_id=guide.pk, profile=wanted)
        guide.refresh_from_db()
        assert [row.code for row in guide.languages.all()] == [code]
        assert (guide.times, guide.topics) == (5, ["school"])


def test_another_guide_finds_no_page(coordinator: Person) -> None:
    guide = GuideFactory.create(municipality=town_of(coordinator))
    other = GuideFactory.create(municipality=guide.municipality)

    with pytest.raises(Guide.DoesNotExist):
        network.change_guide(actor=other.person, guide_id=guide.pk, profile=profile(guide))
    with pytest.raises(Guide.DoesNotExist):
        network.leave_network(actor=other.person, guide_id=guide.pk, reason="time")


@pytest.mark.parametrize(
    "changes",
    [
        {"languages": ()},
        {"languages": (("uk", "b1"), ("uk", "c1"))},
        {"languages": (("klingon", "b1"),)},
        {"areas": ()},
        {"areas": (987654,)},
        {"municipality_id": 987654},
        {"ways": ()},
        {"ways": ("pigeon",)},
        {"topics": ("illness",)},
        {"topics": ("work",), "unwanted": ("work",)},
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(changes: dict[str, Any]) -> None:
    guide = GuideFactory.create()

    with pytest.raises(ValidationError):
        network.change_guide(
            actor=guide.person, guide_id=guide.pk, profile=profile(guide, **changes)
        )
    guide.refresh_from_db()
    assert guide.languages.count() == 2
    assert list(guide.areas.all()) == [guide.municipality]


def test_papers_are_noted_by_coordinators_and_never_by_the_guide(coordinator: Person) -> None:
    guide = GuideFactory.create(municipality=town_of(coordinator))
    seen = Documents(police_inspected_on=clock.today())

    network.note_documents(actor=coordinator, guide_id=guide.pk, documents=seen)

    guide.refresh_from_db()
    assert guide.police_inspected_by == coordinator
    assert guide.police_valid_until == clock.today() + timedelta(days=5 * 365)
    with pytest.raises(PermissionDenied):
        network.note_documents(actor=guide.person, guide_id=guide.pk, documents=Documents())
    own = CoordinatorRoleFactory.create(person=guide.person, region=guide.municipality)
    with pytest.raises(PermissionDenied):
        network.note_documents(actor=own.person, guide_id=guide.pk, documents=Documents())


@pytest.mark.parametrize(
    "days",
    [
        {"confidentiality_on": 1},
        {"police_inspected_on": 1},
        {"police_valid_until": 5},
        {"police_inspected_on": -5, "police_valid_until": -6},
    ],
)
def test_days_that_cannot_be_are_refused(coordinator: Person, days: dict[str, int]) -> None:
    guide = GuideFactory.create(municipality=town_of(coordinator))
    told: dict[str, Any] = {
        name: clock.today() + timedelta(days=away) for name, away in days.items()
    }

    with pytest.raises(ValidationError):
        network.note_documents(actor=coordinator, guide_id=guide.pk, documents=Documents(**told))
    guide.refresh_from_db()
    assert guide.police_inspected_on is None


def test_on_a_pause_nobody_is_active_and_afterwards_again() -> None:
    guide = GuideFactory.create()
    begins, ends = clock.today() + timedelta(days=1), clock.today() + timedelta(days=3)
    network.pause_guide(actor=guide.person, guide_id=guide.pk, begins=begins, ends=ends)

    active = [
        queries.active_guides(clock.today() + timedelta(days=days)).exists() for days in range(6)
    ]
    assert active == [True, False, False, False, True, True]

    network.pause_guide(actor=guide.person, guide_id=guide.pk, begins=begins)
    assert not queries.active_guides(ends + timedelta(days=900)).exists()
    network.pause_guide(actor=guide.person, guide_id=guide.pk, begins=None)
    assert queries.active_guides(begins).exists()


def test_a_pause_that_ends_before_it_begins_is_refused() -> None:
    guide = GuideFactory.create()
    today = clock.today()

    past = today - timedelta(days=3)
    for begins, ends in ((today, today - timedelta(days=1)), (past - timedelta(days=6), past)):
        with pytest.raises(ValidationError):
            network.pause_guide(actor=guide.person, guide_id=guide.pk, begins=begins, ends=ends)
    guide.refresh_from_db()
    assert guide.paused_from is None


def test_leaving_keeps_the_reason_and_happens_once() -> None:
    guide = GuideFactory.create()

    with pytest.raises(ValidationError):
        network.leave_network(actor=guide.person, guide_id=guide.pk, reason="quarrel")
    network.leave_network(actor=guide.person, guide_id=guide.pk, reason="time")
    network.leave_network(actor=guide.person, guide_id=guide.pk, reason="moved")

    guide.refresh_from_db()
    assert (guide.status, guide.left_reason) == ("left", "time")


def test_the_list_is_narrowed_by_language_place_and_state(coordinator: Person) -> None:
    here, there = town_of(coordinator), town_of(coordinator)
    first = GuideFactory.create(municipality=here)
    second = GuideFactory.create(municipality=here, speaks=[("ti", "b2")], goes_to=[there])
    paused = GuideFactory.create(municipality=here, paused_from=clock.today())
    gone = GuideFactory.create(municipality=here, status="left", left_on=clock.today())
    GuideFactory.create()

    def found(**wanted: Any) -> set[Guide]:
        return set(
            queries.guides_seen(actor=coordinator, day=clock.today(), wanted=Wanted(**wanted))
        )

    assert found() == {first, second, paused}
    assert found(language="ti") == {second}
    assert found(area=there.pk) == {second}
    assert found(state="active") == {first, second}
    assert found(state="paused") == {paused}
    assert found(state="left") == {gone}


def test_a_certificate_counts_until_it_ends_or_is_revoked() -> None:
    today = clock.today()
    guide = GuideFactory.create(certified=False)
    row = CertificateFactory.create(trainee__person=guide.person, valid_until=today)

    held = [queries.valid_certificates(today + timedelta(days=days)).exists() for days in (0, 1)]
    assert held == [True, False]
    row.revoked_at, row.revoke_reason, row.valid_until = clock.now(), "mistake", None
    row.save()
    assert not queries.valid_certificates(today).exists()


def test_guides_are_reminded_of_papers_that_end_and_nobody_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(bus, "publish", lambda row: told.append((row.guide_id, row.days)))
    in_days = {
        days: GuideFactory.create(police_valid_until=clock.today() + timedelta(days=days)).pk
        for days in (-1, 13, 50, 70)
    }
    GuideFactory.create(status="left", police_valid_until=clock.today())

    network.remind_of_papers(actor=CLOCK, now=clock.now())

    assert sorted(told) == sorted([(in_days[13], 60), (in_days[13], 14), (in_days[50], 60)])
    assert PapersEnd(1, 14).days == 14


def test_a_page_goes_after_its_time_and_with_its_person() -> None:
    left = GuideFactory.create(status="left", left_on=TODAY, left_reason="time")
    stays = GuideFactory.create()

    with clock.held_at(clock.end_of_day(TODAY + timedelta(days=1094))):
        assert privacy.forget_old_guides(actor=CLOCK, now=clock.now()) == 0
    with clock.held_at(clock.end_of_day(TODAY + timedelta(days=1097))):
        assert privacy.forget_old_guides(actor=CLOCK, now=clock.now()) == 1
    assert not Guide.objects.filter(pk=left.pk).exists()
    assert list(Guide.objects.all()) == [stays]

    people.erase_person(actor=SystemActor("test"), person_id=stays.person_id)
    assert not Guide.objects.exists()


def test_a_guide_takes_everything_along_and_is_not_forgotten_while_active() -> None:
    guide = GuideFactory.create(topics=["school"])

    told = export_person(guide.person)["guide"]

    assert told[0]["languages"] == ["uk native", "de b2"]
    assert told[0]["topics"] == ["school"]
    future = clock.now() + timedelta(days=900)
    assert guide.person_id in heard_of([guide.person_id], future)


def test_of_an_erased_guide_with_hours_only_an_emptied_row_stays() -> None:
    guide = HoursFactory.create(guide__topics=["school"], guide__times=7).guide

    people.erase_person(actor=SystemActor("test"), person_id=guide.person_id)

    guide.refresh_from_db()
    assert (guide.status, guide.topics, guide.times) == ("left", [], 0)
    assert not guide.languages.exists()
    assert not guide.areas.exists()
