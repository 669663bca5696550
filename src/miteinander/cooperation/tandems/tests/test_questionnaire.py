"""The questions: kept at once, gone on with anywhere, and a talk before the pool."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from miteinander.community.organisations.tests.factories import CoordinatorRoleFactory
from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import PersonFactory, SpokenLanguageFactory
from miteinander.community.regions.models import Region
from miteinander.community.regions.tests.factories import DistrictFactory
from miteinander.cooperation.tandems.enums import SeekerStatus
from miteinander.cooperation.tandems.models import Seeker
from miteinander.cooperation.tandems.services import questionnaire, seekers
from miteinander.cooperation.tandems.services.questionnaire import KEYS
from miteinander.cooperation.tandems.services.seekers import Talk
from miteinander.cooperation.tandems.tests.factories import SeekerFactory, refused
from miteinander.foundation.core import clock

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def answers(town: Region) -> dict[str, dict[str, Any]]:
    """Return what the browser sends for each question."""
    return {
        "wants": {"wants": ["cook", "language"]},
        "gives": {"gives": ["walk"]},
        "speaks": {"speaks": ["ar", "de"]},
        "practises": {"practises": ["de"]},
        "times": {"times": ["0-2", "5-1"]},
        "ways": {"ways": ["person"]},
        "place": {"municipality": town.pk, "reach_km": "10"},
        "you": {"birth_year": "1991", "gender": "woman"},
        "whom": {"gender_wish": "women", "age_from": "20", "age_to": "60"},
        "kinds": {"families_are_fine": "on"},
        "side": {"side": "newcomer"},
        "rules": {"accepts": "on", "hides_address": "on"},
    }


@pytest.fixture
def person() -> Person:
    found: Person = PersonFactory.create()
    return found


@pytest.fixture
def browser(person: Person, client: Client) -> Client:
    client.force_login(person, backend=BACKEND)
    return client


def test_all_questions_lead_to_the_wait_for_a_talk(
    browser: Client, person: Person, town: Region
) -> None:
    answer = browser.post("/de/tandems/begin/")
    for key in KEYS:
        assert answer["Location"] == f"/de/tandems/questions/{key}/"
        assert browser.get(answer["Location"]).status_code == 200
        answer = browser.post(answer["Location"], answers(town)[key])
        assert answer.status_code == 302, answer.context["form"].errors

    assert answer["Location"] == "/de/tandems/mine/"
    seeker = Seeker.objects.get(person=person)
    person.refresh_from_db()
    assert (seeker.status, seeker.wants, seeker.age_to) == ("talk", ["cook", "language"], 60)
    assert person.background == "newcomer"
    assert seeker.rules_accepted_at is not None
    assert browser.get("/de/tandems/mine/").context["fitting"] == 0


def test_another_device_goes_on_at_the_first_open_question(
    browser: Client, person: Person, town: Region
) -> None:
    browser.post("/de/tandems/begin/")
    browser.post("/de/tandems/questions/wants/", answers(town)["wants"])
    browser.post("/de/tandems/questions/gives/", answers(town)["gives"])

    elsewhere = Client()
    elsewhere.force_login(person, backend=BACKEND)

    assert elsewhere.post("/de/tandems/begin/")["Location"] == "/de/tandems/questions/speaks/"
    form = elsewhere.get("/de/tandems/questions/wants/").context["form"]
    assert form.initial == {"wants": ["cook", "language"]}


def test_going_back_loses_nothing(browser: Client, town: Region) -> None:
    browser.post("/de/tandems/begin/")
    for key in ("wants", "gives", "speaks"):
        browser.post(f"/de/tandems/questions/{key}/", answers(town)[key])
    browser.post("/de/tandems/questions/wants/", {"wants": ["walk"]})

    assert Seeker.objects.get().step == "practises"
    assert Seeker.objects.get().wants == ["walk"]


def test_who_practises_nothing_is_not_asked_which_language(person: Person) -> None:
    seeker = SeekerFactory.create(person=person, wants=["cook"])

    assert questionnaire.next_key(seeker, "speaks") == "times"
    seeker.wants = ["language"]
    assert questionnaire.next_key(seeker, "speaks") == "practises"


def test_who_has_no_name_yet_is_asked_for_one(
    browser: Client, person: Person, town: Region
) -> None:
    Person.objects.filter(pk=person.pk).update(name="")
    seeker = SeekerFactory.create(person=person, birth_year=None, talked_on=None, status="draft")
    sent = answers(town)["you"]

    assert "name" in browser.post("/de/tandems/questions/you/", sent).context["form"].errors
    browser.post("/de/tandems/questions/you/", sent | {"name": " Ilse  Muster "})

    person.refresh_from_db()
    seeker.refresh_from_db()
    assert (person.name, seeker.birth_year) == ("Ilse Muster", 1991)
    assert "name" not in browser.get("/de/tandems/questions/you/").context["form"].fields


def test_profile_and_languages_are_where_the_answers_begin(town: Region) -> None:
    known = PersonFactory.create(municipality=town)
    SpokenLanguageFactory.create(person=known, language="ar")

    seeker = questionnaire.begin(actor=known)

    assert (seeker.municipality, seeker.speaks) == (town, ["ar"])
    assert questionnaire.begin(actor=known).pk == seeker.pk


@pytest.mark.parametrize(
    ("key", "sent", "field"),
    [
        ("wants", {"wants": []}, "wants"),
        ("wants", {"wants": ["money"]}, "wants"),
        ("speaks", {"speaks": ["klingon"]}, "speaks"),
        ("times", {"times": ["9-9"]}, "times"),
        ("you", {"birth_year": "1066", "gender": ""}, "birth_year"),
        ("you", {"birth_year": "2025", "gender": ""}, "birth_year"),
        ("you", {"birth_year": "not a year", "gender": ""}, "birth_year"),
        ("whom", {"age_from": "60", "age_to": "20"}, "__all__"),
        ("whom", {"age_from": "-1"}, "age_from"),
        ("rules", {"accepts": ""}, "accepts"),
        ("place", {"municipality": "", "reach_km": "10"}, "municipality"),
        ("place", {"municipality": "1", "reach_km": "9999"}, "reach_km"),
    ],
)
def test_bad_answers_are_explained_and_kept_nowhere(
    browser: Client, person: Person, key: str, sent: dict[str, Any], field: str
) -> None:
    SeekerFactory.create(person=person, wants=["walk"])

    answer = browser.post(f"/de/tandems/questions/{key}/", sent)

    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert Seeker.objects.get().wants == ["walk"]


def test_the_last_page_does_not_finish_with_an_open_question(person: Person) -> None:
    seeker = SeekerFactory.create(
        person=person, status=SeekerStatus.DRAFT, gives=[], rules_accepted_at=None
    )

    with refused("open_question"):
        questionnaire.answer_question(
            actor=person, seeker_id=seeker.pk, key="rules", answers={"hides_address": True}
        )

    seeker.refresh_from_db()
    assert seeker.status == SeekerStatus.DRAFT


def test_nobody_answers_for_somebody_else() -> None:
    seeker = SeekerFactory.create()

    with pytest.raises(PermissionDenied):
        questionnaire.answer_question(
            actor=PersonFactory.create(), seeker_id=seeker.pk, key="wants",
            answers={"wants": ["cook"]},
        )  # fmt: skip


def test_only_after_the_talk_somebody_is_in_the_pool(coordinator: Person, town: Region) -> None:
    seeker = SeekerFactory.create(
        status=SeekerStatus.TALK, municipality=town, talked_on=None, waiting_since=None
    )

    seekers.note_talk(actor=coordinator, seeker_id=seeker.pk, talk=Talk())

    seeker.refresh_from_db()
    assert (seeker.status, seeker.talked_by) == (SeekerStatus.READY, coordinator)
    assert seeker.waiting_since is not None


def test_under_18_needs_a_guardian_and_two_adults(coordinator: Person, town: Region) -> None:
    seeker = SeekerFactory.create(
        status=SeekerStatus.TALK, municipality=town, birth_year=clock.today().year - 16
    )

    for talk in (Talk(), Talk(has_consent=True), Talk(has_adults=True)):
        with refused("minor"):
            seekers.note_talk(actor=coordinator, seeker_id=seeker.pk, talk=talk)
    seekers.note_talk(
        actor=coordinator, seeker_id=seeker.pk, talk=Talk(has_consent=True, has_adults=True)
    )

    seeker.refresh_from_db()
    assert seeker.status == SeekerStatus.READY
    assert seeker.guardian_consent_on == seeker.adults_named_on == clock.today()


def test_coordinators_elsewhere_and_the_person_note_no_talk(
    coordinator: Person, town: Region
) -> None:
    elsewhere = CoordinatorRoleFactory.create(region=DistrictFactory.create()).person
    seeker = SeekerFactory.create(status=SeekerStatus.TALK, municipality=town)
    own = SeekerFactory.create(person=coordinator, status=SeekerStatus.TALK, municipality=town)

    for actor, row in ((elsewhere, seeker), (seeker.person, seeker), (coordinator, own)):
        with pytest.raises(PermissionDenied):
            seekers.note_talk(actor=actor, seeker_id=row.pk, talk=Talk())


def test_a_break_and_going_on() -> None:
    seeker = SeekerFactory.create()
    person = seeker.person

    seekers.take_break(actor=person, seeker_id=seeker.pk)
    seeker.refresh_from_db()
    assert seeker.status == SeekerStatus.PAUSED

    seekers.go_on(actor=person, seeker_id=seeker.pk)
    seeker.refresh_from_db()
    assert seeker.status == SeekerStatus.READY

    seekers.leave(actor=person, seeker_id=seeker.pk)
    Seeker.objects.update(talked_on=None)
    seekers.go_on(actor=person, seeker_id=seeker.pk)
    seeker.refresh_from_db()
    assert seeker.status == SeekerStatus.TALK


def test_who_is_held_waits_for_a_coordinator() -> None:
    seeker = SeekerFactory.create(status=SeekerStatus.PAUSED, held_at=clock.now())

    with refused("held"):
        seekers.go_on(actor=seeker.person, seeker_id=seeker.pk)
