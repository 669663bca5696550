"""Forms of this app. What follows from them is the services' business."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from miteinander.community.organisations.enums import MembershipRole, OrganisationKind
from miteinander.community.organisations.models import Organisation
from miteinander.community.organisations.services import Invitee, OrganisationFacts
from miteinander.community.regions.models import Region
from miteinander.foundation.core.languages import INTERFACE_CHOICES
from miteinander.foundation.ui.fields import LineField, ParagraphField, PhoneField
from miteinander.foundation.ui.forms import PlainForm

MANAGER, MEMBER = MembershipRole.MANAGER, MembershipRole.MEMBER


def refuse(form: forms.Form, error: ValidationError) -> None:
    """Show what a service refused: at its field where the form has it, else on top."""
    for name, messages in getattr(error, "error_dict", {None: [error]}).items():
        form.add_error(name if name in form.fields else None, messages)


class OrganisationForm(PlainForm):
    """What an organisation says of itself."""

    name = LineField(label=_("Name of the organisation"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind.choices)
    municipality = forms.ModelChoiceField(
        label=_("Municipality"), queryset=Region.objects.none(), empty_label=_("Please choose")
    )
    description = ParagraphField(
        label=_("About us"),
        required=False,
        max_length=3000,
        help_text=_("What do you do? Who comes to you? Short sentences are best."),
    )
    language = forms.ChoiceField(
        label=_("Language of this text"), choices=INTERFACE_CHOICES, required=False
    )
    website = forms.URLField(
        label=_("Website"), required=False, assume_scheme="https", widget=forms.URLInput
    )
    email = forms.EmailField(
        label=_("Public e-mail"), required=False, help_text=_("Everybody can see it.")
    )
    phone = PhoneField(
        label=_("Public telephone"), required=False, help_text=_("Everybody can see it.")
    )

    def __init__(self, *args: Any, regions: QuerySet[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = regions  # type: ignore[attr-defined]

    def facts(self) -> OrganisationFacts:
        """Return what the service needs."""
        data = self.cleaned_data
        return OrganisationFacts(
            name=data["name"],
            kind=data["kind"],
            municipality_id=data["municipality"].pk,
            website=data["website"],
            email=data["email"],
            phone=data["phone"],
        )


class InviteOrganisationForm(PlainForm):
    """An organisation that shall take part, and whom to write to."""

    name = LineField(label=_("Name of the organisation"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind.choices)
    municipality = forms.ModelChoiceField(
        label=_("Municipality"), queryset=Region.objects.none(), empty_label=_("Please choose")
    )
    email = forms.EmailField(
        label=_("E-mail of the contact person"), help_text=_("We send the invitation there.")
    )
    language = forms.ChoiceField(label=_("Language of the mail"), choices=INTERFACE_CHOICES)

    def __init__(self, *args: Any, regions: QuerySet[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = regions  # type: ignore[attr-defined]

    def facts(self) -> OrganisationFacts:
        """Return what the service needs."""
        data = self.cleaned_data
        return OrganisationFacts(
            name=data["name"], kind=data["kind"], municipality_id=data["municipality"].pk
        )


class InviteMemberForm(PlainForm):
    """Whom to invite."""

    email = forms.EmailField(label=_("E-mail"), help_text=_("We send the invitation there."))
    role = forms.ChoiceField(label=_("Role"), choices=MembershipRole.choices, initial=MEMBER)
    language = forms.ChoiceField(label=_("Language of the mail"), choices=INTERFACE_CHOICES)

    def invitee(self) -> Invitee:
        """Return what the service needs."""
        data = self.cleaned_data
        return Invitee(email=data["email"], role=data["role"], language=data["language"])


class MemberRoleForm(PlainForm):
    """Another role for a member."""

    role = forms.ChoiceField(label=_("Role"), choices=MembershipRole.choices)


class Scope:
    """For what a role may hold; only a form asks this in one list."""

    EVERYWHERE, REGION, ORGANISATION, ADMINISTRATOR = (
        "everywhere", "region", "organisation", "administrator",
    )  # fmt: skip
    CHOICES = (
        (REGION, _("Coordinates in a district or municipality")),
        (ORGANISATION, _("Coordinates for one organisation")),
        (EVERYWHERE, _("Coordinates everywhere")),
        (ADMINISTRATOR, _("Runs the platform (administrator)")),
    )


class GrantRoleForm(PlainForm):
    """Who shall coordinate, and for what."""

    email = forms.EmailField(
        label=_("E-mail of the account"),
        help_text=_("The person must have signed in once with this address."),
    )
    scope = forms.ChoiceField(
        label=_("Role"), choices=Scope.CHOICES, widget=forms.RadioSelect, initial=Scope.REGION
    )
    region = forms.ModelChoiceField(
        label=_("District or municipality"),
        queryset=Region.objects.order_by("ags"),
        required=False,
        empty_label=_("Only for the first role"),
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.order_by("name", "pk"),
        required=False,
        empty_label=_("Only for the second role"),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the place or organisation that the chosen role needs."""
        data = super().clean() or {}
        scope = data.get("scope")
        if scope == Scope.REGION and not data.get("region"):
            self.add_error("region", _("Please choose where the role holds."))
        if scope == Scope.ORGANISATION and not data.get("organisation"):
            self.add_error("organisation", _("Please choose for which organisation."))
        return data
