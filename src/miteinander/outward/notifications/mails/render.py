"""Gives a mail its form: plain text and simple HTML, in the direction of its language."""

from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from miteinander.foundation.core.languages import direction
from miteinander.foundation.core.models import Instance
from miteinander.foundation.core.text import one_line
from miteinander.outward.notifications.mails.mail import Mail
from miteinander.outward.notifications.models import Letter


def message_of(letter: Letter, mail: Mail) -> EmailMultiAlternatives:
    """Build the message; a second try of the same letter has the same Message-ID."""
    context: dict[str, Any] = {
        "mail": mail,
        "instance": Instance.objects.first() or Instance(),
        "language": letter.language,
        "direction": direction(letter.language),
    }
    with translation.override(letter.language):
        text = render_to_string("notifications/mail.txt", context)
        html = render_to_string("notifications/mail.html", context)
    message = EmailMultiAlternatives(
        # One line whatever somebody wrote into a title: no CR, LF or U+2028 reaches a header.
        subject=one_line(mail.subject),
        body=text,
        to=[letter.address],
        headers={
            "Message-ID": _message_id(letter),
            "Auto-Submitted": "auto-generated",
            "Content-Language": letter.language,
            **_stop_headers(mail),
        },
    )
    message.attach_alternative(html, "text/html")
    for attachment in mail.attachments:
        message.attach(attachment.name, attachment.content, attachment.kind)
    return message


def _stop_headers(mail: Mail) -> dict[str, str]:
    """Let mail programs offer the end of such mails in one click (RFC 8058)."""
    if mail.stop is None:
        return {}
    return {
        "List-Unsubscribe": f"<{mail.stop.address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _message_id(letter: Letter) -> str:
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<letter-{letter.mark or f'before-{letter.pk}'}@{host}>"
