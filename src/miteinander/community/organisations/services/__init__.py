"""The only writers of this app: organisations, their members, and who coordinates."""

from miteinander.community.organisations.services.members import (
    InvitationExpired,
    Invitee,
    accept_invitation,
    add_member,
    change_role,
    forget_old_invitations,
    forget_person,
    invite_member,
    remove_member,
    withdraw_invitation,
)
from miteinander.community.organisations.services.organisations import (
    OrganisationFacts,
    change_organisation,
    describe_organisation,
    enter_organisation,
    hide_organisation,
    invite_organisation,
    show_organisation,
    trust_organisation,
)
from miteinander.community.organisations.services.roles import (
    grant_role,
    make_administrator,
    revoke_role,
    unmake_administrator,
)

__all__ = [
    "InvitationExpired",
    "Invitee",
    "OrganisationFacts",
    "accept_invitation",
    "add_member",
    "change_organisation",
    "change_role",
    "describe_organisation",
    "enter_organisation",
    "forget_old_invitations",
    "forget_person",
    "grant_role",
    "hide_organisation",
    "invite_member",
    "invite_organisation",
    "make_administrator",
    "remove_member",
    "revoke_role",
    "show_organisation",
    "trust_organisation",
    "unmake_administrator",
    "withdraw_invitation",
]
