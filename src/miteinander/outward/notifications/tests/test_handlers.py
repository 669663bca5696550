"""Who is told of what: one letter each, in the reader's language, in the same transaction."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from miteinander.community.organisations.services import Invitee, invite_member
from miteinander.community.organisations.tests.factories import (
    CoordinatorRoleFactory,
    ManagerFactory,
    OrganisationFactory,
)
from miteinander.community.people.services import Contact
from miteinander.community.people.tests.factories import GuestFactory, PersonFactory
from miteinander.encounters.activities.enums import ActivityStatus, DateStatus, SignUpWay
from miteinander.encounters.activities.messages import (
    ActivityApproved,
    ActivityAskedBack,
    ApprovalRequested,
    DateCancelled,
    DateChanged,
    SeatGivenBack,
    SeatTaken,
    SignedUpAgain,
)
from miteinander.encounters.activities.models import Participation
from miteinander.encounters.activities.services.seats import sign_up_guest
from miteinander.encounters.activities.tests.factories import (
    ActivityFactory,
    DateFactory,
    ParticipationFactory,
)
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import SystemActor
from miteinander.outward.notifications import services
from miteinander.outward.notifications.enums import LetterKind
from miteinander.outward.notifications.models import Letter

pytestmark = pytest.mark.django_db
RunJobs = Callable[[], int]


def addresses() -> list[str]:
    return sorted(message.to[0] for message in mail.outbox)


def test_a_seat_is_confirmed_once(run_jobs: RunJobs) -> None:
    seat = ParticipationFactory.create(language="ar")
    for _number in range(2):
        bus.publish(SeatTaken(seat.pk))
    run_jobs()
    assert addresses() == [seat.person.email]
    assert Letter.objects.get().language == "ar"


def test_nothing_is_written_when_the_transaction_fails() -> None:
    seat = ParticipationFactory.create()
    with transaction.atomic():
        bus.publish(SeatTaken(seat.pk))
        assert Letter.objects.exists()
        transaction.set_rollback(True)
    assert not Letter.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_nobody_without_address_and_nobody_at_the_door_gets_mail(run_jobs: RunJobs) -> None:
    bus.publish(SeatTaken(ParticipationFactory.create(person__email=None).pk))
    bus.publish(SeatTaken(ParticipationFactory.create(way=SignUpWay.WALK_IN).pk))
    run_jobs()
    assert not Letter.objects.exists()


def test_signing_up_again_after_giving_back_is_confirmed_again(run_jobs: RunJobs) -> None:
    seat = ParticipationFactory.create()
    bus.publish(SeatTaken(seat.pk))
    run_jobs()
    seats = Participation.objects.filter(pk=seat.pk)
    seats.update(status="given_back", given_back_at=clock.now())
    bus.publish(SeatGivenBack(seat.pk))
    run_jobs()
    seats.update(status="signed_up", signed_up_at=clock.now())
    bus.publish(SeatTaken(seat.pk))
    run_jobs()
    assert len(mail.outbox) == 3


def test_a_guest_who_signs_up_again_is_confirmed_again_once_an_hour(run_jobs: RunJobs) -> None:
    date, start = DateFactory.create(), clock.now()
    contact = Contact(name="Maria", email="maria@example.org", language="uk")
    for minutes, mails in ((0, 1), (1, 2), (2, 2), (60, 2), (62, 3), (63, 3)):
        with clock.held_at(start + timedelta(minutes=minutes)):
            sign_up_guest(actor=SystemActor(), date_id=date.pk, contact=contact)
            run_jobs()
        assert len(mail.outbox) == mails
    assert {message.subject for message in mail.outbox} == {mail.outbox[0].subject}
    seat = Participation.objects.get()
    assert all(seat.token in message.body for message in mail.outbox)


def test_signing_up_again_for_another_date_is_not_held_back(run_jobs: RunJobs) -> None:
    contact = Contact(name="Maria", email="maria@example.org", language="uk")
    for date in DateFactory.create_batch(2):
        for _again in range(3):
            sign_up_guest(actor=SystemActor(), date_id=date.pk, contact=contact)
    run_jobs()
    assert addresses() == ["maria@example.org"] * 4


def test_only_a_seat_with_an_address_is_confirmed_again(run_jobs: RunJobs) -> None:
    for facts in (
        {"person__email": None}, {"way": SignUpWay.WALK_IN}, {"status": "given_back"},
    ):  # fmt: skip
        bus.publish(SignedUpAgain(ParticipationFactory.create(**facts).pk))
    run_jobs()
    assert not Letter.objects.exists()


def test_a_change_reaches_everybody_with_a_seat_in_their_language(run_jobs: RunJobs) -> None:
    date = DateFactory.create(sequence=1)
    languages = ["de", "ar", "uk", "de-simple"]
    for language in languages:
        ParticipationFactory.create(date=date, language=language)
    ParticipationFactory.create(date=date, person=GuestFactory.create(email=None))
    ParticipationFactory.create(date=date, status="given_back")
    ParticipationFactory.create()
    with patch.object(services.together, "BATCH", 2):
        bus.publish(DateChanged(date.pk, 1))
        bus.publish(DateChanged(date.pk, 1))
        run_jobs()
    letters = Letter.objects.filter(kind=LetterKind.DATE_CHANGED)
    assert sorted(letters.values_list("language", flat=True)) == sorted(languages)
    assert len(mail.outbox) == 4


def test_of_two_quick_changes_the_newest_is_told_once(run_jobs: RunJobs) -> None:
    seat = ParticipationFactory.create(date__sequence=2)
    bus.publish(DateChanged(seat.date_id, 1))
    bus.publish(DateChanged(seat.date_id, 2))
    run_jobs()
    assert len(mail.outbox) == 1
    assert Letter.objects.filter(skipped_at__isnull=False).count() == 1


def test_a_cancellation_reaches_everybody_and_silences_the_change(run_jobs: RunJobs) -> None:
    seat = ParticipationFactory.create(date__sequence=2, date__status=DateStatus.CANCELLED)
    bus.publish(DateChanged(seat.date_id, 1))
    bus.publish(DateCancelled(seat.date_id, 2))
    run_jobs()
    assert addresses() == [seat.person.email]
    sent = Letter.objects.get(sent_at__isnull=False)
    assert sent.kind == LetterKind.DATE_CANCELLED


def test_an_invitation_is_sent_with_a_link_that_works(run_jobs: RunJobs) -> None:
    manager = ManagerFactory.create()
    invite_member(
        actor=manager.person,
        organisation_id=manager.organisation_id,
        invitee=Invitee("new@example.org", "member", "fa"),
    )
    run_jobs()
    assert addresses() == ["new@example.org"]
    assert "/fa/organisations/invitation/" in mail.outbox[0].body
    assert not Letter.objects.filter(context__has_key="token").exists()


def test_coordinators_are_asked_and_planners_are_answered(run_jobs: RunJobs) -> None:
    organisation = OrganisationFactory.create(trusted_since=None)
    coordinator = CoordinatorRoleFactory.create(region=organisation.municipality).person
    CoordinatorRoleFactory.create(organisation=OrganisationFactory.create())
    author = PersonFactory.create(language="ar")
    activity = ActivityFactory.create(
        organisation=organisation, created_by=author, status=ActivityStatus.AWAITING_APPROVAL
    )
    bus.publish(ApprovalRequested(activity.pk))
    run_jobs()
    assert addresses() == [coordinator.email]
    activity.status, activity.question = ActivityStatus.DRAFT, "Wo genau?"
    activity.save()
    bus.publish(ActivityAskedBack(activity.pk))
    run_jobs()
    assert "Wo genau?" in mail.outbox[1].body
    activity.status = ActivityStatus.PUBLISHED
    activity.save()
    bus.publish(ActivityApproved(activity.pk))
    run_jobs()
    assert [message.to for message in mail.outbox[1:]] == [[author.email]] * 2


def test_managers_are_answered_where_the_author_is_gone(run_jobs: RunJobs) -> None:
    manager = ManagerFactory.create()
    activity = ActivityFactory.create(organisation=manager.organisation)
    bus.publish(ActivityApproved(activity.pk))
    run_jobs()
    assert addresses() == [manager.person.email]


@pytest.mark.parametrize("size", [1, 5])
def test_telling_everybody_takes_few_queries(size: int, django_assert_max_num_queries: Any) -> None:
    date = DateFactory.create(sequence=1)
    ParticipationFactory.create_batch(size, date=date)
    with django_assert_max_num_queries(10 + size):
        services.tell_everybody(
            actor=SystemActor(), kind=LetterKind.DATE_CHANGED, date_id=date.pk, sequence=1
        )
