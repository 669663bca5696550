import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from miteinander.community.people import services as people
from miteinander.community.people.enums import Background
from miteinander.community.people.tests.factories import GuestFactory, PersonFactory
from miteinander.encounters.activities import jobs
from miteinander.encounters.activities.enums import ParticipationStatus, Presence
from miteinander.encounters.activities.exports import export_person, heard_of
from miteinander.encounters.activities.models import Activity, ActivityDate, Participation
from miteinander.encounters.activities.services import privacy
from miteinander.encounters.activities.tests.factories import (
    ActivityFactory,
    DateFactory,
    ParticipationFactory,
)
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor
from miteinander.foundation.core.privacy import kept_for

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")


def ago(**span: float) -> Any:
    return clock.now() - timedelta(**span)


def test_erasing_somebody_frees_coming_seats_and_keeps_what_was() -> None:
    person = PersonFactory.create()
    coming = ParticipationFactory.create(person=person)
    past = ParticipationFactory.create(
        person=person, presence=Presence.PRESENT, date__starts_at=ago(days=9)
    )
    token = coming.token

    people.erase_person(actor=person, person_id=person.pk)

    coming.refresh_from_db()
    past.refresh_from_db()
    assert coming.status == ParticipationStatus.GIVEN_BACK
    assert ActivityDate.objects.get(pk=coming.date_id).seats_taken == 0
    assert (past.status, past.presence) == (ParticipationStatus.SIGNED_UP, Presence.PRESENT)
    assert ActivityDate.objects.get(pk=past.date_id).seats_taken == 1
    assert coming.token != token
    assert coming.language == past.language == ""


def test_erasing_somebody_forgets_the_contact_at_the_door() -> None:
    person = PersonFactory.create(name="Erika Muster", email="erika@example.org")
    hers = ActivityFactory.create(contact_name="Somebody", contact_email="Erika@example.org")
    others = ActivityFactory.create(contact_name="Karl", contact_email="karl@example.org")

    people.erase_person(actor=person, person_id=person.pk)

    hers.refresh_from_db()
    others.refresh_from_db()
    assert (hers.contact_name, hers.contact_phone, hers.contact_email) == ("", "", "")
    assert others.contact_name == "Karl"


def test_old_seats_become_counts_and_young_ones_stay() -> None:
    limit = kept_for("activities.participations").days
    old = DateFactory.create(starts_at=ago(days=limit + 1))
    for background in (Background.LOCAL, Background.NEWCOMER, Background.NEWCOMER):
        ParticipationFactory.create(
            date=old, presence=Presence.PRESENT, person=GuestFactory.create(background=background)
        )
    young = ParticipationFactory.create(date__starts_at=ago(days=limit - 1))

    jobs.forget_old_participations.call()
    jobs.forget_old_participations.call()

    old.refresh_from_db()
    assert list(Participation.objects.all()) == [young]
    assert old.counts == {
        "signed_up:present:local": 1, "signed_up:present:newcomer": 2, "first_time": 3
    }  # fmt: skip
    assert old.seats_taken == 3


def test_old_contacts_go_and_those_of_coming_dates_stay() -> None:
    old, coming = (
        ActivityFactory.create(created_by=PersonFactory.create()),
        ActivityFactory.create(),
    )
    Activity.objects.update(created_at=ago(days=kept_for("activities.contacts").days + 9))
    DateFactory.create(activity=old, starts_at=ago(days=kept_for("activities.contacts").days + 1))
    DateFactory.create(activity=coming)

    jobs.forget_old_contacts.call()

    old.refresh_from_db()
    coming.refresh_from_db()
    assert (old.contact_name, old.contact_phone, old.created_by) == ("", "", None)
    assert coming.contact_name == "Erika Beispiel"


@pytest.mark.parametrize("forget", [privacy.forget_old_participations, privacy.forget_old_contacts])
def test_nobody_else_forgets(forget: Any) -> None:
    with pytest.raises(PermissionDenied):
        forget(actor=PersonFactory.create(), now=clock.now())


def test_a_person_can_take_along_seats_and_plans() -> None:
    person = PersonFactory.create()
    seat = ParticipationFactory.create(person=person)
    ActivityFactory.create(created_by=person)
    ParticipationFactory.create()

    told = json.loads(json.dumps(export_person(person)))

    assert [row["meeting"] for row in told["seats"]] == [f"Kochen {seat.date.activity_id}"]
    assert len(told["planned"]) == 1
    assert told["marked_count"] == 0


def test_who_took_part_or_planned_lately_was_heard_of() -> None:
    came, planned, long_ago = PersonFactory.create_batch(3)
    ParticipationFactory.create(person=came)
    ActivityFactory.create(created_by=planned)
    ParticipationFactory.create(
        person=long_ago, signed_up_at=ago(days=800), date__starts_at=ago(days=799)
    )

    known = heard_of([came.pk, planned.pk, long_ago.pk], ago(days=700))

    assert known == {came.pk, planned.pk}
