"""A tandem lives: a first date, words, breaks, how it goes, an end, thanks, a call for help."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client

from miteinander.community.people.models import Person
from miteinander.community.regions.models import Region
from miteinander.cooperation.tandems.enums import SeekerStatus, TandemStatus
from miteinander.cooperation.tandems.exports import export_person
from miteinander.cooperation.tandems.models import (
    Apart,
    CheckIn,
    Seeker,
    Tandem,
    TandemMember,
    TandemWords,
)
from miteinander.cooperation.tandems.queries.tandems import calls_open, reports_open
from miteinander.cooperation.tandems.queries.venues import venues_near
from miteinander.cooperation.tandems.services import ending, first_date, life, relay, seekers
from miteinander.cooperation.tandems.tests.factories import (
    local,
    member_for,
    newcomer,
    public_venue,
    refused,
    tandem_of,
)
from miteinander.encounters.activities.tests.factories import ActivityFactory, DateFactory
from miteinander.encounters.spaces.tests.factories import VenueFactory
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
CLOCK = SystemActor("test")


@pytest.fixture
def ilse(town: Region) -> Seeker:
    return local(municipality=town, person__name="Ilse")


@pytest.fixture
def amal(town: Region) -> Seeker:
    return newcomer(municipality=town, person__name="Amal")


@pytest.fixture
def tandem(ilse: Seeker, amal: Seeker) -> Tandem:
    return tandem_of(ilse, amal, agreed_at=clock.now())


@pytest.fixture
def one(tandem: Tandem, ilse: Seeker) -> TandemMember:
    return member_for(tandem, ilse)


@pytest.fixture
def other(tandem: Tandem, amal: Seeker) -> TandemMember:
    return member_for(tandem, amal)


def test_a_time_is_proposed_until_it_fits_both(
    town: Region, ilse: Seeker, amal: Seeker, one: TandemMember, other: TandemMember,
    run_jobs: Callable[[], int],
) -> None:  # fmt: skip
    venue, starts_at = public_venue(town), clock.now() + timedelta(days=5)

    first_date.change_first_date(
        actor=ilse.person, member_id=one.pk, starts_at=starts_at, way="person", venue_id=venue.pk
    )
    run_jobs()
    assert [sent.to for sent in mail.outbox] == [[amal.person.email]]

    with refused("turn"):
        first_date.accept_first_date(actor=amal.person, member_id=other.pk, turn=0)
    first_date.accept_first_date(actor=amal.person, member_id=other.pk, turn=1)
    first_date.accept_first_date(actor=amal.person, member_id=other.pk, turn=1)
    run_jobs()

    assert first_date.is_fixed(Tandem.objects.get())
    assert len(mail.outbox) == 3
    name, entry, _kind = mail.outbox[1].attachments[0]
    assert name == "tandem.ics"
    assert venue.name in str(entry).replace("\\r\\n ", "").replace("\r\n ", "")
    assert "Ilse" not in str(entry)
    assert "Amal" not in str(entry)


@pytest.mark.parametrize(
    ("days", "way", "code"), [(-1, "person", "past"), (999, "phone", "far"), (5, "person", "venue")]
)
def test_a_bad_time_or_place_is_refused(
    ilse: Seeker, one: TandemMember, days: int, way: str, code: str
) -> None:
    with refused(code):
        first_date.change_first_date(
            actor=ilse.person, member_id=one.pk, starts_at=clock.now() + timedelta(days=days),
            way=way, venue_id=987654,
        )  # fmt: skip


def test_they_may_go_to_a_public_meeting_together(
    town: Region, ilse: Seeker, one: TandemMember, client: Client
) -> None:
    activity = ActivityFactory.create(organisation__municipality=town, municipality=town)
    when = clock.now() + timedelta(days=6)
    date = DateFactory.create(activity=activity, starts_at=when)
    full = DateFactory.create(activity=activity, starts_at=when, capacity=3, seats_taken=2)
    client.force_login(ilse.person, backend="allauth.account.auth_backends.AuthenticationBackend")

    page = client.get(f"/de/tandems/{one.tandem_id}/")
    assert [row.pk for row, _reading in page.context["occasions"]] == [date.pk]
    with refused("occasion"):
        first_date.meet_at_occasion(actor=ilse.person, member_id=one.pk, date_id=full.pk)
    client.post(f"/de/tandems/{one.tandem_id}/occasion/", {"date": date.pk})

    tandem = Tandem.objects.get()
    assert (tandem.occasion, tandem.starts_at, tandem.venue) == (date, when, activity.venue)
    assert date.get_absolute_url() in client.get(f"/de/tandems/{tandem.pk}/").content.decode()


def test_everybody_is_reminded_once_of_a_time_that_is_fixed(
    tandem: Tandem, run_jobs: Callable[[], int]
) -> None:
    start = clock.now() + timedelta(days=5)
    Tandem.objects.update(starts_at=start, date_turn=2, way="phone")
    day_before = start - timedelta(hours=20)
    assert first_date.remind(actor=CLOCK, now=day_before) == 0
    TandemMember.objects.update(date_ok_turn=2)
    assert first_date.remind(actor=CLOCK, now=start - timedelta(hours=30)) == 0

    assert first_date.remind(actor=CLOCK, now=day_before) == 1
    assert first_date.remind(actor=CLOCK, now=day_before) == 0
    run_jobs()
    assert len(mail.outbox) == 2


def test_places_of_meetings_not_everybody_sees_are_not_proposed(town: Region, ilse: Seeker) -> None:
    known = public_venue(town)
    for hidden in ({"status": "draft"}, {"setting": "women"}, {"only_for": "guides"}):
        venue = VenueFactory.create(municipality=town)
        ActivityFactory.create(venue=venue, municipality=town, **hidden)

    assert venues_near([ilse]) == [known]


def test_words_go_to_the_other_without_an_address(
    ilse: Seeker, amal: Seeker, one: TandemMember, other: TandemMember, run_jobs: Callable[[], int]
) -> None:
    for _again in range(2):
        relay.pass_on(actor=ilse.person, member_id=one.pk, words="Guten <b>Tag", entry="a")
    run_jobs()

    assert len(mail.outbox) == 1
    sent = mail.outbox[0]
    assert sent.to == [amal.person.email]
    whole = str(sent.message())
    assert str(ilse.person.email) not in whole + sent.body
    assert "Guten <b>Tag" in sent.body
    assert relay.lines_of(other)[0].words == "Guten <b>Tag"
    assert TandemWords.objects.get().sealed.find("Guten") == -1
    with refused("too_long"):
        relay.pass_on(actor=ilse.person, member_id=one.pk, words="x" * 601, entry="b")
    with refused("empty"):
        relay.pass_on(actor=ilse.person, member_id=one.pk, words=" \n ", entry="c")
    with pytest.raises(PermissionDenied):
        relay.pass_on(actor=amal.person, member_id=one.pk, words="Ich bin Ilse", entry="d")


def test_how_it_goes_is_asked_once_after_2_6_and_12_weeks(
    tandem: Tandem, run_jobs: Callable[[], int]
) -> None:
    begun = tandem.agreed_at
    assert begun is not None
    asked = {}
    for week in range(1, 20):
        with clock.held_at(begun + timedelta(weeks=week, hours=1)):
            asked[week] = life.ask_how_it_goes(actor=CLOCK, now=clock.now())
            life.ask_how_it_goes(actor=CLOCK, now=clock.now())
            run_jobs()
    assert {week for week, count in asked.items() if count} == {2, 6, 12}
    assert CheckIn.objects.count() == len(mail.outbox) == 6


def test_nobody_is_asked_in_a_break_or_long_after(tandem: Tandem, one: TandemMember) -> None:
    life.pause_tandem(actor=one.seeker.person, member_id=one.pk, is_paused=True)
    later = clock.now() + timedelta(weeks=2, hours=1)
    assert life.ask_how_it_goes(actor=CLOCK, now=later) == 0

    life.pause_tandem(actor=one.seeker.person, member_id=one.pk, is_paused=False)
    assert life.ask_how_it_goes(actor=CLOCK, now=clock.now() + timedelta(weeks=30)) == 0


def test_who_is_stuck_is_called(
    coordinator: Person, tandem: Tandem, one: TandemMember, run_jobs: Callable[[], int]
) -> None:
    life.ask_how_it_goes(actor=CLOCK, now=clock.now() + timedelta(weeks=2, hours=1))
    check = CheckIn.objects.get(member=one)
    run_jobs()
    mail.outbox.clear()

    life.answer_check(actor=CLOCK, check_id=check.pk, answer="well")
    run_jobs()
    assert not mail.outbox
    life.answer_check(actor=CLOCK, check_id=check.pk, answer="call")
    run_jobs()

    assert [sent.to for sent in mail.outbox] == [[coordinator.email]]
    assert list(calls_open(actor=coordinator)) == [check]
    life.settle_check(actor=coordinator, check_id=check.pk)
    assert not calls_open(actor=coordinator)
    with refused("answer"):
        life.answer_check(actor=CLOCK, check_id=check.pk, answer="awful")


def test_an_end_keeps_apart_and_asks_the_other(
    ilse: Seeker, amal: Seeker, one: TandemMember, run_jobs: Callable[[], int]
) -> None:
    with refused("reason"):
        ending.end_tandem(actor=ilse.person, member_id=one.pk, reason="because", wants_new=True)
    for _again in range(2):
        ending.end_tandem(actor=ilse.person, member_id=one.pk, reason="fit", wants_new=True)
    run_jobs()

    ilse.refresh_from_db()
    amal.refresh_from_db()
    assert (ilse.status, amal.status) == (SeekerStatus.READY, SeekerStatus.PAUSED)
    assert Apart.objects.filter(one=ilse, other=amal).exists()
    assert [sent.to for sent in mail.outbox] == [[amal.person.email]]
    assert "fit" not in mail.outbox[0].body
    with refused("over"):
        relay.pass_on(actor=ilse.person, member_id=one.pk, words="Noch etwas", entry="z")


def test_thanks_are_passed_on_once(
    ilse: Seeker, amal: Seeker, one: TandemMember, run_jobs: Callable[[], int]
) -> None:
    for _again in range(2):
        ending.thank(actor=ilse.person, member_id=one.pk)
    run_jobs()
    assert [sent.to for sent in mail.outbox] == [[amal.person.email]]


def test_a_call_for_help_stops_the_contact_at_once(
    coordinator: Person, ilse: Seeker, amal: Seeker, one: TandemMember, tandem: Tandem,
    run_jobs: Callable[[], int],
) -> None:  # fmt: skip
    with refused("kind"):
        ending.report(actor=ilse.person, member_id=one.pk, kind="boring")
    report = ending.report(actor=ilse.person, member_id=one.pk, kind="insult")
    assert ending.report(actor=ilse.person, member_id=one.pk, kind="insult") == report
    run_jobs()

    tandem.refresh_from_db()
    amal.refresh_from_db()
    assert tandem.status == TandemStatus.STOPPED
    assert amal.held_at is not None
    assert {sent.to[0] for sent in mail.outbox} == {coordinator.email, amal.person.email}
    told = next(sent for sent in mail.outbox if sent.to == [amal.person.email])
    assert "Ilse" not in told.body
    assert list(reports_open(actor=coordinator)) == [report]
    with refused("held"):
        seekers.go_on(actor=amal.person, seeker_id=amal.pk)

    ending.settle_report(actor=coordinator, report_id=report.pk, may_go_on=True)
    amal.refresh_from_db()
    seekers.go_on(actor=amal.person, seeker_id=amal.pk)
    assert not reports_open(actor=coordinator)


def test_nobody_learns_that_somebody_called_for_help(
    amal: Seeker, one: TandemMember, tandem: Tandem, client: Client
) -> None:
    ending.report(actor=one.seeker.person, member_id=one.pk, kind="insult")
    client.force_login(amal.person, backend="allauth.account.auth_backends.AuthenticationBackend")

    told = [client.get(f"/de/tandems/{page}").content.decode() for page in ("mine/", tandem.pk)]

    assert str(TandemStatus.STOPPED.label) not in "".join(told)
    assert str(TandemStatus.ENDED.label) in told[0]
    assert export_person(amal.person)["tandems"][0]["status"] == "ended"


def test_a_coordinator_in_the_tandem_settles_nothing(
    coordinator: Person, town: Region, ilse: Seeker
) -> None:
    own = newcomer(person=coordinator, municipality=town)
    tandem = tandem_of(ilse, own)
    report = ending.report(actor=ilse.person, member_id=member_for(tandem, ilse).pk, kind="close")

    assert not reports_open(actor=coordinator)
    with pytest.raises(PermissionDenied):
        ending.settle_report(actor=coordinator, report_id=report.pk, may_go_on=True)


def test_who_leaves_ends_it_for_both(ilse: Seeker, amal: Seeker, tandem: Tandem) -> None:
    seekers.leave(actor=ilse.person, seeker_id=ilse.pk)

    tandem.refresh_from_db()
    ilse.refresh_from_db()
    amal.refresh_from_db()
    assert tandem.status == TandemStatus.ENDED
    assert (ilse.status, amal.status) == (SeekerStatus.LEFT, SeekerStatus.PAUSED)
