"""Letters to people who help on a date."""

from datetime import datetime

from django.db import transaction

from miteinander.encounters.activities.enums import HELPING, OfferStatus
from miteinander.encounters.activities.models import RoleOffer
from miteinander.foundation.core.permissions import Actor, require
from miteinander.outward.notifications.enums import LetterKind
from miteinander.outward.notifications.models import MailWishes
from miteinander.outward.notifications.queries import Ahead, dates_to_remind_of, reminder_at
from miteinander.outward.notifications.services.letters import write_letter


def tell_helper(*, actor: Actor, offer: RoleOffer, kind: str, mark: str, **told: object) -> None:
    """Write to whoever an offer belongs to; ``mark`` tells one turn of it from the next."""
    write_letter(
        actor=actor,
        key=f"{offer.pk}:{mark}",
        kind=kind,
        address=offer.person.email or "",
        language=offer.language or offer.person.language,
        context={"offer": offer.pk, "person": offer.person_id, **told},
    )


@transaction.atomic
def tell_helpers(*, actor: Actor, kind: str, date_id: int, sequence: int) -> None:
    """Write to everybody who helps on a date or offered to; nobody twice for one change."""
    require(actor, "notifications.send")
    rows = RoleOffer.objects.filter(date_id=date_id, status__in=HELPING).select_related("person")
    for offer in rows.order_by("pk"):
        tell_helper(actor=actor, offer=offer, kind=kind, mark=str(sequence), sequence=sequence)


@transaction.atomic
def remind_helpers(*, actor: Actor, now: datetime) -> None:
    """Remind who helps 48 and 4 hours before; one letter for each, whoever writes it."""
    require(actor, "notifications.send")
    unwilling = MailWishes.objects.filter(reminders_off_at__isnull=False).values("person_id")
    for ahead in Ahead:
        for date in dates_to_remind_of(ahead, now):
            due, start = reminder_at(date.starts_at, ahead), date.starts_at.isoformat()
            rows = RoleOffer.objects.filter(
                date=date, status=OfferStatus.CONFIRMED, answered_at__lte=due
            ).exclude(person_id__in=unwilling)
            for offer in rows.select_related("person").order_by("pk"):
                tell_helper(
                    actor=actor, offer=offer, kind=LetterKind.HELPER_REMINDER,
                    mark=f"{int(ahead)}:{start}", hours=int(ahead), starts_at=start,
                )  # fmt: skip
