"""Who may do what with letters: people never touch them, but decide which they want."""

from miteinander.community.people.models import Person
from miteinander.community.people.permissions import is_person, is_system
from miteinander.encounters.activities.models import Activity
from miteinander.encounters.activities.permissions import can_decide
from miteinander.foundation.core.permissions import Actor, rule


@rule("notifications.send")
def can_send(actor: Actor, _obj: object = None) -> bool:
    """Only the platform itself writes, sends and deletes letters."""
    return is_system(actor)


@rule("notifications.write_to_people")
def can_write_to_people(actor: Actor, activity: Activity) -> bool:
    """Whoever answers the people of an occasion may write to them."""
    return can_decide(actor, activity)


@rule("notifications.choose")
def can_choose(actor: Actor, person: Person) -> bool:
    """You choose your own mails: signed in, or by the secret link (then the system acts)."""
    return is_system(actor) or (is_person(actor) and actor.pk == person.pk)


@rule("notifications.ask_to_follow")
def can_ask_to_follow(_actor: Actor, _obj: object = None) -> bool:
    """Anybody asks to hear of new meetings; nothing comes before the address is confirmed."""
    return True


@rule("notifications.confirm")
def can_confirm(actor: Actor, _obj: object = None) -> bool:
    """The link in the mail confirms an address; then the system acts."""
    return is_system(actor)
