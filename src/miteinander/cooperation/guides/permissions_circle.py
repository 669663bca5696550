"""Who makes an occasion one that only guides see."""

from miteinander.community.organisations import permissions as organisations
from miteinander.foundation.core.permissions import Actor, rule


@rule("guides.invite_guides")
def can_invite_guides(actor: Actor, _obj: object = None) -> bool:
    """Coordinators of a region, or of everywhere, make an occasion one for guides only."""
    return organisations.can_invite_anywhere(actor, None)
