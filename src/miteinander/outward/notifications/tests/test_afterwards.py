"""The letter after a date: to everybody who came, once, with a link that opens the questions."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from miteinander.encounters.activities import jobs
from miteinander.encounters.activities.enums import ActivityStatus, Presence
from miteinander.encounters.activities.messages import FeedbackWanted
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.services.feedback import link_token
from miteinander.encounters.activities.tests.factories import DateFactory, ParticipationFactory
from miteinander.foundation.core import bus, clock
from miteinander.outward.notifications.models import Letter

pytestmark = pytest.mark.django_db
RunJobs = Callable[[], int]
EVENING = clock.local(clock.now()).replace(hour=18, minute=20)


def seat_of_today(**more: Any) -> Participation:
    end = EVENING - timedelta(hours=3)
    date = DateFactory.create(starts_at=end - timedelta(hours=2), ends_at=end)
    seat: Participation = ParticipationFactory.create(date=date, **more)
    return seat


def test_everybody_who_came_gets_one_letter_with_a_link_that_works(
    client: Client, run_jobs: RunJobs
) -> None:
    seat = seat_of_today(language="uk", presence=Presence.PRESENT)
    with clock.held_at(EVENING):
        for _number in range(2):
            jobs.ask_for_feedback.call()
            ActivityDate.objects.update(feedback_asked_at=None)  # as if the first run had failed
        run_jobs()
        (message,) = mail.outbox
        with translation.override("uk"):
            path = reverse("activities:feedback", args=[seat.date_id, link_token(seat)])
        assert message.to == [seat.person.email]
        assert str(message.body).count(path) == 1
        assert seat.token not in str(message.body)
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("change", ["absent", "hidden", "late"])
def test_a_letter_that_came_too_late_is_not_sent(run_jobs: RunJobs, change: str) -> None:
    seat = seat_of_today()
    with clock.held_at(EVENING):
        bus.publish(FeedbackWanted(seat.pk))
    if change == "absent":
        Participation.objects.update(presence=Presence.ABSENT)
    if change == "hidden":
        seat.date.activity.status = ActivityStatus.HIDDEN
        seat.date.activity.save()
    with clock.held_at(EVENING + timedelta(days=15 if change == "late" else 0)):
        run_jobs()
    assert mail.outbox == []
    assert Letter.objects.get().skipped_at


def test_without_an_address_there_is_no_letter() -> None:
    bus.publish(FeedbackWanted(seat_of_today(person__email=None).pk))
    assert not Letter.objects.exists()
