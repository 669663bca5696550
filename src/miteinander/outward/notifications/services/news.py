"""News: noting what became public, and writing the letters about it, each person once a time.

People are taken in batches, each in a transaction of its own that writes their letters and notes
how far they have heard. A worker killed in between leaves a batch as it was; two workers never
hold the same person, and the key of a letter is the last word.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from miteinander.encounters.activities.enums import DateStatus
from miteinander.encounters.activities.models import Activity, ActivityDate
from miteinander.encounters.activities.permissions import is_public
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import Actor, SystemActor, require
from miteinander.outward.notifications.enums import Frequency, LetterKind
from miteinander.outward.notifications.messages import NewDatesNoted, NewsWritten
from miteinander.outward.notifications.models import Follow, Letter, MailWishes, NewDate
from miteinander.outward.notifications.queries import latest_due, news
from miteinander.outward.notifications.queries.board import Board, bits_of, board_of
from miteinander.outward.notifications.services.notes import write_notes

BATCH = 500
MOST_TOLD = 20
_PLATFORM = SystemActor("notifications")
HEARING = (Frequency.AT_ONCE, Frequency.DAILY, Frequency.WEEKLY)


@transaction.atomic
def note_new_dates(*, actor: Actor, activity_id: int) -> int:
    """Note which dates of an occasion are public for the first time; return how many."""
    require(actor, "notifications.send")
    activity = Activity.objects.select_related("organisation").get(pk=activity_id)
    if not is_public(activity):
        return 0
    now = clock.now()
    dates = ActivityDate.objects.filter(
        activity=activity, status=DateStatus.SCHEDULED, starts_at__gt=now, news__isnull=True
    )
    rows = [NewDate(date=date, appeared_at=now) for date in dates.order_by("starts_at", "pk")]
    NewDate.objects.bulk_create(rows, ignore_conflicts=True)
    if rows:
        bus.publish(NewDatesNoted(noted_at=now))
    return len(rows)


def send_news(*, actor: Actor, now: datetime, frequencies: Sequence[Frequency] = HEARING) -> int:
    """Write everybody who is due what is new for them; return how many letters.

    Nobody gets a letter without news. May run again at any time, and several at once.
    """
    require(actor, "notifications.send")
    until = news.tellable_until(now)
    return sum(_send_to_all(frequency, now, until) for frequency in frequencies)


def _send_to_all(frequency: Frequency, now: datetime, until: int) -> int:
    people = news.people_due(frequency, now, until)
    least = news.heard_least(people)
    if least is None:
        return 0
    board = board_of(now=now, after=least, until=until)
    written = 0
    while (count := _send_to_batch(board, frequency, now)) is not None:
        written += count
    return written


@transaction.atomic
def _send_to_batch(board: Board, frequency: Frequency, now: datetime) -> int | None:
    """Write the letters of the next people; None where nobody is left."""
    due = news.people_due(frequency, now, board.until).select_related("person")
    batch = list(due.select_for_update(of=("self",), skip_locked=True, no_key=True)[:BATCH])
    if not batch:
        return None
    letters = _letters(board, batch, now, _period(frequency, now, board.until))
    Letter.objects.bulk_create(letters, ignore_conflicts=True)
    MailWishes.objects.filter(pk__in=[row.pk for row in batch]).update(
        heard_until=board.until, heard_at=now
    )
    keys = [letter.key for letter in letters]
    fresh = Letter.objects.filter(key__in=keys).order_by("pk").values_list("pk", flat=True)
    if letters:
        bus.publish(NewsWritten(letter_ids=tuple(fresh)))
        write_notes(actor=_PLATFORM, letters=letters)
    return len(letters)


def _period(frequency: Frequency, now: datetime, until: int) -> str:
    """Name the time this is about: nobody gets two letters of one name."""
    if frequency == Frequency.AT_ONCE:
        return f"{frequency}:{until}"
    return f"{frequency}:{clock.local(latest_due(frequency, now)).date()}"


def _letters(board: Board, batch: Sequence[MailWishes], now: datetime, period: str) -> list[Letter]:
    if not board.dates:
        return []
    people = [row.person_id for row in batch]
    follows, taken = news.follows_of(people), news.dates_taken(people, now)
    known = news.settings_known(people) if board.protected else {}
    letters = []
    for row in batch:
        own = follows[row.person_id]
        mask = _told(board, row, own, known.get(row.person_id, set()))
        for date in taken.get(row.person_id, ()):
            if (number := board.number_of(date)) is not None:
                mask &= ~(1 << number)
        if mask:
            letters.append(_letter(board, row, mask, f"{row.person_id}:{period}", now))
    return letters


def _told(board: Board, row: MailWishes, own: Sequence[Follow], known: set[str]) -> int:
    """Return the dates that are new to somebody, that they follow, and that are meant for them."""
    mask = 0
    for follow in own:
        mask |= board.wanted(follow)
    mask &= board.since(row.heard_until)
    if board.protected:
        meant = known | news.settings_followed(own)
        for setting, dates in board.protected.items():
            if setting not in meant:
                mask &= ~dates
    return mask


def _letter(board: Board, row: MailWishes, mask: int, key: str, now: datetime) -> Letter:
    told: list[int] = []
    for number in bits_of(mask):
        if len(told) == MOST_TOLD:
            break
        told.append(board.dates[number])
    more = mask.bit_count() - len(told)
    return Letter(
        key=f"{LetterKind.NEWS}:{key}",
        kind=LetterKind.NEWS,
        address=row.person.email or "",
        language=row.person.language,
        context={"person": row.person_id, "dates": told, "more": more},
        created_at=now,
        due_at=now,
    )
