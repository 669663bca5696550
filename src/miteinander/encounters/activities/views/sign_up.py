"""Asking for a seat and the confirmation: a seat, the waiting list, an answer later, or a draw.

Privacy: a guest sees the same screen whether the address or the number is known or not, and the
link to the seat is in the mail only; with a telephone alone the contact person helps. The place on
the waiting list stands behind that link, or is told to whoever is signed in.
"""

import secrets
from collections.abc import Callable, Sequence
from typing import Any

from allauth.core import ratelimit
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from miteinander.community.people.models import Person
from miteinander.encounters.activities.cards import card_of
from miteinander.encounters.activities.enums import ParticipationStatus, SignUpWay
from miteinander.encounters.activities.forms.sign_up import (
    GuestSignUpForm,
    PersonSignUpForm,
    WishForm,
)
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.queries import own_seats, public
from miteinander.encounters.activities.services import seats
from miteinander.encounters.activities.services.seats.wishes import check_wish
from miteinander.encounters.activities.terms import (
    WAITING,
    Terms,
    required_before,
    statements_of,
    terms_of,
)
from miteinander.encounters.activities.views.known_seats import own_code
from miteinander.encounters.activities.views.public import reader_language
from miteinander.foundation.core import clock
from miteinander.foundation.ui.forms import bound, is_switch

SALT = "activities.signed_up"
SHOWN_FOR = 30 * 60
IN_MAIL, IN_CALL = "mail", "call"
Ask = Callable[[seats.Wish], seats.SignUp]


def page_of(date: ActivityDate, seat: Participation | None = None) -> dict[str, Any]:
    """Return what every page about a seat shows of its date."""
    card = card_of(date, language=reader_language(), now=clock.now(), seat=seat)
    return {"card": card, "date": date, "activity": date.activity, "reading": card.reading}


def _date(request: HttpRequest, date_id: int) -> ActivityDate:
    dates = public.shown(public.open_dates(actor=request.user))
    return get_object_or_404(dates.select_related("activity__required__organisation"), pk=date_id)


@never_cache
@require_http_methods(["GET", "POST"])
def activity_sign_up(request: HttpRequest, date_id: int) -> HttpResponse:
    date = _date(request, date_id)
    person = request.user if request.user.is_authenticated else None
    seat = own_seats.seat_of(actor=request.user, date=date)
    if seat is not None:
        return _known(request, date, seat)
    if _is_not_meant(date, person):
        return _refused(request, date.pk, is_not_meant=True)
    if own_seats.was_refused(actor=request.user, date=date):
        return _refused(request, date.pk, was_refused=True)
    if page_of(date)["card"].state not in {"open", "full"}:
        return _refused(request, date.pk)
    return _sign_up_person(request, date, person) if person else _sign_up_guest(request, date)


def _known(request: HttpRequest, date: ActivityDate, seat: Participation) -> HttpResponse:
    """Say to somebody signed in how things stand; sending the form again changes nothing."""
    if request.method == "POST" and not is_switch(request):
        return confirmation(date, seats.SignUp(participation=seat, is_new=False), is_proven=True)
    return render(request, "activities/sign_up_known.html", page_of(date, seat))


def _is_not_meant(date: ActivityDate, person: Person | None) -> bool:
    """Whether the occasion needs another one first; what people say of themselves comes later."""
    try:
        check_wish(date, seats.Wish(is_stated=True), person.pk if person else None)
    except seats.NotMeantFor:
        return True
    return False


def _sign_up_person(request: HttpRequest, date: ActivityDate, person: Person) -> HttpResponse:
    def ask(wish: seats.Wish) -> seats.SignUp:
        if keys := form.date_ids():
            return seats.sign_up_course(
                actor=person, date_ids=keys, person_id=person.pk, language=reader_language(),
                wish=wish,
            )[0]  # fmt: skip
        return seats.sign_up(
            actor=person, date_id=date.pk, person_id=person.pk, language=reader_language(),
            way=SignUpWay.ACCOUNT, wish=wish,
        )  # fmt: skip

    form = bound(
        PersonSignUpForm, request, date=date, has_question=_has_question(date),
        course=_course(date),
        initial={"background": person.background, "age_group": person.age_group},
    )  # fmt: skip
    return _answer(request, date, form, ask)


