"""Around a request several act at the same moment: one comes first, the others are told."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial

import pytest

from miteinander.community.organisations.tests.factories import CoordinatorRoleFactory
from miteinander.community.regions.tests.factories import RegionFactory
from miteinander.cooperation.guides.enums import FigureKey
from miteinander.cooperation.guides.models import Ask, Assignment, GuideRequest, Hours
from miteinander.cooperation.guides.services import asking, hours, payments, requests
from miteinander.cooperation.guides.services.figures import NewFigure, enter_figure
from miteinander.cooperation.guides.tests.network.factories import (
    AskFactory,
    AssignmentFactory,
    GuideFactory,
    HoursFactory,
    RequestFactory,
)
from miteinander.cooperation.guides.tests.test_training_at_once import together
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor

pytestmark = [
    pytest.mark.concurrency,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("database_for_threads"),
]
SYSTEM = SystemActor("test")
ROUNDS = 5


def test_of_coordinators_who_ask_at_once_one_wins_and_the_others_are_told() -> None:
    town = RegionFactory.create()
    people = [CoordinatorRoleFactory.create(region=town).person for _each in range(4)]
    guides = GuideFactory.create_batch(4, municipality=town)
    row = RequestFactory.create(municipality=town)
    wrong = together(
        [
            partial(asking.ask_guide, actor=person, request_id=row.pk, guide_id=guide.pk)
            for person, guide in zip(people, guides, strict=True)
        ]
    )
    assert Ask.objects.filter(answer="open").count() == Ask.objects.count() == 1
    assert len(wrong) == 1
    assert next(iter(wrong)).startswith("ValidationError")


def test_a_yes_and_a_withdrawal_at_once_leave_nothing_half() -> None:
    town = RegionFactory.create()
    guide = GuideFactory.create(municipality=town)
    for number in range(ROUNDS):
        starts_at = clock.now() + timedelta(days=3 + number)
        row = RequestFactory.create(municipality=town, starts_at=starts_at)
        ask = AskFactory.create(request=row, guide=guide)
        wrong = together(
            [
                partial(asking.answer_ask, actor=SYSTEM, ask_id=ask.pk, is_yes=True),
                partial(requests.withdraw_request, actor=SYSTEM, request_id=row.pk),
            ]
        )
        assert all(text.startswith("ValidationError") for text in wrong)
        assert GuideRequest.objects.get(pk=row.pk).status == "withdrawn"
        assert not Assignment.objects.filter(request=row, status="agreed").exists()


def test_two_yes_of_one_guide_at_once_never_clash() -> None:
    town = RegionFactory.create()
    guide = GuideFactory.create(municipality=town)
    starts_at = clock.now() + timedelta(days=3)
    rows = RequestFactory.create_batch(3, municipality=town, starts_at=starts_at)
    asks = [AskFactory.create(request=row, guide=guide) for row in rows]
    wrong = together(
        [partial(asking.answer_ask, actor=SYSTEM, ask_id=ask.pk, is_yes=True) for ask in asks]
    )
    assert Assignment.objects.filter(guide=guide, status="agreed").count() == 1
    assert len(wrong) == 1


def test_confirmations_at_once_never_exceed_the_budget_of_a_team() -> None:
    town = RegionFactory.create()
    payments.set_budget(actor=SYSTEM, region=town, year=2026, hours=2)
    rate = NewFigure(FigureKey.RATE_HOUR, Decimal(10), date(2026, 1, 1), "a test")
    enter_figure(actor=SYSTEM, figure=rate)
    people = [CoordinatorRoleFactory.create(region=town).person for _each in range(5)]
    rows = [
        HoursFactory.create(
            guide=GuideFactory.create(municipality=town), day=date(2026, 3, 2), minutes=60
        )
        for _each in people
    ]
    wrong = together(
        [
            partial(hours.confirm_hours, actor=person, hours_id=row.pk)
            for person, row in zip(people, rows, strict=True)
        ]
    )
    assert Hours.objects.filter(status="confirmed").count() == 2
    assert len(wrong) == 1


def test_the_same_report_sent_several_times_at_once_notes_hours_once() -> None:
    begin = clock.now() - timedelta(hours=2)
    row = AssignmentFactory.create(starts_at=begin)
    wrong = together(
        [partial(hours.note_hours, actor=row.guide.person, assignment=row) for _each in range(3)]
    )
    assert wrong == set()
    Assignment.objects.filter(pk=row.pk).update(status="happened", minutes=30)
    row.refresh_from_db()
    wrong = together(
        [partial(hours.note_hours, actor=row.guide.person, assignment=row) for _each in range(5)]
    )
    assert wrong == set()
    assert Hours.objects.count() == 1
