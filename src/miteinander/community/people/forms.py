"""Forms of the people app."""

from allauth.account.forms import RequestLoginCodeForm


class SignInForm(RequestLoginCodeForm):  # type: ignore[misc]
    """Ask for the address to which the code goes."""
