"""Who may change the list of places. Reading it is open to all."""

from django.contrib.auth import get_user_model

from miteinander.foundation.core.permissions import Actor, SystemActor, rule


@rule("regions.change")
def can_change(actor: Actor, _obj: object) -> bool:
    """Administrators load places and their boundaries, and so does an operator's command."""
    if isinstance(actor, SystemActor):
        return True
    return isinstance(actor, get_user_model()) and actor.is_active and actor.is_administrator
