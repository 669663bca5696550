import json
from datetime import timedelta
from functools import partial
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.forms.models import model_to_dict

from miteinander.community.people import queries, services
from miteinander.community.people.messages import PersonErased, SessionsEnded
from miteinander.community.people.models import Person
from miteinander.community.people.services import Profile
from miteinander.community.people.tests.factories import (
    AdministratorFactory,
    GuestFactory,
    PersonFactory,
    SpokenLanguageFactory,
)
from miteinander.community.regions.tests.factories import RegionFactory
from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor()


def session_of(person: Person) -> str:
    store: Any = import_module(settings.SESSION_ENGINE).SessionStore()
    store.create()
    UserSession.objects.create(user=person, session_key=store.session_key, ip="127.0.0.1")
    return str(store.session_key)


def passkey_of(person: Person) -> Authenticator:
    return Authenticator.objects.create(
        user=person, type="webauthn", data={"name": "K", "credential": {}}
    )


def test_a_person_changes_the_own_profile() -> None:
    person, place = PersonFactory.create(), RegionFactory.create()

    services.change_profile(
        actor=person,
        person_id=person.pk,
        profile=Profile(
            name="Amal", phone="+49561123456", municipality=place, language="ar", background="local"
        ),
    )

    person.refresh_from_db()
    assert (person.name, person.phone, person.municipality) == ("Amal", "+49561123456", place)
    assert (person.language, person.background) == ("ar", "local")
    assert AuditEntry.objects.get().verb == "people.change"


def test_a_telephone_of_somebody_else_is_refused_and_nothing_changes() -> None:
    PersonFactory.create(phone="+49561123456")
    person = PersonFactory.create(name="Amal")

    with pytest.raises(ValidationError):
        services.change_profile(
            actor=person, person_id=person.pk, profile=Profile(name="B", phone="+49561123456")
        )

    assert model_to_dict(Person.objects.get(pk=person.pk)) == model_to_dict(person)


@pytest.mark.parametrize("make", [PersonFactory.create, AdministratorFactory.create])
def test_nobody_else_changes_a_profile(make: Any) -> None:
    person = PersonFactory.create()

    with pytest.raises(PermissionDenied):
        services.change_profile(actor=make(), person_id=person.pk, profile=Profile(name="B"))
    with pytest.raises(PermissionDenied):
        services.add_spoken_language(actor=make(), person_id=person.pk, language="ar", level="a1")
    with pytest.raises(PermissionDenied):
        services.remove_spoken_language(actor=make(), person_id=person.pk, language="ar")

    assert model_to_dict(Person.objects.get(pk=person.pk)) == model_to_dict(person)
    assert not person.spoken_languages.exists()


def test_a_language_is_listed_once_with_its_newest_level() -> None:
    person = PersonFactory.create()

    services.add_spoken_language(actor=person, person_id=person.pk, language="ar", level="a1")
    services.add_spoken_language(actor=person, person_id=person.pk, language="ar", level="c1")

    assert [(row.language, row.level) for row in queries.spoken_by(person)] == [("ar", "c1")]

    services.remove_spoken_language(actor=person, person_id=person.pk, language="ar")

    assert queries.spoken_by(person) == []


def test_an_unknown_language_is_refused() -> None:
    person = PersonFactory.create()

    with pytest.raises(ValidationError):
        services.add_spoken_language(actor=person, person_id=person.pk, language="xx", level="a1")

    assert not person.spoken_languages.exists()


def test_all_other_sessions_end_and_the_kept_one_stays() -> None:
    person, other = PersonFactory.create(), PersonFactory.create()
    kept, ended, foreign = session_of(person), session_of(person), session_of(other)

    assert services.end_sessions(actor=person, person_id=person.pk, keep=kept) == 1

    assert set(Session.objects.values_list("session_key", flat=True)) == {kept, foreign}
    assert not UserSession.objects.filter(session_key=ended).exists()


def test_a_session_of_somebody_else_does_not_end() -> None:
    person, other = PersonFactory.create(), PersonFactory.create()
    session_of(other)
    foreign = UserSession.objects.get()

    assert services.end_session(actor=person, person_id=person.pk, session_id=foreign.pk) == 0
    with pytest.raises(PermissionDenied):
        services.end_session(actor=person, person_id=other.pk, session_id=foreign.pk)
    with pytest.raises(PermissionDenied):
        services.end_sessions(actor=person, person_id=other.pk)

    assert Session.objects.count() == 1


