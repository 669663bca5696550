"""What a person can take along from this app (GDPR Art. 15, 20)."""

from typing import Any

from miteinander.community.organisations.models import CoordinatorRole, Invitation, Membership
from miteinander.community.people.models import Person


def export_person(person: Person) -> dict[str, Any]:
    """Collect memberships, roles, and invitations written by or to ``person``."""
    return {
        "memberships": [
            {
                "organisation": membership.organisation.name,
                "role": membership.role,
                "joined_at": membership.joined_at.isoformat(),
            }
            for membership in Membership.objects.filter(person=person).select_related(
                "organisation"
            )
        ],
        "coordinates": [
            {
                "region": role.region.name if role.region else "",
                "organisation": role.organisation.name if role.organisation else "",
                "granted_at": role.granted_at.isoformat(),
            }
            for role in CoordinatorRole.objects.filter(person=person).select_related(
                "region", "organisation"
            )
        ],
        "invited_to": [
            {
                "organisation": invitation.organisation.name,
                "language": invitation.language,
                "at": invitation.created_at.isoformat(),
            }
            for invitation in Invitation.objects.filter(
                email__iexact=person.email or "-"
            ).select_related("organisation")
        ],
    }
