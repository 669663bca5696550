"""What others tell becomes letters; letters become jobs."""

from typing import Any

from miteinander.community.organisations.messages import MemberInvited
from miteinander.community.organisations.models import Invitation
from miteinander.community.organisations.queries import coordinators_of, managers_of
from miteinander.community.people.messages import AddressChanged, PersonErased, SessionsEnded
from miteinander.community.people.models import Person
from miteinander.encounters.activities.enums import INVOLVED, ParticipationStatus, SignUpWay
from miteinander.encounters.activities.messages import (
    ActivityApproved,
    ActivityAskedBack,
    ActivityChanged,
    ActivityHidden,
    ActivityPublished,
    ApprovalRequested,
    CourseTaken,
    DateCancelled,
    DateChanged,
    DateDrawn,
    FeedbackWanted,
    OfferLapsed,
    PartyChanged,
    SeatAskedFor,
    SeatGivenBack,
    SeatOffered,
    SeatRefused,
    SeatTaken,
    SignedUpAgain,
)
from miteinander.encounters.activities.models import Activity, Participation
from miteinander.foundation.core import clock
from miteinander.foundation.core.bus import subscribe
from miteinander.foundation.core.permissions import SystemActor
from miteinander.outward.notifications import jobs, services
from miteinander.outward.notifications.enums import LetterKind
from miteinander.outward.notifications.messages import (
    LettersDue,
    NewDatesNoted,
    NewsWritten,
    NotesDue,
    WordsWaiting,
)
from miteinander.outward.notifications.queries import news, stored_former, turn_of

_SYSTEM = SystemActor("notifications")
LETTERS_AT_ONCE = 50


@subscribe(LettersDue)
def send_letters(message: LettersDue) -> None:
    """Enqueue one job per letter, for the time it is due."""
    is_later = message.due_at > clock.now()
    job = jobs.send_letter.using(run_after=message.due_at) if is_later else jobs.send_letter
    for letter_id in message.letter_ids:
        job.enqueue(letter_id)


@subscribe(WordsWaiting)
def write_words(message: WordsWaiting) -> None:
    """Enqueue the job that makes letters of an organiser's message."""
    jobs.write_words.enqueue(message.message_id)


@subscribe(NotesDue)
def send_notes(message: NotesDue) -> None:
    """Enqueue one job per note, for the time it is due."""
    is_later = message.due_at > clock.now()
    job = jobs.send_note.using(run_after=message.due_at) if is_later else jobs.send_note
    for note_id in message.note_ids:
        job.enqueue(note_id)


@subscribe(SessionsEnded)
def forget_signed_out_devices(message: SessionsEnded) -> None:
    """Stop notes on devices that were signed out."""
    services.forget_signed_out(actor=_SYSTEM, session_keys=message.session_keys)


def _seat(participation_id: int) -> Participation:
    return Participation.objects.select_related("person").get(pk=participation_id)


def _tell(seat: Participation, kind: str, mark: str, **told: str | bool | list[int]) -> None:
    """Write to whoever a participation belongs to; ``mark`` tells one turn of it from the next."""
    if seat.way == SignUpWay.WALK_IN:
        return  # stands at the door, and so does whoever wrote the name down
    services.write_letter(
        actor=_SYSTEM,
        key=f"{seat.pk}:{mark}",
        kind=kind,
        address=seat.person.email or "",
        language=seat.language,
        context={"participation": seat.pk, "person": seat.person_id, **told},
    )


@subscribe(SeatTaken)
def confirm_seat(message: SeatTaken) -> None:
    """Confirm a seat to whoever signed up, took an offer, or got a yes."""
    held = message.participation
    seat = held if isinstance(held, Participation) else _seat(message.participation_id)
    _tell(seat, LetterKind.SEAT_CONFIRMED, turn_of(seat))


@subscribe(CourseTaken)
def confirm_course(message: CourseTaken) -> None:
    """Confirm the seats of a course with one letter for all its dates."""
    seat = _seat(message.participation_ids[0])
    _tell(seat, LetterKind.SEAT_CONFIRMED, turn_of(seat), course=list(message.participation_ids))


