"""What somebody wants to hear of, as a value, in words, and as an address of the form."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from miteinander.community.organisations.models import Organisation
from miteinander.community.regions.models import Region
from miteinander.encounters.activities.enums import Audience, Topic
from miteinander.foundation.core.languages import NAMES
from miteinander.outward.notifications.models.following import INTEREST, Interest


@dataclass(frozen=True)
class Wanted:
    """Of which new meetings somebody wants to hear; what is empty does not narrow it."""

    municipality: Region | None = None
    organisation: Organisation | None = None
    km: int = 0
    topic: str = ""
    language: str = ""
    audience: str = ""
    is_free: bool = False
    has_childcare: bool = False
    is_step_free: bool = False

    @property
    def fields(self) -> dict[str, object]:
        """Return it as the fields of a row."""
        return {name: getattr(self, name) for name in INTEREST}


def wanted_of(row: Interest) -> Wanted:
    """Return what a row says."""
    return Wanted(**{name: getattr(row, name) for name in INTEREST})


def words_of(wanted: Wanted | Interest) -> list[str]:
    """Say in short parts what somebody wants to hear of, in the active language."""
    said = [
        _place_words(wanted),
        wanted.organisation.name if wanted.organisation else "",
        str(Topic(wanted.topic).label) if wanted.topic else "",
        _("Spoken there: %(language)s") % {"language": NAMES[wanted.language]}
        if wanted.language
        else "",
        str(Audience(wanted.audience).label) if wanted.audience else "",
        _("Free of charge") if wanted.is_free else "",
        _("With childcare") if wanted.has_childcare else "",
        _("For wheelchairs (step-free)") if wanted.is_step_free else "",
    ]
    return [part for part in said if part] or [_("All new meetings")]


def _place_words(wanted: Wanted | Interest) -> str:
    if wanted.municipality is None:
        return ""
    if not wanted.km:
        return wanted.municipality.name
    return _("%(place)s and up to %(km)s km around") % {
        "place": wanted.municipality.name,
        "km": wanted.km,
    }
