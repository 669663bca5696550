"""The meetings of somebody who is signed in, past and coming."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from miteinander.encounters.activities.cards import card_of
from miteinander.encounters.activities.models import Participation
from miteinander.encounters.activities.queries import own_seats
from miteinander.encounters.activities.queries.rides import rides_to_answer
from miteinander.encounters.activities.queries.roles import own_offers
from miteinander.encounters.activities.standing import standings_of
from miteinander.encounters.activities.views.public import reader_language
from miteinander.foundation.content.queries import read
from miteinander.foundation.core import clock

MOST_OFFERS = 20


def of_courses(coming: Sequence[Participation]) -> dict[int, list[Participation]]:
    """Map the soonest seat of each course somebody comes to, to all its seats.

    Only seats that are theirs: a wait, an offer or a cancelled date needs a card of its own.
    """
    courses: dict[str, list[Participation]] = {}
    for row in coming:
        if row.course_key and row.holds_seat and not row.date.is_cancelled:
            courses.setdefault(row.course_key, []).append(row)
    return {rows[0].pk: rows for rows in courses.values() if len(rows) > 1}


@login_required
@require_GET
def activity_mine(request: HttpRequest) -> HttpResponse:
    now, language = clock.now(), reader_language()
    coming = list(own_seats.coming_seats(actor=request.user, now=now))
    past = own_seats.past_seats(actor=request.user, now=now)
    standings = standings_of(coming, now=now)
    cards = [card_of(row.date, language=language, now=now, seat=row) for row in coming]
    courses = of_courses(coming)
    told = {row.pk for rows in courses.values() for row in rows[1:]}
    asked = rides_to_answer(request.user.pk)
    context = {
        "coming": [
            (card, standings[row.pk], courses.get(row.pk, ()))
            for card, row in zip(cards, coming, strict=True)
            if row.pk not in told
        ],
        "rides": [card for card in cards if card.date.pk in asked and not card.has_begun],
        "past": [card_of(row.date, language=language, now=now, seat=row) for row in past],
        "helps": [
            (offer, read(offer.date.activity, language))
            for offer in own_offers(request.user, now)[:MOST_OFFERS]
        ],
        "offers": sum(standing.has_offer for standing in standings.values()),
    }
    return render(request, "activities/mine.html", context)
