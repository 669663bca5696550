"""Which mails people want."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.community.people.models import Person
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import Actor, require
from miteinander.outward.notifications.enums import ReminderWay
from miteinander.outward.notifications.models import MailWishes


@transaction.atomic
def turn_reminders(*, actor: Actor, person_id: int, wanted: bool) -> MailWishes:
    """Turn the reminders to a person on or off; the same choice again changes nothing.

    Raises:
        Person.DoesNotExist: nobody, or somebody whose data were erased.
        PermissionDenied: it is somebody else.
    """
    wishes = _locked_wishes(actor, person_id)
    if wanted == (wishes.reminders_off_at is None):
        return wishes
    wishes.reminders_off_at = None if wanted else clock.now()
    wishes.save(update_fields=["reminders_off_at"])
    audit.record(
        actor=actor, verb="notifications.turn_reminders", obj=wishes, details={"wanted": wanted}
    )
    return wishes


@transaction.atomic
def choose_reminder_way(*, actor: Actor, person_id: int, way: str) -> MailWishes:
    """Send the reminders to a person by mail, to their devices, both, or (empty) not at all.

    Raises:
        ValidationError: there is no such way (code ``unknown_way``).
        Person.DoesNotExist: nobody, or somebody whose data were erased.
        PermissionDenied: it is somebody else.
    """
    wishes = turn_reminders(actor=actor, person_id=person_id, wanted=bool(way))
    if not way or way == wishes.reminder_way:
        return wishes
    if way not in ReminderWay.values:
        raise ValidationError(_("Please choose how we remind you."), code="unknown_way")
    wishes.reminder_way = way
    wishes.save(update_fields=["reminder_way"])
    audit.record(actor=actor, verb="notifications.turn_reminders", obj=wishes, details={"way": way})
    return wishes


@transaction.atomic
def turn_poll_mails(*, actor: Actor, person_id: int, wanted: bool) -> MailWishes:
    """Turn questions which date suits a person on or off; the same choice changes nothing.

    Raises:
        Person.DoesNotExist: nobody, or somebody whose data were erased.
        PermissionDenied: it is somebody else.
    """
    wishes = _locked_wishes(actor, person_id)
    if wanted == (wishes.polls_off_at is None):
        return wishes
    wishes.polls_off_at = None if wanted else clock.now()
    wishes.save(update_fields=["polls_off_at"])
    audit.record(
        actor=actor, verb="notifications.turn_poll_mails", obj=wishes, details={"wanted": wanted}
    )
    return wishes


def _locked_wishes(actor: Actor, person_id: int) -> MailWishes:
    person = Person.objects.select_for_update().get(pk=person_id, erased_at__isnull=True)
    require(actor, "notifications.choose", person)
    wishes, _is_new = MailWishes.objects.get_or_create(person=person)
    return wishes
