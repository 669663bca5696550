"""Who may do what with letters: people never touch them."""

from miteinander.community.people.permissions import is_system
from miteinander.foundation.core.permissions import Actor, rule


@rule("notifications.send")
def can_send(actor: Actor, _obj: object = None) -> bool:
    """Only the platform itself writes, sends and deletes letters."""
    return is_system(actor)
