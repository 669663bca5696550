"""Letters, devices, and people who follow something, for tests."""

from datetime import timedelta
from typing import Any

import factory
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import transaction
from factory.django import DjangoModelFactory

from miteinander.community.people.tests.factories import PersonFactory
from miteinander.encounters.activities.messages import ActivityPublished, FormerDate
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.tests.factories import ActivityFactory, DateFactory
from miteinander.foundation.core import bus, clock
from miteinander.outward.notifications.enums import LetterKind
from miteinander.outward.notifications.models import Device, Follow, Letter, MailWishes
from miteinander.outward.notifications.push.keys import CURVE, encoded, point_of
from miteinander.outward.notifications.queries import newest_date, stored_former
from miteinander.outward.notifications.services import mark_of

BROWSER_KEY = ec.generate_private_key(CURVE)
BROWSER_SECRET = b"0123456789abcdef"


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


class DeviceFactory(DjangoModelFactory[Device]):
    """A browser whose keys only the test knows; they are made anew for each."""

    class Meta:
        model = Device

    person = factory.SubFactory(PersonFactory)
    endpoint = factory.Sequence(lambda n: f"https://push.example.org/{n}")
    endpoint_mark = factory.LazyAttribute(lambda device: mark_of(device.endpoint))
    p256dh = factory.LazyFunction(lambda: encoded(point_of(BROWSER_KEY.public_key())))
    auth = encoded(BROWSER_SECRET)
    agent = "Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0"
    session_mark = factory.Sequence(lambda n: mark_of(f"session {n}"))
    created_at = factory.LazyFunction(clock.now)
    used_at = factory.LazyFunction(clock.now)


class FollowFactory(DjangoModelFactory[Follow]):
    """Somebody with an account who follows every new meeting from now on, once a week."""

    class Meta:
        model = Follow

    person = factory.SubFactory(PersonFactory, language="en")
    created_at = factory.LazyFunction(clock.now)

    @classmethod
    def _create(cls, model_class: type[Follow], *args: Any, **kwargs: Any) -> Follow:
        row: Follow = super()._create(model_class, *args, **kwargs)
        MailWishes.objects.get_or_create(
            person=row.person, defaults={"heard_at": clock.now(), "heard_until": newest_date()}
        )
        return row


def announced(**facts: Any) -> ActivityDate:
    """Make a date of an occasion of its own that has just become public; and note it."""
    starts_at = facts.pop("starts_at", clock.now() + timedelta(days=20))
    activity = ActivityFactory.create(**facts)
    date: ActivityDate = DateFactory.create(activity=activity, starts_at=starts_at)
    with transaction.atomic():
        bus.publish(ActivityPublished(activity_id=activity.pk))
    return date
