"""Wanting to become a guide, the talk, and what came of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from miteinander.community.organisations.tests.factories import CoordinatorRoleFactory
from miteinander.community.people.services import Contact
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.community.regions.models import Region
from miteinander.community.regions.tests.factories import RegionFactory
from miteinander.cooperation.guides.enums import InterestStatus, TalkWay
from miteinander.cooperation.guides.messages import InterestNoted, TalkInvited
from miteinander.cooperation.guides.models import Interest
from miteinander.cooperation.guides.services import interests
from miteinander.cooperation.guides.tests.factories import InterestFactory
from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
VISITOR = SystemActor("visitor")
AMAL = Contact(name="Amal", email="amal@example.org", language="ar")


def express(
    *, contact: Contact = AMAL, place: Region | None = None, entry: str = ""
) -> interests.Noted:
    where = place or RegionFactory.create()
    return interests.express_interest(
        actor=VISITOR, contact=contact, municipality_id=where.pk, entry=entry
    )


def test_somebody_without_an_account_is_interested_once(told: list[object]) -> None:
    place = RegionFactory.create()

    first = express(place=place)
    again = express()

    interest = Interest.objects.get()
    assert first.interest == again.interest == interest
    assert (interest.status, interest.municipality, interest.language) == ("open", place, "ar")
    assert told == [
        InterestNoted(interest_id=interest.pk),
        InterestNoted(interest_id=interest.pk, is_again=True),
    ]


def test_the_same_form_sent_twice_is_one_interest_and_one_letter(told: list[object]) -> None:
    express(entry="form-1")
    express(entry="form-1")

    assert Interest.objects.count() == 1
    assert len(told) == 1


def test_a_stranger_who_types_a_known_contact_changes_nothing_and_sees_nothing() -> None:
    known = express(contact=Contact(name="Amal", phone="+49561111111"), entry="a").interest

    stranger = express(contact=Contact(name="Eve", phone="+49561111111"), entry="b")

    assert not stranger.is_own
    known.refresh_from_db()
    assert known.person.name == "Amal"


def test_without_any_contact_nothing_is_noted() -> None:
    with pytest.raises(ValidationError):
        express(contact=Contact(name="Amal"))

    assert not Interest.objects.exists()


def test_who_has_withdrawn_begins_anew() -> None:
    interest = express().interest
    interests.withdraw_interest(actor=VISITOR, interest_id=interest.pk)

    express()

    interest.refresh_from_db()
    assert interest.status == InterestStatus.OPEN


def test_nobody_withdraws_for_somebody_else() -> None:
    interest = InterestFactory.create()

    with pytest.raises(PermissionDenied):
        interests.withdraw_interest(actor=PersonFactory.create(), interest_id=interest.pk)

    interest.refresh_from_db()
    assert interest.status == InterestStatus.OPEN


def talk(**changes: Any) -> interests.Talk:
    facts: dict[str, Any] = {
        "starts_at": clock.now() + timedelta(days=3),
        "way": TalkWay.IN_PERSON,
        "place": "Rathaus",
        **changes,
    }
    return interests.Talk(**facts)


def test_a_coordinator_of_the_place_invites_and_the_same_again_is_nothing(
    told: list[object],
) -> None:
    interest = InterestFactory.create()
    actor = CoordinatorRoleFactory.create(region=interest.municipality).person
    wanted = talk()

    interests.invite_to_talk(actor=actor, interest_id=interest.pk, talk=wanted)
    interests.invite_to_talk(actor=actor, interest_id=interest.pk, talk=wanted)

    interest.refresh_from_db()
    assert (interest.status, interest.decided_by) == (InterestStatus.INVITED, actor)
    assert told == [TalkInvited(interest_id=interest.pk)]


@pytest.mark.parametrize(
    "changes",
    [{"starts_at": clock.now() - timedelta(minutes=1)}, {"place": " "}, {"way": "dream"}],
)
def test_a_talk_needs_a_time_to_come_and_a_place(changes: dict[str, object]) -> None:
    interest = InterestFactory.create()
    actor = CoordinatorRoleFactory.create(region=interest.municipality).person

    with pytest.raises(ValidationError):
        interests.invite_to_talk(actor=actor, interest_id=interest.pk, talk=talk(**changes))

    interest.refresh_from_db()
    assert (interest.status, interest.talk_at) == (InterestStatus.OPEN, None)


def test_a_coordinator_elsewhere_does_not_even_know_of_it() -> None:
    interest = InterestFactory.create()
    actor = CoordinatorRoleFactory.create(region=RegionFactory.create()).person

    with pytest.raises(Interest.DoesNotExist):
        interests.decide_interest(
            actor=actor, interest_id=interest.pk, status=InterestStatus.SUITABLE
        )

    interest.refresh_from_db()
    assert interest.status == InterestStatus.OPEN


@pytest.mark.parametrize("status", ["open", "withdrawn", "ill", ""])
def test_only_suitable_later_or_not_is_recorded(status: str) -> None:
    interest = InterestFactory.create()
    actor = CoordinatorRoleFactory.create(region=interest.municipality).person

    with pytest.raises(ValidationError):
        interests.decide_interest(actor=actor, interest_id=interest.pk, status=status)

    interest.refresh_from_db()
    assert interest.status == InterestStatus.OPEN


def test_nothing_is_decided_about_who_has_withdrawn() -> None:
    interest = InterestFactory.create(status=InterestStatus.WITHDRAWN)
    actor = CoordinatorRoleFactory.create(region=interest.municipality).person

    with pytest.raises(ValidationError):
        interests.decide_interest(
            actor=actor, interest_id=interest.pk, status=InterestStatus.SUITABLE
        )

    interest.refresh_from_db()
    assert interest.status == InterestStatus.WITHDRAWN


def test_looking_up_a_contact_is_recorded() -> None:
    interest = InterestFactory.create()
    actor = CoordinatorRoleFactory.create(region=interest.municipality).person

    interests.open_interest_contact(actor=actor, interest_id=interest.pk)

    entry = AuditEntry.objects.get(verb="guides.open_contact")
    assert (entry.actor_id, entry.object_id) == (actor.pk, interest.pk)


def test_no_table_has_a_field_for_words_about_a_person() -> None:
    texts = {
        field.name
        for field in Interest._meta.get_fields()
        if field.get_internal_type() == "TextField"
    }
    assert not texts
