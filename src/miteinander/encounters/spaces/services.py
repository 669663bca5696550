"""Entering and changing venues. Nothing else writes their table."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.community.organisations.models import Organisation
from miteinander.encounters.spaces.enums import Access
from miteinander.encounters.spaces.models import Venue
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core.permissions import Actor, require

CHANGEABLE = frozenset(
    {
        "municipality_id", "name", "street", "postcode", "bus_stop", "step_free",
        "accessible_toilet", "latitude", "longitude",
    }
)  # fmt: skip


@dataclass(frozen=True)
class VenueFacts:
    """What one must know of a place to find it and to get in."""

    name: str
    municipality_id: int
    street: str = ""
    postcode: str = ""
    bus_stop: str = ""
    step_free: str = Access.UNKNOWN
    accessible_toilet: str = Access.UNKNOWN


@transaction.atomic
def add_venue(*, actor: Actor, organisation_id: int, facts: VenueFacts) -> Venue:
    """Enter a place of an organisation; the same name and address again is the same place."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    require(actor, "spaces.add", organisation)
    known = Venue.objects.filter(
        organisation=organisation,
        municipality_id=facts.municipality_id,
        name=facts.name,
        street=facts.street,
        postcode=facts.postcode,
    ).first()
    if known:
        return known
    venue = Venue(organisation=organisation, **asdict(facts))
    venue.full_clean()
    venue.save()
    audit.record(actor=actor, verb="spaces.add", obj=venue, label=f"venue {venue.pk}")
    return venue


@transaction.atomic
def change_venue(*, actor: Actor, venue_id: int, changes: Mapping[str, object]) -> Venue:
    """Change facts of a place; only what differs is written.

    Raises:
        ValidationError: a value does not fit, or names no fact of a venue.
    """
    venue = Venue.objects.select_for_update().select_related("organisation").get(pk=venue_id)
    require(actor, "spaces.change", venue)
    if unknown := set(changes) - CHANGEABLE:
        raise ValidationError(
            _("This is not a fact of a place: %(names)s."),
            code="unknown_fact",
            params={"names": ", ".join(sorted(unknown))},
        )
    changed = [name for name, value in changes.items() if getattr(venue, name) != value]
    if not changed:
        return venue
    for name in changed:
        setattr(venue, name, changes[name])
    venue.full_clean()
    venue.save(update_fields=changed)
    audit.record(
        actor=actor, verb="spaces.change", obj=venue, label=f"venue {venue.pk}",
        details={"fields": sorted(changed)},
    )  # fmt: skip
    return venue
