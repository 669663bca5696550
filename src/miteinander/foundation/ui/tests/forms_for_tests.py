"""A form with one field of each kind, for tests."""

from django import forms

from miteinander.foundation.ui.fields import LineField, ParagraphField, PhoneField
from miteinander.foundation.ui.forms import PlainForm


class EveryKindForm(PlainForm):
    """One field of each kind."""

    name = LineField(label="Name", help_text="As people call you.", max_length=20)
    city = forms.CharField(label="City", required=False)
    story = ParagraphField(label="Story", required=False)
    phone = PhoneField(label="Phone", required=False)
    way = forms.ChoiceField(
        label="Way", choices=[("mail", "Mail"), ("phone", "Phone")], widget=forms.RadioSelect
    )
    begins = forms.SplitDateTimeField(label="Begins")
    agreed = forms.BooleanField(label="Agreed")
