"""What is written in the feedback: the rest are buttons."""

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.encounters.activities.services.feedback import LONGEST_WORDS
from miteinander.foundation.core.languages import SPOKEN_CHOICES
from miteinander.foundation.ui.fields import ParagraphField
from miteinander.foundation.ui.forms import PlainForm


class FeedbackWordsForm(PlainForm):
    """Free words about a date, and the language they are in."""

    words = ParagraphField(
        label=_("Would you like to say more?"),
        help_text=_(
            "The organisers read this, without your name. Please write nothing about yourself or"
            " others that should stay private."
        ),
        max_length=LONGEST_WORDS,
        required=False,
    )
    language = forms.ChoiceField(label=_("Which language do you write in?"), choices=SPOKEN_CHOICES)
