"""The subject of a mail never tells the title of a meeting in a protected setting."""

from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest

from miteinander.community.organisations.tests.factories import OrganisationFactory
from miteinander.encounters.activities.enums import (
    ActivityStatus,
    CoHostStatus,
    DateStatus,
    MatchStatus,
    OfferStatus,
    ParticipationStatus,
    PollStatus,
    Presence,
    RideKind,
    Role,
    Setting,
)
from miteinander.encounters.activities.models import (
    ActivityDate,
    CoHost,
    RoleOffer,
    RoleWanted,
)
from miteinander.encounters.activities.tests.factories import (
    ActivityFactory,
    DateFactory,
    ParticipationFactory,
    PollAnswerFactory,
    PollFactory,
    RideFactory,
    RideMatchFactory,
)
from miteinander.foundation.core import clock
from miteinander.foundation.core.models import Instance
from miteinander.outward.notifications.enums import LetterKind as Kind
from miteinander.outward.notifications.mails.compose import COMPOSERS, compose
from miteinander.outward.notifications.mails.mail import Mail
from miteinander.outward.notifications.models import Letter

pytestmark = pytest.mark.django_db
TITLE = "Nähen für Frauen"
State = ParticipationStatus
Told = dict[str, Any]
# Letters about no meeting from modules that read titles for others.
ABOUT_NO_MEETING = {Kind.INVITED, Kind.FEEDBACK}


def activity_in(setting: str, **more: Any) -> Any:
    return ActivityFactory.create(setting=setting, parts={"title": TITLE}, **more)


def date_in(setting: str, **more: Any) -> ActivityDate:
    date: ActivityDate = DateFactory.create(activity=activity_in(setting), **more)
    return date


def seat(state: str, **told: Any) -> Callable[[str], Told]:
    def build(setting: str) -> Told:
        is_offered = state == State.OFFERED
        until = clock.now() + timedelta(hours=9) if is_offered else None
        row = ParticipationFactory.create(date=date_in(setting), status=state, offered_until=until)
        start = row.date.starts_at.isoformat()
        return {"participation": row.pk, "starts_at": start, "hours": 48, **told}

    return build


def cancelled(setting: str) -> Told:
    date = date_in(setting)
    row = ParticipationFactory.create(date=date)
    ActivityDate.objects.filter(pk=date.pk).update(
        status=DateStatus.CANCELLED, cancelled_at=clock.now()
    )
    return {"participation": row.pk}


def soon(setting: str) -> Told:
    row = ParticipationFactory.create(
        date=date_in(setting, starts_at=clock.now() + timedelta(hours=47))
    )
    return {"participation": row.pk, "starts_at": row.date.starts_at.isoformat(), "hours": 48}


def over(setting: str) -> Told:
    begin = clock.now() - timedelta(hours=5)
    date = date_in(setting, starts_at=begin)
    return {"participation": ParticipationFactory.create(date=date, presence=Presence.PRESENT).pk}


def poll(status: str, *, decided: bool = False) -> Callable[[str], Told]:
    def build(setting: str) -> Told:
        activity = activity_in(setting)
        date = DateFactory.create(activity=activity) if decided else None
        row = PollFactory.create(activity=activity, status=status, date=date)
        answer = PollAnswerFactory.create(poll=row)
        return {"poll": row.pk, "answer": answer.pk, "person": answer.person_id}

    return build


def ride(status: str) -> Callable[[str], Told]:
    def build(setting: str) -> Told:
        offer = RideFactory.create(date=date_in(setting))
        match = RideMatchFactory.create(
            offer=offer,
            wanted=RideFactory.create(date=offer.date, kind=RideKind.WANTED, seats=1),
            status=status,
            driver_shares="email",
        )
        return {"match": match.pk, "ride": offer.pk, "reason": "moved"}

    return build


def planned(status: str) -> Callable[[str], Told]:
    return lambda setting: {
        "activity": activity_in(setting, status=status, question="Wann genau?").pk
    }


def together(status: str) -> Callable[[str], Told]:
    def build(setting: str) -> Told:
        row = CoHost.objects.create(
            activity=activity_in(setting), organisation=OrganisationFactory.create(),
            status=status, asked_at=clock.now(),
        )  # fmt: skip
        return {"co_host": row.pk, "status": status}

    return build


