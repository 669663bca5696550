"""Forms of the front door: feedback, and the six steps that set an instance up."""

from django import forms
from django.utils.translation import gettext_lazy as _

from miteinander.community.regions.services import district_names
from miteinander.foundation.ui.fields import LineField, ParagraphField, PhoneField
from miteinander.foundation.ui.forms import PlainForm


class FeedbackForm(PlainForm):
    """Ask what is difficult, where, and where an answer may go."""

    message = ParagraphField(label=_("What is difficult to use?"), max_length=4000)
    page = LineField(label=_("On which page?"), max_length=200, required=False)
    reply_to = forms.EmailField(
        label=_("Where may we answer? (e-mail)"),
        help_text=_("You can leave this empty. Then we cannot answer you."),
        required=False,
    )


class SetupCodeForm(PlainForm):
    """Ask for the code that the console printed."""

    code = LineField(
        label=_("Code"),
        help_text=_("The command “miteinander setup” has printed it. It works once."),
        max_length=60,
    )


class AdministratorForm(PlainForm):
    """Ask who the first administrator is."""

    name = LineField(label=_("Your name"), max_length=120)
    email = forms.EmailField(
        label=_("Your e-mail address"), help_text=_("You will sign in with a code sent there.")
    )


class IdentityForm(PlainForm):
    """Ask what the platform is called and for which area it is."""

    name = LineField(label=_("Name of the platform"), max_length=60)
    area = LineField(label=_("Area"), help_text=_("For example: Landkreis Kassel"), max_length=120)
    district = forms.ChoiceField(
        label=_("Load the places of a district"),
        help_text=_("Others can be imported later: miteinander import regions FILE.geojson"),
        required=False,
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["district"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (told to the type checker)
        field.choices = [("", _("None, or loaded already")), *district_names()]


class ContactForm(PlainForm):
    """Ask whom people can call."""

    contact_name = LineField(label=_("Contact person"), max_length=120)
    contact_phone = PhoneField(label=_("Telephone"))
    contact_hours = LineField(label=_("When to call"), max_length=120, required=False)
    contact_email = forms.EmailField(label=_("E-mail"))
    interpreters = ParagraphField(
        label=_("How to reach the lay interpreters"),
        help_text=_(
            "Name, telephone, e-mail. It stands where people ask for a guide. Leave it empty if "
            "there are none: then the page leads to your contact."
        ),
        max_length=1000,
        required=False,
    )


class LegalForm(PlainForm):
    """Ask what the imprint and the privacy notice must name."""

    operator = ParagraphField(
        label=_("Who runs it (for the imprint)"),
        help_text=_("Name, legal form, address, who represents it."),
        max_length=2000,
    )
    supervisor = ParagraphField(
        label=_("Data protection officer and authority"), max_length=2000, required=False
    )


class FundingForm(PlainForm):
    """Ask for the sentence the grant prescribes."""

    funding_notice = LineField(
        label=_("Co-funding sentence"),
        help_text=_(
            "It stands beside the EU emblem on every page, word for word as your grant prescribes "
            "it. Leave it empty if the EU does not co-fund you."
        ),
        max_length=300,
        required=False,
    )


class MailTestForm(PlainForm):
    """Ask where a test mail may go; the check can be skipped."""

    address = forms.EmailField(
        label=_("Send a test mail to"),
        help_text=_("Leave it empty to go on without a test."),
        required=False,
    )
