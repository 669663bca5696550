"""Whom organisers may ask by mail which date suits, and who wants no such mails."""

from django.core import signing
from django.db.models import QuerySet

from miteinander.community.people.models import Person
from miteinander.encounters.activities.models import DatePoll
from miteinander.encounters.activities.queries.polls import people_to_ask
from miteinander.foundation.core import clock
from miteinander.outward.notifications.models import MailWishes

_SIGNER = signing.Signer(salt="notifications.polls", sep=".")


def poll_guests(poll: DatePoll, whom: str) -> QuerySet[Person]:
    """List who is asked by mail: who came before, has an address, and wants such mails."""
    unwilling = MailWishes.objects.filter(polls_off_at__isnull=False).values("person_id")
    return people_to_ask(poll, whom, clock.now()).exclude(pk__in=unwilling)


def has_turned_poll_mails_off(person_id: int) -> bool:
    """Whether somebody does not want to be asked by mail."""
    return MailWishes.objects.filter(person_id=person_id, polls_off_at__isnull=False).exists()


def poll_mails_key(person_id: int) -> str:
    """Return the secret of the page on which a person turns these questions off and on."""
    return _SIGNER.sign(str(person_id))


def person_of_poll_key(key: str) -> int | None:
    """Return whose questions a secret is about; None for what we did not sign."""
    try:
        return int(_SIGNER.unsign(key))
    except (signing.BadSignature, ValueError):
        return None
