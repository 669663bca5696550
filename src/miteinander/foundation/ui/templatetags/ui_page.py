"""Tags of the base layout only: ``{% load ui_page %}``."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.conf import settings
from django.contrib.messages import get_messages
from django.utils.translation import get_language, gettext

from miteinander.foundation.core.languages import INTERFACE, OWN_NAMES, direction
from miteinander.foundation.ui.context import address_in, instance_of, path_in
from miteinander.foundation.ui.navigation import footer_links, header_links

register = template.Library()
Context = Mapping[str, Any]


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


@register.simple_tag
def page_language() -> str:
    """Name the language of the page."""
    return _language()


@register.simple_tag(takes_context=True)
def page_direction(context: Context) -> str:
    """Name the direction of the page; the gallery may ask for the other one."""
    return context.get("forced_direction") or direction(_language())


@register.simple_tag(takes_context=True)
def page_theme(context: Context) -> str:
    """Name the theme the gallery asks for; "auto" everywhere else, where the device decides."""
    return context.get("forced_theme") or "auto"


@register.simple_tag(takes_context=True)
def title_prefix(context: Context) -> str:
    """Begin the title with "Error:" when the form of the page has something wrong."""
    form = context.get("form")
    return f"{gettext('Error:')} " if getattr(form, "errors", None) else ""


@register.simple_tag(takes_context=True)
def platform_name(context: Context) -> str:
    """Name the platform."""
    return str(instance_of(context.get("request")).name)


@register.inclusion_tag("ui/parts/addresses.html", takes_context=True)
def page_addresses(context: Context) -> Context:
    """Name this page in all languages, and its one lasting address."""
    request = context.get("request")
    if request is None or getattr(request, "resolver_match", None) is None:
        return {"alternates": [], "canonical": ""}
    page = request.GET.get("page", "")
    query = f"?page={page}" if page.isdecimal() else ""
    return {
        "alternates": [
            (code, f"{settings.SITE_URL}{path_in(request, code)}{query}") for code in INTERFACE
        ],
        "canonical": f"{settings.SITE_URL}{request.path}{query}",
    }


@register.inclusion_tag("ui/parts/header.html", takes_context=True)
def page_header(context: Context) -> Context:
    """Draw the sign, the navigation and the choice of language."""
    request, code = context.get("request"), _language()
    form = context.get("form")
    return {
        "request": request,
        "home": f"/{code}/",
        "links": header_links(request) if request and hasattr(request, "user") else [],
        "current": OWN_NAMES.get(code, code),
        "survives_switch": getattr(form, "survives_switch", False),
        "choices": [
            {
                "code": one,
                "name": OWN_NAMES[one],
                "direction": direction(one),
                "href": address_in(request, one) if request else f"/{one}/",
                "is_current": one == code,
            }
            for one in INTERFACE
        ],
    }


@register.inclusion_tag("ui/parts/messages.html", takes_context=True)
def page_messages(context: Context) -> Context:
    """Show what just happened. A visitor without a session is never asked for one."""
    request = context.get("request")
    if request is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return {"messages": []}
    return {"messages": list(get_messages(request))}


@register.inclusion_tag("ui/parts/footer.html", takes_context=True)
def page_footer(context: Context) -> Context:
    """Draw whom to call, the standing links and who funds the house."""
    request = context.get("request")
    return {"instance": instance_of(request), "links": footer_links()}
