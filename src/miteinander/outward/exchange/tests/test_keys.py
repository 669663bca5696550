import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from miteinander.community.people.messages import PersonErased
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.foundation.core import bus
from miteinander.foundation.core.permissions import SystemActor
from miteinander.outward.exchange.models import CalendarKey
from miteinander.outward.exchange.services.keys import create_key, forget_key, revoke_key

pytestmark = pytest.mark.django_db


def test_a_person_gets_one_address_and_keeps_it() -> None:
    person = PersonFactory.create()
    first = create_key(actor=person, person_id=person.pk)
    second = create_key(actor=person, person_id=person.pk)
    assert first.token == second.token
    assert len(first.token) == 43


def test_after_revoking_there_is_no_key_and_the_next_one_differs() -> None:
    person = PersonFactory.create()
    first = create_key(actor=person, person_id=person.pk)
    revoke_key(actor=person, person_id=person.pk)
    revoke_key(actor=person, person_id=person.pk)
    assert not CalendarKey.objects.exists()
    assert create_key(actor=person, person_id=person.pk).token != first.token


def test_nobody_makes_or_revokes_the_address_of_somebody_else() -> None:
    person, other = PersonFactory.create(), PersonFactory.create(is_administrator=True)
    key = create_key(actor=person, person_id=person.pk)
    for actor in (other, SystemActor()):
        with pytest.raises(PermissionDenied):
            revoke_key(actor=actor, person_id=person.pk)
        with pytest.raises(PermissionDenied):
            create_key(actor=actor, person_id=person.pk)
    assert list(CalendarKey.objects.values_list("token", flat=True)) == [key.token]


def test_only_the_platform_itself_forgets_keys() -> None:
    person = PersonFactory.create()
    create_key(actor=person, person_id=person.pk)
    with pytest.raises(PermissionDenied):
        forget_key(actor=person, person_id=person.pk)
    assert CalendarKey.objects.exists()


def test_an_erased_person_keeps_no_address() -> None:
    person = PersonFactory.create()
    create_key(actor=person, person_id=person.pk)
    with transaction.atomic():
        bus.publish(PersonErased(person_id=person.pk))
    assert not CalendarKey.objects.exists()
