"""Mails about a seat: got, given back, waited for, offered, refused, or for fewer people."""

from collections.abc import Iterator

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from miteinander.encounters.activities.enums import (
    HOPING,
    INVOLVED,
    DateStatus,
    ParticipationStatus,
)
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.services.seats.draw import draw_at
from miteinander.encounters.activities.services.seats.queue import waiting_of
from miteinander.foundation.content.queries import Reading, read
from miteinander.foundation.core import clock
from miteinander.outward.exchange.queries import feed_dates
from miteinander.outward.notifications.mails import course, facts, states
from miteinander.outward.notifications.mails.mail import Fact, Link, Mail, Other, Words
from miteinander.outward.notifications.models import Letter
from miteinander.outward.notifications.queries import was_offered

OTHERS, LOOKED_AT = 3, 30


def _open_date(participation: Participation) -> ActivityDate | None:
    """Return the date of a participation as long as there is something to come to."""
    date = facts.date_of(participation)
    return None if date.is_cancelled or date.has_ended(clock.now()) else date


def seat_facts(
    participation: Participation, date: ActivityDate, reading: Reading
) -> tuple[Fact, ...]:
    """Tell all one needs to come; how to join online only those with a seat."""
    rows = [*facts.time_and_place(date)]
    if participation.holds_seat:
        rows.append(facts.join_link(date))
    rows.append(facts.party_fact(participation))
    return facts.known([*rows, *facts.way_facts(date, reading)])


def seat_confirmed(letter: Letter) -> Mail | None:
    """Confirm a seat, unless it was given back or the date called off meanwhile."""
    participation = facts.participation_of(letter)
    if participation is None or not participation.holds_seat:
        return None
    date = _open_date(participation)
    if date is None:
        return None
    reading = read(date.activity, letter.language)
    is_drawn = participation.draw_rank is not None and not was_offered(participation)
    lead = _("You have a seat. We look forward to you.")
    if is_drawn:
        lead = _("You were lucky: the draw gave you a seat. We look forward to you.")
    return Mail(
        subject=facts.subject_of(_("You are signed up: %(title)s"), date.activity, reading),
        lead=lead,
        heading=facts.heading_of(reading),
        facts=(*course.course_facts(letter), *seat_facts(participation, date, reading)),
        notes=states.notes_of(participation),
        link=states.link_of(participation),
        door=states.door_of(participation),
        attachments=course.course_files(letter)
        or states.files_of(participation, date, letter.language),
    )


def seat_given_back(letter: Letter) -> Mail | None:
    """Confirm that a seat was given back or the list left, unless asked for again meanwhile."""
    participation = facts.participation_of(letter)
    if participation is None or participation.status in INVOLVED:
        return None
    date = facts.date_of(participation)
    reading = read(date.activity, letter.language)
    subject = _("Seat given back: %(title)s")
    lead = _("You gave your seat back. Thank you for telling us. Now somebody else can come.")
    if not letter.context.get("had_seat", True):
        subject = _("You do not wait any more: %(title)s")
        lead = _("You do not wait for a seat any more. Thank you for telling us.")
    return Mail(
        subject=facts.subject_of(subject, date.activity, reading),
        lead=lead,
        heading=facts.heading_of(reading),
        facts=(Fact(_("When"), facts.when_words(date)),),
        link=Link(_("See other meetings"), facts.address_of("activities:list")),
    )


def seat_asked_for(letter: Letter) -> Mail | None:
    """Confirm that somebody waits, and say for what and what comes next."""
    participation = facts.participation_of(letter)
    if participation is None or participation.status not in HOPING:
        return None
    date = _open_date(participation)
    if date is None or participation.status != letter.context["status"]:
        return None
    reading = read(date.activity, letter.language)
    subject, lead = _waiting_words(participation)
    return Mail(
        subject=facts.subject_of(subject, date.activity, reading),
        lead=lead,
        heading=facts.heading_of(reading),
        facts=facts.known(
            [*_waiting_facts(participation, date), *seat_facts(participation, date, reading)]
        ),
        notes=_waiting_notes(participation, date),
        link=states.link_of(participation),
    )


def _waiting_words(participation: Participation) -> tuple[str, str]:
    match participation.status:
        case ParticipationStatus.REQUESTED:
            return (
                _("We have your request: %(title)s"),
                _("You asked for a seat. The organiser reads your request and answers it."),
            )
        case ParticipationStatus.APPLIED:
            return (
                _("You are in the draw: %(title)s"),
                _("You take part in the draw for the seats. You do not have a seat yet."),
            )
    lead = _("You are on the waiting list. You do not have a seat yet.")
    if participation.draw_rank is not None:
        lead = _("The draw had no seat for you this time. You are on the waiting list now.")
    return _("You are on the waiting list: %(title)s"), lead


def _waiting_facts(participation: Participation, date: ActivityDate) -> Iterator[Fact]:
    if participation.status == ParticipationStatus.APPLIED:
        yield Fact(_("The seats are drawn on"), Words(facts.moment_words(draw_at(date))))
    if participation.status == ParticipationStatus.WAITING:
        place = [*waiting_of(date).values_list("pk", flat=True)].index(participation.pk) + 1
        yield Fact(_("Your place on the waiting list today"), Words(str(place)))


