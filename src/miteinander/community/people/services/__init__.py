"""The only writers of this app: guests, accounts, and the traces that keep a row alive."""

from miteinander.community.people.queries import register_trace
from miteinander.community.people.services.accounts import (
    Profile,
    add_spoken_language,
    appoint_administrator,
    change_profile,
    disable_person,
    dismiss_administrator,
    enable_person,
    erase_idle,
    erase_person,
    export_person,
    remove_spoken_language,
)
from miteinander.community.people.services.addresses import change_address, note_mail_failure
from miteinander.community.people.services.devices import (
    add_passkey,
    clear_ended_sessions,
    end_session,
    end_sessions,
    note_sign_out,
    remove_passkey,
)
from miteinander.community.people.services.guests import (
    Contact,
    Guest,
    find_or_add_guest,
    meet_guest,
    prove_address,
    purge_unproven,
)

__all__ = [
    "Contact",
    "Guest",
    "Profile",
    "add_passkey",
    "add_spoken_language",
    "appoint_administrator",
    "change_address",
    "change_profile",
    "clear_ended_sessions",
    "disable_person",
    "dismiss_administrator",
    "enable_person",
    "end_session",
    "end_sessions",
    "erase_idle",
    "erase_person",
    "export_person",
    "find_or_add_guest",
    "meet_guest",
    "note_mail_failure",
    "note_sign_out",
    "prove_address",
    "purge_unproven",
    "register_trace",
    "remove_passkey",
    "remove_spoken_language",
]
