"""Going over to another e-mail address, once a code has proven it."""

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from miteinander.community.people.messages import AddressChanged
from miteinander.community.people.models import Person
from miteinander.community.people.queries import rows_that_yield
from miteinander.community.people.services.locking import locked
from miteinander.foundation.audit.services import record
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import Actor, require


@transaction.atomic
def change_address(*, actor: Actor, person_id: int, email: str) -> Person:
    """Let a person be reached and sign in at ``email``; whoever calls this saw the code.

    A row somebody only asked a code for makes room; any other row keeps its address. Publishes
    ``AddressChanged`` while the row still knows the old one; the same address again does nothing.

    Raises:
        ValidationError: it is no address, or belongs to another row (code ``address_taken``).
    """
    person = locked(person_id)
    require(actor, "people.change", person)
    if person.email == email.lower():
        return person
    bus.publish(AddressChanged(person_id=person.pk))
    rows_that_yield(email.lower()).select_for_update().delete()
    person.email, person.mail_failed_at = email.lower(), None
    person.clean_fields()
    _save(person)
    EmailAddress.objects.filter(user=person).delete()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    record(actor=actor, verb="people.change_address", obj=person)
    return person


@transaction.atomic
def note_mail_failure(*, actor: Actor, person_id: int) -> bool:
    """Note that mail to a person does not arrive; tell whether this is news.

    Only when, never why: what a mail server says may hold more than anybody needs to know.
    """
    person = locked(person_id)
    require(actor, "people.note_mail_failure", person)
    if not person.email or person.mail_failed_at is not None:
        return False
    person.mail_failed_at = clock.now()
    person.save(update_fields=["mail_failed_at"])
    record(actor=actor, verb="people.note_mail_failure", obj=person)
    return True


def _save(person: Person) -> None:
    try:
        with transaction.atomic():
            person.save(update_fields=["email", "mail_failed_at"])
    except IntegrityError as error:
        message = _("This address cannot be used for your account. Please take another one.")
        raise ValidationError(message, code="address_taken") from error
