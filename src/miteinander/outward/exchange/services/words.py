"""Turns the words of a calendar entry into the words of a draft, without losing any."""

import html
import re
from dataclasses import dataclass

from django.conf import settings
from django.utils.html import strip_tags

from miteinander.encounters.spaces.models import Venue
from miteinander.foundation.core.languages import INTERFACE
from miteinander.foundation.core.text import fold, one_line, paragraphs
from miteinander.outward.exchange.reading.runner import FoundEvent

_TAGS = re.compile(
    r"</?(?:p|br|div|span|a|b|i|u|ul|ol|li|html|body|strong|em)\b[^>]*>", re.IGNORECASE
)
_BREAKS = re.compile(r"<(?:br|/p|/div|/li)\b[^>]*>", re.IGNORECASE)
_WEB = ("http://", "https://")


@dataclass(frozen=True)
class DraftWords:
    """The words of a draft, the language they are in, and what to tell about them."""

    parts: dict[str, str]
    language: str
    notes: tuple[str, ...]
    venue_id: int | None


def draft_words(event: FoundEvent, language: str, venues: list[Venue]) -> DraftWords:
    """Return title, description and place of ``event`` as a draft needs them.

    A title that is too long is cut between words, and its full text begins the description. A
    place known by name is chosen; any other stands in the words about the way there.
    """
    notes = list(event.notes)
    title, description = one_line(event.title), _plain(event.description)
    short = _shortened(title, settings.FORMAT_LIMITS["title"])
    if short != title:
        notes.append("title_shortened")
        description = f"{title}\n\n{description}".strip()
    if event.url.startswith(_WEB) and event.url not in description:
        description = f"{description}\n\n{one_line(event.url)}".strip()
    cut = _shortened(description, settings.FORMAT_LIMITS["text"])
    if cut != description:
        notes.append("text_shortened")
    place = _plain(event.location)
    venue_id = _known_venue(place, venues)
    if place and venue_id is None:
        notes.append("place_in_words")
    parts = {"title": short, "description": cut, "way_there": "" if venue_id else place}
    known = event.language.lower()
    own_language = known if known in INTERFACE else known.partition("-")[0]
    return DraftWords(
        parts=parts,
        language=own_language if own_language in INTERFACE else language,
        notes=tuple(notes),
        venue_id=venue_id,
    )


def _plain(text: str) -> str:
    """Some calendars write HTML into their texts; people should read words."""
    if _TAGS.search(text):
        text = html.unescape(strip_tags(_BREAKS.sub("\n", text)))
    return paragraphs(text)


def _shortened(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    start = text[: limit - 1]
    return (start.rsplit(None, 1)[0] if " " in start else start) + "…"


def _known_venue(place: str, venues: list[Venue]) -> int | None:
    """Find the place whose name is the whole text, or stands before its first comma."""
    wanted = {fold(place), fold(re.split(r"[,\n]", place)[0].strip())}
    hits = [venue.pk for venue in venues if fold(venue.name) in wanted]
    return hits[0] if len(hits) == 1 else None
