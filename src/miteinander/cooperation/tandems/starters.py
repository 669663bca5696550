"""Words to begin with, and small things to do together: in the languages of everybody there."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miteinander.foundation.core.languages import RTL_LANGUAGES

QUESTIONS = (
    gettext_lazy("What is your favourite dish, and who taught you to cook it?"),
    gettext_lazy("Which place do you like to show to guests?"),
    gettext_lazy("What did you like to play as a child?"),
    gettext_lazy("What does your name mean?"),
    gettext_lazy("Which word of another language do you like?"),
)
TASKS = (
    gettext_lazy("Take a walk, and each of you shows one place."),
    gettext_lazy("Cook something together that one of you has never eaten."),
    gettext_lazy("Each of you brings a photo and tells of it."),
    gettext_lazy("Teach each other five words."),
    gettext_lazy("Go to a meeting near you together."),
)


@dataclass(frozen=True)
class Starters:
    """Questions and small tasks in one language; ``code`` is that of the language."""

    code: str
    talk: str
    questions: list[str]
    together: str
    tasks: list[str]

    @property
    def direction(self) -> str:
        """In which direction the language is written."""
        return "rtl" if self.code in RTL_LANGUAGES else "ltr"


def starters_for(languages: Iterable[str]) -> list[Starters]:
    """Return words to begin with in the language of the reader, then in those of the others."""
    reader = translation.get_language() or "de"
    codes = dict.fromkeys([reader, *languages])
    return [_in(code) for code in codes]


def _in(code: str) -> Starters:
    with translation.override(code):
        return Starters(
            code, _("To talk about"), list(map(str, QUESTIONS)),
            _("To do together"), list(map(str, TASKS)),
        )  # fmt: skip
