"""Hours are noted once, confirmed within the limit of a year, and corrected with a trace."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from miteinander.community.organisations.tests.factories import CoordinatorRoleFactory
from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.cooperation.guides.exports import export_person
from miteinander.cooperation.guides.models import Guide, Hours, HoursCorrection
from miteinander.cooperation.guides.permissions_hours import (
    can_decide_hours,
    can_see_hours,
    decidable_hours,
    seen_hours,
)
from miteinander.cooperation.guides.queries.hours import allowance_of, year_of
from miteinander.cooperation.guides.services import hours, privacy, privacy_hours
from miteinander.cooperation.guides.tests.network.factories import (
    AssignmentFactory,
    GuideFactory,
    HoursFactory,
)
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db


def coordinator_of(guide: Guide) -> Person:
    """Return a coordinator of where ``guide`` lives."""
    return CoordinatorRoleFactory.create(region=guide.municipality).person


def confirmed(guide: Guide, minutes: int) -> Hours:
    """Return hours of a day in March that a coordinator confirmed."""
    row = HoursFactory.create(guide=guide, day=date(2026, 3, 2), minutes=minutes)
    return hours.confirm_hours(actor=coordinator_of(guide), hours_id=row.pk)


def test_an_assignment_that_took_place_is_noted_once() -> None:
    row = AssignmentFactory.create(status="happened", minutes=75, kilometres=12)
    first = hours.note_hours(actor=row.guide.person, assignment=row)
    again = hours.note_hours(actor=row.guide.person, assignment=row)
    assert first
    assert first == again == Hours.objects.get()
    assert (first.minutes, first.kilometres, first.status) == (75, 12, "reported")


@pytest.mark.parametrize("status", ["agreed", "no_show", "cancelled"])
def test_an_assignment_that_did_not_take_place_notes_nothing(status: str) -> None:
    row = AssignmentFactory.create(status=status, minutes=30)
    assert hours.note_hours(actor=row.guide.person, assignment=row) is None
    assert not Hours.objects.exists()


def test_the_day_is_the_local_one_in_the_night_the_clocks_change() -> None:
    row = AssignmentFactory.create(
        status="happened", minutes=60,
        starts_at=datetime(2026, 10, 24, 22, 30, tzinfo=UTC),
        ends_at=datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    )  # fmt: skip
    noted = hours.note_hours(actor=row.guide.person, assignment=row)
    assert noted
    assert (noted.day, noted.minutes) == (date(2026, 10, 25), 60)


def test_the_rate_of_the_day_is_frozen_when_confirmed() -> None:
    guide = GuideFactory.create()
    row = HoursFactory.create(guide=guide, day=date(2026, 3, 2), minutes=90, kilometres=10)
    row = hours.confirm_hours(actor=coordinator_of(guide), hours_id=row.pk)
    assert (row.status, row.rate_cents, row.km_cents) == ("confirmed", 500, 30)
    assert allowance_of(row) == Decimal("7.50")


def test_nobody_confirms_twice() -> None:
    guide = GuideFactory.create()
    row = confirmed(guide, 60)
    for act in (hours.confirm_hours, hours.refuse_hours):
        with pytest.raises(ValidationError) as told:
            act(actor=coordinator_of(guide), hours_id=row.pk)
        assert told.value.code == "decided"
    row.refresh_from_db()
    assert row.status == "confirmed"


def test_above_the_limit_of_a_year_only_time_without_allowance_is_confirmed() -> None:
    guide = GuideFactory.create()
    for month in range(1, 12):
        HoursFactory.create(
            guide=guide, day=date(2026, month, 1), minutes=1500, status="confirmed", rate_cents=500
        )
    who = coordinator_of(guide)
    row = HoursFactory.create(guide=guide, day=date(2026, 12, 1), minutes=61)
    with pytest.raises(ValidationError) as told:
        hours.confirm_hours(actor=who, hours_id=row.pk)
    assert told.value.code == "above_cap"
    row.refresh_from_db()
    assert row.status == "reported"
    hours.correct_hours(actor=who, hours_id=row.pk, minutes=60, kilometres=0, reason="cap")
    assert hours.confirm_hours(actor=who, hours_id=row.pk).rate_cents == 500
    more = HoursFactory.create(guide=guide, day=date(2026, 12, 2), minutes=5)
    assert hours.confirm_hours(actor=who, hours_id=more.pk, is_paid=False).rate_cents == 0
    with pytest.raises(ValidationError):
        hours.correct_hours(actor=who, hours_id=row.pk, minutes=61, kilometres=0, reason="typing")
    row.refresh_from_db()
    assert row.minutes == 60


def test_a_coordinating_guide_has_a_higher_limit() -> None:
    guide = GuideFactory.create(is_lead=True)
    assert year_of(guide, date(2026, 5, 1)).cap == 414 * 60


def test_the_year_warns_before_the_limit_and_above_the_amount_free_of_tax() -> None:
    guide = GuideFactory.create()
    for month, minutes in ((1, 12000), (2, 0), (3, 1248)):
        if minutes:
            HoursFactory.create(
                guide=guide, day=date(2026, month, 3), minutes=minutes,
                status="confirmed", rate_cents=500, km_cents=30, kilometres=10,
            )  # fmt: skip
    year = year_of(guide, date(2026, 6, 1))
    assert [row.month.month for row in year.months] == [1, 3]
    assert year.months[0].euros == Decimal("1003.00")
    assert year.allowance == Decimal("1104.00")
    assert year.is_near_cap
    assert year.is_above_tax_free
    assert not year_of(guide, date(2025, 6, 1)).is_near_cap


def test_a_correction_leaves_what_stood_there() -> None:
    guide = GuideFactory.create()
    row = confirmed(guide, 90)
    who = coordinator_of(guide)
    hours.correct_hours(actor=who, hours_id=row.pk, minutes=60, kilometres=4, reason="typing")
    trace = HoursCorrection.objects.get()
    assert (trace.minutes_before, trace.minutes_after, trace.reason) == (90, 60, "typing")
    row.refresh_from_db()
    assert (row.minutes, row.rate_cents, row.km_cents) == (60, 500, 30)


@pytest.mark.parametrize(
    ("minutes", "reason", "code"),
    [(90, "typing", "unchanged"), (60, "", "no_reason"), (0, "typing", "wrong_minutes")],
)
def test_a_correction_without_sense_changes_nothing(minutes: int, reason: str, code: str) -> None:
    guide = GuideFactory.create()
    row = HoursFactory.create(guide=guide)
    with pytest.raises(ValidationError) as told:
        hours.correct_hours(
            actor=coordinator_of(guide), hours_id=row.pk, minutes=minutes, kilometres=0,
            reason=reason,
        )  # fmt: skip
    assert told.value.code == code
    assert not HoursCorrection.objects.exists()


def test_a_guide_reports_other_time_once() -> None:
    guide = GuideFactory.create()
    for _turn in range(2):
        hours.report_hours(actor=guide.person, guide_id=guide.pk, day=clock.today(), minutes=90)
    assert Hours.objects.get().minutes == 90


@pytest.mark.parametrize(
    ("ago", "minutes", "code"),
    [(-1, 60, "wrong_day"), (400, 60, "wrong_day"), (1, 0, "wrong_minutes"),
     (1, 721, "wrong_minutes")],
)  # fmt: skip
def test_impossible_time_is_not_reported(ago: int, minutes: int, code: str) -> None:
    guide = GuideFactory.create()
    day = clock.today() - timedelta(days=ago)
    with pytest.raises(ValidationError) as told:
        hours.report_hours(actor=guide.person, guide_id=guide.pk, day=day, minutes=minutes)
    assert told.value.code == code
    assert not Hours.objects.exists()


def test_each_rule_tells_the_same_as_its_list() -> None:
    guide, far = GuideFactory.create(), GuideFactory.create()
    near = GuideFactory.create(municipality=guide.municipality)
    for one in (guide, far, near):
        HoursFactory.create(guide=one)
    coordinator = coordinator_of(guide)
    own = CoordinatorRoleFactory.create(region=guide.municipality, person=near.person).person
    for actor in (guide.person, coordinator, own, PersonFactory.create()):
        seen = set(Hours.objects.filter(seen_hours(actor)))
        assert seen == {row for row in Hours.objects.all() if can_see_hours(actor, row)}
        mine = set(Hours.objects.filter(decidable_hours(actor)))
        assert mine == {row for row in Hours.objects.all() if can_decide_hours(actor, row.guide)}
    assert not can_decide_hours(own, near)


def test_who_may_not_know_of_hours_finds_none() -> None:
    row = HoursFactory.create()
    with pytest.raises(Hours.DoesNotExist):
        hours.confirm_hours(actor=PersonFactory.create(), hours_id=row.pk)
    row.refresh_from_db()
    assert row.status == "reported"


def test_hours_go_after_their_time_and_hold_the_guide_until_then() -> None:
    guide = GuideFactory.create(status="left", left_on=date(2026, 3, 3))
    row = HoursFactory.create(guide=guide, day=date(2026, 3, 2))
    last = datetime(2026, 3, 2, 12, tzinfo=UTC) + timedelta(days=3288)
    clerk = SystemActor("guides")
    assert privacy_hours.forget_old_hours(actor=clerk, now=last) == 0
    assert privacy.forget_old_guides(actor=clerk, now=last) == 0
    assert export_person(guide.person)["hours"][0]["minutes"] == row.minutes
    later = last + timedelta(days=1)
    assert privacy_hours.forget_old_hours(actor=clerk, now=later) == 1
    assert privacy.forget_old_guides(actor=clerk, now=later) == 1
    assert not Hours.objects.exists()
