"""Ages in the picture: said by people themselves, only counted, and hidden where few would show."""

import csv
import io
from collections.abc import Sequence

import pytest
from django.test import Client
from django.urls import reverse

from miteinander.community.organisations.tests.factories import OrganisationFactory
from miteinander.community.people.enums import AgeGroup
from miteinander.community.people.tests.factories import AdministratorFactory, GuestFactory
from miteinander.encounters.activities.enums import Presence
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.queries.picture import By
from miteinander.encounters.activities.queries.sides import AGES
from miteinander.encounters.activities.services import privacy
from miteinander.encounters.activities.tests.factories import ParticipationFactory
from miteinander.encounters.activities.tests.test_picture import NOW, SYSTEM, held, seen
from miteinander.foundation.core import clock

pytestmark = pytest.mark.django_db


def people_of_ages(
    date: ActivityDate, ages: Sequence[int], presence: str = Presence.PRESENT
) -> None:
    for age, count in zip(AGES, ages, strict=True):
        for _number in range(count):
            ParticipationFactory.create(
                date=date, presence=presence, person=GuestFactory.create(age_group=age)
            )


def test_each_age_group_is_counted_as_signed_up_and_present() -> None:
    date = held(OrganisationFactory.create())
    people_of_ages(date, (0, 6, 5, 0, 0, 7))
    people_of_ages(date, (0, 1, 0, 0, 0, 0), Presence.ABSENT)
    (line,) = seen(SYSTEM).lines
    assert line.ages_signed_up == (0, 7, 5, 0, 0, 7)
    assert line.ages_present == (0, 6, 5, 0, 0, 7)


def test_the_age_said_at_the_sign_up_comes_first() -> None:
    date = held(OrganisationFactory.create())
    people_of_ages(date, (0, 6, 12, 0, 0, 0))
    older = Participation.objects.filter(person__age_group=AgeGroup.FROM_27)[:6]
    Participation.objects.filter(pk__in=list(older.values_list("pk", flat=True))).update(
        age_group=AgeGroup.FROM_65
    )
    assert seen(SYSTEM).lines[0].ages_present == (0, 6, 6, 0, 6, 0)


def test_one_age_for_all_and_small_groups_are_not_told() -> None:
    organisation = OrganisationFactory.create()
    for number, ages in enumerate([(0, 0, 9, 0, 0, 8), (0, 3, 9, 0, 0, 0)]):
        people_of_ages(held(organisation, 10 + number), ages)
    picture = seen(SYSTEM)
    assert [line.ages_present for line in picture.lines] == [None, None]
    assert picture.total.ages_present is None
    assert [line.present_all for line in picture.lines] == [17, 12]


def test_a_small_group_does_not_follow_from_the_total() -> None:
    organisation = OrganisationFactory.create()
    for number, ages in enumerate([(0, 9, 9, 0, 0, 0), (0, 8, 8, 0, 0, 0), (0, 2, 9, 0, 0, 0)]):
        people_of_ages(held(organisation, 10 + number), ages)
    picture = seen(SYSTEM)
    assert picture.total.ages_present == (0, 19, 26, 0, 0, 0)
    assert [line.ages_present for line in picture.lines].count(None) == 2


def test_ages_stay_when_rows_are_deleted_by_their_age() -> None:
    organisation = OrganisationFactory.create()
    people_of_ages(held(organisation, 400), (0, 6, 5, 0, 0, 9))
    people_of_ages(held(organisation, 401), (5, 0, 0, 5, 5, 0), Presence.ABSENT)
    before = seen(SYSTEM, By.ORGANISATION)
    privacy.forget_old_participations(actor=SYSTEM, now=NOW)
    assert not Participation.objects.exists()
    assert seen(SYSTEM, By.ORGANISATION) == before
    assert before.total.ages_signed_up == (5, 6, 5, 5, 5, 9)
    assert before.total.ages_present == (0, 6, 5, 0, 0, 9)


def test_figures_kept_before_ages_were_asked_count_as_not_said() -> None:
    held(OrganisationFactory.create(), counts={"signed_up:present:local": 7, "first_time": 7})
    assert seen(SYSTEM).total.ages_present == (0, 0, 0, 0, 0, 7)


def test_the_page_and_the_file_tell_the_same_ages(client: Client) -> None:
    people_of_ages(held(OrganisationFactory.create()), (0, 6, 7, 0, 0, 0))
    client.force_login(AdministratorFactory.create())
    with clock.held_at(NOW):
        page = client.get("/en" + reverse("activities:picture")[3:] + "?by=activity")
        plain = client.get("/en" + reverse("activities:picture_csv")[3:] + "?by=activity")
    rows = list(csv.DictReader(io.StringIO(plain.content.decode("utf-8-sig")), delimiter=";"))
    assert [rows[0][f"Present, age: {name}"] for name in ("18 to 26", "27 to 44")] == ["6", "7"]
    table = page.context["age_table"]
    by_head = dict(zip(table.head, table.rows[0], strict=True))
    assert [by_head[f"Present, age: {name}"] for name in ("18 to 26", "27 to 44")] == ["6", "7"]
    pieces = page.context["age_charts"][1].bars[0].pieces
    assert [(piece.kind, round(piece.width)) for piece in pieces] == [
        ("age-2", 46), ("age-3", 54),
    ]  # fmt: skip
