"""What the pages of others show of people."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from miteinander.foundation.core.permissions import can


def way_to_accounts(request: HttpRequest | None, _obj: Any) -> SafeString:
    """Show administrators the way to everybody who has an account."""
    if request is None or not can(request.user, "people.oversee"):
        return SafeString()
    return render_to_string("people/_accounts_link.html", {}, request)