@subscribe(SignedUpAgain)
def confirm_again(message: SignedUpAgain) -> None:
    """Say once more how things stand to a guest who perhaps lost the first mail."""
    seat = _seat(message.participation_id)
    answered = (*INVOLVED, ParticipationStatus.REFUSED)
    if seat.way == SignUpWay.WALK_IN or seat.status not in answered:
        return
    kind = {
        ParticipationStatus.SIGNED_UP: LetterKind.SEAT_CONFIRMED,
        ParticipationStatus.OFFERED: LetterKind.SEAT_OFFERED,
        ParticipationStatus.REFUSED: LetterKind.SEAT_REFUSED,
    }.get(ParticipationStatus(seat.status), LetterKind.SEAT_ASKED_FOR)
    told = {"status": seat.status} if kind == LetterKind.SEAT_ASKED_FOR else {}
    services.confirm_again(actor=_SYSTEM, seat=seat, kind=kind, told=told)


@subscribe(SeatGivenBack)
def confirm_seat_given_back(message: SeatGivenBack) -> None:
    """Confirm that a seat was given back, or a list left."""
    seat = _seat(message.participation_id)
    if seat.given_back_at is not None:
        mark = seat.given_back_at.isoformat()
        _tell(seat, LetterKind.SEAT_GIVEN_BACK, mark, had_seat=message.had_seat)


@subscribe(SeatAskedFor)
def confirm_wait(message: SeatAskedFor) -> None:
    """Tell somebody what they wait for: a free seat, an answer, or the draw."""
    seat = _seat(message.participation_id)
    mark = f"{turn_of(seat)}:{seat.status}"
    _tell(seat, LetterKind.SEAT_ASKED_FOR, mark, status=seat.status)


@subscribe(SeatOffered)
def tell_of_offer(message: SeatOffered) -> None:
    """Tell somebody who waited that a seat is kept, and until when."""
    seat = _seat(message.participation_id)
    until = seat.offered_until.isoformat() if seat.offered_until else ""
    _tell(seat, LetterKind.SEAT_OFFERED, f"{turn_of(seat)}:{until}")


@subscribe(OfferLapsed)
def tell_of_lapse(message: OfferLapsed) -> None:
    """Tell somebody that an offer is over."""
    seat = _seat(message.participation_id)
    _tell(seat, LetterKind.OFFER_LAPSED, turn_of(seat))


@subscribe(SeatRefused)
def tell_of_refusal(message: SeatRefused) -> None:
    """Tell somebody that the organiser said no."""
    seat = _seat(message.participation_id)
    _tell(seat, LetterKind.SEAT_REFUSED, turn_of(seat))


@subscribe(PartyChanged)
def confirm_party(message: PartyChanged) -> None:
    """Confirm that fewer people come along."""
    seat = _seat(message.participation_id)
    _tell(seat, LetterKind.PARTY_CHANGED, f"{turn_of(seat)}:{seat.companions}:{seat.children}")


@subscribe(DateDrawn)
def tell_of_draw(message: DateDrawn) -> None:
    """Tell everybody who took part in a draw how it ended."""
    jobs.tell_of_draw.enqueue(message.date_id)


@subscribe(DateChanged)
def tell_of_change(message: DateChanged) -> None:
    """Tell everybody with a seat or waiting of a new time or place."""
    before = stored_former(message.former) if message.former else None
    jobs.tell_everybody.enqueue(LetterKind.DATE_CHANGED, message.date_id, message.sequence, before)


@subscribe(DateCancelled)
def tell_of_cancellation(message: DateCancelled) -> None:
    """Tell everybody with a seat or waiting that a date was called off."""
    jobs.tell_everybody.enqueue(LetterKind.DATE_CANCELLED, message.date_id, message.sequence)


@subscribe(FeedbackWanted)
def ask_how_it_was(message: FeedbackWanted) -> None:
    """Ask somebody who came how it was; one letter for each seat, ever."""
    seat = _seat(message.participation_id)
    services.write_letter(
        actor=_SYSTEM,
        key=str(seat.pk),
        kind=LetterKind.FEEDBACK_WANTED,
        address=seat.person.email or "",
        language=seat.language,
        context={"participation": seat.pk, "person": seat.person_id},
    )


