"""The only writers of this app: letters come to be, are delivered, and are forgotten."""

from miteinander.outward.notifications.services.bounces import LARGEST_REPORT, take_bounce
from miteinander.outward.notifications.services.delivery import send_letter
from miteinander.outward.notifications.services.devices import (
    Subscription,
    add_device,
    forget_idle_devices,
    forget_signed_out,
    mark_of,
    remove_device,
)
from miteinander.outward.notifications.services.following import (
    MOST_FOLLOWS,
    Address,
    ask_to_follow,
    confirm_follow,
    follow,
    forget_follow_requests,
    set_frequency,
    unfollow,
)
from miteinander.outward.notifications.services.letters import (
    confirm_again,
    drop_waiting_letters,
    forget_old_letters,
    forget_person,
    hurry_overdue_letters,
    write_letter,
    write_letters,
)
from miteinander.outward.notifications.services.news import note_new_dates, send_news
from miteinander.outward.notifications.services.notes import (
    forget_old_notes,
    hurry_overdue_notes,
    send_note,
    write_notes,
)
from miteinander.outward.notifications.services.polls import ask_poll_guests, tell_of_poll
from miteinander.outward.notifications.services.together import (
    remind_people,
    tell_everybody,
    tell_of_draw,
)
from miteinander.outward.notifications.services.wishes import (
    choose_reminder_way,
    turn_poll_mails,
    turn_reminders,
)
from miteinander.outward.notifications.services.words import (
    LONGEST_WORDS,
    NobodyReached,
    OwnWords,
    TooManyMessages,
    forget_author,
    forget_old_words,
    hurry_overdue_words,
    write_to_people,
    write_words,
)

__all__ = [
    "LARGEST_REPORT",
    "LONGEST_WORDS",
    "MOST_FOLLOWS",
    "Address",
    "NobodyReached",
    "OwnWords",
    "Subscription",
    "TooManyMessages",
    "add_device",
    "ask_poll_guests",
    "ask_to_follow",
    "choose_reminder_way",
    "confirm_again",
    "confirm_follow",
    "drop_waiting_letters",
    "follow",
    "forget_author",
    "forget_follow_requests",
    "forget_idle_devices",
    "forget_old_letters",
    "forget_old_notes",
    "forget_old_words",
    "forget_person",
    "forget_signed_out",
    "hurry_overdue_letters",
    "hurry_overdue_notes",
    "hurry_overdue_words",
    "mark_of",
    "note_new_dates",
    "remind_people",
    "remove_device",
    "send_letter",
    "send_news",
    "send_note",
    "set_frequency",
    "take_bounce",
    "tell_everybody",
    "tell_of_draw",
    "tell_of_poll",
    "turn_poll_mails",
    "turn_reminders",
    "unfollow",
    "write_letter",
    "write_letters",
    "write_notes",
    "write_to_people",
    "write_words",
]
