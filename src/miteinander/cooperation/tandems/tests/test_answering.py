"""Proposals: asked, said yes or no to, lapsed; contact only after everybody said yes."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client

from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.community.regions.models import Region
from miteinander.cooperation.tandems.enums import SeekerStatus, TandemStatus
from miteinander.cooperation.tandems.models import Apart, Seeker, Tandem
from miteinander.cooperation.tandems.queries.parties import waiting_seekers
from miteinander.cooperation.tandems.services import answering, ending
from miteinander.cooperation.tandems.tests.factories import (
    local,
    member_for,
    newcomer,
    public_venue,
    refused,
    tandem_of,
)
from miteinander.foundation.core import clock, timetable
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
CLOCK = SystemActor("test")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def pair(town: Region) -> tuple[Seeker, Seeker]:
    return (
        local(municipality=town, person__name="Ilse", wants=["cook"], gives=["walk"]),
        newcomer(municipality=town, person__name="Amal", wants=["cook", "walk"], gives=["cook"]),
    )


@pytest.fixture
def proposed(pair: tuple[Seeker, Seeker]) -> Tandem:
    return tandem_of(*pair, status=TandemStatus.PROPOSED)


def test_a_coordinator_asks_the_people_of_a_suggestion(
    coordinator: Person, pair: tuple[Seeker, Seeker], run_jobs: Callable[[], int]
) -> None:
    tandem = tandem_of(*pair, status=TandemStatus.SUGGESTED)

    answering.propose(actor=coordinator, tandem_id=tandem.pk)
    answering.propose(actor=coordinator, tandem_id=tandem.pk)
    run_jobs()

    tandem.refresh_from_db()
    assert tandem.status == TandemStatus.PROPOSED
    assert tandem.last_day == clock.today() + timedelta(days=7)
    assert len(mail.outbox) == 2
    told = "".join(str(sent.message()) + sent.body for sent in mail.outbox)
    assert "Ilse" not in mail.outbox[1].body
    assert "Amal" not in mail.outbox[0].body
    assert "/tandems/proposal/" in told


def test_who_is_asked_or_has_left_is_not_asked_again(
    coordinator: Person, pair: tuple[Seeker, Seeker], town: Region
) -> None:
    suggested = tandem_of(*pair, status=TandemStatus.SUGGESTED)
    tandem_of(pair[0], newcomer(municipality=town), status=TandemStatus.PROPOSED)

    with refused("not_waiting"):
        answering.propose(actor=coordinator, tandem_id=suggested.pk)

    other = tandem_of(local(municipality=town), pair[1], status=TandemStatus.SUGGESTED)
    Seeker.objects.filter(pk=pair[1].pk).update(status=SeekerStatus.PAUSED)
    with refused("not_waiting"):
        answering.propose(actor=coordinator, tandem_id=other.pk)


def test_changed_answers_stand_in_the_way(coordinator: Person, pair: tuple[Seeker, Seeker]) -> None:
    suggested = tandem_of(*pair, status=TandemStatus.SUGGESTED)
    Seeker.objects.filter(pk=pair[0].pk).update(gender_wish="women")

    with refused("changed"):
        answering.propose(actor=coordinator, tandem_id=suggested.pk)


def test_two_yes_make_a_tandem_with_a_proposed_time(
    proposed: Tandem, pair: tuple[Seeker, Seeker], town: Region, run_jobs: Callable[[], int]
) -> None:
    venue = public_venue(town)
    Seeker.objects.update(times=timetable.bit(2, 1))

    for seeker in pair:
        member = member_for(proposed, seeker)
        answering.answer(actor=CLOCK, member_id=member.pk, is_yes=True)
        answering.answer(actor=CLOCK, member_id=member.pk, is_yes=True)
    run_jobs()

    proposed.refresh_from_db()
    assert proposed.status == TandemStatus.ACTIVE
    assert proposed.starts_at is not None
    local_start = clock.local(proposed.starts_at)
    assert (local_start.weekday(), local_start.hour) == (2, 15)
    assert proposed.starts_at >= clock.now() + timedelta(days=2)
    assert proposed.venue == venue
    assert len(mail.outbox) == 2
    assert "Amal" in mail.outbox[0].body


def test_a_no_ends_it_and_keeps_the_two_apart(
    proposed: Tandem, pair: tuple[Seeker, Seeker], run_jobs: Callable[[], int]
) -> None:
    one, other = (member_for(proposed, seeker) for seeker in pair)

    answering.answer(actor=CLOCK, member_id=one.pk, is_yes=True)
    answering.answer(actor=CLOCK, member_id=other.pk, is_yes=False)
    run_jobs()

    proposed.refresh_from_db()
    assert proposed.status == TandemStatus.REFUSED
    assert Apart.objects.get().one_id == min(seeker.pk for seeker in pair)
    assert set(waiting_seekers()) == set(pair)
    assert len(mail.outbox) == 1
    assert "nein" not in mail.outbox[0].body.lower()


def test_both_take_back_at_once(proposed: Tandem) -> None:
    for member in proposed.members.all():
        if Tandem.objects.get().status == TandemStatus.PROPOSED:
            answering.answer(actor=CLOCK, member_id=member.pk, is_yes=False)
        else:
            with refused("off"):
                answering.answer(actor=CLOCK, member_id=member.pk, is_yes=False)
    assert Apart.objects.count() == 1


def test_a_week_without_an_answer_lapses_kindly(
    proposed: Tandem, pair: tuple[Seeker, Seeker], run_jobs: Callable[[], int]
) -> None:
    answering.answer(actor=CLOCK, member_id=member_for(proposed, pair[0]).pk, is_yes=True)
    assert proposed.deadline is not None

    assert ending.lapse(actor=CLOCK, now=proposed.deadline - timedelta(minutes=1)) == 0
    assert ending.lapse(actor=CLOCK, now=proposed.deadline) == 1
    assert ending.lapse(actor=CLOCK, now=proposed.deadline) == 0
    run_jobs()

    assert [seeker.status for seeker in Seeker.objects.order_by("pk")] == ["ready", "paused"]
    assert not Apart.objects.exists()
    assert len(mail.outbox) == 2
    with refused("late"):
        answering.answer(actor=CLOCK, member_id=member_for(proposed, pair[1]).pk, is_yes=True)


def test_a_yes_after_the_deadline_comes_too_late_before_the_clock_noticed(
    proposed: Tandem,
) -> None:
    Tandem.objects.update(deadline=clock.now() - timedelta(minutes=1))

    with refused("late"):
        answering.answer(actor=CLOCK, member_id=proposed.members.all()[0].pk, is_yes=True)


def test_nobody_answers_for_the_other(proposed: Tandem, pair: tuple[Seeker, Seeker]) -> None:
    with pytest.raises(PermissionDenied):
        answering.answer(
            actor=pair[0].person, member_id=member_for(proposed, pair[1]).pk, is_yes=True
        )
    with pytest.raises(PermissionDenied):
        answering.propose(actor=PersonFactory.create(), tandem_id=proposed.pk)


def test_the_proposal_tells_why_and_no_name(
    client: Client, proposed: Tandem, pair: tuple[Seeker, Seeker]
) -> None:
    Seeker.objects.filter(pk=pair[0].pk).update(practises=["ar"], gender="woman")
    Seeker.objects.filter(pk=pair[1].pk).update(
        speaks=["ar", "de"], gender_wish="women", birth_year=1999
    )

    page = client.get(f"/de/tandems/proposal/{member_for(proposed, pair[0]).token}/")

    told = page.content.decode()
    assert "Arabisch" in told
    for secret in ("Amal", "Ilse", "Frauen", "1999", "neu hier", pair[1].person.email):
        assert str(secret) not in told


def test_yes_by_the_link_without_signing_in(
    client: Client, proposed: Tandem, pair: tuple[Seeker, Seeker]
) -> None:
    for seeker in pair:
        address = f"/de/tandems/proposal/{member_for(proposed, seeker).token}/"
        assert client.get(address).status_code == 200
        assert client.post(f"{address}answer/", {"yes": "1"})["Location"] == address

    assert Tandem.objects.get().status == TandemStatus.ACTIVE
    assert client.get(f"/de/tandems/{proposed.pk}/").status_code == 302
    client.force_login(pair[0].person, backend=BACKEND)
    told = client.get(f"/de/tandems/{proposed.pk}/").content.decode()
    assert "Amal" in told
    assert str(pair[1].person.email) not in told


def test_an_address_is_shown_only_by_who_wants_that(
    client: Client, pair: tuple[Seeker, Seeker]
) -> None:
    tandem = tandem_of(*pair)
    Seeker.objects.filter(pk=pair[1].pk).update(hides_address=False)
    client.force_login(pair[0].person, backend=BACKEND)

    assert str(pair[1].person.email) in client.get(f"/de/tandems/{tandem.pk}/").content.decode()
