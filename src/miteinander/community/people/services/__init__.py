"""The only writers of this app: guests, accounts, and the traces that keep a row alive."""

from miteinander.community.people.queries import register_trace
from miteinander.community.people.services.accounts import (
    Profile,
    appoint_administrator,
    change_profile,
    clear_ended_sessions,
    disable_person,
    enable_person,
    end_sessions,
    erase_idle,
    erase_person,
    set_spoken_languages,
)
from miteinander.community.people.services.guests import (
    Contact,
    find_or_add_guest,
    prove_address,
    purge_unproven,
)

__all__ = [
    "Contact",
    "Profile",
    "appoint_administrator",
    "change_profile",
    "clear_ended_sessions",
    "disable_person",
    "enable_person",
    "end_sessions",
    "erase_idle",
    "erase_person",
    "find_or_add_guest",
    "prove_address",
    "purge_unproven",
    "register_trace",
    "set_spoken_languages",
]