@subscribe(MemberInvited)
def send_invitation(message: MemberInvited) -> None:
    """Send the link of an invitation; the letter holds the secret until it is sent."""
    invitation = Invitation.objects.get(pk=message.invitation_id)
    services.write_letter(
        actor=_SYSTEM,
        key=str(invitation.pk),
        kind=LetterKind.INVITED,
        address=invitation.email,
        language=invitation.language,
        context={"invitation": invitation.pk, "token": message.token},
    )


def _tell_about_activity(activity_id: int, kind: str, people: list[Person]) -> None:
    for person in people:
        services.write_letter(
            actor=_SYSTEM,
            key=f"{activity_id}:{person.pk}:{clock.now().isoformat()}",
            kind=kind,
            address=person.email or "",
            language=person.language,
            context={"activity": activity_id, "person": person.pk},
        )


def _planners(activity: Activity) -> list[Person]:
    author = activity.created_by
    if author is not None and author.email and author.is_active:
        return [author]
    return list(managers_of(activity.organisation))


def _activity(activity_id: int) -> Activity:
    return Activity.objects.select_related("organisation", "created_by").get(pk=activity_id)


@subscribe(ApprovalRequested)
def ask_coordinators(message: ApprovalRequested) -> None:
    """Ask whoever coordinates the organisation to look at its first meeting."""
    coordinators = list(coordinators_of(_activity(message.activity_id).organisation))
    _tell_about_activity(message.activity_id, LetterKind.APPROVAL_WANTED, coordinators)


@subscribe(ActivityApproved)
def tell_of_approval(message: ActivityApproved) -> None:
    """Tell whoever planned a meeting that it is public now."""
    planners = _planners(_activity(message.activity_id))
    _tell_about_activity(message.activity_id, LetterKind.APPROVED, planners)


@subscribe(ActivityAskedBack)
def tell_of_question(message: ActivityAskedBack) -> None:
    """Tell whoever planned a meeting that a coordinator has a question."""
    planners = _planners(_activity(message.activity_id))
    _tell_about_activity(message.activity_id, LetterKind.ASKED_BACK, planners)


@subscribe(ActivityPublished, ActivityChanged, ActivityHidden)
def note_new_dates(message: Any) -> None:
    """Note which dates are public for the first time; also those added or shown later."""
    services.note_new_dates(actor=_SYSTEM, activity_id=message.activity_id)


@subscribe(NewDatesNoted)
def tell_those_who_want_it_at_once(message: NewDatesNoted) -> None:
    """Have those told who want to hear at once; in a job, never in the request."""
    jobs.send_news_at_once.using(run_after=message.noted_at + news.HOLD).enqueue()


@subscribe(NewsWritten)
def send_news_letters(message: NewsWritten) -> None:
    """Enqueue letters with news, many in one job."""
    ids = message.letter_ids
    for begin in range(0, len(ids), LETTERS_AT_ONCE):
        jobs.send_news_letters.enqueue(list(ids[begin : begin + LETTERS_AT_ONCE]))


@subscribe(AddressChanged)
def tell_old_address(message: AddressChanged) -> None:
    """Tell the address a person leaves; the row still knows it now."""
    person = Person.objects.get(pk=message.person_id)
    services.write_letter(
        actor=_SYSTEM,
        key=f"{person.pk}:{clock.now().isoformat()}",
        kind=LetterKind.ADDRESS_CHANGED,
        address=person.email or "",
        language=person.language,
        context={"person": person.pk},
    )


@subscribe(PersonErased)
def forget_erased_person(message: PersonErased) -> None:
    """Delete the letters to somebody who was erased; the row still knows the address now."""
    address = Person.objects.values_list("email", flat=True).get(pk=message.person_id)
    services.forget_person(actor=_SYSTEM, person_id=message.person_id, address=address or "")
    services.forget_author(actor=_SYSTEM, person_id=message.person_id)
