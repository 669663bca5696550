"""Mail that does not arrive: noted with the person, so that somebody calls and no more is sent."""

import structlog
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from miteinander.community.people.models import Person
from miteinander.community.people.services import note_mail_failure
from miteinander.foundation.core.permissions import Actor, SystemActor, require
from miteinander.outward.notifications.models import Letter
from miteinander.outward.notifications.reports import failed_letter

LARGEST_REPORT = 1_000_000
_PLATFORM = SystemActor("notifications")
_LOG = structlog.get_logger("miteinander.mail")


def address_mark(address: str) -> str:
    """Return what stands for an address after sending; nobody can read the address from it."""
    return salted_hmac("notifications.sent_to", address.lower(), algorithm="sha256").hexdigest()[
        :32
    ]


def take_bounce(*, actor: Actor, content: bytes) -> bool:
    """Read a report of a mail server and note who cannot be reached; tell whether this is news.

    Whatever it is, nothing goes wrong here: reports come from anywhere. The same report twice,
    one about an address somebody has left, and one that only asks for patience change nothing.
    """
    require(actor, "notifications.send")
    if len(content) > LARGEST_REPORT:
        return False
    try:
        mark = failed_letter(content)
    except Exception as error:  # noqa: BLE001 (a hostile report must not stop the mail server)
        _LOG.warning("report not read", error=type(error).__name__)
        return False
    letter = Letter.objects.filter(mark=mark).first() if mark else None
    if letter is None:
        return False
    return note_unreachable(actor=actor, letter=letter, address="")


@transaction.atomic
def note_unreachable(*, actor: Actor, letter: Letter, address: str) -> bool:
    """Note that a letter cannot arrive, if its reader still has the address it went to.

    ``address`` is that address, or empty for a letter that was sent: then its mark is compared.
    """
    require(actor, "notifications.send")
    person = Person.objects.filter(pk=letter.context.get("person"), erased_at=None).first()
    if person is None or not person.email:
        return False
    sent_to = address_mark(address) if address else str(letter.context.get("to", ""))
    if not constant_time_compare(sent_to, address_mark(person.email)):
        return False
    return note_mail_failure(actor=_PLATFORM, person_id=person.pk)
