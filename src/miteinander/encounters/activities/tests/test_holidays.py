"""Taking school holidays: once, tidied, and only by those who may."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from miteinander.community.people.tests.factories import AdministratorFactory, PersonFactory
from miteinander.encounters.activities.models import SchoolHoliday
from miteinander.encounters.activities.queries.holidays import school_holidays
from miteinander.encounters.activities.services.holidays import FreeDays, take_school_holidays
from miteinander.encounters.activities.tests.planners import coordinator
from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
EASTER = FreeDays(date(2027, 3, 22), date(2027, 4, 2), "Osterferien")
SUMMER = FreeDays(date(2027, 6, 28), date(2027, 8, 6), "Sommerferien")


def stored() -> list[FreeDays]:
    return [FreeDays(row.first_day, row.last_day, row.title) for row in school_holidays().holidays]


def test_the_same_holidays_twice_are_there_once_and_noted_once() -> None:
    first = take_school_holidays(actor=SystemActor("import"), stretches=[SUMMER, EASTER])
    again = take_school_holidays(actor=SystemActor("import"), stretches=[EASTER, SUMMER])

    assert (first.added, again.added, again.changed) == ([EASTER, SUMMER], [], [])
    assert again.unchanged == stored() == [EASTER, SUMMER]
    assert AuditEntry.objects.filter(verb="activities.bring_in_holidays").count() == 1


def test_corrected_days_take_the_place_of_those_they_touch() -> None:
    take_school_holidays(actor=SystemActor("import"), stretches=[EASTER, SUMMER])
    later = FreeDays(date(2027, 7, 5), date(2027, 8, 13), "Sommerferien 2027")

    taken = take_school_holidays(actor=SystemActor("import"), stretches=[later])

    assert taken.changed == [later]
    assert stored() == [EASTER, later]


def test_one_stretch_takes_the_place_of_two_it_touches() -> None:
    halves = [
        FreeDays(date(2027, 6, 28), date(2027, 7, 9), "a"),
        FreeDays(date(2027, 7, 20), date(2027, 8, 6), "b"),
    ]
    take_school_holidays(actor=SystemActor("import"), stretches=halves)

    take_school_holidays(actor=SystemActor("import"), stretches=[SUMMER])

    assert stored() == [SUMMER]


def test_entries_that_overlap_in_one_file_become_one() -> None:
    twice = [SUMMER, FreeDays(date(2027, 7, 1), date(2027, 8, 9), "Sommerferien")]

    taken = take_school_holidays(actor=SystemActor("import"), stretches=twice)

    assert taken.added == [FreeDays(date(2027, 6, 28), date(2027, 8, 9), "Sommerferien")]


def test_what_is_too_long_or_backwards_is_no_holiday() -> None:
    endless = FreeDays(date(2000, 1, 1), date(2100, 1, 1), "Ferien")
    backwards = FreeDays(date(2027, 5, 2), date(2027, 5, 1), "Ferien")
    sly = FreeDays(SUMMER.last_day, SUMMER.last_day + timedelta(days=59), "Ferien")

    taken = take_school_holidays(
        actor=SystemActor("import"), stretches=[endless, backwards, SUMMER, sly]
    )

    assert len(taken.refused) == 3
    assert stored() == [SUMMER]


def test_long_and_broken_names_are_made_to_fit() -> None:
    odd = FreeDays(EASTER.first_day, EASTER.last_day, "Oster\nferien\u202e " + "x" * 500)

    take_school_holidays(actor=SystemActor("import"), stretches=[odd])

    assert len(SchoolHoliday.objects.get().title) <= 120
    assert "\n" not in SchoolHoliday.objects.get().title


def test_administrators_may_and_others_may_not() -> None:
    take_school_holidays(actor=AdministratorFactory.create(), stretches=[EASTER])

    for actor in (PersonFactory.create(), coordinator()):
        with pytest.raises(PermissionDenied):
            take_school_holidays(actor=actor, stretches=[SUMMER])
    assert stored() == [EASTER]
