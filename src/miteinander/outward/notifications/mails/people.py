"""Mails to people about their own account."""

from django.utils.translation import gettext as _

from miteinander.outward.notifications.mails.mail import Mail
from miteinander.outward.notifications.models import Letter


def address_changed(_letter: Letter) -> Mail:
    """Tell the old address that the account has gone over to another one, not to which."""
    return Mail(
        subject=_("Your e-mail address was changed"),
        lead=_("Your account has another e-mail address now. We write to you there."),
        notes=(
            _("That was you? Then you do not have to do anything."),
            _("That was not you? Please call us or write to us at once."),
        ),
    )
