"""Pages of a long list, with addresses that keep the query."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict

PAGE_SIZE = 20


@dataclass(frozen=True)
class PageLinks:
    """One page of a list and the query strings of its neighbours, empty where there is none."""

    page: Page[Any]
    previous: str
    following: str


def _query(params: QueryDict, number: int) -> str:
    changed = params.copy()
    changed["page"] = str(number)
    return "?" + changed.urlencode()


def page_of(
    items: QuerySet[Any] | list[Any], params: QueryDict, size: int = PAGE_SIZE
) -> PageLinks:
    """Cut ``items`` into pages of ``size`` and pick the one named in ``params``.

    A page number that is no number or out of range gives the nearest page, never an error.
    """
    page = Paginator(items, size).get_page(params.get("page"))
    return PageLinks(
        page=page,
        previous=_query(params, page.previous_page_number()) if page.has_previous() else "",
        following=_query(params, page.next_page_number()) if page.has_next() else "",
    )
