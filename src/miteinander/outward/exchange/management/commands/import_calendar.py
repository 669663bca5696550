"""``import_calendar FILE --organisation SLUG``: brings a club's calendar in as drafts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from miteinander.community.organisations.models import Organisation
from miteinander.foundation.core.languages import INTERFACE
from miteinander.foundation.core.permissions import SystemActor
from miteinander.outward.exchange.reports import ImportReport, ReportLine, report_sections
from miteinander.outward.exchange.services.imports import import_calendar


class Command(BaseCommand):
    """Bring a calendar file in as drafts of an organisation."""

    help = "Bring a calendar file (.ics) in as drafts of an organisation."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--organisation", required=True, metavar="SLUG")
        parser.add_argument("--language", choices=INTERFACE, default="de")

    def handle(self, *_args: Any, **options: Any) -> None:
        organisation = Organisation.objects.filter(slug=options["organisation"]).first()
        if organisation is None:
            raise CommandError(
                _("There is no organisation “%(slug)s”.") % {"slug": options["organisation"]}
            )
        report = import_calendar(
            actor=SystemActor("import"),
            organisation_id=organisation.pk,
            octets=_beginning_of(options["file"]),
            language=options["language"],
            filename=options["file"].name,
        )
        if report.error:
            raise CommandError(report.sentence)
        self.stdout.write("\n".join(_told_report(report)))


def _beginning_of(file: Path) -> bytes:
    """Read one octet more than allowed, which is enough to see that a file is too big."""
    try:
        with file.open("rb") as opened:
            return opened.read(settings.CALENDAR_IMPORT_LIMITS["octets"] + 1)
    except OSError as error:
        raise CommandError(
            _("The file cannot be read: %(reason)s") % {"reason": error.strerror}
        ) from error


def _told_report(report: ImportReport) -> Iterator[str]:
    for section in report_sections(report):
        yield f"{section.heading}: {len(section.lines)}"
        for line in section.lines:
            yield f"  - {_told(line)}"


def _told(line: ReportLine) -> str:
    title = line.title or _("(no title)")
    return " ".join([f"{title}:" if line.explained else title, *line.explained])
