"""What a card, a page or a mail shows of a date, made from rows that are loaded already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from miteinander.community.organisations.models import Organisation
from miteinander.encounters.activities.enums import Audience
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.spaces.enums import Access
from miteinander.foundation.content.queries import Reading, read
from miteinander.foundation.core.languages import OWN_NAMES, direction


@dataclass(frozen=True)
class OwnName:
    """A language as its speakers write it."""

    code: str
    name: str
    direction: str


@dataclass(frozen=True)
class Tag:
    """A short fact with its pictogram."""

    text: str
    icon: str
    tone: str = "neutral"


@dataclass(frozen=True)
class Card:
    """A date as a reader of one language sees it."""

    date: ActivityDate
    reading: Reading
    place: str
    languages: Sequence[OwnName]
    hosts: Sequence[Organisation]
    tags: Sequence[Tag]
    is_over: bool
    has_begun: bool
    seat: Participation | None = field(default=None)

    @property
    def state(self) -> str:
        """Return in one word what can be done: cancelled, over, begun, closed, full, open."""
        if self.date.is_cancelled:
            return "cancelled"
        if self.is_over:
            return "over"
        if self.has_begun:
            return "begun"
        if self.date.is_closed:
            return "closed"
        return "full" if self.date.seats_left <= 0 else "open"


def own_names(date: ActivityDate) -> list[OwnName]:
    """List the languages spoken at a date by their own names."""
    return [OwnName(code, OWN_NAMES[code], direction(code)) for code in date.spoken]


def place_of(date: ActivityDate) -> str:
    """Name the place of a date in a line: municipality and venue, or nothing when only online."""
    activity = date.activity
    if activity.venue:
        return f"{activity.venue.municipality.name}, {activity.venue.name}"
    if activity.is_online or activity.municipality is None:
        return ""
    return activity.municipality.name


def tags_of(date: ActivityDate) -> list[Tag]:
    """List what makes it easier for some people to come."""
    activity = date.activity
    step_free = activity.venue is not None and activity.venue.step_free == Access.YES
    facts = [
        (activity.is_online, Tag(_("Online"), "monitor")),
        (activity.has_childcare, Tag(_("With childcare"), "baby")),
        (step_free, Tag(_("Step-free"), "accessibility")),
        (activity.has_interpretation, Tag(_("With interpretation"), "languages")),
        (
            activity.audience != Audience.EVERYONE,
            Tag(activity.get_audience_display(), "users", "warm"),
        ),
    ]
    return [tag for applies, tag in facts if applies]


def card_of(
    date: ActivityDate, *, language: str, now: datetime, seat: Participation | None = None
) -> Card:
    """Make the card of a date for a reader of ``language``."""
    return Card(
        date=date,
        reading=read(date.activity, language),
        place=place_of(date),
        languages=own_names(date),
        hosts=date.activity.inviting,
        tags=tags_of(date),
        is_over=date.has_ended(now),
        has_begun=date.has_started(now),
        seat=seat,
    )


def cards_of(dates: Iterable[ActivityDate], *, language: str, now: datetime) -> list[Card]:
    """Make the cards of a list."""
    return [card_of(date, language=language, now=now) for date in dates]
