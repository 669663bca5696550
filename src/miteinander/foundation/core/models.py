"""Tables of the house itself: schedule, workers, marks of public change, and who runs it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.foundation.core.privacy import Privacy


class Schedule(models.Model):
    """When a recurring job ran and when it runs next."""

    job = models.CharField(max_length=200, unique=True)
    last_run_at = models.DateTimeField(null=True)
    next_run_at = models.DateTimeField(db_index=True)

    privacy: ClassVar = Privacy(other=("id", "job", "last_run_at", "next_run_at"))

    def __str__(self) -> str:
        return self.job


class WorkerProcess(models.Model):
    """A job worker and when it last gave a sign of life; jobs of silent ones run again."""

    name = models.CharField(max_length=64, unique=True)
    seen_at = models.DateTimeField()

    privacy: ClassVar = Privacy(other=("id", "name", "seen_at"))

    def __str__(self) -> str:
        return self.name


class PublicChange(models.Model):
    """A mark that something public changed; kept pages older than the newest mark are stale.

    Rows are only ever inserted, so that sign-ups at the same moment do not wait for each other.
    """

    made_at = models.DateTimeField(auto_now_add=True, db_index=True)

    privacy: ClassVar = Privacy(other=("id", "made_at"))

    def __str__(self) -> str:
        return str(self.pk)


class Instance(models.Model):
    """Who runs this house, as its pages say it; one row, written by the setup.

    ``funding_notice`` is printed beside the EU emblem as the grant prescribes it, so it is not
    translated (Reg. (EU) 2021/1060 Art. 50, Annex IX).
    """

    name = models.CharField(_("name of the platform"), max_length=60, default="miteinander")
    area = models.CharField(_("area"), max_length=120, blank=True)
    operator = models.TextField(_("who runs it (for the imprint)"), blank=True)
    contact_name = models.CharField(_("contact person"), max_length=120, blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    contact_email = models.EmailField(_("e-mail"), blank=True)
    contact_hours = models.CharField(_("when to call"), max_length=120, blank=True)
    interpreters = models.TextField(_("how to reach the lay interpreters"), blank=True)
    supervisor = models.TextField(_("data protection officer and authority"), blank=True)
    funding_notice = models.CharField(_("co-funding sentence"), max_length=300, blank=True)
    is_set_up = models.BooleanField(default=False)
    setup_token_hash = models.CharField(max_length=64, blank=True)

    privacy: ClassVar = Privacy(
        other=(
            "id", "name", "area", "operator", "contact_name", "contact_phone", "contact_email",
            "contact_hours", "interpreters", "supervisor", "funding_notice", "is_set_up",
            "setup_token_hash",
        )
    )  # fmt: skip

    def __str__(self) -> str:
        return self.name
