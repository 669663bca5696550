"""The pending code of a new e-mail address, kept in the session of the person who wants it."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.account.internal.userkit import user_id_to_str
from django.conf import settings
from django.http import HttpRequest

from miteinander.community.people.mail import send_address_mail
from miteinander.community.people.queries import keeper_of
from miteinander.community.people.sign_in import signed_in_person

_KEY = "address_change"


class AddressCode(AbstractCodeVerificationProcess):  # type: ignore[misc]
    """A code under way to a new address: as long, and as often wrong, as one to sign in."""

    def __init__(self, request: HttpRequest, state: dict[str, Any]) -> None:
        self.request = request
        super().__init__(
            state=state,
            timeout=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT,
            max_attempts=settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS,
            user=signed_in_person(request),
        )

    def persist(self) -> None:
        """Remember in the session that the code is awaited."""
        self.request.session[_KEY] = self.state

    def abort(self) -> None:
        """Forget the code: it was used, is too old, or was wrong too often."""
        self.request.session.pop(_KEY, None)

    def send(self) -> None:
        """Send the code, or to an address that another row keeps the word that there is none.

        Raises:
            OSError: the mail could not be handed over.
        """
        email, person = self.state["email"], signed_in_person(self.request)
        keeper = keeper_of(email=email)
        self.state["code"] = "" if keeper else get_adapter().generate_login_code()
        language = keeper.language if keeper else person.language
        send_address_mail(email=email, language=language, code=self.state["code"])


def ask_for_address_code(request: HttpRequest, email: str) -> None:
    """Send a code to ``email``; the page that waits for it is the same for every address.

    Raises:
        OSError: the mail could not be handed over.
    """
    person = signed_in_person(request)
    asked = AddressCode(request, AddressCode.initial_state(user=person, email=email))
    asked.send()
    asked.persist()


def awaited_address_code(request: HttpRequest) -> AddressCode | None:
    """Return the code this person waits for, or None when there is none or it is too old."""
    state = request.session.get(_KEY)
    if not state or state.get("user_id") != user_id_to_str(signed_in_person(request)):
        return None
    awaited: AddressCode | None = AddressCode(request, state).abort_if_invalid()
    return awaited
