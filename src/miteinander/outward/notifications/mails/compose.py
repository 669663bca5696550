"""Chooses the words of a letter by its kind, in the language of its reader."""

from collections.abc import Callable

from django.utils import translation

from miteinander.outward.notifications.enums import LetterKind
from miteinander.outward.notifications.mails import meetings, people, planning
from miteinander.outward.notifications.mails.mail import Mail
from miteinander.outward.notifications.models import Letter

COMPOSERS: dict[str, Callable[[Letter], Mail | None]] = {
    LetterKind.SEAT_CONFIRMED: meetings.seat_confirmed,
    LetterKind.SEAT_GIVEN_BACK: meetings.seat_given_back,
    LetterKind.DATE_CHANGED: meetings.date_changed,
    LetterKind.DATE_CANCELLED: meetings.date_cancelled,
    LetterKind.INVITED: planning.invited,
    LetterKind.APPROVAL_WANTED: planning.approval_wanted,
    LetterKind.APPROVED: planning.approved,
    LetterKind.ASKED_BACK: planning.asked_back,
    LetterKind.ADDRESS_CHANGED: people.address_changed,
    LetterKind.FEEDBACK: planning.feedback,
}


def compose(letter: Letter) -> Mail | None:
    """Write the mail from what holds now; None when there is nothing to tell any more."""
    with translation.override(letter.language):
        return COMPOSERS[letter.kind](letter)
