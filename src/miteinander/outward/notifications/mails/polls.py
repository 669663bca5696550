"""Mails about date polls: the question, the answer, the end, and the date it became."""

from django.utils.translation import gettext as _

from miteinander.encounters.activities.enums import CAN_COME, PollStatus
from miteinander.encounters.activities.messages import FormerDate
from miteinander.encounters.activities.models import (
    ActivityDate,
    DatePoll,
    PollAnswer,
    PollDate,
    PollVote,
)
from miteinander.encounters.activities.permissions import is_askable, is_public
from miteinander.foundation.content.queries import read
from miteinander.foundation.core import clock
from miteinander.outward.exchange.queries import calendar_dates
from miteinander.outward.notifications.mails import facts
from miteinander.outward.notifications.mails.mail import Fact, Link, Mail, Words
from miteinander.outward.notifications.models import Letter
from miteinander.outward.notifications.queries import has_turned_poll_mails_off, poll_mails_key


def _poll(poll_id: int) -> DatePoll | None:
    """Load a poll with its occasion; None when people may not know of that any more."""
    polls = DatePoll.objects.select_related(
        "activity__organisation", "activity__venue__municipality", "activity__municipality"
    ).prefetch_related("activity__versions")
    poll = polls.filter(pk=poll_id).first()
    return poll if poll is not None and is_askable(poll.activity) else None


def _answer(letter: Letter) -> tuple[PollAnswer, DatePoll] | None:
    answer = PollAnswer.objects.filter(pk=letter.context["answer"]).first()
    poll = _poll(answer.poll_id) if answer is not None else None
    return (answer, poll) if answer is not None and poll is not None else None


def _when(date: PollDate) -> Words:
    return facts.when_words(FormerDate(date.starts_at, date.ends_at, None, is_online=False))


def poll_invited(letter: Letter) -> Mail | None:
    """Ask somebody who came before, unless the time for answers is over or they want no mails."""
    poll, person_id = _poll(letter.context["poll"]), letter.context["person"]
    if poll is None or not poll.takes_answers(clock.now()):
        return None
    if has_turned_poll_mails_off(person_id):
        return None
    reading = read(poll.activity, letter.language)
    return Mail(
        subject=facts.subject_of(_("Which date suits you? %(title)s"), poll.activity, reading),
        lead=_("The organisers of this meeting look for a date. Which one suits you?"),
        heading=facts.heading_of(reading),
        facts=facts.known(
            [
                Fact(_("Organisation"), Words(poll.activity.organisation.name)),
                Fact(_("Place"), Words(facts.place_words(poll.activity))),
                *(Fact(_("Possible date"), _when(date)) for date in poll.dates.all()),
                Fact(_("Answer until"), Words(facts.moment_words(poll.closes_at))),
            ]
        ),
        notes=(_("You get this mail because you came to a meeting before. We ask only once."),),
        link=Link(_("Say which date suits you"), facts.address_of("activities:poll", poll.token)),
        stop=Link(
            _("I do not want such questions"),
            facts.address_of("notifications:poll_mails", poll_mails_key(person_id)),
        ),
    )


def poll_answered(letter: Letter) -> Mail | None:
    """Send a guest the private link, unless the time for answers is over."""
    found = _answer(letter)
    if found is None or not found[1].takes_answers(clock.now()):
        return None
    answer, poll = found
    reading = read(poll.activity, letter.language)
    lead = _("Thank you. We have noted which dates suit you.")
    if letter.context.get("is_again"):
        lead = _(
            "Somebody has written your address into this form again. Your first answer still"
            " counts. You can change it with this link."
        )
    votes = PollVote.objects.filter(answer=answer).select_related("date")
    rows = sorted(votes, key=lambda vote: vote.date.starts_at)
    return Mail(
        subject=facts.subject_of(_("Your answer: %(title)s"), poll.activity, reading),
        lead=lead,
        heading=facts.heading_of(reading),
        facts=tuple(Fact(_when(row.date).text, Words(row.get_choice_display())) for row in rows),
        notes=(
            _("We write to you as soon as the date is set."),
            _("The link is only for you. Please do not pass it on."),
        ),
        link=Link(
            _("See or change your answer"), facts.address_of("activities:poll_mine", answer.token)
        ),
    )


def poll_closed(letter: Letter) -> Mail | None:
    """Ask the organiser to choose, or say that nobody answered, unless it was decided meanwhile."""
    poll = _poll(letter.context["poll"])
    if poll is None or poll.status not in {PollStatus.OPEN, PollStatus.EMPTY}:
        return None
    reading = read(poll.activity, letter.language)
    is_empty = poll.status == PollStatus.EMPTY
    subject = _("Please choose a date: %(title)s")
    lead = _("The time for answers is over. You see how many people can come when.")
    notes = (_("Then everybody who answered gets a mail and can take a seat."),)
    if is_empty:
        subject = _("Nobody has answered: %(title)s")
        lead = _("You asked people which date suits them. Nobody has answered.")
        notes = (_("The meeting stays as it was. You can ask again, or set a date yourself."),)
    return Mail(
        subject=facts.subject_of(subject, poll.activity, reading),
        lead=lead,
        heading=facts.heading_of(reading),
        notes=notes,
        link=Link(
            _("To the answers"), facts.address_of("activities:plan_poll", poll.activity_id)
        ),
    )  # fmt: skip


def _chosen(poll: DatePoll) -> ActivityDate | None:
    """Return the date it became, as long as one can come to it."""
    if poll.date_id is None or not is_public(poll.activity):
        return None
    date = calendar_dates(ActivityDate.objects.all()).filter(pk=poll.date_id).first()
    is_ahead = date is not None and not date.is_cancelled and not date.has_started(clock.now())
    return date if is_ahead else None


def poll_decided(letter: Letter) -> Mail | None:
    """Ask who can come to take a seat, and tell the others kindly; nobody once it has begun."""
    found = _answer(letter)
    date = _chosen(found[1]) if found is not None else None
    if found is None or date is None:
        return None
    answer, _poll_of = found
    can_come = PollVote.objects.filter(
        answer=answer, date__is_chosen=True, choice__in=CAN_COME
    ).exists()
    reading = read(date.activity, letter.language)
    lead = _("The date is set. You can come then: please take your seat now.")
    notes: tuple[str, ...] = (
        _("No seat is kept for you yet. Who comes first, has it."),
        _("You cannot come after all? Then you do not have to do anything."),
    )
    link = Link(_("Take my seat"), facts.address_of("activities:poll_mine", answer.token))
    if not can_come:
        lead = _("The date is set. You said that this day does not suit you. We are sorry.")
        notes = (_("Can you come after all? You are welcome. Thank you for your answer."),)
        link = Link(_("See the meeting"), facts.address_of("activities:poll_mine", answer.token))
    return Mail(
        subject=facts.subject_of(_("The date is set: %(title)s"), date.activity, reading),
        lead=lead,
        heading=facts.heading_of(reading),
        facts=facts.known([*facts.time_and_place(date), *facts.way_facts(date, reading)]),
        notes=notes,
        link=link,
    )


def poll_stopped(letter: Letter) -> Mail | None:
    """Tell somebody who answered that no date was found, unless a poll is gone or goes on."""
    found = _answer(letter)
    if found is None or found[1].status != PollStatus.STOPPED:
        return None
    reading = read(found[1].activity, letter.language)
    return Mail(
        subject=facts.subject_of(_("No date was found: %(title)s"), found[1].activity, reading),
        lead=_("The question about dates has ended. No date was chosen."),
        heading=facts.heading_of(reading),
        notes=(_("You do not have to do anything. Thank you for your answer."),),
    )
