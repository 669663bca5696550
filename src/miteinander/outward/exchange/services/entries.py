"""Takes one entry of a calendar file: a new draft, changes to a draft, or only a word about it."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from miteinander.community.organisations.models import Organisation
from miteinander.encounters.activities.enums import ActivityStatus, DateStatus
from miteinander.encounters.activities.models import Activity, ActivityDate
from miteinander.encounters.activities.services import dates as date_services
from miteinander.encounters.activities.services import planning, words
from miteinander.encounters.activities.services.dates import MOST_DATES, Place, PlannedDate
from miteinander.encounters.spaces.models import Venue
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor, require
from miteinander.outward.exchange.enums import Outcome
from miteinander.outward.exchange.models import ImportedEntry
from miteinander.outward.exchange.reading.runner import FoundDate, FoundEvent
from miteinander.outward.exchange.reports import ReportLine
from miteinander.outward.exchange.services.words import DraftWords, draft_words

Span = list[str]


@dataclass(frozen=True)
class Entry:
    """An occasion found in a file, the calendar's name, and the language to suppose."""

    event: FoundEvent
    calendar: str
    language: str


@transaction.atomic
def take_entry(*, actor: Actor, organisation_id: int, entry: Entry) -> ReportLine:
    """Take one entry and return what became of it.

    Raises:
        ValidationError: the planning services do not accept it; nothing is written then.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    require(actor, "organisations.plan", organisation)
    known = (
        Activity.objects.filter(organisation=organisation, source_uid=entry.event.uid)
        .prefetch_related("versions", "dates")
        .first()
    )
    if entry.event.is_cancelled:
        return _cancelled(entry.event, known)
    venues = list(Venue.objects.filter(organisation=organisation).order_by("pk"))
    draft = draft_words(entry.event, entry.language, venues)
    if known is None:
        return _begin(actor, organisation, entry, draft)
    return _update(actor, known, entry, draft)


def title_of(activity: Activity) -> str:
    """Return the title an occasion has here; uses prefetched versions."""
    return next((str(row.parts.get("title", "")) for row in activity.versions.all()), "")


def _cancelled(event: FoundEvent, known: Activity | None) -> ReportLine:
    if known is None:
        return ReportLine(Outcome.REFUSED, event.title, reasons=("cancelled",))
    return _line(Outcome.CHECK, known, event, ["cancelled_there"])


def _begin(actor: Actor, organisation: Organisation, entry: Entry, draft: DraftWords) -> ReportLine:
    event = entry.event
    activity = planning.create_activity(
        actor=actor,
        organisation_id=organisation.pk,
        parts=draft.parts,
        language=draft.language,
        source_uid=event.uid,
    )
    taken = event.dates[:MOST_DATES]
    date_services.set_dates(
        actor=actor,
        activity_id=activity.pk,
        rows=[PlannedDate(date.starts_at, date.ends_at, key=date.key) for date in taken],
        place=Place(venue_id=draft.venue_id) if draft.venue_id else None,
    )
    _remember(activity, entry, draft, taken)
    return _line(Outcome.TAKEN, activity, event, [*draft.notes, *_cut(taken, event)])


def _update(actor: Actor, activity: Activity, entry: Entry, draft: DraftWords) -> ReportLine:
    """Apply what changed in the calendar since it was last brought in, and nothing else."""
    last = ImportedEntry.objects.select_for_update().filter(activity=activity).first()
    seen: dict[str, Span] = last.dates if last else {}
    fresh = [date for date in entry.event.dates if seen.get(date.key) != _span(date)]
    has_new_words = last is None or last.words_mark != _mark(draft)
    lost = ["date_gone"] if _has_lost(activity, entry.event) else []
    if not (fresh or has_new_words):
        outcome = Outcome.CHECK if lost else Outcome.UNCHANGED
        return _line(outcome, activity, entry.event, lost)
    if activity.status != ActivityStatus.DRAFT:
        return _only_report(activity, entry, draft)
    if has_new_words:
        words.write_words(actor=actor, activity_id=activity.pk, parts=draft.parts)
    rows, taken = _planned(fresh, _coming(activity))
    date_services.set_dates(actor=actor, activity_id=activity.pk, rows=rows)
    _remember(activity, entry, draft, taken, seen)
    notes = [*draft.notes, *_cut(taken, entry.event, fresh), *lost]
    return _line(Outcome.CHANGED, activity, entry.event, notes)


def _only_report(activity: Activity, entry: Entry, draft: DraftWords) -> ReportLine:
    """The public sees it, or soon will: say what differs, unless somebody saw to it already."""
    wanted = {(date.starts_at, date.ends_at) for date in entry.event.dates[:MOST_DATES]}
    present = {(row.starts_at, row.ends_at) for row in _coming(activity)}
    if wanted == present and draft.parts["title"] == title_of(activity):
        _remember(activity, entry, draft, entry.event.dates)
        return _line(Outcome.UNCHANGED, activity, entry.event, [])
    return _line(Outcome.CHECK, activity, entry.event, ["changed_there"])


def _coming(activity: Activity) -> list[ActivityDate]:
    now = clock.now()
    return [
        row
        for row in activity.dates.all()
        if row.status == DateStatus.SCHEDULED and not row.has_started(now)
    ]


def _planned(
    fresh: Sequence[FoundDate], present: list[ActivityDate]
) -> tuple[list[PlannedDate], list[FoundDate]]:
    """Match fresh dates with those that are here, by key or start, and say which have room."""
    by_key = {row.key: row for row in present if row.key}
    by_start = {row.starts_at: row for row in present}
    rows: list[PlannedDate] = []
    taken: list[FoundDate] = []
    room = MOST_DATES - len(present)
    for date in fresh:
        row = by_key.get(date.key) or by_start.get(date.starts_at)
        if row is None and room <= 0:
            continue
        room -= row is None
        known_id = row.pk if row else None
        rows.append(PlannedDate(date.starts_at, date.ends_at, date_id=known_id, key=date.key))
        taken.append(date)
    return rows, taken


def _cut(
    taken: Sequence[FoundDate], event: FoundEvent, fresh: Sequence[FoundDate] | None = None
) -> list[str]:
    wished = event.dates if fresh is None else fresh
    return ["first_dates"] if len(taken) < len(wished) else []


def _has_lost(activity: Activity, event: FoundEvent) -> bool:
    keys = {date.key for date in event.dates}
    starts = {date.starts_at for date in event.dates}
    return any(
        row.key and row.key not in keys and row.starts_at not in starts for row in _coming(activity)
    )


def _line(
    outcome: Outcome, activity: Activity, event: FoundEvent, reasons: Sequence[str]
) -> ReportLine:
    return ReportLine(
        outcome=outcome,
        title=event.title,
        date_count=min(len(event.dates), MOST_DATES),
        activity_id=activity.pk,
        reasons=tuple(dict.fromkeys(reasons)),
    )


def _remember(
    activity: Activity,
    entry: Entry,
    draft: DraftWords,
    taken: Sequence[FoundDate],
    seen: dict[str, Span] | None = None,
) -> None:
    """Keep what the calendar said; of dates that have passed there is nothing to keep."""
    now = clock.now().isoformat()
    coming = {key: span for key, span in (seen or {}).items() if span[0] > now}
    ImportedEntry.objects.update_or_create(
        activity=activity,
        defaults={
            "calendar": entry.calendar,
            "words_mark": _mark(draft),
            "dates": {**coming, **{date.key: _span(date) for date in taken}},
            "seen_at": clock.now(),
        },
    )


def _span(date: FoundDate) -> Span:
    return [date.starts_at.isoformat(), date.ends_at.isoformat()]


def _mark(draft: DraftWords) -> str:
    told = json.dumps([draft.parts, draft.language], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()
