"""Take official boundaries from a GeoJSON file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from miteinander.community.regions import services
from miteinander.community.regions.boundaries import MOST_BYTES
from miteinander.foundation.core.permissions import SystemActor


class Command(BaseCommand):
    """Read a file, hand it to the service, say what came of it."""

    help = "Take official boundaries (BKG VG250 as GeoJSON, WGS 84). Repeatable without doubles."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.geojson")
        parser.add_argument(
            "--source",
            default="© GeoBasis-DE / BKG (dl-de/by-2-0)",
            help="attribution that the licence asks for; printed below the map",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            with path.open("rb") as file:
                content = file.read(MOST_BYTES + 1)
            loaded = services.import_regions(
                actor=SystemActor("command"), content=content, source=options["source"]
            )
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        except ValidationError as error:
            raise CommandError(f"{path}: {' '.join(error.messages)}") from error
        self.stdout.write(
            f"{loaded.added} added, {loaded.changed} changed, {loaded.unchanged} unchanged"
        )
