"""``import_holidays FILE.ics``: takes school holidays, which a series of dates can leave out."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from miteinander.encounters.activities.services.holidays import FreeDays
from miteinander.foundation.core.permissions import SystemActor
from miteinander.outward.exchange.enums import NOTES, REFUSALS
from miteinander.outward.exchange.services.holidays import HolidayReport, import_holidays


class Command(BaseCommand):
    """Read a calendar of school holidays and say what came of each."""

    help = "Take school holidays from a calendar file (.ics). Repeatable without doubles."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.ics")

    def handle(self, *_args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            with file.open("rb") as opened:
                octets = opened.read(settings.CALENDAR_IMPORT_LIMITS["octets"] + 1)
        except OSError as error:
            raise CommandError(
                _("The file cannot be read: %(reason)s") % {"reason": error.strerror}
            ) from error
        report = import_holidays(actor=SystemActor("import"), octets=octets)
        if report.error:
            raise CommandError(str(REFUSALS[report.error]))
        self.stdout.write("\n".join(_told(report)))


def _told(report: HolidayReport) -> Iterator[str]:
    taken = report.taken
    for heading, rows in (
        (_("Added"), taken.added),
        (_("Changed"), taken.changed),
        (_("Already here, nothing new"), taken.unchanged),
        (_("Too long for school holidays"), taken.refused),
    ):
        if rows:
            yield f"{heading}: {len(rows)}"
            yield from (f"  - {_days(row)}" for row in rows)
    if report.refused:
        yield f"{_('Not taken')}: {len(report.refused)}"
        yield from (f"  - {title}: {_reason(code)}" for title, code in report.refused)
    if report.names_last_day:
        yield _("The file gives the last free day as the end. It was read like that.")
    if not (taken.added or taken.changed or taken.unchanged):
        yield _("There are no school holidays in this file.")


def _days(row: FreeDays) -> str:
    return f"{row.first_day:%Y-%m-%d} … {row.last_day:%Y-%m-%d} {row.title}"


def _reason(code: str) -> str:
    if code == "no_whole_days":
        return _("It does not tell whole days.")
    return str({**REFUSALS, **NOTES}.get(code, code))
