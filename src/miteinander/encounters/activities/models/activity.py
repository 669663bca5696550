"""An occasion to meet and the languages spoken there."""

from typing import ClassVar

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from miteinander.community.organisations.enums import OrganisationStatus
from miteinander.community.organisations.models import Organisation
from miteinander.community.people.models import Person
from miteinander.community.regions.models import Region
from miteinander.encounters.activities.enums import ActivityStatus, Audience, Giving, Setting, Topic
from miteinander.encounters.spaces.models import Venue
from miteinander.foundation.content.models import Version
from miteinander.foundation.core.languages import SPOKEN_CHOICES
from miteinander.foundation.core.privacy import Privacy

HIDDEN = OrganisationStatus.HIDDEN


class Activity(models.Model):
    """An occasion to meet: what happens, for whom, with whom at the door.

    Its words (``title``, ``summary``, ``description``, ``way_there``) are a written item in
    ``versions``. When and with how many seats is told by its dates. An occasion takes place at a
    venue, online, or both; ``municipality`` is where, or for online ones who invites.
    ``answered`` names the planning tasks that were saved once: a default is not an answer.
    ``question`` is what a coordinator wants to know before approving. A template
    (``is_template``) is only there to begin others from: it has no dates and is never published.
    ``usual_seats`` is what a copy begins with; later dates take the number of the latest.

    A standing offer (``is_standing``) takes place every week at its opening hours; people just
    come, so it has no dates and no seats. It may rest in the school holidays.

    ``only_for`` is the key of a closed circle (see ``insiders``): only its members and who plans it
    see it, and nothing public tells of it. Empty means everybody.

    A course (``signs_up_once``) asks for seats on all its coming dates with one form.

    How seats are given: ``local_share`` and ``newcomer_share`` per cent of them are kept for each
    side until ``release_hours`` before the start; both zero means no mix. A draw takes place
    ``draw_hours`` before the start. ``monthly_limit`` is how many dates of this occasion one
    person gets a seat for in a month before others had a chance. ``min_age``, ``max_age`` and
    ``setting`` are self-stated, ``required`` is an occasion one must have been present at.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="activities"
    )
    venue = models.ForeignKey(
        Venue, on_delete=models.PROTECT, null=True, blank=True, related_name="activities"
    )
    municipality = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="activities"
    )
    created_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    versions = GenericRelation(Version, related_query_name="activity")
    topic = models.CharField(_("topic"), max_length=16, choices=Topic, blank=True)
    audience = models.CharField(
        _("for whom"), max_length=12, choices=Audience, default=Audience.EVERYONE
    )
    only_for = models.CharField(_("who sees it"), max_length=12, blank=True)
    is_online = models.BooleanField(_("online"), default=False)
    online_url = models.URLField(_("link to join online"), max_length=500, blank=True)
    has_childcare = models.BooleanField(_("childcare"), default=False)
    has_interpretation = models.BooleanField(_("interpretation"), default=False)
    cost_cents = models.PositiveIntegerField(_("cost in cents"), default=0)
    contact_name = models.CharField(_("who meets you at the door"), max_length=120, blank=True)
    contact_phone = models.CharField(_("telephone for questions"), max_length=40, blank=True)
    contact_email = models.EmailField(_("e-mail for questions"), blank=True)
    giving = models.CharField(
        _("how seats are given"), max_length=10, choices=Giving, default=Giving.AT_ONCE
    )
    local_share = models.PositiveSmallIntegerField(_("kept for people from here"), default=0)
    newcomer_share = models.PositiveSmallIntegerField(_("kept for newcomers"), default=0)
    release_hours = models.PositiveSmallIntegerField(_("hours kept before the start"), default=72)
    draw_hours = models.PositiveSmallIntegerField(_("hours from draw to start"), default=72)
    has_offers_by_hand = models.BooleanField(_("the organiser offers free seats"), default=False)
    monthly_limit = models.PositiveSmallIntegerField(_("seats in a month"), null=True, blank=True)
    most_companions = models.PositiveSmallIntegerField(_("people one may bring"), default=3)
    min_age = models.PositiveSmallIntegerField(_("from age"), null=True, blank=True)
    max_age = models.PositiveSmallIntegerField(_("to age"), null=True, blank=True)
    setting = models.CharField(_("protected setting"), max_length=8, choices=Setting, blank=True)
    required = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    status = models.CharField(max_length=10, choices=ActivityStatus, default=ActivityStatus.DRAFT)
    usual_seats = models.PositiveIntegerField(_("seats of its first date"), null=True, blank=True)
    is_template = models.BooleanField(default=False)
    is_standing = models.BooleanField(_("people just come"), default=False)
    signs_up_once = models.BooleanField(_("one sign-up for all dates"), default=False)
    rests_in_holidays = models.BooleanField(_("closed in the school holidays"), default=False)
    answered = models.JSONField(default=list, blank=True)
    question = models.TextField(_("what the coordinator asks"), max_length=1000, blank=True)
    source_uid = models.CharField(max_length=255, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar = Privacy(
        personal=("created_by", "contact_name", "contact_phone", "contact_email"),
        other=(
            "id", "organisation", "venue", "municipality", "versions", "topic", "audience",
            "only_for",
            "is_online", "online_url", "has_childcare", "has_interpretation", "cost_cents",
            "status", "answered", "question", "source_uid", "created_at", "published_at",
            "giving", "local_share", "newcomer_share", "release_hours", "draw_hours",
            "has_offers_by_hand", "monthly_limit", "most_companions", "min_age", "max_age",
            "setting", "required", "is_template", "is_standing", "rests_in_holidays",
            "usual_seats", "signs_up_once",
        ),
        retention="activities.contacts",
    )  # fmt: skip

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "source_uid"],
                condition=~Q(source_uid=""),
                name="activity_imported_once",
                violation_error_message=_("This entry was brought in already."),
            ),
            models.CheckConstraint(
                name="activity_mix_is_a_share",
                condition=Q(local_share__lte=100 - F("newcomer_share")),
                violation_error_message=_("Together these are more than all seats."),
            ),
            models.CheckConstraint(
                name="activity_template_is_private",
                condition=Q(is_template=False)
                | Q(status=ActivityStatus.DRAFT, published_at__isnull=True),
                violation_error_message=_("A template cannot be published."),
            ),
        ]
        indexes = [models.Index(fields=["status", "organisation"], name="activity_status_org")]

    def __str__(self) -> str:
        return f"activity {self.pk}"

    @property
    def is_free(self) -> bool:
        """Whether nobody has to pay."""
        return self.cost_cents == 0

    @property
    def inviting(self) -> list[Organisation]:
        """Who invites: the own organisation, then those that agreed to do so together."""
        agreed = [row for row in self.co_hosts.all() if row.is_agreed]
        others = [row.organisation for row in agreed]
        return [self.organisation, *(one for one in others if one.status != HIDDEN)]

    @property
    def has_mix(self) -> bool:
        """Whether seats are kept for a side."""
        return bool(self.local_share or self.newcomer_share)


class ActivityLanguage(models.Model):
    """A language spoken at an occasion."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="languages")
    language = models.CharField(_("language"), max_length=10, choices=SPOKEN_CHOICES)

    privacy: ClassVar = Privacy(other=("id", "activity", "language"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "language"], name="activity_language_once")
        ]

    def __str__(self) -> str:
        return self.language
