"""What a sheet of paper shows of a date: in each chosen language, and as a list for the table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from miteinander.encounters.activities.cards import Tag, own_names, place_of, tags_of
from miteinander.encounters.activities.models import ActivityDate
from miteinander.foundation.content.queries import Reading, read
from miteinander.foundation.core.languages import direction
from miteinander.foundation.core.short_codes import encode
from miteinander.foundation.ui import formats
from miteinander.foundation.ui.paper import qr_code

MOST_LANGUAGES = 3
BLANK_LINES = 8


@dataclass(frozen=True)
class PosterText:
    """What a poster says in one language; the words may be borrowed from the original."""

    language: str
    direction: str
    reading: Reading
    when: str
    time: SafeString
    place: str
    facts: Sequence[Tag]
    invitation: str


def short_address(date: ActivityDate) -> str:
    """Return the address of a date that can be read aloud."""
    return f"{settings.SITE_URL}/k/{encode(date.pk)}"


def spoken_address(date: ActivityDate) -> str:
    """Return the short address without what browsers add by themselves."""
    return short_address(date).partition("://")[2]


def poster_text(date: ActivityDate, language: str) -> PosterText:
    """Write a poster in ``language``."""
    with translation.override(language):
        price = formats.price(date.activity.cost_cents)
        return PosterText(
            language=language.partition("-")[0],
            direction=direction(language),
            reading=read(date.activity, language),
            when=formats.day_words(date.starts_at),
            time=formats.time_range(date.starts_at, date.ends_at),
            place=place_of(date),
            facts=[Tag(str(price), "coins"), *tags_of(date)],
            invitation=_("Look and sign up:"),
        )


def poster(date: ActivityDate, languages: Sequence[str], *, is_large: bool) -> dict[str, Any]:
    """Return the context of a poster in up to three languages, the first on top."""
    return {
        "language": languages[0].partition("-")[0],
        "direction": direction(languages[0]),
        "date": date,
        "organisation": date.activity.organisation,
        "texts": [poster_text(date, language) for language in languages[:MOST_LANGUAGES]],
        "spoken": own_names(date),
        "code": qr_code(short_address(date)),
        "address": spoken_address(date),
        "size": "a3" if is_large else "a4",
    }


def seat_address(token: str) -> str:
    """Return the secret address of a seat."""
    return settings.SITE_URL + reverse("activities:seat", args=[token])
