"""How allauth is bent to our people: one way in by code or passkey, no passwords, our words."""

import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from miteinander.community.people.mail import send_sign_in_mail
from miteinander.community.people.models import Person
from miteinander.community.people.services import note_sign_out
from miteinander.foundation.core.permissions import SystemActor

CODE_DIGITS = 8


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in by code for everybody, known or not; the pages say what happened, not messages."""

    def get_login_stages(self) -> list[str]:
        """A code or a passkey is enough; nobody is asked for both."""
        return ["allauth.account.stages.LoginByCodeStage"]

    def generate_login_code(self) -> str:
        """Return digits only: every keyboard has them, and no letter looks like another."""
        return "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))

    def is_reauthentication_required(self, **_kwargs: object) -> bool:
        """Leave it to our own views to ask for a fresh sign-in."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Lead on to paths of this site only: Django takes another word for the name of a view."""
        return url.startswith("/") and bool(super().is_safe_url(url))

    def add_message(self, *_args: object, **_kwargs: object) -> None:
        """Stay silent: allauth's English sentences have no place on our pages."""

    def send_mail(self, _template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send the code in the language of the person it goes to."""
        send_sign_in_mail(email=email, code=context["code"])

    def pre_login(
        self, request: HttpRequest, user: Person, **_kwargs: object
    ) -> HttpResponse | None:
        """Turn away who may not sign in, with the words for everybody."""
        if user.is_active:
            return None
        clear_login(request)
        return redirect("account_login")

    def login(self, request: HttpRequest, user: Person) -> None:
        """Sign in for as long as the settings say; the session so far was a short one."""
        super().login(request, user)
        request.session.set_expiry(None)

    def logout(self, request: HttpRequest) -> None:
        """Sign out, and let everybody forget what hangs on this sign-in."""
        person, key = request.user, request.session.session_key
        super().logout(request)
        if key and isinstance(person, Person) and person.erased_at is None:
            note_sign_out(actor=SystemActor("sign-out"), person_id=person.pk, session_key=key)

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        """Lead people without a name to their profile first, and then where they wanted to go."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if user.name:
            return response
        following = urlencode({"next": response.headers["Location"]})
        return redirect(f"{reverse('people:profile')}?{following}")
