"""Many people want the last seats of one car at the same moment."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from miteinander.encounters.activities.enums import ContactWay, MatchStatus, RideKind
from miteinander.encounters.activities.models import RideMatch
from miteinander.encounters.activities.services import rides
from miteinander.encounters.activities.tests.factories import (
    DateFactory,
    RideFactory,
    RideMatchFactory,
)
from miteinander.foundation.core.permissions import SystemActor

pytestmark = [
    pytest.mark.concurrency,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("database_for_threads"),
]
SYSTEM = SystemActor("test")
RIDERS = 12


@pytest.mark.parametrize("seats", [1, 3])
def test_a_car_is_never_oversold_and_fills_up(seats: int) -> None:
    date = DateFactory.create(capacity=50)
    offer = RideFactory.create(date=date, seats=seats)
    matches = [
        RideMatchFactory.create(
            offer=offer,
            wanted=RideFactory.create(date=date, kind=RideKind.WANTED, seats=1),
        )
        for _number in range(RIDERS)
    ]
    start = threading.Barrier(RIDERS)

    def agree(match: RideMatch) -> str:
        start.wait()
        try:
            rides.agree_ride(actor=SYSTEM, match_id=match.pk, shares=ContactWay.EMAIL)
        except ValidationError:
            return "full"
        except Exception as error:  # noqa: BLE001 (whatever it is, the test names it)
            return f"{type(error).__name__}: {error}"
        else:
            return "ride"
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(RIDERS) as pool:
        outcomes = list(pool.map(agree, matches))

    offer.refresh_from_db()
    agreed = RideMatch.objects.filter(status=MatchStatus.AGREED).count()
    assert set(outcomes) == {"ride", "full"}
    assert outcomes.count("ride") == agreed == offer.taken_there == offer.taken_back == seats
    assert not RideMatch.objects.filter(status=MatchStatus.ASKED).exists()
