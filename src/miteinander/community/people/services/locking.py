"""Which row every service of this app locks first."""

from miteinander.community.people.models import Person


def locked(person_id: int) -> Person:
    """Return the person's row, locked until the transaction ends.

    Its key stays free: a seat or a record that names the person meanwhile need not wait, and
    whoever holds a date never waits for a person who waits for that date.
    """
    return Person.objects.select_for_update(no_key=True).get(pk=person_id)
