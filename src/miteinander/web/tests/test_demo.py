import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client, override_settings
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

from miteinander.community.organisations.models import Organisation
from miteinander.community.people.models import Person
from miteinander.community.regions.models import Region
from miteinander.cooperation.guides.models import Assignment, Guide, GuideRequest
from miteinander.encounters.activities.enums import (
    ActivityStatus,
    DateStatus,
    ParticipationStatus,
    Setting,
    SignUpWay,
)
from miteinander.encounters.activities.models import (
    Activity,
    ActivityDate,
    Participation,
    SchoolHoliday,
)
from miteinander.encounters.activities.services.seats.proof import broken_promises
from miteinander.foundation.core import clock
from miteinander.web.demo import ROLES, demo_person, facts
from miteinander.web.demo.build import build_demo
from miteinander.web.demo.stops import STOPS, address_of

pytestmark = pytest.mark.django_db


def picture() -> list[tuple[object, ...]]:
    """What makes two demo districts the same."""
    rows = ActivityDate.objects.order_by("starts_at", "activity__organisation__name", "pk")
    return [
        (row.starts_at, row.capacity, row.seats_taken, row.status, row.activity.organisation.name)
        for row in rows.select_related("activity__organisation")
    ]


@pytest.fixture(scope="class")
def _district(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The whole district, built once for a class, in one transaction around those of the tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        translation.activate("de")
        build_demo(today=clock.today())
        yield
        transaction.set_rollback(True)


@pytest.mark.process  # as long as a start: it builds the whole district
@pytest.mark.usefixtures("_district")
class TestDistrict:
    """What somebody meets who opens the demo."""

    def test_the_demo_district_is_as_large_and_varied_as_promised(self) -> None:
        assert Region.objects.filter(kind="municipality").count() == 28
        assert Region.objects.filter(kind="unincorporated").count() == 1
        assert Organisation.objects.count() >= 12
        assert Person.objects.count() >= 40
        assert Activity.objects.count() >= 60
        assert set(ActivityStatus.values) - {"hidden"} <= set(
            Activity.objects.values_list("status", flat=True)
        )
        dates = ActivityDate.objects.all()
        assert dates.filter(status=DateStatus.CANCELLED).exists()
        assert any(row.seats_left == 0 for row in dates)
        assert Participation.objects.filter(presence="present").exists()
        assert Guide.objects.count() >= 20
        assert Assignment.objects.filter(status="happened").count() >= 5
        assert Assignment.objects.filter(status="agreed").exists()
        assert GuideRequest.objects.filter(status="unfilled").exists()
        for role in ROLES[1:]:
            assert demo_person(role.slug) is not None

    def test_every_way_to_a_seat_is_to_be_seen(self) -> None:
        now = clock.now()
        samira = demo_person("participant")
        assert samira is not None

        coming = ActivityDate.objects.filter(starts_at__gt=now)
        mixed = [date for date in coming.filter(kept_newcomer__gt=0) if date.seats_left]
        assert any(date.kept_newcomer == date.taken_newcomer for date in mixed)
        assert any(date.kept_local > date.taken_local for date in mixed)
        own = {row.status: row for row in Participation.objects.filter(person=samira)}
        offer = own[ParticipationStatus.OFFERED]
        assert offer.offered_until is not None
        assert offer.offered_until > now
        assert own[ParticipationStatus.APPLIED].date.drawn_at is None
        drawn = coming.get(drawn_at__isnull=False)
        ranks = drawn.participations.filter(draw_rank__isnull=False)
        assert ranks.filter(person=samira).exists()
        assert ranks.filter(status=ParticipationStatus.WAITING).exists()
        by_hand = coming.get(activity__has_offers_by_hand=True)
        assert by_hand.seats_left
        assert by_hand.participations.filter(status=ParticipationStatus.WAITING).exists()
        requests = Participation.objects.filter(status=ParticipationStatus.REQUESTED)
        assert requests.exclude(answer="").count() == requests.count() > 0
        assert Participation.objects.filter(way=SignUpWay.BEHALF, course_key="").count() == 2
        assert Participation.objects.filter(companions__gt=0, children__gt=0).exists()
        assert Activity.objects.filter(setting=Setting.WOMEN).exists()
        assert Activity.objects.filter(min_age__isnull=False).exists()
        second = ActivityDate.objects.get(activity__required__isnull=False)
        assert second.participations.filter(status=ParticipationStatus.SIGNED_UP).count() > 2
        assert SchoolHoliday.objects.filter(last_day__year=2027).exists()
        assert broken_promises(now=now) == []

    def test_every_stop_is_there_and_opens_for_its_role(self, client: Client) -> None:
        for stop in STOPS:
            client.logout()
            person = demo_person(stop.role)
            if person is not None:
                client.force_login(person)
            address = address_of(stop.role, stop.slug, person)
            assert address, stop.slug
            assert client.get(address).status_code == 200, stop.slug
            assert address_of("nobody", stop.slug, person) == ""


@pytest.mark.process
def test_the_same_day_gives_the_same_district() -> None:
    pictures = []
    for _round in range(2):
        with transaction.atomic():
            build_demo(today=clock.today())
            pictures.append(picture())
            transaction.set_rollback(True)

    assert pictures[0] == pictures[1]


def test_every_version_belongs_to_an_occasion() -> None:
    titles = {row["title"] for row in facts.occasions()}

    for language, texts in facts.versions().items():
        assert set(texts) <= titles, language


def test_outside_demo_mode_the_demo_does_not_exist(client: Client) -> None:
    assert client.get("/de/demo/").status_code == 404
    assert client.post("/de/demo/administrator/").status_code == 404
    with pytest.raises(CommandError):
        call_command("demo")
    assert not Person.objects.exists()


@override_settings(DEMO=True)
def test_the_demo_leaves_data_alone() -> None:
    Person.objects.create(name="Somebody")

    call_command("demo")

    assert Person.objects.count() == 1


@pytest.mark.process
@pytest.mark.parametrize(("demo", "status"), [("1", 200), ("", 404)])
def test_the_addresses_of_the_demo_depend_on_the_mode(
    tmp_path: Path, demo: str, status: int
) -> None:
    code = (
        "import django; django.setup()\n"
        "from django.core.management import call_command\n"
        "call_command('migrate', verbosity=0)\n"
        "from django.test import Client\n"
        "print(Client(headers={'host': 'localhost'}).get('/de/demo/').status_code)"
    )
    variables = {
        "PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "DEMO": demo,
        "SECRET_KEY": "x" * 50, "DJANGO_SETTINGS_MODULE": "miteinander.config.settings_test",
        "PYTHONPATH": os.pathsep.join(sys.path), "LOG_LEVEL": "ERROR",
    }  # fmt: skip

    done = subprocess.run(  # noqa: S603 (our own code)
        [sys.executable, "-c", code], env=variables, capture_output=True, text=True, check=True
    )

    assert done.stdout.split()[-1] == str(status)
