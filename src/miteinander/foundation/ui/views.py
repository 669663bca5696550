"""Error pages and the gallery of components."""

import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from miteinander.foundation.core.models import Instance
from miteinander.foundation.core.public import public_page
from miteinander.foundation.ui.gallery import gallery_context

BARE_PAGE = (
    "<!DOCTYPE html><html lang='en'><meta charset='utf-8'><title>Error</title>"
    "<h1>Something went wrong on our side</h1><p>Please try again in a few minutes.</p></html>"
)


def _home() -> str:
    return f"/{get_language() or 'de'}/"


def bad_request_page(request: HttpRequest, exception: Exception) -> HttpResponse:
    context = {
        "title": _("We did not understand this"),
        "sentences": [_("Please go back and try again.")],
        "home": _home(),
    }
    return render(request, "ui/error.html", context, status=400)


def forbidden_page(request: HttpRequest, exception: Exception) -> HttpResponse:
    context = {
        "title": _("This page is not open to you"),
        "sentences": [_("Maybe you need to sign in, or another role is needed here.")],
        "home": _home(),
    }
    return render(request, "ui/error.html", context, status=403)


def stale_form_page(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form without its token: most often the page was open for too long."""
    context = {
        "title": _("This page was open for too long"),
        "sentences": [_("Please go back, load the page again and send the form once more.")],
        "home": _home(),
    }
    return render(request, "ui/error.html", context, status=403)


def not_found_page(request: HttpRequest, exception: Exception) -> HttpResponse:
    context = {
        "title": _("There is nothing here"),
        "sentences": [
            _("Maybe the address has a typing mistake, or the page is no longer there."),
        ],
        "home": _home(),
    }
    return render(request, "ui/error.html", context, status=404)


def too_many_page(request: HttpRequest) -> HttpResponse:
    """Answer somebody who asked for the same thing too often in a short time."""
    context = {
        "title": _("Please wait a little"),
        "sentences": [
            _("You or somebody beside you asked for this very often in a short time."),
            _("Please try again in five minutes. It will work then."),
        ],
        "home": _home(),
    }
    return render(request, "ui/error.html", context, status=429)


def server_error_page(request: HttpRequest) -> HttpResponse:
    """Answer without the database and without the session: either may be what failed.

    When the database is away or its disk is full, 503 tells machines to come again.
    """
    context = {
        "title": _("Something went wrong on our side"),
        "sentences": [
            _("Please try again in a few minutes. What you sent may not have been saved."),
        ],
        "home": _home(),
        "instance": Instance(),
    }
    try:
        page: str = render_to_string("ui/error.html", context)
    except Exception:  # noqa: BLE001 (the last page must not fail for any reason)
        page = BARE_PAGE
    is_storage = isinstance(sys.exc_info()[1], OperationalError)
    return HttpResponse(page, status=503 if is_storage else 500)


@require_GET
@public_page
def gallery_screen(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/gallery.html", gallery_context(request.GET))