def _sign_up_guest(request: HttpRequest, date: ActivityDate) -> HttpResponse:
    form = bound(
        GuestSignUpForm, request, date=date, has_question=_has_question(date), course=_course(date),
        initial={"entry": secrets.token_urlsafe(16)},
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        contact = form.contact()
        if not ratelimit.consume(request, action="sign_up", key=contact.email or contact.phone):
            return render(request, "activities/sign_up_wait.html", page_of(date), status=429)

    def ask(wish: seats.Wish) -> seats.SignUp:
        if keys := form.date_ids():
            return seats.sign_up_course_guest(
                actor=request.user, date_ids=keys, contact=form.contact(),
                entry=form.cleaned_data["entry"], wish=wish,
            )[0]  # fmt: skip
        return seats.sign_up_guest(
            actor=request.user, date_id=date.pk, contact=form.contact(),
            entry=form.cleaned_data["entry"], wish=wish,
        )  # fmt: skip

    return _answer(request, date, form, ask)


def _course(date: ActivityDate) -> list[ActivityDate]:
    """Return the dates one form asks for; on a full date one asks for this date alone."""
    now = clock.now()
    is_waiting = terms_of(date, now=now).kind == WAITING
    return [] if is_waiting else public.course_dates(of=date, now=now)


def _has_question(date: ActivityDate) -> bool:
    return bool(page_of(date)["reading"].part("question"))


def _answer(request: HttpRequest, date: ActivityDate, form: WishForm, ask: Ask) -> HttpResponse:
    """Ask for a seat; where none is left show the same form again and offer the waiting list."""
    may_wait = request.POST.get("may_wait") == "1"
    lost = False
    if form.is_bound and form.is_valid():
        try:
            taken = ask(form.wish(may_wait=may_wait))
        except seats.AllSeatsTaken:
            lost = True
            date = _date(request, date.pk)
        except (seats.SignUpClosed, seats.NotMeantFor) as error:
            return _refused(
                request, date.pk,
                is_not_meant=isinstance(error, seats.NotMeantFor),
                was_refused=isinstance(error, seats.AnsweredAlready),
            )  # fmt: skip
        except ValidationError as error:
            form.add_error(None, error)
        else:
            email, keys = form.cleaned_data.get("email", ""), form.date_ids()
            return confirmation(
                date, taken, email=email, course=keys, is_proven=request.user.is_authenticated
            )
    terms = terms_of(date, now=clock.now())
    context = page_of(date) | {
        "form": form,
        "terms": terms,
        "kind": WAITING if lost or may_wait else terms.kind,
        "has_lost": lost or may_wait,
        "statements": statements_of(date.activity),
    }
    return render(request, "activities/sign_up.html", context)


def _refused(
    request: HttpRequest, date_id: int, *, is_not_meant: bool = False, was_refused: bool = False
) -> HttpResponse:
    """Say kindly why there is no seat, and what else there is."""
    date, now = _date(request, date_id), clock.now()
    context = page_of(date) | {
        "others": public.other_dates(of=date, now=now),
        "elsewhere": public.elsewhere(of=date, now=now),
        "is_not_meant": is_not_meant,
        "was_refused": was_refused,
        "required": required_before(date.activity, language=reader_language(), now=now),
    }
    return render(request, "activities/sign_up_closed.html", context)


def confirmation(
    date: ActivityDate,
    taken: seats.SignUp,
    *,
    is_proven: bool,
    email: str = "",
    course: Sequence[int] = (),
) -> HttpResponse:
    """Lead to the confirmation; its address names no person and works for half an hour.

    Only to whoever proved who it is (``is_proven``: signed in, or by a private link) it shows the
    seat: a new number would get a link and a known one none, which tells who is known.
    """
    seat, is_guest = taken.participation, taken.participation.way == SignUpWay.GUEST
    shown: dict[str, object] = {
        "date": seat.date_id, "outcome": taken.outcome or seat.status, "by_mail": bool(email),
    }  # fmt: skip
    if course:
        shown["dates"] = list(course)
    is_stranger = not is_proven or (is_guest and bool(email))
    if is_stranger and _tells_of_others(terms_of(date, now=clock.now()), shown["outcome"]):
        shown["outcome"] = IN_MAIL if email else IN_CALL
    if is_proven and taken.is_own and not email:
        shown["seat"] = seat.pk
    return redirect("activities:signed_up", signing.dumps(shown, salt=SALT))


def _tells_of_others(terms: Terms, outcome: object) -> bool:
    """Whether the outcome could tell a stranger that a contact comes to other dates too.

    With a limit in a month it depends on them who gets a seat, so only the mail or a call says it.
    """
    depends = {ParticipationStatus.SIGNED_UP, ParticipationStatus.WAITING}
    return terms.limit_until is not None and outcome in depends


@never_cache
@require_GET
def activity_signed_up(request: HttpRequest, shown: str) -> HttpResponse:
    try:
        facts = signing.loads(shown, salt=SALT, max_age=SHOWN_FOR)
    except signing.BadSignature:
        return render(request, "activities/signed_up_expired.html", status=410)
    date = _date(request, facts["date"])
    seat = Participation.objects.filter(pk=facts.get("seat"), date=date).first()
    context = page_of(date, seat) | {
        "seat": seat,
        "by_mail": facts.get("by_mail", True),
        "own_code": own_code(seat) if seat else "",
        "course": public.dates_of_course(of=date, keys=facts.get("dates", [])),
        "outcome": facts.get("outcome", ParticipationStatus.SIGNED_UP),
        "terms": terms_of(date, now=clock.now()),
    }
    return render(request, "activities/signed_up.html", context)
