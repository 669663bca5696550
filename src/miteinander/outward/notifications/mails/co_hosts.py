"""Mails between organisations that invite together, or are asked to."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from miteinander.encounters.activities.enums import CoHostStatus
from miteinander.encounters.activities.models import CoHost
from miteinander.foundation.content.queries import Reading, read
from miteinander.outward.notifications.mails import facts
from miteinander.outward.notifications.mails.mail import Fact, Link, Mail, Words
from miteinander.outward.notifications.models import Letter


def _co_host(letter: Letter) -> CoHost | None:
    return (
        CoHost.objects.filter(pk=letter.context["co_host"])
        .select_related("activity__organisation", "organisation")
        .prefetch_related("activity__versions")
        .first()
    )


def _mail(co_host: CoHost, reading: Reading, subject: str, lead: str, **more: object) -> Mail:
    values: dict[str, object] = {
        "subject": facts.subject_of(subject, co_host.activity, reading),
        "lead": lead,
        "heading": Words(reading.part("title"), reading.language_of("title")),
        "facts": (
            Fact(_("Who plans it"), Words(co_host.activity.organisation.name)),
            Fact(_("Who is asked"), Words(co_host.organisation.name)),
        ),
    }
    return Mail(**{**values, **more})  # type: ignore[arg-type]


def co_host_asked(letter: Letter) -> Mail | None:
    """Ask the members of an organisation whether it invites too, unless somebody answered."""
    co_host = _co_host(letter)
    if co_host is None or not co_host.is_asked:
        return None
    return _mail(
        co_host,
        read(co_host.activity, letter.language),
        _("Do you invite together? %(title)s"),
        _("Another organisation asks yours to invite to a meeting together."),
        notes=(
            _("If you agree, both names are shown. The other organisation stays responsible."),
            _("You answer for your organisation on the planning page."),
        ),
        link=Link(_("Look at it and answer"), settings.SITE_URL + reverse("activities:plan")),
    )


def co_host_answered(letter: Letter) -> Mail | None:
    """Tell whoever plans what the asked organisation said, as long as it still holds."""
    co_host = _co_host(letter)
    if co_host is None or co_host.status != letter.context["status"]:
        return None
    subject, lead = (
        (_("You invite together: %(title)s"), _("The organisation agreed. Both names are shown."))
        if co_host.is_agreed
        else (_("No, not together: %(title)s"), _("The organisation said no this time."))
    )
    return _mail(
        co_host, read(co_host.activity, letter.language), subject, lead,
        link=Link(_("Open the meeting"), _page(co_host)),
    )  # fmt: skip


def co_host_ended(letter: Letter) -> Mail | None:
    """Tell the other side that two organisations no longer invite together."""
    co_host = _co_host(letter)
    if co_host is None or co_host.status != CoHostStatus.ENDED:
        return None
    return _mail(
        co_host,
        read(co_host.activity, letter.language),
        _("No longer together: %(title)s"),
        _("The two organisations do not invite to this meeting together any more."),
    )


def _page(co_host: CoHost) -> str:
    return settings.SITE_URL + reverse("activities:edit_together", args=[co_host.activity_id])
