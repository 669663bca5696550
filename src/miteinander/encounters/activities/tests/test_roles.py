"""Roles on a date: wanted, offered, confirmed, and the languages they bring."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from miteinander.community.people import services as people
from miteinander.community.people.tests.factories import PersonFactory, SpokenLanguageFactory
from miteinander.encounters.activities import messages
from miteinander.encounters.activities.enums import OfferStatus, Role
from miteinander.encounters.activities.exports import export_person, heard_of
from miteinander.encounters.activities.models import ActivityDate, RoleOffer, RoleWanted
from miteinander.encounters.activities.permissions import can_decide, decided_by
from miteinander.encounters.activities.queries import public, roles
from miteinander.encounters.activities.queries.criteria import Criteria
from miteinander.encounters.activities.services import privacy, seats, together
from miteinander.encounters.activities.services.together import RoleKey
from miteinander.encounters.activities.tests.factories import DateFactory, ParticipationFactory
from miteinander.encounters.activities.tests.planners import NOW, coordinator, planner_of, told
from miteinander.foundation.core import clock
from miteinander.foundation.core.permissions import SystemActor
from miteinander.outward.exchange import queries as feeds

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")
COOK = RoleKey(Role.COOK)
TIGRINYA = RoleKey(Role.INTERPRETER, "ti", "de")


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.held_at(NOW):
        yield


@pytest.fixture
def date() -> ActivityDate:
    made: ActivityDate = DateFactory.create(starts_at=NOW + timedelta(days=3))
    return made


def want(date: ActivityDate, key: RoleKey = COOK, count: int = 1) -> RoleWanted:
    planner = planner_of(date.activity.organisation)
    together.set_roles(
        actor=planner, activity_id=date.activity_id, date_ids=[date.pk], counts={key: count}
    )
    return RoleWanted.objects.get(date=date, role=key.role, language_a=key.language_a)


def offer(wanted: RoleWanted, **facts: Any) -> RoleOffer:
    person = PersonFactory.create()
    return together.offer_role(
        actor=person, wanted_id=wanted.pk, person_id=person.pk, language="de", **facts
    ).offer


def confirm(given: RoleOffer) -> RoleOffer:
    planner = planner_of(given.date.activity.organisation)
    return together.confirm_role(actor=planner, offer_id=given.pk)


def test_people_offer_and_the_organiser_says_yes_without_taking_a_seat(
    date: ActivityDate, monkeypatch: Any
) -> None:
    wanted = want(date)

    with told(monkeypatch) as heard:
        given = offer(wanted)
        confirm(given)
        confirm(given)

    wanted.refresh_from_db()
    date.refresh_from_db()
    assert (wanted.confirmed, date.seats_taken) == (1, 0)
    assert heard == [
        messages.RoleOffered(given.pk),
        messages.RoleConfirmed(given.pk),
        messages.ActivityChanged(date.activity_id),
    ]


def test_never_more_are_confirmed_than_wanted(date: ActivityDate) -> None:
    wanted = want(date)
    first, second = offer(wanted), offer(wanted)
    confirm(first)

    with pytest.raises(together.RoleTaken):
        confirm(second)
    with pytest.raises(together.RoleTaken):
        offer(wanted)

    second.refresh_from_db()
    assert second.is_offered
    assert RoleOffer.objects.count() == 2


def test_the_database_has_the_last_word(date: ActivityDate) -> None:
    wanted = want(date)

    with pytest.raises(IntegrityError), transaction.atomic():
        RoleWanted.objects.filter(pk=wanted.pk).update(confirmed=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleWanted.objects.create(date=date, role=Role.INTERPRETER, wanted=1)


def test_fewer_than_confirmed_cannot_be_wanted(date: ActivityDate) -> None:
    wanted = want(date, count=2)
    confirm(offer(wanted))

    with pytest.raises(together.TooFewWanted):
        want(date, count=0)

    wanted.refresh_from_db()
    assert wanted.wanted == 2


def test_all_coming_dates_get_the_same_roles_and_the_past_none(date: ActivityDate) -> None:
    later = DateFactory.create(activity=date.activity, starts_at=NOW + timedelta(days=9))
    past = DateFactory.create(activity=date.activity, starts_at=NOW - timedelta(days=9))
    together.set_roles(
        actor=planner_of(date.activity.organisation), activity_id=date.activity_id,
        date_ids=[date.pk, later.pk, past.pk], counts={RoleKey(Role.DRIVER): 2},
    )  # fmt: skip

    assert {row.date_id for row in RoleWanted.objects.all()} == {date.pk, later.pk}


def test_an_interpreter_needs_two_different_languages(date: ActivityDate) -> None:
    with pytest.raises(ValidationError):
        want(date, RoleKey(Role.INTERPRETER, "ar", "ar"))

    assert not RoleWanted.objects.exists()


@pytest.mark.parametrize("was_confirmed", ["confirmed", "only offered"])
def test_who_cannot_help_takes_it_back_and_the_role_is_free(
    date: ActivityDate, was_confirmed: str
) -> None:
    wanted = want(date)
    given = offer(wanted)
    if was_confirmed == "confirmed":
        confirm(given)

    together.withdraw_role(actor=given.person, offer_id=given.pk)
    together.withdraw_role(actor=given.person, offer_id=given.pk)

    wanted.refresh_from_db()
    assert (wanted.confirmed, RoleOffer.objects.get().status) == (0, OfferStatus.WITHDRAWN)
    with pytest.raises(together.NotOffered):
        confirm(given)


def test_a_no_takes_a_yes_back(date: ActivityDate) -> None:
    wanted = want(date)
    given = offer(wanted)
    confirm(given)

    together.decline_role(actor=planner_of(date.activity.organisation), offer_id=given.pk)

    wanted.refresh_from_db()
    assert (wanted.confirmed, RoleOffer.objects.get().status) == (0, OfferStatus.DECLINED)


def test_strangers_and_co_hosts_answer_nobody(date: ActivityDate) -> None:
    given = offer(want(date))

    for step in (together.confirm_role, together.decline_role, together.withdraw_role):
        with pytest.raises(PermissionDenied):
            step(actor=PersonFactory.create(), offer_id=given.pk)

    given.refresh_from_db()
    assert given.is_offered


def test_the_rule_and_its_set_twin_agree(date: ActivityDate) -> None:
    for actor in (PersonFactory.create(), planner_of(date.activity.organisation), coordinator()):
        seen = type(date.activity).objects.filter(decided_by(actor), pk=date.activity_id).exists()
        assert seen == can_decide(actor, date.activity)


def test_a_guest_is_known_again_by_the_same_form_only(date: ActivityDate) -> None:
    wanted = want(date, count=3)
    contact = people.Contact(name="Amal", email="amal@example.org", language="ar")
    first, same, other = (
        together.offer_role_guest(actor=SYSTEM, wanted_id=wanted.pk, contact=contact, entry=entry)
        for entry in ("one", "one", "two")
    )

    assert first.offer == same.offer == other.offer
    assert (first.is_own, same.is_own, other.is_own) == (True, True, False)


def test_nobody_offers_to_help_once_it_has_begun(date: ActivityDate) -> None:
    wanted = want(date)

    with clock.held_at(date.starts_at), pytest.raises(seats.SignUpClosed):
        offer(wanted)

    assert not RoleOffer.objects.exists()


def test_hosts_and_interpreters_bring_languages_and_cooks_none(date: ActivityDate) -> None:
    other = DateFactory.create(activity=date.activity, starts_at=NOW + timedelta(days=9))
    cook = want(date)
    confirm(offer(cook, speaks=["fr"]))
    host = RoleWanted.objects.create(date=date, role=Role.HOST, wanted=1)
    given = offer(host, speaks=["ar", "ar", "xx"])
    assert date.spoken == ["de"]
    confirm(given)
    interpreter = RoleWanted.objects.create(date=date, wanted=1, **TIGRINYA._asdict())
    confirm(offer(interpreter))

    assert ActivityDate.objects.get(pk=date.pk).spoken == ["de", "ar", "ti"]
    assert other.spoken == ["de"]
    criteria = Criteria(language="ti")
    assert list(public.upcoming_dates(actor=SYSTEM, now=NOW, criteria=criteria)) == [date]
    assert list(feeds.dates_spoken_in("ar", NOW)) == [date]
    assert len(feeds.language_feeds(NOW)) == 3
    together.withdraw_role(actor=given.person, offer_id=given.pk)
    assert ActivityDate.objects.get(pk=date.pk).spoken == ["de", "ti"]


def test_the_public_reads_only_which_languages_the_organiser_looks_for(
    date: ActivityDate,
) -> None:
    ParticipationFactory.create(date=date, language="uk")
    wanted = want(date, TIGRINYA)

    assert [one.code for one in roles.looked_for(date, roles.wanted_at(date))] == ["ti"]
    confirm(offer(wanted))
    fresh = ActivityDate.objects.get(pk=date.pk)
    assert roles.looked_for(fresh, roles.wanted_at(fresh)) == []


def test_organisers_read_which_languages_are_missing_without_names(date: ActivityDate) -> None:
    seat = ParticipationFactory.create(date=date, language="de")
    SpokenLanguageFactory.create(person=seat.person, language="ti", level="native")
    SpokenLanguageFactory.create(person=seat.person, language="de", level="a1")
    ParticipationFactory.create(date=date, language="uk")
    both = ParticipationFactory.create(date=date, language="fa")
    SpokenLanguageFactory.create(person=both.person, language="fa", level="native")
    SpokenLanguageFactory.create(person=both.person, language="de", level="b1")

    assert roles.gap_at(date) == ["Tigrinya", "Ukrainisch"]


def test_erasing_or_switching_off_a_person_frees_the_role(date: ActivityDate) -> None:
    wanted = want(date, count=2)
    erased, switched_off = (confirm(offer(wanted)).person for _number in range(2))

    privacy.forget_person(actor=SYSTEM, person_id=erased.pk)
    people.disable_person(actor=SYSTEM, person_id=switched_off.pk, reason="asked")

    wanted.refresh_from_db()
    assert wanted.confirmed == 0
    row = RoleOffer.objects.get(person=erased)
    assert (row.status, row.language, row.speaks) == (OfferStatus.WITHDRAWN, "", [])


def test_offers_are_exported_kept_for_a_year_and_then_deleted(date: ActivityDate) -> None:
    given = confirm(offer(want(date)))

    assert export_person(given.person)["helps"][0]["role"] == "cook"
    assert heard_of([given.person_id], NOW) == {given.person_id}
    privacy.forget_old_participations(actor=SYSTEM, now=NOW + timedelta(days=100))
    assert RoleOffer.objects.exists()
    privacy.forget_old_participations(actor=SYSTEM, now=NOW + timedelta(days=400))
    assert not RoleOffer.objects.exists()
