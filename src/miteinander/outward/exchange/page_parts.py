"""What the page of a date shows of this app: facts for machines, and the calendar file."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from miteinander.encounters.activities.models import ActivityDate
from miteinander.encounters.activities.permissions import is_public
from miteinander.foundation.ui import slots
from miteinander.outward.exchange import schema


def machine_facts(_request: HttpRequest | None, date: ActivityDate) -> SafeString:
    """Tell search engines and messengers of a public date; of others nothing."""
    return schema.head_of_date(date) if is_public(date.activity) else SafeString()


def calendar_link(request: HttpRequest | None, date: ActivityDate) -> SafeString:
    """Offer the calendar file of a public date."""
    if not is_public(date.activity):
        return SafeString()
    context = {"address": schema.calendar_address(date)}
    return render_to_string("exchange/_calendar_link.html", context, request)


slots.register("activities.detail.head", machine_facts)
slots.register("activities.detail.calendar", calendar_link)
