"""Random sequences of taking, giving back and changing seats against a simple model."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miteinander.community.people import services as people
from miteinander.encounters.activities.enums import ParticipationStatus
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.services import seats
from miteinander.encounters.activities.tests.factories import DateFactory
from miteinander.foundation.core.permissions import SystemActor

SYSTEM = SystemActor("test")
NUMBERS = st.integers(0, 4)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("sign_up"), NUMBERS),
        st.tuples(st.just("give_back"), NUMBERS),
        st.tuples(st.just("capacity"), st.integers(1, 5)),
    ),
    max_size=20,
)


def contact(number: int) -> people.Contact:
    return people.Contact(name="Guest", email=f"guest{number}@example.org")


class Model:
    """What should be: a set of people and a number of seats."""

    def __init__(self, date: ActivityDate) -> None:
        self.date, self.capacity = date, date.capacity
        self.held: set[int] = set()

    def sign_up(self, number: int) -> None:
        is_full = len(self.held) >= self.capacity
        try:
            taken = seats.sign_up_guest(
                actor=SYSTEM, date_id=self.date.pk, contact=contact(number), entry="same"
            )
        except seats.AllSeatsTaken:
            assert is_full
            assert number not in self.held
            return
        assert taken.is_new == (number not in self.held)
        assert number in self.held or not is_full
        self.held.add(number)

    def give_back(self, number: int) -> None:
        seat = Participation.objects.filter(person__email=contact(number).email).first()
        if seat is None:
            assert number not in self.held
            return
        seats.give_back(actor=SYSTEM, participation_id=seat.pk)
        self.held.discard(number)

    def change(self, capacity: int) -> None:
        if capacity >= len(self.held):
            ActivityDate.objects.filter(pk=self.date.pk).update(capacity=capacity)
            self.capacity = capacity

    def agrees(self) -> bool:
        self.date.refresh_from_db()
        held = Participation.objects.filter(status=ParticipationStatus.SIGNED_UP)
        emails = set(held.values_list("person__email", flat=True))
        return (
            emails == {contact(number).email for number in self.held}
            and self.date.seats_taken == len(self.held) <= self.date.capacity == self.capacity
        )


@pytest.mark.django_db
@settings(max_examples=60, deadline=None)
@given(steps=STEPS)
def test_seats_follow_the_model_whatever_people_do(
    steps: list[tuple[str, int]],
) -> None:
    Participation.objects.all().delete()
    model = Model(DateFactory.create(capacity=2))
    acts = {"sign_up": model.sign_up, "give_back": model.give_back, "capacity": model.change}

    for name, value in steps:
        acts[name](value)
        assert model.agrees()
