"""Date polls: proposing dates, answering, choosing one, and what the clock does."""

from miteinander.encounters.activities.services.polls.answering import (
    Answered,
    answer_poll,
    answer_poll_guest,
    change_answer,
)
from miteinander.encounters.activities.services.polls.deciding import (
    AlreadyDecided,
    decide_poll,
    tell_of_decisions,
)
from miteinander.encounters.activities.services.polls.holding import PollIsClosed
from miteinander.encounters.activities.services.polls.proposing import (
    AHEAD,
    FEWEST,
    MOST,
    OPEN_FOR,
    ask_people_of_before,
    propose_dates,
    stop_poll,
    usual_close,
)
from miteinander.encounters.activities.services.polls.upkeep import (
    close_polls,
    forget_old_answers,
    forget_person,
)

__all__ = [
    "AHEAD",
    "FEWEST",
    "MOST",
    "OPEN_FOR",
    "AlreadyDecided",
    "Answered",
    "PollIsClosed",
    "answer_poll",
    "answer_poll_guest",
    "ask_people_of_before",
    "change_answer",
    "close_polls",
    "decide_poll",
    "forget_old_answers",
    "forget_person",
    "propose_dates",
    "stop_poll",
    "tell_of_decisions",
    "usual_close",
]
