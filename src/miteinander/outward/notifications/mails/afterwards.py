"""The mail on the evening after a date: how was it?"""

from django.utils.translation import gettext as _

from miteinander.encounters.activities.permissions import is_published
from miteinander.encounters.activities.services.feedback import (
    is_open,
    link_token,
    those_who_came,
)
from miteinander.foundation.content.queries import read
from miteinander.foundation.core import clock
from miteinander.outward.notifications.mails import facts
from miteinander.outward.notifications.mails.mail import Fact, Link, Mail
from miteinander.outward.notifications.models import Letter


def feedback_wanted(letter: Letter) -> Mail | None:
    """Ask somebody who came, unless they were seen missing or the time for answers is over."""
    participation = facts.participation_of(letter)
    if participation is None:
        return None
    date = facts.date_of(participation)
    came = those_who_came(date).filter(pk=participation.pk).exists()
    if not came or not is_published(date.activity) or not is_open(date, clock.now()):
        return None
    reading = read(date.activity, letter.language)
    return Mail(
        subject=facts.subject_of(_("How was it? %(title)s"), date.activity, reading),
        lead=_("You were at this meeting. We have three short questions. Three taps are enough."),
        heading=facts.heading_of(reading),
        facts=(Fact(_("When"), facts.when_words(date)),),
        notes=(
            _("Your answers are stored without your name. You can change them for 14 days."),
            _("We ask only once."),
        ),
        link=Link(
            _("Answer three questions"),
            facts.address_of("activities:feedback", date.pk, link_token(participation)),
        ),
    )
