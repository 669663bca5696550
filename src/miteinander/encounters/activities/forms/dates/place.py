"""The place of an occasion: one that is known, a new one, online, or decided later."""

from collections.abc import Iterator

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miteinander.community.regions.models import Region
from miteinander.encounters.activities.forms.planning import SeenForm
from miteinander.encounters.activities.services.dates import Place
from miteinander.encounters.spaces.enums import Access
from miteinander.encounters.spaces.models import Venue
from miteinander.encounters.spaces.services import VenueFacts
from miteinander.foundation.ui.fields import LineField

RADIO_LIMIT = 7
NEW, ONLINE, LATER = "new", "online", "later"


class PlaceFields(SeenForm):
    """Where it is; the fields of a new place count only when that is chosen."""

    place = forms.ChoiceField(
        label=gettext_lazy("Where is it?"),
        error_messages={"required": gettext_lazy("Choose where it is, or that you decide later.")},
    )
    venue_name = LineField(
        label=gettext_lazy("Name of the place"),
        help_text=gettext_lazy("Example: Community house"),
        max_length=120,
        required=False,
    )
    venue_street = LineField(
        label=gettext_lazy("Street and number"), max_length=120, required=False
    )
    venue_postcode = LineField(
        label=gettext_lazy("Postcode"),
        max_length=5,
        required=False,
    )
    venue_municipality = forms.ModelChoiceField(
        label=gettext_lazy("Municipality"), queryset=Region.objects.none(), required=False
    )
    venue_bus_stop = LineField(
        label=gettext_lazy("Nearest bus stop or station"), max_length=120, required=False
    )
    venue_step_free = forms.ChoiceField(
        label=gettext_lazy("Can people get in with a wheelchair, without steps?"),
        choices=Access.choices,
        initial=Access.UNKNOWN,
        required=False,
    )
    venue_toilet = forms.ChoiceField(
        label=gettext_lazy("Is there a toilet for wheelchair users?"),
        choices=Access.choices,
        initial=Access.UNKNOWN,
        required=False,
    )
    is_online = forms.BooleanField(
        label=gettext_lazy("People can also join online"), required=False
    )
    online_url = forms.URLField(
        label=gettext_lazy("Link to join online"),
        help_text=gettext_lazy("Only people who have signed up see the link."),
        max_length=500,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"dir": "ltr"}),
    )

    def offer_places(self, venues: list[Venue], municipalities: QuerySet[Region]) -> None:
        """Offer the known ``venues``, and ``municipalities`` where a new one may be."""
        self._offer_venues(venues)
        field = self.fields["venue_municipality"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type)
        field.queryset = municipalities
        field.empty_label = _("Please choose")

    def _offer_venues(self, venues: list[Venue]) -> None:
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (tells the type)
        choices = [(str(venue.pk), f"{venue.name}, {venue.address}") for venue in venues]
        choices += [
            (NEW, _("A new place")),
            (ONLINE, _("Only online")),
            (LATER, _("I decide later")),
        ]
        if len(choices) > RADIO_LIMIT:
            field.choices = [("", _("Please choose")), *choices]
        else:
            field.widget = forms.RadioSelect()
            field.choices = choices

    def venue_fields(self) -> Iterator[BoundField]:
        """Give the fields of a new place to the template."""
        return (self[name] for name in self.fields if name.startswith("venue_"))

    def check_place(self) -> None:
        """Ask for what the chosen place needs."""
        values = self.cleaned_data
        if values.get("place") == NEW:
            self._need("venue_name", _("Enter the name of the new place."))
            self._need("venue_municipality", _("Choose the municipality of the new place."))
        if values.get("is_online") or values.get("place") == ONLINE:
            self._need("online_url", _("Enter the link to join online."))

    def _need(self, name: str, text: str) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, ValidationError(text, code="required"))

    @property
    def chosen_place(self) -> Place:
        """The place as the service takes it."""
        values = self.cleaned_data
        choice = values.get("place", "")
        is_online = bool(values.get("is_online")) or choice == ONLINE
        return Place(
            venue_id=int(choice) if choice.isdecimal() else None,
            new_venue=self._new_venue() if choice == NEW else None,
            is_online=is_online,
            online_url=values.get("online_url", "") if is_online else "",
        )

    def _new_venue(self) -> VenueFacts:
        values = self.cleaned_data
        return VenueFacts(
            name=values["venue_name"],
            municipality_id=values["venue_municipality"].pk,
            street=values["venue_street"],
            postcode=values["venue_postcode"],
            bus_stop=values["venue_bus_stop"],
            step_free=values["venue_step_free"] or Access.UNKNOWN,
            accessible_toilet=values["venue_toilet"] or Access.UNKNOWN,
        )
