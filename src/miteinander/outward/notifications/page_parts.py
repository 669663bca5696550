"""What this app adds to the pages of others."""

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from miteinander.community.people.models import Person
from miteinander.encounters.activities.models import ActivityDate
from miteinander.foundation.core.permissions import can
from miteinander.outward.notifications import queries


def link_to_write(request: HttpRequest | None, date: ActivityDate) -> SafeString:
    """Show who may write to the people of a date the way there."""
    may = request and can(request.user, "notifications.write_to_people", date.activity)
    if not may:
        return SafeString()
    return render_to_string("notifications/_link_to_write.html", {"date": date}, request)


def reminders_of_person(request: HttpRequest | None, person: Person) -> SafeString:
    """Show somebody whether reminders come, and where to change that."""
    context = {
        "key": queries.reminder_key(person.pk),
        "is_off": queries.has_turned_reminders_off(person.pk),
    }
    return render_to_string("notifications/_reminder_card.html", context, request)


def devices_of_person(request: HttpRequest | None, person: Person) -> SafeString:
    """Show somebody how many of their devices get notes, where there are notes at all."""
    if not settings.PUSH:
        return SafeString()
    context = {"count": person.push_devices.count()}
    return render_to_string("notifications/_devices_card.html", context, request)


def poll_mails_of_person(request: HttpRequest | None, person: Person) -> SafeString:
    """Show somebody whether organisers may ask by mail which date suits, and where to change it."""
    context = {
        "key": queries.poll_mails_key(person.pk),
        "is_off": queries.has_turned_poll_mails_off(person.pk),
    }
    return render_to_string("notifications/_poll_mails_card.html", context, request)
