"""When and where: wall times, several dates at once, moving, cancelling, seats."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from miteinander.community.organisations.tests.factories import OrganisationFactory
from miteinander.encounters.activities.enums import ActivityStatus, DateStatus
from miteinander.encounters.activities.messages import (
    ActivityChanged,
    DateCancelled,
    DateChanged,
    FormerDate,
)
from miteinander.encounters.activities.models import Activity, ActivityDate
from miteinander.encounters.activities.services.dates import (
    Place,
    PlannedDate,
    TooFewSeats,
    cancel_date,
    set_dates,
    set_seats,
    wall_time,
    when_and_where_of,
)
from miteinander.encounters.activities.services.locking import ChangedMeanwhile, fingerprint
from miteinander.encounters.activities.tests.factories import (
    ActivityFactory,
    DateFactory,
    ParticipationFactory,
)
from miteinander.encounters.activities.tests.planners import (
    NOW,
    coordinator,
    planner_of,
    ready_draft,
    told,
)
from miteinander.encounters.spaces.models import Venue
from miteinander.encounters.spaces.services import VenueFacts
from miteinander.encounters.spaces.tests.factories import VenueFactory
from miteinander.foundation.core import clock

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(days=10)
TWO_HOURS = timedelta(hours=2)


@pytest.fixture(autouse=True)
def _held_clock() -> Iterator[None]:
    with clock.held_at(NOW):
        yield


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    with told(monkeypatch) as messages:
        yield messages


def new(start: datetime, length: timedelta = TWO_HOURS) -> PlannedDate:
    return PlannedDate(start, start + length)


def planned(activity: Activity) -> list[tuple[datetime, datetime]]:
    return list(activity.dates.order_by("starts_at").values_list("starts_at", "ends_at"))


@pytest.mark.parametrize(
    ("day", "clock_time", "moment"),
    [
        (date(2027, 3, 27), time(2, 30), datetime(2027, 3, 27, 1, 30, tzinfo=UTC)),
        (date(2027, 3, 28), time(3, 0), datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        (date(2027, 10, 31), time(2, 30), datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
        (date(2027, 10, 31), time(2, 30, fold=1), datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
        (date(2028, 2, 29), time(18, 0), datetime(2028, 2, 29, 17, 0, tzinfo=UTC)),
        (date(2026, 12, 31), time(23, 59), datetime(2026, 12, 31, 22, 59, tzinfo=UTC)),
    ],
)
def test_wall_times_mean_the_clocks_of_the_district(
    day: date, clock_time: time, moment: datetime
) -> None:
    assert wall_time(day, clock_time) == moment


def test_a_time_the_clocks_skip_is_refused() -> None:
    with pytest.raises(ValidationError) as error:
        wall_time(date(2027, 3, 28), time(2, 30))

    assert error.value.code == "no_such_time"


def test_five_dates_are_entered_at_once_and_twice_is_once(heard: list[object]) -> None:
    activity = ready_draft()
    planner = planner_of(activity.organisation)
    rows = [new(SOON + timedelta(weeks=week)) for week in range(5)]

    set_dates(actor=planner, activity_id=activity.pk, rows=rows)
    set_dates(actor=planner, activity_id=activity.pk, rows=rows, seen="older")

    assert len(planned(activity)) == 6
    assert heard == []


def test_a_new_date_has_the_seats_of_the_one_before() -> None:
    activity = ready_draft()
    activity.dates.update(capacity=30)

    set_dates(actor=planner_of(activity.organisation), activity_id=activity.pk, rows=[new(SOON)])

    assert activity.dates.get(starts_at=SOON).capacity == 30


@pytest.mark.parametrize(
    "row",
    [new(NOW - timedelta(minutes=1)), new(NOW), new(SOON, timedelta(0)), new(SOON, -TWO_HOURS)],
)
def test_past_dates_and_ends_before_starts_are_refused(
    row: PlannedDate, heard: list[object]
) -> None:
    activity = ActivityFactory.create()

    with pytest.raises(ValidationError):
        set_dates(
            actor=planner_of(activity.organisation),
            activity_id=activity.pk,
            rows=[new(SOON + TWO_HOURS), row],
        )

    assert planned(activity) == []
    assert heard == []


def test_there_is_an_upper_limit_of_dates() -> None:
    activity = ready_draft()

    with pytest.raises(ValidationError) as error:
        set_dates(
            actor=planner_of(activity.organisation),
            activity_id=activity.pk,
            rows=[new(SOON + timedelta(days=day)) for day in range(60)],
        )

    assert error.value.code == "too_many"
    assert len(planned(activity)) == 1


def test_moving_a_published_date_raises_its_sequence_and_is_told(heard: list[object]) -> None:
    row = DateFactory.create(starts_at=NOW + timedelta(days=3), changed_at=NOW - TWO_HOURS)
    activity = row.activity
    former = FormerDate(row.starts_at, row.ends_at, activity.venue_id, is_online=False)

    set_dates(
        actor=planner_of(activity.organisation),
        activity_id=activity.pk,
        rows=[PlannedDate(SOON, SOON + TWO_HOURS, row.pk)],
    )

    row.refresh_from_db()
    assert (row.starts_at, row.sequence, row.changed_at) == (SOON, 1, NOW)
    assert heard == [
        DateChanged(date_id=row.pk, sequence=1, former=former),
        ActivityChanged(activity_id=activity.pk),
    ]


def test_another_place_is_told_once_for_each_coming_date(heard: list[object]) -> None:
    first = DateFactory.create(starts_at=NOW + timedelta(days=3))
    activity = first.activity
    past = DateFactory.create(activity=activity, starts_at=NOW - timedelta(days=3))
    venue = VenueFactory.create(organisation=activity.organisation)
    former = FormerDate(first.starts_at, first.ends_at, activity.venue_id, is_online=False)

    set_dates(
        actor=planner_of(activity.organisation),
        activity_id=activity.pk,
        rows=[PlannedDate(SOON, SOON + TWO_HOURS, first.pk)],
        place=Place(venue_id=venue.pk),
    )

    activity.refresh_from_db()
    past.refresh_from_db()
    assert (activity.venue, activity.municipality) == (venue, venue.municipality)
    assert past.sequence == 0
    assert heard == [
        DateChanged(date_id=first.pk, sequence=1, former=former),
        ActivityChanged(activity_id=activity.pk),
    ]


def test_a_new_place_is_entered_together_with_the_dates() -> None:
    activity = ready_draft(venue=None)
    facts = VenueFacts(name="Alte Schule", municipality_id=activity.organisation.municipality_id)

    set_dates(
        actor=planner_of(activity.organisation),
        activity_id=activity.pk,
        rows=[new(SOON)],
        place=Place(new_venue=facts),
    )

    activity.refresh_from_db()
    assert activity.venue == Venue.objects.get(name="Alte Schule")


def test_online_only_has_a_link_and_the_municipality_of_who_invites() -> None:
    activity = ready_draft()

    set_dates(
        actor=planner_of(activity.organisation),
        activity_id=activity.pk,
        place=Place(is_online=True, online_url="https://example.org/room"),
    )

    activity.refresh_from_db()
    assert (activity.venue, activity.online_url) == (None, "https://example.org/room")
    assert activity.municipality == activity.organisation.municipality


@pytest.mark.parametrize("code", ["unknown_venue", "no_link", "no_place"])
def test_a_place_that_cannot_be_is_refused(code: str, heard: list[object]) -> None:
    row = DateFactory.create(starts_at=SOON)
    venue = row.activity.venue
    places = {
        "unknown_venue": Place(venue_id=VenueFactory.create().pk),
        "no_link": Place(is_online=True),
        "no_place": Place(),
    }

    with pytest.raises(ValidationError) as error:
        set_dates(
            actor=planner_of(row.activity.organisation),
            activity_id=row.activity_id,
            place=places[code],
        )

    assert error.value.code == code
    assert Activity.objects.get(pk=row.activity_id).venue == venue
    assert heard == []


def test_a_date_of_a_draft_is_removed_and_one_people_know_must_be_cancelled() -> None:
    draft = ready_draft()
    public = DateFactory.create(starts_at=SOON)
    joined = ParticipationFactory.create(date__starts_at=SOON).date
    joined.activity.status = ActivityStatus.DRAFT
    joined.activity.save()

    def remove(row: ActivityDate) -> None:
        set_dates(
            actor=planner_of(row.activity.organisation),
            activity_id=row.activity_id,
            rows=[PlannedDate(SOON, SOON, row.pk, is_removed=True)],
        )

    remove(draft.dates.get())
    for row in (public, joined):
        with pytest.raises(ValidationError) as error:
            remove(row)
        assert error.value.code == "cancel_instead"

    assert set(ActivityDate.objects.all()) == {public, joined}


def test_dates_somebody_else_changed_are_not_overwritten(heard: list[object]) -> None:
    row = DateFactory.create(starts_at=SOON)
    activity = row.activity
    seen = fingerprint(when_and_where_of(activity, NOW))
    ActivityDate.objects.update(ends_at=SOON + timedelta(hours=5))

    with pytest.raises(ChangedMeanwhile):
        set_dates(
            actor=planner_of(activity.organisation),
            activity_id=activity.pk,
            rows=[PlannedDate(SOON, SOON + timedelta(hours=1), row.pk)],
            seen=seen,
        )

    row.refresh_from_db()
    assert row.ends_at == SOON + timedelta(hours=5)
    assert heard == []


def test_moving_a_date_that_was_called_off_meanwhile_is_a_conflict() -> None:
    row = DateFactory.create(starts_at=SOON, status=DateStatus.CANCELLED)

    with pytest.raises(ChangedMeanwhile):
        set_dates(
            actor=planner_of(row.activity.organisation),
            activity_id=row.activity_id,
            rows=[PlannedDate(SOON, SOON + timedelta(hours=1), row.pk)],
        )

    assert ActivityDate.objects.get().ends_at == row.ends_at


def test_a_date_is_called_off_once_and_told_once(heard: list[object]) -> None:
    row = ParticipationFactory.create(date__starts_at=SOON).date
    planner = planner_of(row.activity.organisation)

    cancel_date(actor=planner, date_id=row.pk)
    cancel_date(actor=planner, date_id=row.pk)

    row.refresh_from_db()
    assert (row.status, row.cancelled_at, row.sequence) == (DateStatus.CANCELLED, NOW, 1)
    assert heard == [DateCancelled(date_id=row.pk, sequence=1)]


def test_what_has_begun_is_not_called_off(heard: list[object]) -> None:
    row = DateFactory.create(starts_at=NOW)

    with pytest.raises(ValidationError):
        cancel_date(actor=planner_of(row.activity.organisation), date_id=row.pk)

    row.refresh_from_db()
    assert row.status == DateStatus.SCHEDULED
    assert heard == []


def test_somebody_else_changes_neither_dates_nor_seats(heard: list[object]) -> None:
    row = DateFactory.create(starts_at=SOON)
    stranger = planner_of(OrganisationFactory.create())

    with pytest.raises(PermissionDenied):
        set_dates(actor=stranger, activity_id=row.activity_id, rows=[new(SOON + TWO_HOURS)])
    with pytest.raises(PermissionDenied):
        cancel_date(actor=stranger, date_id=row.pk)
    with pytest.raises(PermissionDenied):
        set_seats(actor=stranger, activity_id=row.activity_id, seats={row.pk: 3})

    fresh = ActivityDate.objects.get()
    assert (fresh.status, fresh.capacity) == (DateStatus.SCHEDULED, row.capacity)
    assert heard == []


def test_seats_are_set_for_each_date(heard: list[object]) -> None:
    row = DateFactory.create(starts_at=SOON)

    set_seats(
        actor=planner_of(row.activity.organisation),
        activity_id=row.activity_id,
        seats={row.pk: 20, DateFactory.create().pk: 1},
    )

    row.refresh_from_db()
    row.activity.refresh_from_db()
    assert (row.capacity, row.sequence) == (20, 0)
    assert row.activity.answered == ["seats"]
    assert heard == [ActivityChanged(activity_id=row.activity_id)]


@pytest.mark.parametrize("seats", [0, 1, 5001])
def test_fewer_seats_than_people_signed_up_are_refused(seats: int, heard: list[object]) -> None:
    row = DateFactory.create(starts_at=SOON, capacity=5)
    ParticipationFactory.create_batch(2, date=row)
    heard.clear()

    with pytest.raises(ValidationError) as error:
        set_seats(
            actor=planner_of(row.activity.organisation),
            activity_id=row.activity_id,
            seats={row.pk: seats},
        )

    assert isinstance(error.value, TooFewSeats) == (seats < 2)
    assert ActivityDate.objects.get().capacity == 5
    assert heard == []


def test_seats_somebody_else_changed_are_not_overwritten() -> None:
    row = DateFactory.create(starts_at=SOON, capacity=8)

    with pytest.raises(ChangedMeanwhile):
        set_seats(
            actor=planner_of(row.activity.organisation),
            activity_id=row.activity_id,
            seats={row.pk: 20},
            seen=fingerprint({str(row.pk): 12}),
        )

    assert ActivityDate.objects.get().capacity == 8


def test_who_is_signed_up_learns_of_it_also_while_the_occasion_is_hidden(
    heard: list[object],
) -> None:
    row = DateFactory.create(starts_at=SOON, activity__status=ActivityStatus.HIDDEN)

    cancel_date(actor=coordinator(), date_id=row.pk)

    assert heard == [DateCancelled(date_id=row.pk, sequence=1)]
