"""What pages of other apps show of guides."""

from typing import Any

from django.db.models import Exists, Subquery
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from miteinander.community.people.models import Person
from miteinander.cooperation.guides.models import Guide, Interest, PayerRole, Trainee


def overview_link(request: HttpRequest | None, _obj: Any) -> SafeString:
    """Lead coordinators to the pages about guides, from a page that only they open."""
    return render_to_string("guides/_coordination_link.html", {}, request)


def of_person(request: HttpRequest | None, person: Any) -> SafeString:
    """Lead a person to the own courses and certificates, and to the own interest; one query."""
    interest = Interest.objects.filter(person_id=person.pk).values("token")
    trains = Exists(Trainee.objects.filter(person_id=person.pk))
    guides = Exists(Guide.objects.filter(person_id=person.pk))
    pays = Exists(PayerRole.objects.filter(person_id=person.pk))
    rows = Person.objects.filter(pk=person.pk).values_list(Subquery(interest), trains, guides, pays)
    token, is_trainee, is_guide, is_payer = rows.first() or (None, False, False, False)
    if token is None and not (is_trainee or is_guide or is_payer):
        return SafeString("")
    context = {"token": token, "trains": is_trainee, "guides": is_guide, "pays": is_payer}
    return render_to_string("guides/_person_card.html", context, request)