def _waiting_notes(participation: Participation, date: ActivityDate) -> tuple[str, ...]:
    *_standing, way_out = states.notes_of(participation)
    match participation.status:
        case ParticipationStatus.REQUESTED:
            return states.notes_of(participation)
        case ParticipationStatus.APPLIED:
            fair = _("It makes no difference who was first. After the draw we write to everybody.")
            return fair, way_out
    if date.activity.has_offers_by_hand:
        after = _("When a seat is free, the organiser offers it to somebody on the list.")
    else:
        after = _("When a seat is free for you, we write to you at once. Please answer in time.")
    return after, way_out


def seat_offered(letter: Letter) -> Mail | None:
    """Tell that a seat is kept, and until when; it is taken on the page, never by the link."""
    participation = facts.participation_of(letter)
    if participation is None or participation.status != ParticipationStatus.OFFERED:
        return None
    date, until = _open_date(participation), participation.offered_until
    if date is None or until is None or until <= clock.now():
        return None
    reading = read(date.activity, letter.language)
    kept = ngettext(
        "%(count)s seat is free. We keep it for you until %(moment)s.",
        "%(count)s seats are free. We keep them for you until %(moment)s.",
        participation.party,
    )
    return Mail(
        subject=facts.subject_of(_("A seat is free for you: %(title)s"), date.activity, reading),
        lead=kept % {"count": participation.party, "moment": facts.moment_words(until)},
        heading=facts.heading_of(reading),
        facts=facts.known(
            [
                Fact(_("Please answer until"), Words(facts.moment_words(until))),
                *seat_facts(participation, date, reading),
            ]
        ),
        notes=(
            _("After that, the offer goes to the next person on the list."),
            _("You do not want the seat? Please say so there. Then somebody else can come."),
        ),
        link=states.link_of(participation),
    )


def offer_lapsed(letter: Letter) -> Mail | None:
    """Tell kindly that an offer is over, and how to ask again."""
    participation = facts.participation_of(letter)
    if participation is None or participation.status != ParticipationStatus.LAPSED:
        return None
    date = _open_date(participation)
    if date is None or date.has_started(clock.now()):
        return None
    reading = read(date.activity, letter.language)
    return Mail(
        subject=facts.subject_of(_("The offer is over: %(title)s"), date.activity, reading),
        lead=_("We kept a seat for you. The time to answer is over, so now others can have it."),
        heading=facts.heading_of(reading),
        facts=facts.known(facts.time_and_place(date)),
        notes=(_("You still want to come? Then please ask for a seat again."),),
        link=Link(_("Ask for a seat again"), facts.address_of("activities:sign_up", date.pk)),
    )


def seat_refused(letter: Letter) -> Mail | None:
    """Tell kindly that there is no seat, and what else is on."""
    participation = facts.participation_of(letter)
    if participation is None or participation.status != ParticipationStatus.REFUSED:
        return None
    date = _open_date(participation)
    if date is None:
        return None
    reading = read(date.activity, letter.language)
    return Mail(
        subject=facts.subject_of(_("No seat this time: %(title)s"), date.activity, reading),
        lead=_("We are sorry. The organiser cannot give you a seat at this meeting."),
        heading=facts.heading_of(reading),
        facts=facts.known(
            [
                *facts.time_and_place(date),
                Fact(_("Contact"), Words(facts.contact_words(date.activity))),
            ]
        ),
        notes=(_("We would like to see you at another meeting."),),
        link=Link(_("See other meetings"), facts.address_of("activities:list")),
        others=tuple(_others(date, letter.language)),
    )


def _others(date: ActivityDate, language: str) -> Iterator[Other]:
    """List a few coming dates with free seats, those of the same kind first."""
    now, topic = clock.now(), date.activity.topic
    coming = feed_dates(now).filter(status=DateStatus.SCHEDULED, starts_at__gt=now)
    free = coming.filter(seats_taken__lt=F("capacity"), closed_at=None).exclude(pk=date.pk)[
        :LOOKED_AT
    ]
    for row in sorted(free, key=lambda row: row.activity.topic != topic)[:OTHERS]:
        title = facts.heading_of(read(row.activity, language))
        page = facts.address_of("activities:detail", row.pk)
        yield Other(title, facts.when_words(row).text, page)


def party_changed(letter: Letter) -> Mail | None:
    """Confirm that fewer people come along."""
    participation = facts.participation_of(letter)
    if participation is None or participation.status not in INVOLVED:
        return None
    date = _open_date(participation)
    if date is None:
        return None
    reading = read(date.activity, letter.language)
    count = participation.party
    if participation.holds_seat:
        lead = ngettext("You have %(count)s seat now.", "You have %(count)s seats now.", count)
    else:
        lead = ngettext(
            "You wait for %(count)s seat now.", "You wait for %(count)s seats now.", count
        )
    return Mail(
        subject=facts.subject_of(_("Fewer seats: %(title)s"), date.activity, reading),
        lead=lead % {"count": count},
        heading=facts.heading_of(reading),
        facts=seat_facts(participation, date, reading),
        notes=(_("Thank you for telling us."), *states.notes_of(participation)),
        link=states.link_of(participation),
        attachments=states.files_of(participation, date, letter.language),
    )
