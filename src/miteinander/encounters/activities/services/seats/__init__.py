"""Seats: asking, waiting, offering, drawing, giving back. Never oversold, per side and in total."""

from miteinander.encounters.activities.services.seats.answers import (
    NotAsked,
    OfferOver,
    accept_offer,
    approve_request,
    bring_fewer,
    give_back,
    lapse_offer,
    offer_by_hand,
    refuse_request,
)
from miteinander.encounters.activities.services.seats.asking import (
    AnsweredAlready,
    SignUp,
    sign_up,
    sign_up_guest,
)
from miteinander.encounters.activities.services.seats.closing import close_sign_up, open_sign_up
from miteinander.encounters.activities.services.seats.course import (
    CourseFull,
    give_back_course,
    sign_up_course,
    sign_up_course_guest,
    together_with,
)
from miteinander.encounters.activities.services.seats.enrolling import Enrolled, enrol
from miteinander.encounters.activities.services.seats.holding import (
    AllSeatsTaken,
    SignUpClosed,
    locked_date,
)
from miteinander.encounters.activities.services.seats.queue import move_up, pass_on
from miteinander.encounters.activities.services.seats.shares import keep_shares
from miteinander.encounters.activities.services.seats.wishes import NotMeantFor, Wish

__all__ = [
    "AllSeatsTaken",
    "AnsweredAlready",
    "CourseFull",
    "Enrolled",
    "NotAsked",
    "NotMeantFor",
    "OfferOver",
    "SignUp",
    "SignUpClosed",
    "Wish",
    "accept_offer",
    "approve_request",
    "bring_fewer",
    "close_sign_up",
    "enrol",
    "give_back",
    "give_back_course",
    "keep_shares",
    "lapse_offer",
    "locked_date",
    "move_up",
    "offer_by_hand",
    "open_sign_up",
    "pass_on",
    "refuse_request",
    "sign_up",
    "sign_up_course",
    "sign_up_course_guest",
    "sign_up_guest",
    "together_with",
]
