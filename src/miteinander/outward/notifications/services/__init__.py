"""The only writers of this app: letters come to be, are delivered, and are forgotten."""

from miteinander.outward.notifications.services.delivery import send_letter
from miteinander.outward.notifications.services.letters import (
    confirm_again,
    drop_waiting_letters,
    forget_old_letters,
    forget_person,
    hurry_overdue_letters,
    tell_everybody,
    write_letter,
)

__all__ = [
    "confirm_again",
    "drop_waiting_letters",
    "forget_old_letters",
    "forget_person",
    "hurry_overdue_letters",
    "send_letter",
    "tell_everybody",
    "write_letter",
]
