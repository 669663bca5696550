"""Which row every service of this app locks first."""

from miteinander.community.people.models import Person


def locked(person_id: int) -> Person:
    """Return the person's row, locked until the transaction ends."""
    return Person.objects.select_for_update().get(pk=person_id)
