"""Who may do what with the record.

Who reads it (``audit.read``) is said by the people app, which knows administrators.
"""

from miteinander.foundation.core.permissions import Actor, SystemActor, rule


@rule("audit.forget")
def can_forget(actor: Actor, _obj: object = None) -> bool:
    """Only the clock deletes entries, when their time is over."""
    return isinstance(actor, SystemActor)
