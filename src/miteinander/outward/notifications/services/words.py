"""What an organiser writes to the people of a date: noted at once, made letters of by a job."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.community.people.models import Person
from miteinander.encounters.activities.models import ActivityDate
from miteinander.encounters.activities.services.seats import locked_date
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import Actor, SystemActor, require
from miteinander.foundation.core.privacy import kept_for
from miteinander.foundation.core.text import paragraphs
from miteinander.outward.notifications.enums import LetterKind, Readers
from miteinander.outward.notifications.messages import WordsWaiting
from miteinander.outward.notifications.models import PeopleMessage
from miteinander.outward.notifications.queries import (
    messages_today,
    overdue_words,
    readers_of,
    words_key,
)
from miteinander.outward.notifications.services.letters import write_letters

BATCH = 200
LONGEST_WORDS = 1000
MOST_A_DAY = 3
OPEN_AFTER = timedelta(days=7)
_SYSTEM = SystemActor("notifications")


class TooManyMessages(ValidationError):
    """The people of this date got enough messages today."""


class NobodyReached(ValidationError):
    """Nobody in the wanted state can be reached by mail."""


@dataclass(frozen=True)
class OwnWords:
    """What somebody writes, and in which language; ``entry`` marks the filled-in form."""

    text: str
    language: str
    entry: str


@transaction.atomic
def write_to_people(*, actor: Actor, date_id: int, readers: Readers, words: OwnWords) -> int:
    """Note an organiser's own words to the people of a date; return how many get them.

    A job makes letters of them; then the words stand in these until they are sent and nowhere
    else. The same filled-in form a second time sends nothing. Nobody is bothered more than
    ``MOST_A_DAY`` times a day.

    Raises:
        TooManyMessages: enough for today.
        NobodyReached: nobody in this state has an address.
        ValidationError: no words, too many, or the date is over for more than a week.
        PermissionDenied: it is somebody else's meeting.
    """
    date = locked_date(date_id)
    require(actor, "notifications.write_to_people", date.activity)
    text = paragraphs(words.text)
    now = clock.now()
    written = messages_today(date_id, now)
    if words.entry in written:
        return written[words.entry]
    _check(date, text, now, len(written))
    count = readers_of(date_id, readers).count()
    if not count:
        raise NobodyReached(_("Nobody of them can be reached by e-mail."), code="nobody")
    message = PeopleMessage.objects.create(
        date=date, entry=words.entry, author=actor if isinstance(actor, Person) else None,
        readers=readers, words=text, language=words.language, count=count, created_at=now,
    )  # fmt: skip
    bus.publish(WordsWaiting(message.pk))
    audit.record(
        actor=actor, verb="notifications.write_to_people", obj=date,
        details={"readers": readers.value, "count": count},
    )  # fmt: skip
    return count


def _check(date: ActivityDate, text: str, now: datetime, already: int) -> None:
    if not text:
        raise ValidationError(_("Please write your message."), code="empty")
    if len(text) > LONGEST_WORDS:
        raise ValidationError(
            _("Please write at most %(count)s characters."),
            code="too_long",
            params={"count": LONGEST_WORDS},
        )
    if now > date.ends_at + OPEN_AFTER:
        raise ValidationError(_("This meeting was over a week ago."), code="over")
    if already >= MOST_A_DAY:
        raise TooManyMessages(
            _("You can write to the people of a meeting %(count)s times a day. Try tomorrow."),
            code="too_many",
            params={"count": MOST_A_DAY},
        )


def write_words(*, actor: Actor, message_id: int) -> None:
    """Make letters of what an organiser wrote, a batch in each transaction, then forget the words.

    May run again and twice at once: ``last_pk`` says how far it went, and whoever comes second
    waits for the row.
    """
    require(actor, "notifications.send")
    while _write_batch(message_id):
        pass


@transaction.atomic
def _write_batch(message_id: int) -> bool:
    """Write some letters and note how far it went; tell whether there may be more."""
    waiting = PeopleMessage.objects.select_for_update(of=("self",), no_key=True)
    message = waiting.filter(pk=message_id, done_at=None).first()
    if message is None:
        return False
    people = readers_of(message.date_id, Readers(message.readers)).filter(pk__gt=message.last_pk)
    rows = list(people[:BATCH])
    keyed = {words_key(message.date_id, message.entry, row.pk): row for row in rows}
    told = {"words": message.words, "written_in": message.language}
    if rows:
        write_letters(actor=_SYSTEM, kind=LetterKind.ORGANISER_WORDS, rows=keyed, told=told)
        message.last_pk = rows[-1].pk
    if len(rows) < BATCH:
        message.words, message.done_at = "", clock.now()
    message.save(update_fields=["words", "done_at", "last_pk"])
    return message.done_at is None


@transaction.atomic
def hurry_overdue_words(*, actor: Actor, now: datetime) -> int:
    """Have messages gone on with that a worker let lie, because it was killed; return how many."""
    require(actor, "notifications.send")
    overdue = list(overdue_words(now).values_list("pk", flat=True))
    for message_id in overdue:
        bus.publish(WordsWaiting(message_id))
    return len(overdue)


@transaction.atomic
def forget_old_words(*, actor: Actor, now: datetime) -> int:
    """Delete that somebody wrote, as long after as ``notifications.letters`` says; how many."""
    require(actor, "notifications.send")
    limit = now - kept_for("notifications.letters")
    return PeopleMessage.objects.filter(created_at__lt=limit).delete()[0]


@transaction.atomic
def forget_author(*, actor: Actor, person_id: int) -> int:
    """Forget who wrote, and stop what is not made letters of yet; return how many rows."""
    require(actor, "notifications.send")
    own = PeopleMessage.objects.filter(author_id=person_id)
    own.filter(done_at=None).update(words="", done_at=clock.now())
    return own.update(author=None)
