"""What this app adds to the pages of others."""

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from miteinander.community.organisations.models import Organisation
from miteinander.community.people.models import Person
from miteinander.community.regions.enums import RegionKind
from miteinander.community.regions.models import Region
from miteinander.encounters.activities.forms.search import SearchForm
from miteinander.encounters.activities.models import ActivityDate
from miteinander.foundation.core.permissions import can
from miteinander.outward.notifications import queries

# What somebody can follow of what the list can be narrowed by.
FILTERS = ("place", "km", "language", "topic", "audience", "free", "childcare", "wheelchair")


def link_to_write(request: HttpRequest | None, date: ActivityDate) -> SafeString:
    """Show who may write to the people of a date the way there."""
    may = request and can(request.user, "notifications.write_to_people", date.activity)
    if not may:
        return SafeString()
    return render_to_string("notifications/_link_to_write.html", {"date": date}, request)


def reminders_of_person(request: HttpRequest | None, person: Person) -> SafeString:
    """Show somebody what they hear and how, and where to change that."""
    context = {
        "key": queries.reminder_key(person.pk),
        "is_off": queries.has_turned_reminders_off(person.pk),
        "follow_count": queries.followed_by(person.pk).count(),
    }
    return render_to_string("notifications/_reminder_card.html", context, request)


def devices_of_person(request: HttpRequest | None, person: Person) -> SafeString:
    """Show somebody how many of their devices get notes, where there are notes at all."""
    if not settings.PUSH:
        return SafeString()
    context = {"count": person.push_devices.count()}
    return render_to_string("notifications/_devices_card.html", context, request)


def channels_of_person(request: HttpRequest | None, _person: Person) -> SafeString:
    """Lead from what somebody hears to their devices, where there are notes at all."""
    if not settings.PUSH:
        return SafeString()
    return render_to_string("notifications/_devices_link.html", {}, request)


def poll_mails_of_person(request: HttpRequest | None, person: Person) -> SafeString:
    """Show somebody whether organisers may ask by mail which date suits, and where to change it."""
    context = {
        "key": queries.poll_mails_key(person.pk),
        "is_off": queries.has_turned_poll_mails_off(person.pk),
    }
    return render_to_string("notifications/_poll_mails_card.html", context, request)


def _link(request: HttpRequest | None, label: str, **said: str) -> SafeString:
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in said.items() if value})
    context = {"label": label, "query": f"?{query.urlencode()}" if query else ""}
    return render_to_string("notifications/_follow_link.html", context, request)


def follow_region(request: HttpRequest | None, region: Region) -> SafeString:
    """Offer to hear of what is new in a municipality; a link only, since the page is kept."""
    if region.kind != RegionKind.MUNICIPALITY:
        return SafeString()
    return _link(request, _("Tell me what is new here"), place=region.slug)


def follow_organisation(request: HttpRequest | None, organisation: Organisation) -> SafeString:
    """Offer to hear of new meetings of an organisation."""
    return _link(request, _("Tell me of their new meetings"), organisation=organisation.slug)


def follow_list(request: HttpRequest | None, form: SearchForm) -> SafeString:
    """Offer to hear of new meetings like those of the list, with its filters."""
    said = {name: form.value(name) for name in FILTERS}
    chosen = {name: "1" if value is True else str(value or "") for name, value in said.items()}
    return _link(request, _("Tell me about new meetings like these"), **chosen)
