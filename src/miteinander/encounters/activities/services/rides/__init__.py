"""Rides: entering one, asking, answering, and what happens when the date changes."""

from miteinander.encounters.activities.services.rides.contact import (
    SharedContact,
    open_ride_contact,
    shared_contact,
    ways_to_reach,
)
from miteinander.encounters.activities.services.rides.entering import (
    RideFacts,
    add_ride,
    end_ride,
)
from miteinander.encounters.activities.services.rides.holding import RideClosed
from miteinander.encounters.activities.services.rides.matching import (
    TooManyAsks,
    agree_ride,
    ask_for_ride,
    decline_ride,
    undo_ride,
)
from miteinander.encounters.activities.services.rides.upkeep import (
    end_rides_of_date,
    end_rides_of_leaver,
    forget_old_rides,
    forget_rides_of_person,
    loosen_rides,
)

__all__ = [
    "RideClosed",
    "RideFacts",
    "SharedContact",
    "TooManyAsks",
    "add_ride",
    "agree_ride",
    "ask_for_ride",
    "decline_ride",
    "end_ride",
    "end_rides_of_date",
    "end_rides_of_leaver",
    "forget_old_rides",
    "forget_rides_of_person",
    "loosen_rides",
    "open_ride_contact",
    "shared_contact",
    "undo_ride",
    "ways_to_reach",
]
