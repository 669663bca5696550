"""Makes and withdraws the secret addresses of personal calendar feeds."""

import secrets

from django.db import transaction

from miteinander.community.people.models import Person
from miteinander.foundation.audit.services import record
from miteinander.foundation.core.permissions import Actor, require
from miteinander.outward.exchange.models import CalendarKey


@transaction.atomic
def create_key(*, actor: Actor, person_id: int) -> CalendarKey:
    """Give a person the address of their own feed; whoever has one already keeps it."""
    person = Person.objects.select_for_update().get(pk=person_id)
    require(actor, "exchange.keep_key", person)
    key, is_new = CalendarKey.objects.get_or_create(
        person=person, defaults={"token": secrets.token_urlsafe(32)}
    )
    if is_new:
        record(actor=actor, verb="exchange.create_key", obj=key)
    return key


@transaction.atomic
def revoke_key(*, actor: Actor, person_id: int) -> None:
    """Withdraw the address: from now on it is unknown, as if it had never been."""
    person = Person.objects.select_for_update().get(pk=person_id)
    require(actor, "exchange.keep_key", person)
    key = CalendarKey.objects.filter(person=person).first()
    if key is not None:
        record(actor=actor, verb="exchange.revoke_key", obj=key)
        key.delete()


@transaction.atomic
def forget_key(*, actor: Actor, person_id: int) -> None:
    """Delete the key of somebody who was erased."""
    require(actor, "exchange.forget_key")
    CalendarKey.objects.filter(person_id=person_id).delete()
