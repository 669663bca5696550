"""Marks for public pages: which answers may be kept, and when what was kept is stale."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse

from miteinander.foundation.core.models import PublicChange

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

MARK = "X-Public-Page"


def public_page(view: View[P]) -> View[P]:
    """Let the layer in front keep this view's answers to people who are not signed in.

    Such an answer may depend on the address and the time only: no token, no cookie, no name.
    """

    @wraps(view)
    def marked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if not request.user.is_authenticated and response.status_code == 200:  # noqa: PLR2004
            response[MARK] = "1"
        return response

    return marked


def mark_public_change() -> None:
    """Note, in the running transaction, that kept public pages are stale once it commits."""
    PublicChange.objects.create()


def public_version() -> tuple[int, int]:
    """Return a value that differs after every committed mark.

    The count beside the newest key notices a transaction that began earlier but ended later.
    """
    row = PublicChange.objects.aggregate(newest=Max("pk"), count=Count("pk"))
    return row["newest"] or 0, row["count"]
