"""Random sequences of everything that can happen to seats, against a simple model."""

from collections.abc import Iterator

import pytest

from miteinander.encounters.activities.tests.seat_faults import FAULTS, planted
from miteinander.encounters.activities.tests.seat_play import Broken, Stage, play, quiet

pytestmark = [pytest.mark.django_db, pytest.mark.play]
SOME, MOST = 25, 60


@pytest.fixture
def stage() -> Iterator[Stage]:
    made = Stage()
    with quiet():
        yield made


def test_seats_follow_the_model_whatever_happens(stage: Stage) -> None:
    for seed in range(SOME):
        play(stage, seed)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_was_planted_is_found(stage: Stage, fault: str) -> None:
    def play_on() -> None:
        for seed in range(MOST):
            play(stage, seed)

    with planted(fault), pytest.raises(Broken):
        play_on()
