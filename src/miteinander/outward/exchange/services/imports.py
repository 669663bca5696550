"""Brings a calendar file in: entries become drafts, and the same file again doubles nothing.

What the public sees is never changed by a file, and nothing is ever deleted by one: both are
only reported. Every entry is its own transaction, so a bad one costs only itself.
"""

import re
import time

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from miteinander.community.organisations.models import Organisation
from miteinander.encounters.activities.enums import DateStatus
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor, require
from miteinander.foundation.core.text import one_line
from miteinander.outward.exchange.enums import Outcome
from miteinander.outward.exchange.models import ImportedEntry
from miteinander.outward.exchange.reading.limits import Limits
from miteinander.outward.exchange.reading.runner import read_safely
from miteinander.outward.exchange.reports import ImportReport, ReportLine
from miteinander.outward.exchange.services.entries import Entry, take_entry, title_of

_COUNTED_UP = re.compile(r"[\s_()\d-]*(\.\w+)?$")
_LONGEST_NAME = 200
_SHARE_FOR_ENTRIES = 0.7  # of the time for a whole file; the rest is for starting and reporting


def import_calendar(
    *, actor: Actor, organisation_id: int, octets: bytes, language: str, filename: str = ""
) -> ImportReport:
    """Bring a calendar file in as drafts of an organisation, written in ``language``.

    A calendar that does not tell its own name goes by ``filename``. Hostile files end in a
    report, never in an exception. Entries for which no time is left are reported; the same file
    again goes on with them.
    """
    began = time.monotonic()
    organisation = Organisation.objects.get(pk=organisation_id)
    require(actor, "organisations.plan", organisation)
    limits = Limits(**settings.CALENDAR_IMPORT_LIMITS)
    contents = read_safely(octets, now=clock.now(), limits=limits)
    report = ImportReport(error=contents.error)
    if contents.error:
        return report
    calendar = contents.name or _name_of(filename)
    latest = began + limits.seconds * _SHARE_FOR_ENTRIES
    for event in contents.found:
        if time.monotonic() > latest:
            report.lines.append(ReportLine(Outcome.REFUSED, event.title, reasons=("later",)))
            continue
        entry = Entry(event=event, calendar=calendar, language=language)
        report.lines.append(_taken_or_refused(actor, organisation, entry))
    for refused in contents.refused:
        report.lines.append(
            ReportLine(Outcome.REFUSED, refused.title, refused.start, reasons=(refused.code,))
        )
    uids = {row.uid for row in [*contents.found]} | {row.uid for row in contents.refused}
    report.lines += _gone(organisation, calendar, uids)
    _note_import(actor, organisation, report)
    return report


def _name_of(filename: str) -> str:
    """Return the name of a file without what browsers and exports count up at its end."""
    return one_line(_COUNTED_UP.sub("", filename))[:_LONGEST_NAME]


def _taken_or_refused(actor: Actor, organisation: Organisation, entry: Entry) -> ReportLine:
    try:
        return take_entry(actor=actor, organisation_id=organisation.pk, entry=entry)
    except ValidationError as error:
        return ReportLine(
            Outcome.REFUSED,
            entry.event.title,
            reasons=("not_fitting",),
            sentences=tuple(error.messages),
        )


def _gone(organisation: Organisation, calendar: str, uids: set[str]) -> list[ReportLine]:
    """Report occasions to come that this calendar once held and holds no more."""
    missing = (
        ImportedEntry.objects.filter(
            activity__organisation=organisation,
            calendar=calendar,
            activity__dates__starts_at__gt=clock.now(),
            activity__dates__status=DateStatus.SCHEDULED,
        )
        .exclude(activity__source_uid__in=uids)
        .select_related("activity")
        .prefetch_related("activity__versions")
        .distinct()
        .order_by("pk")
    )
    return [
        ReportLine(
            Outcome.GONE, title_of(row.activity), activity_id=row.activity_id, reasons=("gone",)
        )
        for row in missing
    ]


@transaction.atomic
def _note_import(actor: Actor, organisation: Organisation, report: ImportReport) -> None:
    audit.record(
        actor=actor,
        verb="exchange.import_calendar",
        obj=organisation,
        label=organisation.name,
        details={str(outcome): len(report.of(outcome)) for outcome in Outcome},
    )
