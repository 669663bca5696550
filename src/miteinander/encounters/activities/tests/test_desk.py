"""Marks that waited on a phone: taken once, in the order of the door, from the right list only."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from miteinander.community.people.models import Person
from miteinander.encounters.activities.enums import ParticipationStatus, Presence
from miteinander.encounters.activities.models import ActivityDate, DeskEntry, Participation
from miteinander.encounters.activities.services.desk import (
    Entry,
    ForeignEntry,
    StaleEntry,
    book_of,
    forget_old_entries,
    take_mark,
    take_walk_in,
)
from miteinander.encounters.activities.services.presence import NoSeatLeft, mark_presence
from miteinander.encounters.activities.tests.factories import DateFactory, ParticipationFactory
from miteinander.encounters.activities.tests.planners import NOW, planner_of
from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
START = NOW + timedelta(hours=3)
HERE, AWAY, OPEN = Presence.PRESENT, Presence.ABSENT, Presence.UNKNOWN


@pytest.fixture(autouse=True)
def _held_clock() -> Iterator[None]:
    with clock.held_at(NOW):
        yield


@pytest.fixture
def row() -> Participation:
    seat: Participation = ParticipationFactory.create(date__starts_at=START)
    return seat


def organiser(date: ActivityDate) -> Person:
    return planner_of(date.activity.organisation)


def entry(actor: Person, date_id: int, key: str = "a", minutes_ago: float = 0) -> Entry:
    made_at = clock.now() - timedelta(minutes=minutes_ago)
    return Entry(key=key * 32, book=book_of(actor, date_id), made_at=made_at)


def send(actor: Person, row: Participation, mark: str, *args: Any) -> DeskEntry:
    return take_mark(
        actor=actor, date_id=row.date_id, participation_id=row.pk, mark=mark,
        entry=entry(actor, row.date_id, *args),
    )  # fmt: skip


def stands(row: Participation) -> tuple[str, int | None, datetime | None]:
    row.refresh_from_db()
    return row.presence, row.marked_by_id, row.marked_at


def test_a_mark_counts_from_when_the_button_was_pressed(row: Participation) -> None:
    actor = organiser(row.date)

    send(actor, row, HERE, "a", 20)

    assert stands(row) == (HERE, actor.pk, NOW - timedelta(minutes=20))


def test_the_same_key_again_is_answered_the_same_and_changes_nothing(row: Participation) -> None:
    actor = organiser(row.date)
    first = send(actor, row, HERE, "a", 20)
    mark_presence(actor=actor, participation_id=row.pk, presence=OPEN)

    again = send(actor, row, HERE, "a", 20)

    assert again == first
    assert stands(row) == (OPEN, None, None)
    assert AuditEntry.objects.filter(verb="activities.mark").count() == 2


def test_of_two_organisers_the_later_press_counts_whoever_arrives_last(row: Participation) -> None:
    anna, ben = organiser(row.date), organiser(row.date)
    later = send(ben, row, AWAY, "b", 5)

    older = send(anna, row, HERE, "a", 20)

    assert stands(row) == (AWAY, ben.pk, NOW - timedelta(minutes=5))
    assert (later.outcome, later.told) == ("done", "")
    assert (older.outcome, older.told) == ("older", AWAY)


def test_a_later_mark_replaces_anothers_and_says_so(row: Participation) -> None:
    anna, ben = organiser(row.date), organiser(row.date)
    send(anna, row, HERE, "a", 20)

    later = send(ben, row, AWAY, "b", 5)

    assert stands(row)[:2] == (AWAY, ben.pk)
    assert (later.outcome, later.told) == ("replaced", HERE)


def test_two_who_mark_the_same_contradict_nobody(row: Participation) -> None:
    anna, ben = organiser(row.date), organiser(row.date)
    send(anna, row, HERE, "a", 20)

    same = send(ben, row, HERE, "b", 5)

    assert (same.outcome, same.told) == ("done", "")
    assert stands(row)[1] == anna.pk


def test_a_mark_taken_back_is_not_brought_back_by_an_older_one(row: Participation) -> None:
    anna, ben = organiser(row.date), organiser(row.date)
    send(ben, row, HERE, "b", 10)
    send(ben, row, OPEN, "c", 5)

    older = send(anna, row, AWAY, "a", 20)

    assert stands(row) == (OPEN, None, None)
    assert (older.outcome, older.told) == ("older", OPEN)


def test_an_entry_of_another_date_or_of_somebody_else_is_refused(row: Participation) -> None:
    anna, ben = organiser(row.date), organiser(row.date)
    other = DateFactory.create(activity=row.date.activity, starts_at=START)

    for foreign in (entry(ben, row.date_id), entry(anna, other.pk)):
        with pytest.raises(ForeignEntry):
            take_mark(
                actor=anna, date_id=row.date_id, participation_id=row.pk, mark=HERE, entry=foreign
            )
        with pytest.raises(ForeignEntry):
            take_walk_in(actor=anna, date_id=row.date_id, name="Ali", entry=foreign)

    assert stands(row) == (OPEN, None, None)
    assert Participation.objects.count() == 1
    assert not DeskEntry.objects.exists()


def test_somebody_on_another_list_is_not_marked(row: Participation) -> None:
    actor = organiser(row.date)
    other = ParticipationFactory.create(date__activity=row.date.activity, date__starts_at=START)

    with pytest.raises(Participation.DoesNotExist):
        take_mark(
            actor=actor, date_id=row.date_id, participation_id=other.pk, mark=HERE,
            entry=entry(actor, row.date_id),
        )  # fmt: skip

    assert stands(other) == (OPEN, None, None)


def test_what_is_older_than_two_days_is_refused(row: Participation) -> None:
    actor = organiser(row.date)

    with clock.held_at(START + timedelta(days=3)):
        with pytest.raises(StaleEntry):
            send(actor, row, HERE, "a", 48 * 60 + 1)
        assert stands(row) == (OPEN, None, None)
        send(actor, row, HERE, "a", 48 * 60 - 1)

    assert stands(row)[0] == HERE


def test_a_stranger_may_not_send_for_a_list(row: Participation) -> None:
    stranger = planner_of(DateFactory.create().activity.organisation)

    with pytest.raises(Exception, match="see_participants"):
        send(stranger, row, HERE)

    assert stands(row) == (OPEN, None, None)


def test_a_walk_in_sent_twice_is_one_person_marked_when_written_down() -> None:
    date = DateFactory.create(starts_at=START)
    actor = organiser(date)
    sent = entry(actor, date.pk, "a", 15)

    for _time in range(2):
        take_walk_in(actor=actor, date_id=date.pk, name="Ali", entry=sent)

    added = Participation.objects.get()
    assert (added.person.name, added.presence) == ("Ali", HERE)
    assert added.marked_at == NOW - timedelta(minutes=15)


def test_a_walk_in_needs_no_name_and_no_seat_is_taken_beyond_without_a_word() -> None:
    date = DateFactory.create(starts_at=START, capacity=1)
    actor = organiser(date)

    nameless = take_walk_in(actor=actor, date_id=date.pk, name="", entry=entry(actor, date.pk))
    assert nameless.person.name
    with pytest.raises(NoSeatLeft):
        take_walk_in(actor=actor, date_id=date.pk, name="Ali", entry=entry(actor, date.pk, "b"))
    assert Participation.objects.count() == 1

    added = take_walk_in(
        actor=actor, date_id=date.pk, name="Ali", entry=entry(actor, date.pk, "b"),
        beyond_seats=True,
    )  # fmt: skip
    assert added.status == ParticipationStatus.EXTRA


def test_entries_are_forgotten_once_no_phone_may_send_them_again(row: Participation) -> None:
    send(organiser(row.date), row, HERE)

    clockwork = SystemActor("test")
    assert forget_old_entries(actor=clockwork, now=NOW + timedelta(days=3)) == 0
    assert forget_old_entries(actor=clockwork, now=NOW + timedelta(days=3, minutes=1)) == 1
    assert stands(row)[0] == HERE
