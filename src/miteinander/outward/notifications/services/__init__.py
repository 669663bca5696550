"""The only writers of this app: letters come to be, are delivered, and are forgotten."""

from miteinander.outward.notifications.services.delivery import send_letter
from miteinander.outward.notifications.services.letters import (
    confirm_again,
    drop_waiting_letters,
    forget_old_letters,
    forget_person,
    hurry_overdue_letters,
    write_letter,
    write_letters,
)
from miteinander.outward.notifications.services.together import (
    LONGEST_WORDS,
    NobodyReached,
    OwnWords,
    TooManyMessages,
    remind_people,
    tell_everybody,
    tell_of_draw,
    write_to_people,
)
from miteinander.outward.notifications.services.wishes import turn_reminders

__all__ = [
    "LONGEST_WORDS",
    "NobodyReached",
    "OwnWords",
    "TooManyMessages",
    "confirm_again",
    "drop_waiting_letters",
    "forget_old_letters",
    "forget_person",
    "hurry_overdue_letters",
    "remind_people",
    "send_letter",
    "tell_everybody",
    "tell_of_draw",
    "turn_reminders",
    "write_letter",
    "write_letters",
    "write_to_people",
]
