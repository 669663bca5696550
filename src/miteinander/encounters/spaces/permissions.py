"""Who may enter and change venues."""

from django.db.models import Q

from miteinander.community.organisations import permissions as organisations
from miteinander.community.organisations.models import Organisation
from miteinander.encounters.spaces.models import Venue
from miteinander.foundation.core.permissions import Actor, rule


@rule("spaces.add")
def can_add(actor: Actor, organisation: Organisation) -> bool:
    """Whoever plans for an organisation enters its places."""
    return organisations.can_plan(actor, organisation)


@rule("spaces.change")
def can_change(actor: Actor, venue: Venue) -> bool:
    """Whoever plans for the organisation that entered a place changes it."""
    return organisations.can_plan(actor, venue.organisation)


def changeable_by(actor: Actor) -> Q:
    """The set twin of :func:`can_change`."""
    planned = Organisation.objects.filter(organisations.plannable_by(actor))
    return Q(organisation__in=planned.values("pk"))