def helper(status: str, *, is_off: bool = False) -> Callable[[str], Told]:
    def build(setting: str) -> Told:
        date = date_in(setting, starts_at=clock.now() + timedelta(hours=47))
        wanted = RoleWanted.objects.create(date=date, role=Role.COOK, wanted=1)
        row = RoleOffer.objects.create(
            date=date, wanted=wanted, person=ParticipationFactory.create().person, token=Role.COOK,
            language="de", way="guest", status=status, offered_at=clock.now(),
        )  # fmt: skip
        if is_off:
            ActivityDate.objects.filter(pk=date.pk).update(status=DateStatus.CANCELLED)
        start = date.starts_at.isoformat()
        return {"offer": row.pk, "sequence": date.sequence, "starts_at": start, "hours": 48}

    return build


BUILT: dict[str, Callable[[str], Told]] = {
    Kind.SEAT_CONFIRMED: seat(State.SIGNED_UP),
    Kind.SEAT_GIVEN_BACK: seat(State.GIVEN_BACK),
    Kind.SEAT_ASKED_FOR: seat(State.WAITING, status=State.WAITING.value),
    Kind.SEAT_OFFERED: seat(State.OFFERED),
    Kind.OFFER_LAPSED: seat(State.LAPSED),
    Kind.SEAT_REFUSED: seat(State.REFUSED),
    Kind.PARTY_CHANGED: seat(State.SIGNED_UP),
    Kind.DATE_CHANGED: seat(State.SIGNED_UP),
    Kind.DATE_CANCELLED: cancelled,
    Kind.REMINDER: soon,
    Kind.ORGANISER_WORDS: seat(State.SIGNED_UP, words="Bis bald", written_in="de"),
    Kind.FEEDBACK_WANTED: over,
    Kind.POLL_INVITED: poll(PollStatus.OPEN),
    Kind.POLL_ANSWERED: poll(PollStatus.OPEN),
    Kind.POLL_CLOSED: poll(PollStatus.OPEN),
    Kind.POLL_DECIDED: poll(PollStatus.DECIDED, decided=True),
    Kind.POLL_STOPPED: poll(PollStatus.STOPPED),
    Kind.RIDE_ASKED: ride(MatchStatus.ASKED),
    Kind.RIDE_AGREED: ride(MatchStatus.AGREED),
    Kind.RIDE_DECLINED: ride(MatchStatus.ASKED),
    Kind.RIDE_ENDED: ride(MatchStatus.ASKED),
    Kind.APPROVAL_WANTED: planned(ActivityStatus.AWAITING_APPROVAL),
    Kind.APPROVED: planned(ActivityStatus.PUBLISHED),
    Kind.ASKED_BACK: planned(ActivityStatus.DRAFT),
    Kind.CO_HOST_ASKED: together(CoHostStatus.ASKED),
    Kind.CO_HOST_ANSWERED: together(CoHostStatus.AGREED),
    Kind.CO_HOST_ENDED: together(CoHostStatus.ENDED),
    Kind.ROLE_OFFERED: helper(OfferStatus.OFFERED),
    Kind.ROLE_ASKED: helper(OfferStatus.OFFERED),
    Kind.ROLE_CONFIRMED: helper(OfferStatus.CONFIRMED),
    Kind.ROLE_DECLINED: helper(OfferStatus.DECLINED),
    Kind.ROLE_WITHDRAWN: helper(OfferStatus.WITHDRAWN),
    Kind.HELPER_REMINDER: helper(OfferStatus.CONFIRMED),
    Kind.HELPER_CHANGED: helper(OfferStatus.CONFIRMED),
    Kind.HELPER_CANCELLED: helper(OfferStatus.CONFIRMED, is_off=True),
}


def mail_of(kind: str, setting: str) -> Mail:
    Instance.objects.update_or_create(pk=1, defaults={"name": "Miteinander"})
    letter = Letter(
        key=f"{kind}:1:1:1", kind=kind, language="en", context=BUILT[kind](setting),
        created_at=clock.now(),
    )  # fmt: skip
    mail = compose(letter)
    assert mail is not None
    return mail


def reads_titles(kind: str) -> bool:
    """Whether the words of a kind come from a module that can read the title of a meeting."""
    return "read" in vars(import_module(COMPOSERS[kind].__module__))


def test_every_kind_of_letter_is_looked_at() -> None:
    assert {kind for kind in COMPOSERS if reads_titles(kind)} == BUILT.keys() | ABOUT_NO_MEETING


@pytest.mark.parametrize("kind", BUILT)
def test_the_subject_of_a_protected_meeting_is_neutral(kind: str) -> None:
    mail = mail_of(kind, Setting.WOMEN)

    assert TITLE not in mail.subject + mail.lead
    assert "Miteinander" in mail.subject
    assert mail.heading is not None
    assert mail.heading.text == TITLE


@pytest.mark.parametrize("kind", BUILT)
def test_the_subject_of_any_other_meeting_names_it(kind: str) -> None:
    assert TITLE in mail_of(kind, "").subject
