"""What pages of other apps show of tandems."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from miteinander.cooperation.tandems.models import Seeker


def overview_link(request: HttpRequest | None, _obj: Any) -> SafeString:
    """Lead coordinators to the pages about tandems, from a page that only they open."""
    return render_to_string("tandems/_coordination_link.html", {}, request)


def of_person(request: HttpRequest | None, person: Any) -> SafeString:
    """Lead a person to the own tandem, or to the page that says what that is."""
    seeks = Seeker.objects.filter(person_id=person.pk).exists()
    return render_to_string("tandems/_person_card.html", {"seeks": seeks}, request)
