"""Marks of a front desk that was without network: taken once, in the order of the door."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from miteinander.community.people.services import Contact
from miteinander.encounters.activities.enums import ON_LIST, Presence
from miteinander.encounters.activities.models import DeskEntry, Participation
from miteinander.encounters.activities.services.helpers_at_door import line_of_helper
from miteinander.encounters.activities.services.presence import (
    add_walk_in,
    open_desk,
    write_mark,
)
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor, require
from miteinander.foundation.core.privacy import kept_for
from miteinander.foundation.core.text import one_line

SENT_WITHIN = timedelta(hours=48)
Outcome = DeskEntry.Outcome


class ForeignEntry(ValidationError):
    """The entry was made for another date, or by somebody else who was signed in then."""


class StaleEntry(ValidationError):
    """The entry is so old that nobody can tell any more whether it still holds."""


@dataclass(frozen=True)
class Entry:
    """What a phone says of one press of a button: its key, whose list it was for, and when."""

    key: str
    book: str
    made_at: datetime


def book_of(actor: Actor, date_id: int) -> str:
    """Return what stands for one date and one organiser on a phone; it names neither."""
    value = f"{date_id}:{actor.pk}"
    return salted_hmac("activities.desk", value, algorithm="sha256").hexdigest()[:32]


def _check(actor: Actor, date_id: int, entry: Entry) -> None:
    if not constant_time_compare(entry.book, book_of(actor, date_id)):
        raise ForeignEntry(
            _("This was marked for another list, or by somebody else. It was not saved."),
            code="foreign",
        )
    if clock.now() - entry.made_at > SENT_WITHIN:
        raise StaleEntry(
            _("This mark is older than two days. It was not saved. Please mark again."),
            code="stale",
        )


@transaction.atomic
def take_mark(
    *, actor: Actor, date_id: int, participation_id: int, mark: str, entry: Entry
) -> DeskEntry:
    """Take one mark; the same key again is answered the same and changes nothing.

    Of two marks of one person the one made last counts, whenever each of them arrives.

    Raises:
        ForeignEntry, StaleEntry: see there.
        DeskClosed: too early or too late.
        ValidationError: no such mark, or the person gave the seat back (``not_on_list``).
    """
    open_desk(actor, date_id)
    _check(actor, date_id, entry)
    if done := DeskEntry.objects.filter(book=entry.book, key=entry.key).first():
        return done
    row = (
        Participation.objects.select_for_update(of=("self",))
        .select_related("person")
        .get(pk=participation_id, date_id=date_id)
    )
    if mark not in Presence.values:
        raise ValidationError(_("Choose present or absent."), code="unknown_mark")
    if row.status not in ON_LIST:
        raise ValidationError(_("This person gave the seat back."), code="not_on_list")
    outcome, told = _weigh(actor, row, mark, entry)
    if outcome != Outcome.OLDER and row.presence != mark:
        write_mark(row, mark, by=actor.pk, at=entry.made_at)
        audit.record(actor=actor, verb="activities.mark", obj=row, details={"mark": mark})
    return DeskEntry.objects.create(
        participation=row, book=entry.book, key=entry.key, mark=mark, told=told,
        outcome=outcome, made_at=entry.made_at, received_at=clock.now(),
    )  # fmt: skip


@transaction.atomic
def take_helper_mark(
    *, actor: Actor, date_id: int, offer_id: int, mark: str, entry: Entry
) -> DeskEntry:
    """Take a mark of a helper who had no line on the list when the page was loaded.

    The line comes with the first mark; then everything is as in :func:`take_mark`.

    Raises:
        ValidationError: this person has no role here (``not_on_list``), or as for any mark.
    """
    _check(actor, date_id, entry)
    line = line_of_helper(actor=actor, date_id=date_id, offer_id=offer_id)
    return take_mark(actor=actor, date_id=date_id, participation_id=line.pk, mark=mark, entry=entry)


def _weigh(actor: Actor, row: Participation, mark: str, entry: Entry) -> tuple[str, str]:
    """Tell what becomes of a mark, and what somebody else had marked differently."""
    last = row.desk_entries.exclude(outcome=Outcome.OLDER).order_by("-made_at", "-pk").first()
    times = [row.marked_at, last.made_at if last else None]
    is_older = any(moment > entry.made_at for moment in times if moment)
    if row.marked_by_id is not None:
        is_of_other = row.marked_by_id != actor.pk
    else:
        is_of_other = last is not None and last.book != entry.book
    told = row.presence if is_of_other and row.presence != mark else ""
    if is_older:
        return Outcome.OLDER, told
    if told == Presence.UNKNOWN:
        told = ""  # a mark after one that was taken back contradicts nobody
    return (Outcome.REPLACED if told else Outcome.DONE), told


def nameless() -> str:
    """Return what stands on the list for somebody who gives no name, in the language of here."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("Guest without a name")


@transaction.atomic
def take_walk_in(
    *,
    actor: Actor,
    date_id: int,
    name: str,
    entry: Entry,
    beyond_seats: bool = False,
) -> Participation:
    """Take somebody who came to the door; the same key again adds nobody.

    Raises:
        ForeignEntry, StaleEntry: see there.
        DeskClosed, NoSeatLeft, ValidationError: as :func:`add_walk_in`.
    """
    _check(actor, date_id, entry)
    contact = Contact(
        name=one_line(name) or nameless(), language=translation.get_language() or "de"
    )
    return add_walk_in(
        actor=actor, date_id=date_id, contact=contact, entry=f"{entry.book}:{entry.key}",
        beyond_seats=beyond_seats, at=entry.made_at,
    )  # fmt: skip


@transaction.atomic
def forget_old_entries(*, actor: Actor, now: datetime) -> int:
    """Delete marks that no phone may send again; return how many."""
    require(actor, "activities.forget")
    old = DeskEntry.objects.filter(received_at__lt=now - kept_for("activities.desk_entries"))
    return old.delete()[0]
