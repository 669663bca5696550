"""What a course teaches."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from miteinander.community.organisations.models import Organisation
from miteinander.cooperation.guides.enums import TemplateModule
from miteinander.cooperation.guides.template_modules import GOALS
from miteinander.foundation.core.privacy import Privacy

MOST_UNITS = 40


class Curriculum(models.Model):
    """The modules an organisation teaches; several courses share them."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="curricula"
    )
    created_at = models.DateTimeField()

    privacy: ClassVar = Privacy(other=("id", "organisation", "created_at"))

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"curriculum {self.pk}"


class Module(models.Model):
    """One module, in teaching units of 45 minutes.

    A module of the template (``template``) has its words in every language of the interface;
    one with words of its own (``title``, ``goals``) has them in ``language``.
    """

    curriculum = models.ForeignKey(Curriculum, on_delete=models.CASCADE, related_name="modules")
    template = models.CharField(max_length=12, choices=TemplateModule, blank=True)
    title = models.CharField(_("title"), max_length=120, blank=True)
    goals = models.TextField(_("learning goals"), max_length=1000, blank=True)
    language = models.CharField(_("language of these words"), max_length=10, blank=True)
    position = models.PositiveSmallIntegerField()
    units = models.PositiveSmallIntegerField(
        _("teaching units of 45 minutes"),
        validators=[MinValueValidator(1), MaxValueValidator(MOST_UNITS)],
    )
    is_mandatory = models.BooleanField(_("mandatory for the certificate"), default=False)

    privacy: ClassVar = Privacy(
        other=(
            "id", "curriculum", "template", "title", "goals", "language", "position", "units",
            "is_mandatory",
        )
    )  # fmt: skip

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="module_has_words",
                condition=~Q(template="", title=""),
                violation_error_message=_("Give the module a title."),
            ),
            models.CheckConstraint(
                name="module_has_units",
                condition=Q(units__gte=1, units__lte=MOST_UNITS),
                violation_error_message=_("A module has between 1 and 40 units."),
            ),
        ]

    def __str__(self) -> str:
        return f"module {self.pk}"

    @property
    def name(self) -> str:
        """The title; of a template module in the language of the reader."""
        return self.title or str(TemplateModule(self.template).label)

    @property
    def learning_goals(self) -> str:
        """What somebody can do afterwards."""
        return self.goals or ("" if self.title else str(GOALS[TemplateModule(self.template)]))
