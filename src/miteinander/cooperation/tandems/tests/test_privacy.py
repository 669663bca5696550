"""What is kept no longer: erasure, ninety days, a year."""

from datetime import timedelta

import pytest

from miteinander.community.people.models import Person
from miteinander.community.people.services import accounts
from miteinander.community.regions.models import Region
from miteinander.cooperation.tandems.enums import SeekerStatus, TandemStatus
from miteinander.cooperation.tandems.exports import export_person, heard_of
from miteinander.cooperation.tandems.models import (
    Apart,
    Seeker,
    Tandem,
    TandemCount,
    TandemMember,
    TandemWords,
)
from miteinander.cooperation.tandems.services import ending, privacy, relay
from miteinander.cooperation.tandems.tests.factories import (
    local,
    member_for,
    newcomer,
    tandem_of,
)
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
CLOCK = SystemActor("test")
DAYS_91 = timedelta(days=91)


def test_an_ended_tandem_becomes_a_number_after_ninety_days(town: Region) -> None:
    one, other = local(municipality=town), newcomer(municipality=town)
    tandem = tandem_of(one, other)
    member = member_for(tandem, one)
    relay.pass_on(actor=one.person, member_id=member.pk, words="Hallo", entry="a")
    ending.end_tandem(actor=one.person, member_id=member.pk, reason="goal", wants_new=False)

    soon = clock.now() + timedelta(days=89)
    assert privacy.reduce_old_tandems(actor=CLOCK, now=soon) == 0
    assert privacy.reduce_old_tandems(actor=CLOCK, now=clock.now() + DAYS_91) == 1

    assert not Tandem.objects.exists()
    assert not TandemWords.objects.exists()
    count = TandemCount.objects.get()
    assert (count.region, count.status, count.reason, count.count) == (town, "ended", "goal", 1)
    assert count.month == clock.today().replace(day=1)
    assert Apart.objects.count() == 1


def test_counts_add_up(town: Region) -> None:
    for _round in range(2):
        for _number in range(2):
            tandem_of(
                local(municipality=town), newcomer(municipality=town),
                status=TandemStatus.REFUSED,
            )  # fmt: skip
        privacy.reduce_old_tandems(actor=CLOCK, now=clock.now() + DAYS_91)

    assert TandemCount.objects.get().count == 4


def test_an_open_call_for_help_keeps_its_tandem(town: Region, coordinator: Person) -> None:
    one = local(municipality=town)
    tandem = tandem_of(one, newcomer(municipality=town))
    report = ending.report(actor=one.person, member_id=member_for(tandem, one).pk, kind="else")

    assert privacy.reduce_old_tandems(actor=CLOCK, now=clock.now() + DAYS_91) == 0
    ending.settle_report(actor=coordinator, report_id=report.pk, may_go_on=False)
    assert privacy.reduce_old_tandems(actor=CLOCK, now=clock.now() + DAYS_91) == 1


def test_old_answers_go_unless_somebody_waits(town: Region) -> None:
    old = local(municipality=town, status=SeekerStatus.PAUSED)
    waiting = local(municipality=town)
    later = clock.now() + timedelta(days=366)

    assert privacy.forget_old_seekers(actor=CLOCK, now=later) == 1

    assert list(Seeker.objects.all()) == [waiting]
    assert old.pk != waiting.pk


def test_who_is_erased_leaves_only_numbers(town: Region) -> None:
    one, other = local(municipality=town), newcomer(municipality=town)
    tandem_of(one, other)

    accounts.erase_person(actor=SystemActor(), person_id=one.person_id)

    other.refresh_from_db()
    assert list(Seeker.objects.all()) == [other]
    assert other.status == SeekerStatus.PAUSED
    assert not TandemMember.objects.exists()
    assert TandemCount.objects.get().status == "ended"


def test_everything_of_ones_own_is_taken_along_and_nothing_of_the_other(town: Region) -> None:
    one = local(municipality=town, gender_wish="women")
    other = newcomer(municipality=town, person__name="Amal")
    tandem = tandem_of(one, other)
    for seeker in (one, other):
        relay.pass_on(
            actor=seeker.person, member_id=member_for(tandem, seeker).pk,
            words=f"Words of {seeker.pk}", entry="a",
        )  # fmt: skip

    told = str(export_person(one.person))

    assert "women" in told
    assert f"Words of {one.pk}" in told
    assert f"Words of {other.pk}" not in told
    assert "Amal" not in told
    assert heard_of([one.person_id, other.person_id], clock.now()) == {
        one.person_id, other.person_id,
    }  # fmt: skip
