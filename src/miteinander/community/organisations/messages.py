"""What this app tells the others, in the same transaction and always by id."""

from dataclasses import dataclass


@dataclass(frozen=True)
class MemberInvited:
    """Somebody was invited by mail; ``token`` is the secret of the link and stored nowhere."""

    invitation_id: int
    token: str


@dataclass(frozen=True)
class OrganisationChanged:
    """What the public sees of an organisation changed, or whether it sees it at all."""

    organisation_id: int
