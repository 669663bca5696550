"""How allauth is bent to our people: who may sign up, and what happens at the first sign-in."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in by code for everybody."""
