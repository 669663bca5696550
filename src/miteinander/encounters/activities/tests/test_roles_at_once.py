"""Two organisers say yes for the last place of a role at the same moment."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections

from miteinander.community.people.tests.factories import PersonFactory
from miteinander.encounters.activities.enums import OfferStatus, Role
from miteinander.encounters.activities.models import RoleOffer, RoleWanted
from miteinander.encounters.activities.services import together
from miteinander.encounters.activities.tests.factories import DateFactory
from miteinander.encounters.activities.tests.planners import planner_of
from miteinander.foundation.core import clock

pytestmark = [
    pytest.mark.concurrency,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("database_for_threads"),
]
ORGANISERS = 8


def test_the_last_place_of_a_role_is_given_once() -> None:
    for _round in range(4):
        date = DateFactory.create(starts_at=clock.now() + timedelta(days=3))
        wanted = RoleWanted.objects.create(date=date, role=Role.COOK, wanted=1)
        planner = planner_of(date.activity.organisation)
        offers = []
        for _number in range(ORGANISERS):
            person = PersonFactory.create()
            made = together.offer_role(
                actor=person, wanted_id=wanted.pk, person_id=person.pk, language="de"
            )
            offers.append(made.offer.pk)
        start = threading.Barrier(ORGANISERS)

        def say_yes(offer_id: int) -> str:
            start.wait()  # noqa: B023 (each round waits for its own threads)
            try:
                together.confirm_role(actor=planner, offer_id=offer_id)  # noqa: B023
            except together.RoleTaken:
                return "taken"
            except Exception as error:  # noqa: BLE001 (whatever it is, the test names it)
                return f"{type(error).__name__}: {error}"
            finally:
                connections["default"].close()
            return "yes"

        with ThreadPoolExecutor(ORGANISERS) as pool:
            outcomes = list(pool.map(say_yes, offers))

        wanted.refresh_from_db()
        confirmed = RoleOffer.objects.filter(date=date, status=OfferStatus.CONFIRMED).count()
        assert set(outcomes) == {"yes", "taken"}
        assert outcomes.count("yes") == confirmed == wanted.confirmed == 1
