"""Template helpers of mails."""

from django import template

from miteinander.foundation.core.languages import direction

register = template.Library()
_FIRST_STRONG_ISOLATE, _POP = "\u2068", "\u2069"


@register.filter
def isolated(text: str, mail_direction: str) -> str:
    """Keep names, times and links in right-to-left text from tearing the line apart.

    Plain text has no markup for direction, so each line of ``text`` is put between isolates.
    """
    if mail_direction != "rtl":
        return text
    return "\n".join(f"{_FIRST_STRONG_ISOLATE}{line}{_POP}" for line in text.split("\n"))


@register.filter
def direction_of(language: str, otherwise: str) -> str:
    """Return the direction of ``language``, or ``auto`` where it is the mail's own."""
    return direction(language) if language else otherwise
