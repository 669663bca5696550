"""The steps of signing in, on top of allauth's own: asking for a code, and the pending code."""

import time

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.stages import LoginByCodeStage, LoginStageController
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import get_language

from miteinander.community.people import services
from miteinander.community.people.mail import send_sign_in_mail
from miteinander.community.people.models import Person
from miteinander.community.people.permissions import is_person

RECENT_SECONDS = 30 * 60


def ask_for_code(request: HttpRequest, email: str) -> None:
    """Send a code to ``email`` and remember in the session that one is awaited.

    Everybody takes the same way: an address nobody knows gets its row now; one that may not sign
    in gets a mail without a code, and the page that waits for one.

    Raises:
        OSError: the mail could not be handed over.
    """
    contact = services.Contact(email=email, language=get_language() or "de")
    person = services.find_or_add_guest(actor=request.user, contact=contact)
    if not person.is_active:
        send_sign_in_mail(email=email)
    LoginCodeVerificationProcess.initiate(
        request=request, user=person if person.is_active else None, email=email
    )
    forget_soon(request)


def forget_soon(request: HttpRequest) -> None:
    """Let the session of somebody who begins to sign in end when the code does."""
    if not request.user.is_authenticated:
        request.session.set_expiry(settings.ACCOUNT_LOGIN_TIMEOUT)


def awaited_code(request: HttpRequest) -> LoginCodeVerificationProcess | None:
    """Return the code this browser waits for, or None when there is none or it is too old."""
    stage = LoginStageController.enter(request, LoginByCodeStage.key)
    return LoginCodeVerificationProcess.resume(stage) if stage else None


def who_may_enter(awaited: LoginCodeVerificationProcess) -> Person | None:
    """Return whose code it is, unless switched off or gone over to another address meanwhile."""
    person: Person | None = awaited.user
    if person is None or not person.is_active or person.email != awaited.state["email"]:
        return None
    return person


def signed_in_recently(request: HttpRequest) -> bool:
    """Tell whether the person in front of this session proved who they are a short time ago."""
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - float(records[-1]["at"]) < RECENT_SECONDS


def signed_in_person(request: HttpRequest) -> Person:
    """Return who is signed in; the views that ask this stand behind ``login_required``.

    Raises:
        PermissionDenied: nobody is, or the row has no account.
    """
    if not is_person(request.user):
        raise PermissionDenied
    return request.user
