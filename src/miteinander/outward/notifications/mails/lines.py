"""What a mail with news says of a date: written once for each language, not for each reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from miteinander.encounters.activities.cards import place_of
from miteinander.encounters.activities.models import ActivityDate
from miteinander.encounters.activities.queries.public import dates_with_keys
from miteinander.foundation.content.queries import read
from miteinander.foundation.core import clock
from miteinander.foundation.core.public import public_version
from miteinander.outward.notifications.mails import facts
from miteinander.outward.notifications.mails.direction import by_its_own
from miteinander.outward.notifications.mails.mail import Other

MOST_KEPT = 20_000


@dataclass(frozen=True)
class Line:
    """A date in one language, and the day of its week's Monday."""

    day: date
    other: Other


class Lines:
    """Lines of dates, kept until anything the public sees changes."""

    def __init__(self) -> None:
        self.version: object = None
        self.kept: dict[tuple[str, int], Line] = {}

    def of(self, keys: Sequence[int], language: str) -> list[Line]:
        """Return the lines of dates in the order of ``keys``; ``language`` is the active one."""
        if (version := public_version()) != self.version or len(self.kept) > MOST_KEPT:
            self.kept, self.version = {}, version
        missing = [key for key in keys if (language, key) not in self.kept]
        for row in dates_with_keys(missing) if missing else ():
            self.kept[language, row.pk] = _line(row, language)
        return [self.kept[language, key] for key in keys if (language, key) in self.kept]

    def forget(self) -> None:
        """Write every line anew."""
        self.kept = {}


LINES = Lines()


def _line(row: ActivityDate, language: str) -> Line:
    place = by_its_own(place_of(row)) or _("Online")
    return Line(
        day=clock.local(row.starts_at).date(),
        other=Other(
            title=facts.heading_of(read(row.activity, language)),
            when=f"{facts.when_words(row).text} · {place}",
            address=facts.address_of("activities:detail", row.pk),
        ),
    )
