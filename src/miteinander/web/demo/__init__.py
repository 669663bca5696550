"""The demo district: invented people and organisations to try the platform with."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from miteinander.community.people.models import Person


@dataclass(frozen=True)
class DemoRole:
    """Somebody as whom the demo can be tried."""

    slug: str
    email: str
    label: str | Promise
    text: str | Promise


ROLES = (
    DemoRole("visitor", "", _("Visitor"), _("You have no account. You look around and sign up.")),
    DemoRole(
        "participant",
        "samira.beispiel@demo.example",
        _("Participant"),
        _("You have an account and some meetings ahead of you."),
    ),
    DemoRole(
        "member",
        "karl.muster@demo.example",
        _("Member of an organisation"),
        _("You plan meetings for a club and mark who came."),
    ),
    DemoRole(
        "coordinator",
        "petra.vorlage@demo.example",
        _("Coordinator"),
        _("You invite organisations, approve first meetings and hide content."),
    ),
    DemoRole(
        "administrator",
        "admin@demo.example",
        _("Administrator"),
        _("You run the platform and read the record of who did what."),
    ),
)


def demo_person(role: str) -> Person | None:
    """Find the invented person who plays ``role``; nobody plays the visitor."""
    address = next(known.email for known in ROLES if known.slug == role)
    return Person.objects.filter(email=address, is_active=True).first() if address else None
