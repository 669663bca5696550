"""Doing it together: organisations that invite too, and people who help on a date."""

from miteinander.encounters.activities.services.together.co_hosts import (
    MOST,
    CoHostRefused,
    answer_co_host,
    ask_co_host,
    end_co_host,
)
from miteinander.encounters.activities.services.together.offers import (
    NotOffered,
    Offered,
    RoleTaken,
    confirm_role,
    decline_role,
    free_roles_of,
    offer_role,
    offer_role_guest,
    withdraw_role,
)
from miteinander.encounters.activities.services.together.roles import (
    RoleKey,
    TooFewWanted,
    set_roles,
)

__all__ = [
    "MOST",
    "CoHostRefused",
    "NotOffered",
    "Offered",
    "RoleKey",
    "RoleTaken",
    "TooFewWanted",
    "answer_co_host",
    "ask_co_host",
    "confirm_role",
    "decline_role",
    "end_co_host",
    "free_roles_of",
    "offer_role",
    "offer_role_guest",
    "set_roles",
    "withdraw_role",
]
