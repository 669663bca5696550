"""Template helpers of mails."""

from django import template

from miteinander.foundation.core.languages import direction
from miteinander.foundation.ui.fields import grouped
from miteinander.outward.notifications.mails.direction import by_its_own, left_to_right

register = template.Library()


@register.filter
def isolated(text: str) -> str:
    """Keep names and texts in right-to-left mail from tearing the line apart, line by line."""
    return "\n".join(by_its_own(line) for line in text.split("\n"))


@register.filter
def quoted(text: str) -> str:
    """Mark every line as somebody else's, so that no words pass for the platform's own."""
    return "\n".join(f"> {by_its_own(line)}".rstrip() for line in text.split("\n"))


@register.filter
def number(text: str) -> str:
    """Write a telephone number in groups, left to right."""
    return left_to_right(grouped(text))


@register.filter
def direction_of(language: str, otherwise: str) -> str:
    """Return the direction of ``language``, or ``otherwise`` where none is named."""
    return direction(language) if language else otherwise
