"""What the pages of others show of the front door."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from miteinander.foundation.core.permissions import can


def way_to_instance(request: HttpRequest | None, _obj: Any) -> SafeString:
    """Show administrators the way to the facts about the platform."""
    if request is None or not can(request.user, "web.change_instance"):
        return SafeString()
    return render_to_string("web/_instance_link.html", {}, request)
