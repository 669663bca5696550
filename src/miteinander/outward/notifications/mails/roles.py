"""Mails to organisers: somebody offers to help on a date, or takes it back."""

from django.utils.translation import gettext as _

from miteinander.encounters.activities.enums import OfferStatus
from miteinander.encounters.activities.models import ActivityDate, RoleOffer
from miteinander.foundation.content.queries import Reading, read
from miteinander.outward.exchange.queries import calendar_dates
from miteinander.outward.notifications.mails import facts
from miteinander.outward.notifications.mails.mail import Fact, Link, Mail, Words
from miteinander.outward.notifications.models import Letter


def offer_of(letter: Letter) -> RoleOffer | None:
    """Load the offer a letter is about, with its date; None when it is gone."""
    offer = RoleOffer.objects.filter(pk=letter.context["offer"]).select_related("wanted").first()
    if offer is not None:
        offer.date = calendar_dates(ActivityDate.objects.all()).get(pk=offer.date_id)
    return offer


def _mail(offer: RoleOffer, reading: Reading, subject: str, lead: str) -> Mail:
    return Mail(
        subject=facts.subject_of(subject, offer.date.activity, reading),
        lead=lead,
        heading=facts.heading_of(reading),
        facts=(
            Fact(_("When"), facts.when_words(offer.date)),
            Fact(_("What"), Words(offer.wanted.label)),
        ),
        link=Link(_("See who helps"), facts.address_of("activities:helpers", offer.date_id)),
    )


def role_offered(letter: Letter) -> Mail | None:
    """Tell whoever plans that somebody offers to help; the name stands behind the link."""
    offer = offer_of(letter)
    if offer is None or not offer.is_offered:
        return None
    return _mail(
        offer, read(offer.date.activity, letter.language),
        _("Somebody offers to help: %(title)s"),
        _("Somebody offers to help on this date. Please answer with yes or no."),
    )  # fmt: skip


def role_withdrawn(letter: Letter) -> Mail | None:
    """Tell whoever plans that somebody does not help after all."""
    offer = offer_of(letter)
    if offer is None or offer.status != OfferStatus.WITHDRAWN:
        return None
    return _mail(
        offer, read(offer.date.activity, letter.language),
        _("An offer to help was taken back: %(title)s"),
        _("Somebody cannot help on this date after all."),
    )  # fmt: skip
