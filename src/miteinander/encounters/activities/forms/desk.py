"""What a phone at the door sends, and what people type who scanned the code in the room."""

import re
from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy

from miteinander.encounters.activities.services.desk import Entry
from miteinander.foundation.core import clock
from miteinander.foundation.ui.fields import LineField
from miteinander.foundation.ui.forms import PlainForm

LONGEST_AGE = int(timedelta(days=400).total_seconds() * 1000)
MARK, HELPER, WALK_IN = "mark", "helper", "walk_in"
IN_LINK = re.compile(r"(?:seat|in|check-in)/([\w.=-]{8,120})")


class DeskEntryForm(PlainForm):
    """One press of a button at the door. The age is told, because clocks of phones are wrong.

    Of a helper who had no line yet, ``participation`` is the key of the offer to help.
    """

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in (MARK, HELPER, WALK_IN)])
    key = forms.RegexField(r"\A[0-9a-f]{32}\Z")
    book = forms.CharField(max_length=32)
    age = forms.IntegerField(min_value=0, max_value=LONGEST_AGE)
    participation = forms.IntegerField(min_value=1, max_value=2**62, required=False)
    mark = forms.CharField(max_length=8, required=False)
    name = LineField(max_length=120, required=False)
    beyond_seats = forms.BooleanField(required=False)

    @property
    def entry(self) -> Entry:
        """The entry as the service takes it."""
        typed = self.cleaned_data
        made_at = clock.now() - timedelta(milliseconds=typed["age"])
        return Entry(key=typed["key"], book=typed["book"], made_at=made_at)


class SeatLinkForm(PlainForm):
    """The link of a seat, as it stands in the mail, or what is behind it."""

    link = LineField(
        label=gettext_lazy("Link to your seat"),
        help_text=gettext_lazy("It is in the mail you got when you signed up. Copy it to here."),
        max_length=300,
    )

    def code(self) -> str:
        """Return the secret of the seat or the code for the door, out of whatever was pasted."""
        text = str(self.cleaned_data["link"])
        found = IN_LINK.search(text)
        return found[1] if found else text


class ComeInForm(PlainForm):
    """Somebody who came without signing up; the name is welcome, not needed."""

    name = LineField(
        label=gettext_lazy("Your name"),
        help_text=gettext_lazy("You may leave this empty."),
        max_length=120,
        required=False,
    )
