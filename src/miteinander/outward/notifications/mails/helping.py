"""Mails to people who help on a date, or offered to."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from miteinander.encounters.activities.enums import HELPING, OfferStatus
from miteinander.encounters.activities.models import RoleOffer
from miteinander.encounters.activities.permissions import is_published
from miteinander.foundation.content.queries import Reading, read
from miteinander.foundation.core import clock
from miteinander.outward.notifications.mails import facts
from miteinander.outward.notifications.mails.mail import Attachment, Fact, Link, Mail, Words
from miteinander.outward.notifications.mails.roles import offer_of
from miteinander.outward.notifications.models import Letter
from miteinander.outward.notifications.queries import (
    Ahead,
    has_turned_reminders_off,
    is_timely,
    reminder_key,
)


def _facts(offer: RoleOffer, reading: Reading) -> Iterator[Fact]:
    yield Fact(_("What you do"), Words(offer.wanted.label))
    yield from facts.time_and_place(offer.date)
    if offer.is_confirmed:
        yield facts.join_link(offer.date)
    yield from facts.way_facts(offer.date, reading)


def _mail(letter: Letter, offer: RoleOffer, subject: str, lead: str, **more: object) -> Mail:
    reading = read(offer.date.activity, letter.language)
    values: dict[str, object] = {
        "subject": facts.subject_of(subject, offer.date.activity, reading),
        "lead": lead,
        "heading": facts.heading_of(reading),
        "facts": facts.known(_facts(offer, reading)),
        "notes": (_("You cannot help? Please take it back. Then we look for somebody else."),),
        "link": Link(
            _("See your offer or take it back"),
            settings.SITE_URL + reverse("activities:helper", args=[offer.token]),
        ),
    }
    return Mail(**{**values, **more})  # type: ignore[arg-type]


def _files(letter: Letter, offer: RoleOffer) -> tuple[Attachment, ...]:
    """Attach the calendar file once the organisers said yes."""
    return (facts.helper_file(offer.date, letter.language),) if offer.is_confirmed else ()


def _coming(letter: Letter, *states: str) -> RoleOffer | None:
    """Return the offer while it is in one of ``states`` and the date still takes place."""
    offer = offer_of(letter)
    if offer is None or offer.status not in states:
        return None
    return None if offer.date.is_cancelled or offer.date.has_ended(clock.now()) else offer


def role_asked(letter: Letter) -> Mail | None:
    """Thank for an offer, with the way to take it back."""
    offer = _coming(letter, OfferStatus.OFFERED)
    if offer is None:
        return None
    return _mail(
        letter, offer, _("Your offer to help: %(title)s"),
        _("Thank you. The organisers have your offer and answer you."),
    )  # fmt: skip


def role_confirmed(letter: Letter) -> Mail | None:
    """Tell that the organisers said yes."""
    offer = _coming(letter, OfferStatus.CONFIRMED)
    if offer is None:
        return None
    return _mail(
        letter, offer, _("Yes, please help: %(title)s"),
        _("The organisers said yes. You help on this date. You do not need a seat."),
        attachments=_files(letter, offer),
    )  # fmt: skip


def role_declined(letter: Letter) -> Mail | None:
    """Tell that somebody is not needed this time."""
    offer = _coming(letter, OfferStatus.DECLINED)
    if offer is None:
        return None
    return _mail(
        letter, offer, _("Not needed this time: %(title)s"),
        _("Thank you for your offer. This time you are not needed for it. You can still come."),
        notes=(),
        link=Link(_("Look at the meeting"), facts.address_of("activities:detail", offer.date_id)),
    )  # fmt: skip


def reminder(letter: Letter) -> Mail | None:
    """Remind somebody who helps, unless time, yes or wish is another meanwhile."""
    offer = _coming(letter, OfferStatus.CONFIRMED)
    if offer is None or not _is_still_due(letter, offer):
        return None
    return _mail(
        letter, offer, _("Reminder, you help: %(title)s"),
        _("The meeting is soon. Thank you for helping."),
        stop=Link(
            _("I do not want reminders"),
            facts.address_of("notifications:reminders", reminder_key(offer.person_id)),
        ),
    )  # fmt: skip


def _is_still_due(letter: Letter, offer: RoleOffer) -> bool:
    date = offer.date
    return (
        date.starts_at == datetime.fromisoformat(letter.context["starts_at"])
        and is_published(date.activity)
        and is_timely(date.starts_at, Ahead(letter.context["hours"]), clock.now())
        and not has_turned_reminders_off(offer.person_id)
    )


def date_changed(letter: Letter) -> Mail | None:
    """Tell somebody who helps of a new time or place."""
    offer = _coming(letter, *HELPING)
    if offer is None or offer.date.sequence != letter.context["sequence"]:
        return None
    return _mail(
        letter, offer, _("New time or place: %(title)s"),
        _("The time or the place has changed. This is right now:"),
        attachments=_files(letter, offer),
    )  # fmt: skip


def date_cancelled(letter: Letter) -> Mail | None:
    """Tell somebody who helps that a date was called off."""
    offer = offer_of(letter)
    if offer is None or offer.status not in HELPING or not offer.date.is_cancelled:
        return None
    return _mail(
        letter, offer, _("Cancelled: %(title)s"),
        _("This meeting does not take place. You do not have to do anything."),
        notes=(), facts=(Fact(_("When"), facts.when_words(offer.date)),),
        attachments=_files(letter, offer),
        link=Link(_("See other meetings"), facts.address_of("activities:list")),
    )  # fmt: skip
