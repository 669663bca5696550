"""Who takes seats, gives them back, comes in, and says how it was."""

from miteinander.community.organisations import permissions as organisations
from miteinander.community.people.permissions import is_person, is_system
from miteinander.encounters.activities.insiders import is_inside
from miteinander.encounters.activities.models import (
    Activity,
    Participation,
)
from miteinander.encounters.activities.permissions.planning import (
    is_open_to,
    is_public,
    is_published,
)
from miteinander.foundation.core.permissions import Actor, rule


@rule("activities.sign_up")
def can_sign_up(actor: Actor, place: tuple[Activity, int]) -> bool:
    """Signed in, you take a seat for yourself at any published occasion that is for you."""
    activity, person_id = place
    may = is_system(actor) or (is_person(actor) and actor.pk == person_id)
    return may and is_published(activity) and is_inside(activity.only_for, person_id)


@rule("activities.sign_up_guest")
def can_sign_up_guest(_actor: Actor, activity: Activity) -> bool:
    """Anyone takes a seat at a public occasion with a name and one contact."""
    return is_public(activity)


@rule("activities.sign_up_behalf")
def can_sign_up_behalf(actor: Actor, activity: Activity) -> bool:
    """Whoever plans for the organisation signs up people who cannot do it themselves."""
    return is_published(activity) and organisations.can_plan(actor, activity.organisation)


@rule("activities.give_back")
def can_give_back(actor: Actor, participation: Participation) -> bool:
    """You give back your own seat: signed in, or by the secret link (then the system acts)."""
    return is_system(actor) or (is_person(actor) and participation.person_id == actor.pk)


@rule("activities.arrive")
def can_arrive(actor: Actor, participation: Participation) -> bool:
    """You say that you are here: signed in, or by what your browser knows (the system acts)."""
    return is_system(actor) or (is_person(actor) and participation.person_id == actor.pk)


@rule("activities.come_in")
def can_come_in(actor: Actor, activity: Activity) -> bool:
    """Anyone who scans the code in the room takes a free seat at an occasion open to them."""
    return is_open_to(actor, activity)


@rule("activities.give_feedback")
def can_give_feedback(actor: Actor, participation: Participation) -> bool:
    """You say how it was: by your own private link (then the system acts), or signed in."""
    return is_system(actor) or (is_person(actor) and participation.person_id == actor.pk)


@rule("activities.read_feedback")
def can_read_feedback(actor: Actor, activity: Activity) -> bool:
    """Whoever plans for the organisation reads what was said, without names."""
    return organisations.can_plan(actor, activity.organisation)
