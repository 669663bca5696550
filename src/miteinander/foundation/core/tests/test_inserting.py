import pytest
from pytest_django import DjangoAssertNumQueries

from miteinander.foundation.core import clock
from miteinander.foundation.core.inserting import insert_unless_known
from miteinander.foundation.core.models import Schedule

pytestmark = pytest.mark.django_db


def row(job: str = "a.b") -> Schedule:
    return Schedule(job=job, next_run_at=clock.now())


def test_a_new_row_is_stored_and_has_its_key() -> None:
    schedule = row()

    assert insert_unless_known(schedule)

    assert schedule == Schedule.objects.get()
    schedule.save()
    assert Schedule.objects.count() == 1


def test_a_known_row_stays_as_it_is() -> None:
    first, second = row(), row()
    insert_unless_known(first)

    assert not insert_unless_known(second)

    assert not second.pk
    assert Schedule.objects.get().next_run_at == first.next_run_at


def test_it_takes_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    insert_unless_known(row())

    for schedule in (row(), row(job="c.d")):
        with django_assert_num_queries(1):
            insert_unless_known(schedule)
