"""Letters for tests."""

from typing import Any

import factory
from factory.django import DjangoModelFactory

from miteinander.encounters.activities.messages import FormerDate
from miteinander.encounters.activities.models import Participation
from miteinander.foundation.core import clock
from miteinander.outward.notifications.enums import LetterKind
from miteinander.outward.notifications.models import Letter
from miteinander.outward.notifications.queries import stored_former


class LetterFactory(DjangoModelFactory[Letter]):
    """A letter that waits and tells of barriers, since that needs no other row."""

    class Meta:
        model = Letter

    key = factory.Sequence(lambda n: f"feedback:{n}")
    kind = LetterKind.FEEDBACK
    address = factory.Sequence(lambda n: f"reader{n}@example.org")
    language = "de"
    context: Any = factory.LazyFunction(lambda: {"message": "Zu klein"})
    created_at = factory.LazyFunction(clock.now)
    due_at = factory.LazyFunction(clock.now)


def seat_letter(
    participation: Participation,
    kind: str,
    sequence: int = 0,
    former: FormerDate | None = None,
) -> Letter:
    """Make a letter to whoever holds ``participation``, also about how the date was before."""
    told = {"before": stored_former(former)} if former else {}
    return LetterFactory.create(
        key=f"{kind}:{participation.date_id}:{sequence}:{participation.pk}",
        kind=kind,
        address=participation.person.email,
        language=participation.language,
        context={"participation": participation.pk, "person": participation.person_id, **told},
    )
