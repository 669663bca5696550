"""What a letter says about where its reader stands: with a seat, or waiting for one."""

from django.utils.translation import gettext as _

from miteinander.encounters.activities.door_codes import check_in_address
from miteinander.encounters.activities.enums import ParticipationStatus
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.outward.notifications.mails import facts
from miteinander.outward.notifications.mails.mail import Attachment, Link


def notes_of(participation: Participation) -> tuple[str, ...]:
    """Say where the reader stands and how to get out of it."""
    if participation.status == ParticipationStatus.OFFERED:
        until = participation.offered_until
        kept = _("A seat is kept for you until %(moment)s. Please answer until then.")
        return (kept % {"moment": facts.moment_words(until)},) if until else ()
    return {
        ParticipationStatus.SIGNED_UP: (
            _("You cannot come? Please give your seat back. Then somebody else can come."),
        ),
        ParticipationStatus.WAITING: (
            _("You are on the waiting list. You do not have a seat yet."),
            _("You do not want to wait any more? You can leave the list at any time."),
        ),
        ParticipationStatus.REQUESTED: (
            _("You do not have a seat yet. We write to you as soon as there is an answer."),
            _("You do not want to come any more? You can take your request back at any time."),
        ),
        ParticipationStatus.APPLIED: (
            _("You take part in the draw for the seats. You do not have a seat yet."),
            _("You do not want to take part any more? You can leave the draw at any time."),
        ),
    }.get(ParticipationStatus(participation.status), ())


def link_of(participation: Participation) -> Link:
    """Lead to the page behind the secret link, named by what can be done there."""
    labels = {
        ParticipationStatus.OFFERED: _("Take the seat or say no"),
        ParticipationStatus.WAITING: _("See your place or leave the list"),
        ParticipationStatus.REQUESTED: _("See your request or take it back"),
        ParticipationStatus.APPLIED: _("See your place in the draw or leave it"),
    }
    label = labels.get(ParticipationStatus(participation.status), _("See or give back your seat"))
    return Link(label, facts.seat_address(participation))


def door_of(participation: Participation) -> Link | None:
    """Lead whoever has a seat to the code that is shown at the door."""
    if not participation.holds_seat:
        return None
    return Link(_("Your code for the door"), check_in_address(participation))


def files_of(
    participation: Participation, date: ActivityDate, language: str
) -> tuple[Attachment, ...]:
    """Attach the calendar file for those with a seat; who waits has nothing to note yet."""
    if not participation.holds_seat:
        return ()
    return (facts.calendar_file(participation, date, language),)
