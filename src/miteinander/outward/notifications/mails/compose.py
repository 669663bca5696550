"""Chooses the words of a letter by its kind, in the language of its reader."""

from collections.abc import Callable

from django.utils import translation

from miteinander.outward.notifications.enums import LetterKind
from miteinander.outward.notifications.mails import (
    afterwards,
    assignments,
    changes,
    co_hosts,
    guides,
    helping,
    news,
    people,
    planning,
    polls,
    requesters,
    rides,
    roles,
    seats,
    together,
)
from miteinander.outward.notifications.mails.mail import Mail
from miteinander.outward.notifications.models import Letter

COMPOSERS: dict[str, Callable[[Letter], Mail | None]] = {
    LetterKind.SEAT_CONFIRMED: seats.seat_confirmed,
    LetterKind.SEAT_GIVEN_BACK: seats.seat_given_back,
    LetterKind.SEAT_ASKED_FOR: seats.seat_asked_for,
    LetterKind.SEAT_OFFERED: seats.seat_offered,
    LetterKind.OFFER_LAPSED: seats.offer_lapsed,
    LetterKind.SEAT_REFUSED: seats.seat_refused,
    LetterKind.PARTY_CHANGED: seats.party_changed,
    LetterKind.DATE_CHANGED: changes.date_changed,
    LetterKind.DATE_CANCELLED: changes.date_cancelled,
    LetterKind.REMINDER: together.reminder,
    LetterKind.ORGANISER_WORDS: together.organiser_words,
    LetterKind.FEEDBACK_WANTED: afterwards.feedback_wanted,
    LetterKind.POLL_INVITED: polls.poll_invited,
    LetterKind.POLL_ANSWERED: polls.poll_answered,
    LetterKind.POLL_CLOSED: polls.poll_closed,
    LetterKind.POLL_DECIDED: polls.poll_decided,
    LetterKind.POLL_STOPPED: polls.poll_stopped,
    LetterKind.RIDE_ASKED: rides.ride_asked,
    LetterKind.RIDE_AGREED: rides.ride_agreed,
    LetterKind.RIDE_DECLINED: rides.ride_declined,
    LetterKind.RIDE_ENDED: rides.ride_ended,
    LetterKind.INVITED: planning.invited,
    LetterKind.APPROVAL_WANTED: planning.approval_wanted,
    LetterKind.APPROVED: planning.approved,
    LetterKind.ASKED_BACK: planning.asked_back,
    LetterKind.CO_HOST_ASKED: co_hosts.co_host_asked,
    LetterKind.CO_HOST_ANSWERED: co_hosts.co_host_answered,
    LetterKind.CO_HOST_ENDED: co_hosts.co_host_ended,
    LetterKind.ROLE_OFFERED: roles.role_offered,
    LetterKind.ROLE_ASKED: helping.role_asked,
    LetterKind.ROLE_CONFIRMED: helping.role_confirmed,
    LetterKind.ROLE_DECLINED: helping.role_declined,
    LetterKind.ROLE_WITHDRAWN: roles.role_withdrawn,
    LetterKind.HELPER_REMINDER: helping.reminder,
    LetterKind.HELPER_CHANGED: helping.date_changed,
    LetterKind.HELPER_CANCELLED: helping.date_cancelled,
    LetterKind.INTEREST_NOTED: guides.interest_noted,
    LetterKind.TALK_INVITED: guides.talk_invited,
    LetterKind.CERTIFICATE_ISSUED: guides.certificate_issued,
    LetterKind.CERTIFICATE_REVOKED: guides.certificate_revoked,
    LetterKind.PAPERS_END: guides.papers_end,
    LetterKind.REQUEST_MADE: requesters.request_made,
    LetterKind.REQUEST_ENDED: requesters.request_ended,
    LetterKind.GUIDE_ASKED: assignments.guide_asked,
    LetterKind.NOBODY_LEFT: assignments.nobody_left,
    LetterKind.ASSIGNMENT_AGREED: assignments.assignment_agreed,
    LetterKind.ASSIGNMENT_OFF: assignments.assignment_off,
    LetterKind.ASSIGNMENT_SOON: assignments.assignment_soon,
    LetterKind.REPORT_DUE: assignments.report_due,
    LetterKind.TALK_WANTED: assignments.talk_wanted,
    LetterKind.GUIDE_FOUND: requesters.guide_found,
    LetterKind.GUIDE_GONE: requesters.guide_gone,
    LetterKind.GUIDE_WROTE: requesters.guide_wrote,
    LetterKind.REQUESTER_WROTE: assignments.requester_wrote,
    LetterKind.ADDRESS_CHANGED: people.address_changed,
    LetterKind.FEEDBACK: planning.feedback,
    LetterKind.FOLLOW_ASKED: news.follow_asked,
    LetterKind.NEWS: news.news,
}


def compose(letter: Letter) -> Mail | None:
    """Write the mail from what holds now; None when there is nothing to tell any more."""
    with translation.override(letter.language):
        return COMPOSERS[letter.kind](letter)
