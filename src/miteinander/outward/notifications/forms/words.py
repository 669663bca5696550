"""The form of a message to the people of a date."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from miteinander.foundation.core.languages import SPOKEN_CHOICES
from miteinander.foundation.ui.fields import ParagraphField
from miteinander.foundation.ui.forms import PlainForm
from miteinander.outward.notifications.enums import Readers
from miteinander.outward.notifications.queries import Reach
from miteinander.outward.notifications.services import LONGEST_WORDS, OwnWords


class WordsForm(PlainForm):
    """Who is to read it, the words, and their language; ``entry`` marks one filled-in form."""

    readers = forms.ChoiceField(
        label=_("Who gets the message?"), widget=forms.RadioSelect, choices=()
    )
    words = ParagraphField(
        label=_("Your message"),
        help_text=_("At most 1000 characters. Plain text, we do not translate it."),
        max_length=LONGEST_WORDS,
    )
    language = forms.ChoiceField(label=_("Which language do you write in?"), choices=SPOKEN_CHOICES)
    entry = forms.RegexField(r"\A[0-9a-f]{24}\Z", widget=forms.HiddenInput)

    def __init__(self, *args: Any, reach: dict[Readers, Reach], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What was offered a moment ago may be chosen, also when the last of them has just left.
        offered = reach if self.is_bound else useful(reach)
        choices = [(one.value, label_of(one, count)) for one, count in offered.items()]
        field = self.fields["readers"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = choices
        if choices:
            field.initial = choices[0][0]

    def own_words(self) -> OwnWords:
        """Return what was written."""
        told = self.cleaned_data
        return OwnWords(text=told["words"], language=told["language"], entry=told["entry"])


def useful(reach: dict[Readers, Reach]) -> dict[Readers, Reach]:
    """Leave out states nobody is in, and everybody where that is one state only."""
    kept = {one: count for one, count in reach.items() if count.is_anybody}
    single = [one for one in kept if one != Readers.ALL]
    return {one: kept[one] for one in single} if len(single) == 1 else kept


def label_of(readers: Readers, count: Reach) -> str:
    """Say who it is, how many of them get a message, and how many cannot."""
    told = [
        ngettext(
            "%(count)s person gets a message.", "%(count)s people get a message.", count.reached
        )
        % {"count": count.reached}
    ]
    if count.unreached:
        told.append(
            ngettext(
                "%(count)s person cannot be reached by e-mail.",
                "%(count)s people cannot be reached by e-mail.",
                count.unreached,
            )
            % {"count": count.unreached}
        )
    return "{}: {}".format(readers.label, " ".join(told))
