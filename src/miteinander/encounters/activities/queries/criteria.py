"""What somebody looks for among occasions, and the conditions that follow from it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from miteinander.community.regions.models import Region
from miteinander.community.regions.queries import within
from miteinander.encounters.activities.models import Activity
from miteinander.encounters.activities.queries.roles import spoken_at
from miteinander.encounters.spaces.enums import Access
from miteinander.foundation.content.queries import matching_ids
from miteinander.foundation.core import clock

NEAR_KM = 10


@dataclass(frozen=True)
class Criteria:
    """What somebody looks for; a value that is empty does not narrow the list."""

    words: str = ""
    first_day: date | None = None
    last_day: date | None = None
    region: Region | None = None
    km: int = NEAR_KM
    language: str = ""
    topic: str = ""
    audience: str = ""
    is_free: bool = False
    has_childcare: bool = False
    is_step_free: bool = False
    has_interpretation: bool = False
    is_online: bool = False


EVERYTHING = Criteria()


def when(criteria: Criteria) -> Q:
    """Narrow dates by their days."""
    condition = Q()
    if criteria.first_day:
        condition &= Q(ends_at__gt=clock.start_of_day(criteria.first_day))
    if criteria.last_day:
        condition &= Q(starts_at__lt=clock.end_of_day(criteria.last_day))
    return condition


def where(criteria: Criteria, prefix: str = "activity__") -> Q:
    """Narrow by place; ``prefix`` leads from a row to its occasion.

    Near a place is also what takes place online: it is as near as the next screen.
    """
    condition = Q(**{f"{prefix}is_online": True}) if criteria.is_online else Q()
    if criteria.is_step_free:
        condition &= Q(**{f"{prefix}venue__step_free": Access.YES})
    if criteria.region is None:
        return condition
    near = within(criteria.region, criteria.km)
    return condition & (
        Q(**{f"{prefix}municipality__in": near})
        | Q(**{f"{prefix}venue__municipality__in": near})
        | Q(**{f"{prefix}is_online": True})
    )


def what(criteria: Criteria, prefix: str = "activity__") -> Q:
    """Narrow by what it is and for whom; ``prefix`` leads from a row to its occasion."""
    said = {
        f"{prefix}topic": criteria.topic,
        f"{prefix}audience": criteria.audience,
        f"{prefix}has_childcare": criteria.has_childcare,
        f"{prefix}has_interpretation": criteria.has_interpretation,
    }
    condition = Q(**{name: value for name, value in said.items() if value})
    if criteria.is_free:
        condition &= Q(**{f"{prefix}cost_cents": 0})
    if criteria.language:
        condition &= spoken_at(criteria.language, prefix)
    if criteria.words:
        ids = matching_ids(Activity, criteria.words)
        condition &= Q() if ids is None else Q(**{f"{prefix}pk__in": ids})
    return condition
