"""People who plan, and an occasion that is ready, for tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from miteinander.community.organisations.models import Organisation
from miteinander.community.organisations.tests.factories import (
    CoordinatorRoleFactory,
    MembershipFactory,
    OrganisationFactory,
)
from miteinander.community.people.models import Person
from miteinander.encounters.activities import messages
from miteinander.encounters.activities.enums import ActivityStatus
from miteinander.encounters.activities.models import Activity
from miteinander.encounters.activities.tests.factories import ActivityFactory, DateFactory
from miteinander.foundation.core import bus

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
KINDS = [
    kind
    for kind in vars(messages).values()
    if isinstance(kind, type) and kind.__module__.startswith(messages.__name__)
]


def planner_of(organisation: Organisation) -> Person:
    person: Person = MembershipFactory.create(organisation=organisation).person
    return person


def coordinator() -> Person:
    person: Person = CoordinatorRoleFactory.create().person
    return person


def ready_draft(*, is_trusted: bool = True, **facts: Any) -> Activity:
    """A draft that lacks nothing, with one coming date."""
    organisation = OrganisationFactory.create(trusted_since=NOW if is_trusted else None)
    values = {
        "organisation": organisation,
        "status": ActivityStatus.DRAFT,
        "published_at": None,
        "answered": ["access", "audience"],
    }
    activity: Activity = ActivityFactory.create(**(values | facts))
    DateFactory.create(activity=activity, starts_at=NOW + timedelta(days=3))
    return activity


@contextmanager
def told(monkeypatch: Any) -> Iterator[list[object]]:
    """Collect what is published, in order."""
    heard: list[object] = []
    with monkeypatch.context() as patch:
        for kind in KINDS:
            patch.setitem(bus._HANDLERS, kind, [heard.append])  # noqa: SLF001
        yield heard
