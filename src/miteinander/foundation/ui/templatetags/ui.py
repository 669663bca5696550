"""Components as template tags: ``{% load ui %}``. The gallery shows each in every state."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from miteinander.foundation.core.pagination import PageLinks
from miteinander.foundation.ui import emblem, formats, icons, patterns, problems, slots
from miteinander.foundation.ui.components import MapDot, SeatRow, Step, Table, Task
from miteinander.foundation.ui.context import instance_of
from miteinander.foundation.ui.region_map import HEIGHT, WIDTH, place_dots

register = template.Library()
Context = Mapping[str, Any]
FOLDER = "ui/components"

register.simple_tag(icons.draw, name="icon")
register.simple_tag(patterns.pattern, name="pattern")
register.simple_tag(formats.time_range, name="time_range")
register.simple_tag(formats.day, name="day")
register.simple_tag(formats.price, name="price")
register.simple_tag(formats.phone, name="phone")
register.simple_tag(formats.ltr, name="ltr")
register.simple_tag(formats.comma, name="comma")
register.filter("moment", formats.moment)


@register.inclusion_tag(f"{FOLDER}/button.html")
def button(text: str, href: str = "", kind: str = "primary", **more: str) -> Context:
    """Draw a link that looks like a button, or without ``href`` a submit button.

    ``more`` may name: icon, name, value, form, formaction, confirm (a question asked before).
    """
    names = ("icon", "name", "value", "form", "formaction", "confirm")
    return {
        "text": text,
        "href": href,
        "kind": kind,
        **{name: more.get(name, "") for name in names},
    }


@register.inclusion_tag(f"{FOLDER}/field.html")
def field(bound: BoundField) -> Context:
    """Draw a form field with its label, help and errors."""
    return problems.field_parts(bound)


@register.inclusion_tag(f"{FOLDER}/error_summary.html")
def error_summary(*forms: Any, focus: bool = True) -> Context:
    """List what is wrong in forms or formsets, each with a link to its field."""
    return {"focus": focus, "problems": [found for form in forms for found in problems.find(form)]}


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: str = "") -> SafeString:
    """Tell something important; ``kind`` is info, success, warning or error."""
    names = {"success": "circle-check", "warning": "triangle-alert", "error": "octagon-alert"}
    role = {"error": "alert", "success": "status"}.get(kind, "note")
    heading = format_html('<p class="notice-title">{}</p>', title) if title else ""
    return format_html(
        '<div class="notice notice-{}" role="{}">{}<div class="notice-body">{}{}</div></div>',
        kind, role, icons.draw(names.get(kind, "info"), 24), heading, content,
    )  # fmt: skip


@register.inclusion_tag(f"{FOLDER}/tag.html")
def tag(text: str, icon: str = "", tone: str = "neutral") -> Context:
    """Draw a short fact; ``tone`` is neutral, good, warn or warm."""
    return {"text": text, "icon": icon, "tone": tone}


@register.simple_block_tag
def card(content: str, kind: str = "") -> SafeString:
    """Draw a card. A date badge as its first child stands at its start edge."""
    return format_html(
        '<article class="card{}">{}</article>', f" card-{kind}" if kind else "", content
    )


@register.inclusion_tag(f"{FOLDER}/date_badge.html")
def date_badge(moment: datetime, key: Any, topic: str = "") -> Context:
    """Draw the day, big, on the pattern of ``key`` in the tint of ``topic``."""
    return {
        "moment": moment,
        "pattern": patterns.pattern(str(key)),
        "tint": patterns.look(topic).tint,
    }


@register.simple_tag
def topic_icon(topic: str, size: int = 24) -> SafeString:
    """Draw the pictogram of a topic."""
    return icons.draw(patterns.look(topic).icon, size)


@register.inclusion_tag(f"{FOLDER}/seats.html")
def seats(taken: int, capacity: int | None) -> Context:
    """Show how many seats are left, as dots and in words; without ``capacity`` all may come."""
    if not capacity:
        return {"rows": [], "words": _("There is room for everybody. Just come.")}
    left = max(capacity - taken, 0)
    words = ngettext("%(left)s seat is free.", "%(left)s seats are free.", left) % {"left": left}
    return {
        "rows": [("here", SeatRow(taken, capacity).dots())],
        "words": words if left else _("All seats are taken."),
    }


@register.inclusion_tag(f"{FOLDER}/seats.html")
def seats_of_both(
    local_taken: int, local_capacity: int, newcomer_taken: int, newcomer_capacity: int
) -> Context:
    """Show the seats of both sides, as two rows of dots and in words."""
    local_left = max(local_capacity - local_taken, 0)
    newcomer_left = max(newcomer_capacity - newcomer_taken, 0)
    words = _("Free seats: %(local)s for neighbours, %(newcomer)s for newcomers.") % {
        "local": local_left,
        "newcomer": newcomer_left,
    }
    return {
        "rows": [
            ("here", SeatRow(local_taken, local_capacity).dots()),
            ("there", SeatRow(newcomer_taken, newcomer_capacity).dots()),
        ],
        "words": words if local_left or newcomer_left else _("All seats are taken."),
    }


@register.inclusion_tag(f"{FOLDER}/pagination.html")
def pagination(links: PageLinks) -> Context:
    """Link to the pages before and after; nothing where there is one page only."""
    return {"links": links}


@register.inclusion_tag(f"{FOLDER}/empty_state.html")
def empty_state(
    title: str, text: str = "", href: str = "", label: str = "", icon: str = "sprout"
) -> Context:
    """Invite where a list has nothing to show."""
    return {"title": title, "text": text, "href": href, "label": label, "icon": icon}


@register.inclusion_tag(f"{FOLDER}/step_list.html")
def step_list(steps: Sequence[Step]) -> Context:
    """Show where in a way of several pages somebody is."""
    return {"steps": steps}


@register.inclusion_tag(f"{FOLDER}/task_list.html")
def task_list(tasks: Sequence[Task]) -> Context:
    """List the pages of long work with their states."""
    return {"tasks": tasks}


@register.inclusion_tag(f"{FOLDER}/data_table.html")
def data_table(table: Table) -> Context:
    """Draw a table; on phones each row becomes a block with the column heads beside the cells."""
    return {"table": table, "rows": table.labelled_rows()}


@register.simple_block_tag
def sticky_actions(content: str) -> SafeString:
    """Keep the main action of a page reachable at the lower edge of the screen."""
    return format_html('<div class="sticky-actions"><div class="cluster">{}</div></div>', content)


@register.simple_block_tag
def dialog(content: str, key: str, title: str) -> SafeString:
    """Hold a short question; ``dialog_opener`` opens it, also without scripts."""
    return format_html(
        '<dialog class="dialog" id="{0}" aria-labelledby="{0}-title"><h2 id="{0}-title">{1}</h2>'
        '<div class="stack">{2}</div>'
        '<a class="button button-quiet" href="#main" data-closes>{3}</a></dialog>',
        key, title, content, _("Close"),
    )  # fmt: skip


@register.inclusion_tag(f"{FOLDER}/dialog_opener.html")
def dialog_opener(key: str, text: str, kind: str = "secondary", icon: str = "") -> Context:
    """Draw what opens the dialog ``key``."""
    return {"key": key, "text": text, "kind": kind, "icon": icon}


@register.inclusion_tag(f"{FOLDER}/share.html")
def share(address: str, title: str) -> Context:
    """Offer an address to be passed on: readable for all, with buttons where scripts run."""
    return {"address": address, "title": title}


@register.simple_tag(takes_context=True)
def slot(context: Context, name: str, obj: Any = None) -> SafeString:
    """Fill a place with what other apps registered for it."""
    return slots.render(name, context.get("request"), obj)


@register.simple_tag(takes_context=True)
def sign(context: Context) -> SafeString:
    """Draw the sign with the name of the platform."""
    name = instance_of(context.get("request")).name
    return format_html('{}<bdi class="sign-name">{}</bdi>', emblem.draw_sign(), name)


@register.simple_tag
def sign_art() -> SafeString:
    """Draw the sign alone."""
    return emblem.draw_sign()


@register.simple_tag
def eu_emblem() -> SafeString:
    """Draw the European emblem."""
    return emblem.draw_emblem(_("Flag of the European Union"))


@register.inclusion_tag(f"{FOLDER}/region_map.html")
def region_map(dots: Sequence[MapDot]) -> Context:
    """Draw the district: a dot for each municipality, and the same as a list in words."""
    return {"placed": place_dots(dots), "width": int(WIDTH), "height": int(HEIGHT)}
