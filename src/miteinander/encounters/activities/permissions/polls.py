"""Who answers date polls."""

from django.db.models import Q

from miteinander.community.organisations.enums import OrganisationStatus
from miteinander.community.people.permissions import is_person, is_system
from miteinander.encounters.activities.enums import (
    ActivityStatus,
)
from miteinander.encounters.activities.models import (
    Activity,
)
from miteinander.foundation.core.permissions import Actor, rule


def is_askable(activity: Activity) -> bool:
    """An occasion people may be asked about: with dates, not hidden or closed, known to somebody.

    The first meeting of a new organisation is seen by a coordinator before anybody else.
    """
    organisation = activity.organisation
    is_shown = activity.status == ActivityStatus.PUBLISHED or (
        activity.status == ActivityStatus.DRAFT and organisation.trusted_since is not None
    )
    is_hidden = organisation.status == OrganisationStatus.HIDDEN
    has_dates = not activity.is_template and not activity.is_standing and not activity.only_for
    return is_shown and not is_hidden and has_dates


def askable(prefix: str = "") -> Q:
    """The set twin of :func:`is_askable`; ``prefix`` leads from a row to its occasion."""
    is_shown = Q(**{f"{prefix}status": ActivityStatus.PUBLISHED}) | Q(
        **{
            f"{prefix}status": ActivityStatus.DRAFT,
            f"{prefix}organisation__trusted_since__isnull": False,
        }
    )
    is_hidden = Q(**{f"{prefix}organisation__status": OrganisationStatus.HIDDEN})
    has_dates = Q(
        **{f"{prefix}is_template": False, f"{prefix}is_standing": False, f"{prefix}only_for": ""}
    )
    return is_shown & ~is_hidden & has_dates


@rule("activities.answer_poll")
def can_answer_poll(actor: Actor, place: tuple[Activity, int]) -> bool:
    """You say for yourself which date suits you: signed in, or by your private link."""
    activity, person_id = place
    may = is_system(actor) or (is_person(actor) and actor.pk == person_id)
    return may and is_askable(activity)


@rule("activities.answer_poll_guest")
def can_answer_poll_guest(_actor: Actor, activity: Activity) -> bool:
    """Anyone with the link says which date suits them, with a name and one contact."""
    return is_askable(activity)
