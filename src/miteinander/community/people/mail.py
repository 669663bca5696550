"""The mails with a code, to sign in or to prove a new address, and those why there is none.

They go out at once and not through the job queue: somebody is waiting for them on the page, and
a mail server that is down is said there.
"""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, override

from miteinander.community.people.models import Person
from miteinander.foundation.core.models import Instance


def send_sign_in_mail(*, email: str, code: str = "") -> None:
    """Send ``code`` to ``email``; without one, say that this account is switched off.

    Raises:
        OSError: the mail server cannot be reached or refused the mail.
    """
    person = Person.objects.filter(email=email).first()
    language = (person.language if person else get_language()) or "de"
    template = "code" if code else "switched_off"
    _send(template, email, language, code=code, page="account_confirm_login_code")


def send_address_mail(*, email: str, language: str, code: str = "") -> None:
    """Send ``code`` to a new address; without one, say that the address is known already.

    Raises:
        OSError: the mail server cannot be reached or refused the mail.
    """
    if code:
        _send("address_code", email, language, code=code, page="people:confirm_address")
    else:
        _send("address_known", email, language, code="", page="account_login")


def _send(template: str, email: str, language: str, *, code: str, page: str) -> None:
    with override(language):
        context = {
            "code": f"{code[:4]} {code[4:]}",
            "minutes": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60,
            "address": settings.SITE_URL + reverse(page),
            "instance": Instance.objects.first() or Instance(),
        }
        subject = render_to_string(f"people/mail/{template}_subject.txt", context)
        body = render_to_string(f"people/mail/{template}.txt", context)
    EmailMessage(
        subject=" ".join(subject.split()),
        body=body.strip() + "\n",
        to=[email],
        headers={"Auto-Submitted": "auto-generated"},
    ).send()
