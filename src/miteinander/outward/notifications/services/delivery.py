"""Delivery: each letter once, never lost, seldom twice.

A letter is taken by moving ``due_at`` ahead in one statement; no transaction is open while the
mail server is asked, so a slow server stops nobody. A worker killed between sending and noting
it leaves the letter waiting, and it goes out a second time under the same Message-ID.
"""

from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import structlog
from django.db import transaction
from django.db.models import F

from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import Actor, SystemActor, require
from miteinander.outward.notifications.mails.compose import compose
from miteinander.outward.notifications.mails.render import message_of
from miteinander.outward.notifications.messages import LettersDue
from miteinander.outward.notifications.models import Letter
from miteinander.outward.notifications.queries import is_in_vain, waiting_letters
from miteinander.outward.notifications.reports import blames_address, status_of
from miteinander.outward.notifications.services.bounces import address_mark, note_unreachable

HELD_FOR = timedelta(minutes=10)
# Eight tries in 24 hours: seven pauses.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 390, 780))
_SYSTEM = SystemActor("notifications")
_LOG = structlog.get_logger("miteinander.mail")


def send_letter(*, actor: Actor, letter_id: int) -> bool:
    """Send a letter if it is due and still apt; tell whether it went out.

    Whatever goes wrong puts it off, and after the eighth try in 24 hours it is given up and
    stands in the doctor's report.
    """
    require(actor, "notifications.send")
    letter = _take(letter_id, clock.now())
    if letter is None:
        return False
    try:
        mail = None if is_in_vain(letter) else compose(letter)
        if mail is not None:
            message_of(letter, mail).send()
    except SMTPRecipientsRefused as error:
        _refused(letter, error)
        return False
    except Exception as error:  # noqa: BLE001 (no error of any kind may lose a letter)
        # The error's own words may hold the address, so only its name is logged.
        _LOG.warning("letter put off", letter=letter.pk, error=type(error).__name__)
        _put_off(letter)
        return False
    _settle(letter, "sent_at" if mail is not None else "skipped_at")
    return mail is not None


def _refused(letter: Letter, error: SMTPRecipientsRefused) -> None:
    """Give a letter up when the mail server says that the address is none; else put it off."""
    statuses = [status_of(code, text) for code, text in error.recipients.values()]
    if statuses and all(blames_address(status) for status in statuses):
        note_unreachable(actor=_SYSTEM, letter=letter, address=letter.address)
        _settle(letter, "failed_at")
        return
    _LOG.warning("letter put off", letter=letter.pk, error=type(error).__name__)
    _put_off(letter)


def _take(letter_id: int, now: datetime) -> Letter | None:
    taken = (
        waiting_letters()
        .filter(pk=letter_id, due_at__lte=now)
        .order_by()
        .update(due_at=now + HELD_FOR, attempt_count=F("attempt_count") + 1)
    )
    return Letter.objects.filter(pk=letter_id).first() if taken else None


def _settle(letter: Letter, state: str) -> None:
    """Note how it ended and forget what was only needed for sending, secrets above all.

    What was not told stays known: the next letter about the same date says it instead.
    """
    kept = ("person",) if state == "sent_at" else ("person", "before")
    emptied: dict[str, Any] = {
        state: clock.now(),
        "address": "",
        "context": {name: letter.context[name] for name in kept if letter.context.get(name)},
    }
    if state == "sent_at" and letter.context.get("person"):
        emptied["context"]["to"] = address_mark(letter.address)  # a bounce is about this one only
    Letter.objects.filter(pk=letter.pk).update(**emptied)


@transaction.atomic
def _put_off(letter: Letter) -> None:
    if letter.attempt_count > len(PAUSES):
        _settle(letter, "failed_at")
        return
    due_at = clock.now() + PAUSES[letter.attempt_count - 1]
    Letter.objects.filter(pk=letter.pk).update(due_at=due_at)
    bus.publish(LettersDue(letter_ids=(letter.pk,), due_at=due_at))
