"""What people of a tandem write to each other: passed on without anybody's address."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.cooperation.tandems.messages import TandemWrote
from miteinander.cooperation.tandems.models import TandemMember, TandemWords
from miteinander.cooperation.tandems.services.holding import held_member, must_be_meeting
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import clock, sealing
from miteinander.foundation.core.bus import publish
from miteinander.foundation.core.permissions import Actor, require
from miteinander.foundation.core.text import paragraphs

LONGEST_WORDS = 600
MOST = 60
SEAL = "tandems.words"


@dataclass(frozen=True)
class Line:
    """Words that were passed on, opened for one of the members."""

    is_own: bool
    name: str
    words: str
    written_at: datetime


@transaction.atomic
def pass_on(*, actor: Actor, member_id: int, words: str, entry: str) -> TandemWords:
    """Pass words on to the others; the same filled-in form (``entry``) is passed on once.

    Publishes ``TandemWrote``.

    Raises:
        ValidationError: no words, too many, sixty were passed on already, or it is over.
    """
    member = held_member(member_id)
    require(actor, "tandems.take_part_in_tandem", member)
    known = member.words.filter(entry=entry).first()
    if known is not None:
        return known
    must_be_meeting(member.tandem)
    text = paragraphs(words)
    _check(member, text)
    written = TandemWords.objects.create(
        member=member, sealed=sealing.seal(SEAL, {"words": text}), entry=entry,
        written_at=clock.now(),
    )  # fmt: skip
    audit.record(actor=actor, verb="tandems.write", obj=member.tandem)
    publish(TandemWrote(words_id=written.pk))
    return written


def _check(member: TandemMember, text: str) -> None:
    if not text:
        raise ValidationError(_("Please write your message."), code="empty")
    if len(text) > LONGEST_WORDS:
        raise ValidationError(
            _("Please write at most %(count)s characters."),
            code="too_long",
            params={"count": LONGEST_WORDS},
        )
    if member.words.count() >= MOST:
        raise ValidationError(
            _("You have written a lot here. You can give each other your telephone numbers."),
            code="too_many",
        )


def lines_of(member: TandemMember) -> list[Line]:
    """Open what was passed on, for the page of ``member``; the caller has checked who."""
    rows = TandemWords.objects.filter(member__tandem=member.tandem_id)
    return [
        Line(row.member_id == member.pk, row.member.seeker.person.name, opened(row), row.written_at)
        for row in rows.select_related("member__seeker__person")
    ]


def opened(row: TandemWords) -> str:
    """Open words; empty where the key they were sealed under is not known any more."""
    try:
        words = sealing.unseal(SEAL, row.sealed)["words"]
    except sealing.CannotOpenError:
        return ""
    return str(words)
