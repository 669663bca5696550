"""Who may do what with the instance itself."""

from miteinander.community.people.permissions import is_administrator, is_system
from miteinander.foundation.core.permissions import Actor, rule


@rule("web.change_instance")
def can_change_instance(actor: Actor, _obj: object) -> bool:
    """Administrators change who runs the house; before the first one, the setup does."""
    return is_system(actor) or is_administrator(actor)
