"""Links of the header and the footer, registered by the apps that own the pages."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

MOST_IN_HEADER = 4


def _always(_request: HttpRequest) -> bool:
    return True


@dataclass(frozen=True)
class NavItem:
    """One entry of the header; ``shown`` says for whom.

    A page belongs to the entry whose address its own begins with. ``also`` names pages that
    belong to this entry although their addresses do not begin like it.
    """

    order: int
    label: str | Promise
    url_name: str
    icon: str = ""
    shown: Callable[[HttpRequest], bool] = _always
    also: frozenset[str] = frozenset()


@dataclass(frozen=True)
class FooterItem:
    """One link of the footer."""

    order: int
    label: str | Promise
    url_name: str


@dataclass(frozen=True)
class Link:
    """An entry as the page shows it."""

    label: str | Promise
    href: str
    icon: str = ""
    is_current: bool = False


_HEADER: dict[str, NavItem] = {}
_FOOTER: dict[str, FooterItem] = {}


def register(item: NavItem) -> None:
    """Add an entry to the header; a second one for the same address replaces the first."""
    _HEADER[item.url_name] = item


def register_footer(item: FooterItem) -> None:
    """Add a link to the footer."""
    _FOOTER[item.url_name] = item


def header_items() -> list[NavItem]:
    """Return all registered entries in their order."""
    return sorted(_HEADER.values(), key=lambda item: (item.order, item.url_name))


def footer_items() -> list[FooterItem]:
    """Return all registered links in their order."""
    return sorted(_FOOTER.values(), key=lambda item: (item.order, item.url_name))


def _address(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:  # a part that is switched off must not take every page down
        return ""


def _current(path: str, addresses: list[str]) -> str:
    """Return the address that ``path`` belongs to: the longest one it begins with."""
    home = "/" + path.split("/")[1] + "/"  # every page begins with it, so it must match exactly
    within = [one for one in addresses if path == one or (one != home and path.startswith(one))]
    return max(within, key=len, default="")


def header_links(request: HttpRequest) -> list[Link]:
    """Return the entries this request may see, at most four: more do not fit on a phone."""
    shown = [(item, _address(item.url_name)) for item in header_items() if item.shown(request)]
    shown = [(item, href) for item, href in shown if href][:MOST_IN_HEADER]
    match = request.resolver_match
    claimed = [href for item, href in shown if match and match.view_name in item.also]
    current = next(iter(claimed), "") or _current(request.path, [href for _item, href in shown])
    return [Link(item.label, href, item.icon, is_current=href == current) for item, href in shown]


def footer_links() -> list[Link]:
    """Return the links of the footer."""
    addressed = [(item, _address(item.url_name)) for item in footer_items()]
    return [Link(item.label, href) for item, href in addressed if href]
