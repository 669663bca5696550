"""Which mails people want."""

from django.db import transaction

from miteinander.community.people.models import Person
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor, require
from miteinander.outward.notifications.models import MailWishes


@transaction.atomic
def turn_reminders(*, actor: Actor, person_id: int, wanted: bool) -> MailWishes:
    """Turn the reminders to a person on or off; the same choice again changes nothing.

    Raises:
        Person.DoesNotExist: nobody, or somebody whose data were erased.
        PermissionDenied: it is somebody else.
    """
    person = Person.objects.select_for_update().get(pk=person_id, erased_at__isnull=True)
    require(actor, "notifications.choose", person)
    wishes, _is_new = MailWishes.objects.get_or_create(person=person)
    if wanted == (wishes.reminders_off_at is None):
        return wishes
    wishes.reminders_off_at = None if wanted else clock.now()
    wishes.save(update_fields=["reminders_off_at"])
    audit.record(
        actor=actor, verb="notifications.turn_reminders", obj=wishes, details={"wanted": wanted}
    )
    return wishes
