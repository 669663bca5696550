"""Days, times, prices and numbers as people here write them, safe in either direction."""

from datetime import datetime, timedelta

from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from miteinander.foundation.core import clock
from miteinander.foundation.ui.fields import grouped, plain_number

# Weekday, day and month in the order of each language (Django's own forms leave the weekday out).
DAY_FORMS = {
    "de": "l, j. F",
    "en": "l, j F",
    "ar": "l، j F",
    "fa": "l، j F",
    "uk": "l, j E",
    "ru": "l, j E",
    "tr": "j F l",
}
LONG = timedelta(hours=18)
ARABIC_COMMA = frozenset({"ar", "fa", "prs", "ckb", "ps", "ur"})


def ltr(text: object) -> SafeString:
    """Keep ``text`` in order from left to right, whatever stands around it."""
    return format_html('<bdi dir="ltr">{}</bdi>', text)


def comma() -> str:
    """Part words in a row as the language of the page does it: with its own comma and a space."""
    return "، " if (get_language() or "de").split("-")[0] in ARABIC_COMMA else ", "


def _clock_time(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%H:%M")


def day_words(moment: datetime) -> str:
    """Write the local day with its weekday; the year only where it is not this one."""
    local = timezone.localtime(moment)
    form = DAY_FORMS.get((get_language() or "de").split("-")[0], DAY_FORMS["en"])
    if local.year != clock.today().year:
        form = form.replace("j F l", "j F Y l") if form == "j F l" else f"{form} Y"
    return formats.date_format(local, form)


def day(moment: datetime) -> SafeString:
    """Write the local day, readable for machines too."""
    return format_html(
        '<time datetime="{}">{}</time>', timezone.localtime(moment).date(), day_words(moment)
    )


def time_range(start: datetime, end: datetime | None = None) -> SafeString:
    """Write when something begins and ends; over several days with the days."""
    if end is None:
        return ltr(_clock_time(start))
    if end - start > LONG and timezone.localdate(start) != timezone.localdate(end):
        return format_html(
            "{} {} – {} {}", day(start), ltr(_clock_time(start)), day(end), ltr(_clock_time(end))
        )
    return ltr(f"{_clock_time(start)}–{_clock_time(end)}")


def price(cents: int | None) -> SafeString:
    """Write a price in euros; nothing to pay is said in a word."""
    if not cents:
        return format_html("{}", _("free of charge"))
    digits = 0 if cents % 100 == 0 else 2
    return ltr(f"{formats.number_format(cents / 100, digits)}\N{NO-BREAK SPACE}€")


def phone(number: str) -> SafeString:
    """Write a telephone number in groups, as a link that calls it."""
    if not number:
        return SafeString()
    callable_part = "".join(char for char in plain_number(number) if char.isdigit() or char == "+")
    return format_html('<a class="phone" href="tel:{}">{}</a>', callable_part, ltr(grouped(number)))


def moment(at: datetime) -> SafeString:
    """Return day and time of day, for the middle of a sentence."""
    return format_html("{}{}{}", day(at), comma(), time_range(at))
