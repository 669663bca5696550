"""What a guide and who asked write to each other: passed on without either's address."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.cooperation.guides.enums import AssignmentStatus
from miteinander.cooperation.guides.messages import WordsRelayed
from miteinander.cooperation.guides.models import Assignment, RelayedWords, RequestContact
from miteinander.cooperation.guides.models.sealed import Contacts
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import bus, clock, sealing
from miteinander.foundation.core.permissions import Actor, require
from miteinander.foundation.core.text import paragraphs

LONGEST_WORDS = 600
MOST = 30
SEAL = "guides.relayed"


@dataclass(frozen=True)
class Line:
    """Words that were passed on, opened for one of the two."""

    is_from_guide: bool
    words: str
    written_at: datetime


@transaction.atomic
def pass_on(
    *, actor: Actor, assignment_id: int, words: str, entry: str, is_from_guide: bool
) -> RelayedWords:
    """Pass words on to the other side; the same filled-in form (``entry``) is passed on once.

    Publishes ``WordsRelayed``.

    Raises:
        ValidationError: no words, too many, thirty were passed on already, or it is over: called
            off, or the contact was deleted.
    """
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("guide")
    row = rows.get(pk=assignment_id)
    require(actor, "guides.write_relayed", row)
    known = RelayedWords.objects.filter(assignment=row, entry=entry).first()
    if known is not None:
        return known
    text = paragraphs(words)
    _check(row, text)
    written = RelayedWords.objects.create(
        assignment=row, is_from_guide=is_from_guide, sealed=sealing.seal(SEAL, {"words": text}),
        entry=entry, written_at=clock.now(),
    )  # fmt: skip
    audit.record(actor=actor, verb="guides.write_relayed", obj=row)
    bus.publish(WordsRelayed(words_id=written.pk))
    return written


def _check(row: Assignment, text: str) -> None:
    if not text:
        raise ValidationError(_("Please write your message."), code="empty")
    if len(text) > LONGEST_WORDS:
        raise ValidationError(
            _("Please write at most %(count)s characters."),
            code="too_long",
            params={"count": LONGEST_WORDS},
        )
    is_over = not RequestContact.objects.filter(request=row.request_id).exists()
    if is_over or row.status == AssignmentStatus.CANCELLED:
        raise ValidationError(_("You cannot write here any more."), code="over")
    if row.words.count() >= MOST:
        raise ValidationError(_("You have written a lot here. Please call."), code="too_many")


def lines_of(assignment: Assignment) -> list[Line]:
    """Open what was passed on, for the page of one of the two; the caller has checked who."""
    return [Line(row.is_from_guide, opened(row), row.written_at) for row in assignment.words.all()]


def opened(row: RelayedWords) -> str:
    """Open words; empty where the key they were sealed under is not known any more."""
    try:
        words = sealing.unseal(SEAL, row.sealed)["words"]
    except sealing.CannotOpenError:
        return ""
    return str(words)


@transaction.atomic
def open_assignment_contact(*, actor: Actor, assignment_id: int) -> Contacts | None:
    """Open for the guide whom to reach; every look is recorded. None once it was deleted.

    Raises:
        PermissionDenied: somebody else's assignment, or one that was called off.
    """
    row = Assignment.objects.select_related("guide").get(pk=assignment_id)
    require(actor, "guides.open_assignment_contact", row)
    kept = RequestContact.objects.filter(request=row.request_id).first()
    audit.record(actor=actor, verb="guides.open_assignment_contact", obj=row)
    return Contacts.opened(kept.sealed) if kept else None
