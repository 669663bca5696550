"""What pages of other apps show of guides."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from miteinander.cooperation.guides.models import Interest, Trainee
from miteinander.foundation.core.permissions import can


def overview_link(request: HttpRequest | None, _obj: Any) -> SafeString:
    """Lead coordinators to the pages about guides."""
    if request is None or not can(request.user, "guides.open_overview"):
        return SafeString("")
    return render_to_string("guides/_coordination_link.html", {}, request)


def of_person(request: HttpRequest | None, person: Any) -> SafeString:
    """Lead a person to the own courses and certificates, and to the own interest."""
    interest = Interest.objects.filter(person_id=person.pk).first()
    trains = Trainee.objects.filter(person_id=person.pk).exists()
    if interest is None and not trains:
        return SafeString("")
    context = {"interest": interest, "trains": trains}
    return render_to_string("guides/_person_card.html", context, request)
