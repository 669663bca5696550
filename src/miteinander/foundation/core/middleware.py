"""What every request passes: one log line without personal data, and privacy of personal pages."""

import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]
_LOG = structlog.get_logger("miteinander.request")


def log_request(get_response: Handler) -> Handler:
    """Log method, route name, status and time of each request; never an address or a person."""

    def middleware(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = get_response(request)
        match = request.resolver_match
        _LOG.info(
            "request",
            method=request.method,
            route=match.view_name if match else "",
            status=response.status_code,
            milliseconds=round((time.perf_counter() - began) * 1000, 1),
        )
        return response

    return middleware


def keep_personal_pages_private(get_response: Handler) -> Handler:
    """Forbid every cache to keep pages of signed-in people; leaving clears the browser."""

    def middleware(request: HttpRequest) -> HttpResponse:
        was_signed_in = request.user.is_authenticated
        response = get_response(request)
        if was_signed_in or request.user.is_authenticated:
            response["Cache-Control"] = "no-store, private"
        if was_signed_in and not request.user.is_authenticated:
            response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        return response

    return middleware