def test_a_passkey_is_added_and_removed_by_its_owner_only() -> None:
    person, other = PersonFactory.create(), PersonFactory.create()

    passkey = services.add_passkey(
        actor=person, person_id=person.pk, name=" My  key ", credential={}
    )
    assert [row.name for row in queries.passkeys(actor=person)] == ["My key"]

    services.remove_passkey(actor=other, person_id=other.pk, passkey_id=passkey.pk)
    assert Authenticator.objects.count() == 1

    services.remove_passkey(actor=person, person_id=person.pk, passkey_id=passkey.pk)
    assert not Authenticator.objects.exists()


def test_switching_off_ends_all_sessions_and_can_be_undone() -> None:
    administrator, person = AdministratorFactory.create(), PersonFactory.create()
    session_of(person)

    services.disable_person(actor=administrator, person_id=person.pk, reason="asked")

    person.refresh_from_db()
    assert not person.is_active
    assert not Session.objects.exists()

    services.enable_person(actor=administrator, person_id=person.pk)

    person.refresh_from_db()
    assert person.is_active


def test_nobody_switches_themselves_or_others_off() -> None:
    administrator, person = AdministratorFactory.create(), PersonFactory.create()

    for actor, target in [(administrator, administrator), (person, administrator)]:
        with pytest.raises(PermissionDenied):
            services.disable_person(actor=actor, person_id=target.pk, reason="asked")

    assert Person.objects.filter(is_active=True).count() == 2


def test_an_erased_person_stays_switched_off() -> None:
    person = PersonFactory.create()
    services.erase_person(actor=SYSTEM, person_id=person.pk)

    with pytest.raises(ValidationError):
        services.enable_person(actor=SYSTEM, person_id=person.pk)


