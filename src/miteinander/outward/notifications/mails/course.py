"""What the one letter about a course adds: all its dates, and one calendar file."""

from django.utils.translation import gettext as _

from miteinander.encounters.activities.enums import DateStatus, ParticipationStatus
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.outward.exchange import calendars
from miteinander.outward.exchange.queries import calendar_dates
from miteinander.outward.notifications.mails import facts
from miteinander.outward.notifications.mails.mail import Attachment, Fact, Words
from miteinander.outward.notifications.models import Letter


def _seats(letter: Letter) -> dict[int, Participation]:
    """Return the seats of a course that are still held, by the keys of their dates."""
    keys = letter.context.get("course", [])
    held = Participation.objects.filter(
        pk__in=keys, status=ParticipationStatus.SIGNED_UP, date__status=DateStatus.SCHEDULED
    )
    return {seat.date_id: seat for seat in held} if keys else {}


def _dates(held: dict[int, Participation]) -> list[ActivityDate]:
    return list(
        calendar_dates(ActivityDate.objects.filter(pk__in=held)).order_by("starts_at", "pk")
    )


def course_facts(letter: Letter) -> tuple[Fact, ...]:
    """List all dates, where the letter is about more than one."""
    dates = _dates(_seats(letter)) if letter.context.get("course") else []
    if len(dates) < 2:  # noqa: PLR2004 (one date is told as always)
        return ()
    lines = "; ".join(facts.when_words(date).text for date in dates)
    return (Fact(_("All your dates"), Words(lines)),)


def course_files(letter: Letter) -> tuple[Attachment, ...]:
    """Attach one calendar file with all dates; nothing where the letter is about one."""
    held = _seats(letter)
    if not held:
        return ()
    content = calendars.date_calendar(
        dates=_dates(held), language=letter.language,
        seat_addresses={key: facts.seat_address(seat) for key, seat in held.items()},
    )  # fmt: skip
    return (Attachment("meetings.ics", content, "text/calendar"),)
