"""The tables of the organisations app: who takes part as an organisation, and who coordinates."""

from typing import ClassVar

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from miteinander.community.organisations.enums import (
    MembershipRole,
    OrganisationKind,
    OrganisationStatus,
)
from miteinander.community.people.models import Person
from miteinander.community.regions.models import Region
from miteinander.foundation.content.models import Version
from miteinander.foundation.core.privacy import Privacy


class Organisation(models.Model):
    """A club, school, museum, heritage club, municipality: whoever invites people to meet.

    The description is a written item (``versions`` with the part ``description``).
    """

    municipality = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="organisations")
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=OrganisationKind)
    website = models.URLField(_("website"), blank=True)
    email = models.EmailField(_("public e-mail"), blank=True)
    phone = models.CharField(_("public telephone"), max_length=40, blank=True)
    versions = GenericRelation(Version, related_query_name="organisation")
    status = models.CharField(
        max_length=8, choices=OrganisationStatus, default=OrganisationStatus.INVITED
    )
    created_at = models.DateTimeField(auto_now_add=True)
    trusted_since = models.DateTimeField(_("first meeting approved at"), null=True, blank=True)

    privacy: ClassVar = Privacy(
        other=(
            "id", "municipality", "name", "slug", "kind", "website", "email", "phone", "versions",
            "status", "created_at", "trusted_since",
        )
    )  # fmt: skip

    class Meta:
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["status", "name"], name="organisation_status_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Address of the public page."""
        return reverse("organisations:detail", args=[self.slug])


class Membership(models.Model):
    """A person who acts for an organisation."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships"
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(
        _("role"), max_length=8, choices=MembershipRole, default=MembershipRole.MEMBER
    )
    joined_at = models.DateTimeField(auto_now_add=True)

    privacy: ClassVar = Privacy(
        personal=("person", "role", "joined_at"),
        other=("id", "organisation"),
        retention="people.idle",
    )

    class Meta:
        ordering = ["joined_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person"],
                name="membership_once",
                violation_error_message=_("This person is a member already."),
            )
        ]

    def __str__(self) -> str:
        return f"membership {self.pk}"


class Invitation(models.Model):
    """An invitation by mail to act for an organisation; the link holds the only secret.

    Once accepted the address is forgotten: the membership says who it was.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="invitations"
    )
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    email = models.EmailField(_("e-mail"))
    role = models.CharField(
        _("role"), max_length=8, choices=MembershipRole, default=MembershipRole.MEMBER
    )
    language = models.CharField(max_length=10, default="de")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    privacy: ClassVar = Privacy(
        personal=("email", "language", "invited_by"),
        other=(
            "id", "organisation", "role", "token_hash", "created_at", "expires_at", "accepted_at",
        ),
        retention="organisations.invitations",
    )  # fmt: skip

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "organisation",
                name="invitation_open_once",
                condition=Q(accepted_at__isnull=True),
                violation_error_message=_("There is an open invitation to this address."),
            )
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class CoordinatorRole(models.Model):
    """That somebody coordinates: in a region, for an organisation, or everywhere.

    With neither region nor organisation the role holds everywhere. A district includes its
    municipalities.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="coordinator_roles")
    region = models.ForeignKey(
        Region, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    granted_at = models.DateTimeField(auto_now_add=True)

    privacy: ClassVar = Privacy(
        personal=("person", "granted_at"),
        other=("id", "region", "organisation"),
        retention="people.idle",
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="coordinator_one_scope",
                condition=Q(region__isnull=True) | Q(organisation__isnull=True),
                violation_error_message=_("A role holds for a region or for an organisation."),
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(region__isnull=True, organisation__isnull=True),
                name="coordinator_everywhere_once",
                violation_error_message=_("This person has this role already."),
            ),
            models.UniqueConstraint(
                fields=["person", "region"],
                condition=Q(region__isnull=False),
                name="coordinator_region_once",
                violation_error_message=_("This person has this role already."),
            ),
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=Q(organisation__isnull=False),
                name="coordinator_organisation_once",
                violation_error_message=_("This person has this role already."),
            ),
        ]

    def __str__(self) -> str:
        return f"coordinator role {self.pk}"
