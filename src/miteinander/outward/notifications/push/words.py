"""What a lock screen shows: little, no names and contacts, and of a protected meeting no title."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from miteinander.encounters.activities.models import Participation
from miteinander.foundation.core.languages import direction
from miteinander.foundation.core.models import Instance
from miteinander.foundation.core.text import one_line
from miteinander.outward.notifications.enums import LetterKind
from miteinander.outward.notifications.mails.compose import compose
from miteinander.outward.notifications.mails.mail import Mail
from miteinander.outward.notifications.models import Letter, Note
from miteinander.outward.notifications.push.encryption import LARGEST

LONGEST_TITLE, LONGEST_WORDS = 120, 200
KEPT_FOR = timedelta(days=3)
SOON = timedelta(hours=24)
# What comes as a note beside the mail, with words that tell nobody who looks over a shoulder
# which meeting it is.
NEUTRAL: dict[str, str | Promise] = {
    LetterKind.SEAT_OFFERED: _("A seat is free for you. Open to see."),
    LetterKind.DATE_CHANGED: _("A meeting of yours has changed. Open to see."),
    LetterKind.DATE_CANCELLED: _("A meeting of yours does not take place. Open to see."),
    LetterKind.REMINDER: _("A meeting of yours is soon. Open to see."),
    LetterKind.NEWS: _("There are new meetings that you follow. Open to see."),
    LetterKind.ORGANISER_WORDS: _("You have a new message. It is in your e-mails."),
    LetterKind.GUIDE_ASKED: _("Somebody needs you as a guide. Open to see."),
    LetterKind.ASSIGNMENT_OFF: _("An assignment of yours has changed. Open to see."),
    LetterKind.ASSIGNMENT_SOON: _("You guide soon. Open to see."),
    LetterKind.REQUESTER_WROTE: _("You have a new message. Open to see."),
    LetterKind.TANDEM_ASKED: _("We have a question for you. Open to see."),
    LetterKind.TANDEM_WROTE: _("You have a new message. Open to see."),
}
OWN_LEAD: dict[str, str | Promise] = {
    LetterKind.ORGANISER_WORDS: _("The organiser wrote to you. The message is in your e-mails."),
}


@dataclass(frozen=True)
class Wording:
    """A note ready to be encrypted, how long it is worth something, and whether it is urgent."""

    content: bytes
    seconds: int
    is_urgent: bool


def wording(note: Note, now: datetime) -> Wording | None:
    """Make the words of a note from what holds now; None when there is nothing to tell."""
    person = note.device.person
    letter = Letter(
        key=note.letter_key, kind=note.kind, language=person.language, context=note.context,
        created_at=note.created_at,
    )  # fmt: skip
    mail = compose(letter)
    if mail is None:
        return None
    seat = _seat(note)
    until = _useful_until(note, seat, now)
    if until <= now:
        return None
    with translation.override(person.language):
        title, words = _said(
            note, mail, is_neutral=seat is None or bool(seat.date.activity.setting)
        )
    return Wording(
        content=_packed(title, words, mail, note, person.language),
        seconds=int((until - now).total_seconds()),
        is_urgent=note.kind == LetterKind.SEAT_OFFERED or until - now < SOON,
    )


def _seat(note: Note) -> Participation | None:
    seats = Participation.objects.select_related("date__activity")
    return seats.filter(pk=note.context.get("participation")).first()


def _useful_until(note: Note, seat: Participation | None, now: datetime) -> datetime:
    """Return when a note is of no use any more: an offer with its end, others with the meeting."""
    latest = now + KEPT_FOR
    if seat is None:
        return latest
    if note.kind == LetterKind.SEAT_OFFERED and seat.offered_until:
        return min(latest, seat.offered_until)
    if note.kind == LetterKind.ORGANISER_WORDS:
        return latest
    return min(latest, seat.date.starts_at)


def _said(note: Note, mail: Mail, *, is_neutral: bool) -> tuple[str, str]:
    if is_neutral:
        return (Instance.objects.first() or Instance()).name, str(NEUTRAL[note.kind])
    return mail.subject, str(OWN_LEAD.get(note.kind, mail.lead))


def _packed(title: str, words: str, mail: Mail, note: Note, language: str) -> bytes:
    """Write a note down for the browser: at most ``LARGEST`` bytes whatever a title holds."""
    link = urlsplit(mail.link.address) if mail.link else urlsplit("/")
    told = {
        "title": one_line(title)[:LONGEST_TITLE],
        "body": one_line(words)[:LONGEST_WORDS],
        "address": link.path,
        "tag": str(note.pk),
        "lang": language,
        "dir": direction(language),
    }
    content = json.dumps(told, ensure_ascii=False).encode()
    if len(content) > LARGEST:
        raise ValueError("a note is too large")
    return content
