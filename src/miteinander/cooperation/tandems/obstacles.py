"""Which wish makes it hard to find somebody, in words, and the question that asks for it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from miteinander.foundation.matching.pairs.rules import Rule


@dataclass(frozen=True)
class Wish:
    """A wish of one's own, and the key of the question where it can be changed."""

    label: str | Promise
    question: str


# Only wishes people set themselves: nothing here tells what others said of themselves.
WISHES = {
    Rule.TIME: Wish(_("With other times"), "times"),
    Rule.WAY: Wish(_("With other ways to meet"), "ways"),
    Rule.DISTANCE: Wish(_("If you go farther"), "place"),
    Rule.LANGUAGE: Wish(_("With one more language"), "speaks"),
    Rule.AGE: Wish(_("Without a wish about age"), "whom"),
    Rule.GENDER: Wish(_("Without a wish whom you meet"), "whom"),
    Rule.FAMILY: Wish(_("If families are fine, too"), "kinds"),
    Rule.SIDES: Wish(_("If people are fine who have lived here as long as you"), "side"),
}


def wish_of(rule: Rule) -> Wish | None:
    """Return the wish behind a rule, nothing where nobody can change it."""
    return WISHES.get(rule)
