"""The home page, the pages that explain, and feedback."""

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from miteinander.encounters.activities.cards import cards_of
from miteinander.encounters.activities.enums import When
from miteinander.encounters.activities.openings import offer_cards
from miteinander.foundation.core import clock
from miteinander.foundation.core.privacy import retention_rules
from miteinander.foundation.core.public import public_page
from miteinander.foundation.ui.forms import bound
from miteinander.web import queries, services
from miteinander.web.forms import FeedbackForm

YEAR = 365


@require_GET
@public_page
def home(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    page = queries.home_page(actor=request.user, now=now)
    cards = cards_of(page.dates, language=get_language() or "de", now=now)
    offers = queries.open_offers(now=now, near_id=page.near_id)
    context = {
        "page": page,
        "cards": cards,
        "offers": offer_cards(offers, language=get_language() or "de", now=now),
        "when_choices": [("", _("Any day")), *When.choices],
    }
    return render(request, "web/home.html", context)


@require_GET
@public_page
def about_page(request: HttpRequest) -> HttpResponse:
    return render(request, "web/about.html")


@require_GET
@public_page
def how_page(request: HttpRequest) -> HttpResponse:
    return render(request, "web/how.html")


@require_GET
@public_page
def plain_page(request: HttpRequest) -> HttpResponse:
    return render(request, "web/plain.html")


@require_GET
@public_page
def accessibility_page(request: HttpRequest) -> HttpResponse:
    return render(request, "web/accessibility.html")


@require_GET
@public_page
def privacy_page(request: HttpRequest) -> HttpResponse:
    rules = [
        {"label": rule.label, "days": days, "years": 0 if days % YEAR else days // YEAR}
        for rule in retention_rules()
        for days in (rule.period.days,)
    ]
    return render(request, "web/privacy.html", {"rules": rules})


@require_GET
@public_page
def imprint_page(request: HttpRequest) -> HttpResponse:
    return render(request, "web/imprint.html", {"boundary_sources": queries.boundary_sources()})


@require_GET
@public_page
def contact_page(request: HttpRequest) -> HttpResponse:
    return render(request, "web/contact.html")


@require_http_methods(["GET", "POST"])
def feedback_page(request: HttpRequest) -> HttpResponse:
    if request.GET.get("sent"):
        return render(request, "web/feedback_sent.html")
    form = bound(FeedbackForm, request)
    if form.is_bound and form.is_valid():
        ratelimit.consume(request, action="feedback", raise_exception=True)
        text = services.FeedbackText(language=get_language() or "de", **form.cleaned_data)
        services.send_feedback(actor=request.user, text=text)
        return redirect(request.path + "?sent=1")
    return render(request, "web/feedback.html", {"form": form})