def test_erasing_leaves_an_empty_row_and_its_background(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    monkeypatch.setattr(bus, "publish", told.append)
    person = PersonFactory.create(
        phone="+49561123456", municipality=RegionFactory.create(), background="newcomer"
    )
    SpokenLanguageFactory.create(person=person)
    EmailAddress.objects.create(user=person, email=person.email, verified=True)
    passkey_of(person)
    session_of(person)

    services.erase_person(actor=person, person_id=person.pk)
    services.erase_person(actor=SYSTEM, person_id=person.pk)

    person.refresh_from_db()
    assert (person.name, person.email, person.phone, person.municipality) == ("", None, None, None)
    assert (person.background, person.is_active, person.last_login) == ("newcomer", False, None)
    assert person.erased_at is not None
    assert [type(one) for one in told] == [PersonErased, SessionsEnded]
    for model in (EmailAddress, Authenticator, UserSession, Session):
        assert not model._default_manager.exists()
    assert not person.spoken_languages.exists()
    assert AuditEntry.objects.get().verb == "people.erase"


def test_nobody_erases_somebody_else() -> None:
    person = PersonFactory.create()

    for actor in (PersonFactory.create(), AnonymousUser()):
        with pytest.raises(PermissionDenied):
            services.erase_person(actor=actor, person_id=person.pk)

    person.refresh_from_db()
    assert person.erased_at is None


@pytest.mark.parametrize(
    "service",
    [
        services.erase_person,
        partial(services.disable_person, reason="asked"),
        services.dismiss_administrator,
    ],
)
def test_the_last_administrator_stays(service: Any) -> None:
    administrator = AdministratorFactory.create()

    with pytest.raises(ValidationError):
        service(actor=SYSTEM, person_id=administrator.pk)

    administrator.refresh_from_db()
    assert administrator.is_active
    assert administrator.is_administrator


def test_an_administrator_appoints_and_dismisses_another() -> None:
    administrator, person = AdministratorFactory.create(), PersonFactory.create()

    services.appoint_administrator(actor=administrator, person_id=person.pk)
    person.refresh_from_db()
    assert person.is_administrator

    services.dismiss_administrator(actor=administrator, person_id=person.pk)
    person.refresh_from_db()
    assert not person.is_administrator


def test_a_guest_is_not_appointed() -> None:
    guest = GuestFactory.create()

    with pytest.raises(PermissionDenied):
        services.appoint_administrator(actor=AdministratorFactory.create(), person_id=guest.pk)

    guest.refresh_from_db()
    assert not guest.is_administrator


def test_only_people_nobody_has_heard_of_for_two_years_are_erased(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = clock.now()
    old = now - timedelta(days=731)
    idle = PersonFactory.create(created_at=old, last_login=old)
    guest = GuestFactory.create(created_at=old)
    back = PersonFactory.create(created_at=old, last_login=now - timedelta(days=3))
    taking_part = GuestFactory.create(created_at=old)
    AdministratorFactory.create(created_at=old)
    monkeypatch.setattr(queries, "_TRACES", [lambda _ids, _since: {taking_part.pk}])

    assert services.erase_idle(actor=SYSTEM, now=now) == 2

    erased = set(Person.objects.filter(erased_at__isnull=False))
    assert erased == {idle, guest}
    assert back not in erased


def test_sessions_that_ran_out_and_their_devices_go() -> None:
    person = PersonFactory.create()
    kept, ended = session_of(person), session_of(person)
    Session.objects.filter(pk=ended).update(expire_date=clock.now() - timedelta(days=1))

    services.clear_ended_sessions(actor=SYSTEM, now=clock.now())

    assert list(UserSession.objects.values_list("session_key", flat=True)) == [kept]


def test_the_export_tells_everything_and_only_its_person_gets_it() -> None:
    person = PersonFactory.create(name="Амаль", phone="+49561123456")
    SpokenLanguageFactory.create(person=person, language="uk")
    session_of(person)
    passkey_of(person)

    told = json.loads(queries.export_of(actor=person, person=person))["person"]

    assert (told["name"], told["email"], told["phone"]) == ("Амаль", person.email, "+49561123456")
    assert told["spoken_languages"] == [{"language": "uk", "level": "b1"}]
    assert told["devices"][0]["ip"] == "127.0.0.1"
    assert told["passkeys"][0]["name"] == "K"
    for actor in (PersonFactory.create(), AdministratorFactory.create(), AnonymousUser()):
        with pytest.raises(PermissionDenied):
            queries.export_of(actor=actor, person=person)


@pytest.mark.parametrize("amount", [1, 5])
def test_lists_take_one_query_however_long(amount: int, django_assert_num_queries: Any) -> None:
    person = PersonFactory.create()
    for language in ("ar", "fa", "uk", "ru", "tr")[:amount]:
        SpokenLanguageFactory.create(person=person, language=language)
        session_of(person)
        passkey_of(person) if amount == 1 else None

    with django_assert_num_queries(3):
        assert len(queries.spoken_by(person)) == amount
        assert len(queries.devices(actor=person, current="")) == amount
        queries.passkeys(actor=person)


def test_the_console_exports_and_erases() -> None:
    person, out = PersonFactory.create(email="amal@example.org"), StringIO()

    call_command("export_person", "Amal@example.org", stdout=out)
    call_command("erase_person", "amal@example.org", "--yes", stdout=out)

    assert "amal@example.org" in out.getvalue()
    person.refresh_from_db()
    assert person.erased_at is not None
    assert [row.verb for row in AuditEntry.objects.order_by("pk")] == [
        "people.export",
        "people.erase",
    ]


def test_the_console_exports_into_a_file(tmp_path: Path) -> None:
    person = PersonFactory.create(name="Амаль")

    call_command("export_person", person.email, "--output", str(tmp_path / "data.json"))

    assert json.loads((tmp_path / "data.json").read_text())["person"]["name"] == "Амаль"


@pytest.mark.parametrize("command", ["export_person", "erase_person"])
def test_the_console_says_when_nobody_is_found(command: str) -> None:
    with pytest.raises(CommandError):
        call_command(command, "nobody@example.org")


def test_the_console_erases_only_after_yes(monkeypatch: pytest.MonkeyPatch) -> None:
    person = PersonFactory.create()
    monkeypatch.setattr("builtins.input", lambda _prompt: "no")

    with pytest.raises(CommandError):
        call_command("erase_person", person.email)

    person.refresh_from_db()
    assert person.erased_at is None
