"""Reactions of the front door: kept public pages go stale, and feedback reaches somebody."""

from miteinander.community.organisations.messages import OrganisationChanged
from miteinander.encounters.activities.messages import (
    ActivityChanged,
    ActivityHidden,
    ActivityPublished,
    DateCancelled,
    DateChanged,
    SeatGivenBack,
    SeatTaken,
)
from miteinander.foundation.core.bus import subscribe
from miteinander.foundation.core.public import mark_public_change
from miteinander.web.messages import InstanceChanged


@subscribe(
    ActivityPublished,
    ActivityChanged,
    ActivityHidden,
    DateChanged,
    DateCancelled,
    SeatTaken,
    SeatGivenBack,
    OrganisationChanged,
    InstanceChanged,
)
def mark_pages_stale(_message: object) -> None:
    """Every kept page may show what changed, so all of them are made anew."""
    mark_public_change()
