"""Reactions of this app: what changed is found anew, who was erased is forgotten."""

from miteinander.community.people.messages import PersonDisabled, PersonErased
from miteinander.encounters.activities.messages import (
    ActivityChanged,
    ActivityPublished,
    DateCancelled,
    DateChanged,
    OfferLapsed,
    SeatGivenBack,
    SeatRefused,
)
from miteinander.encounters.activities.models import ActivityDate, Participation
from miteinander.encounters.activities.services import feedback, polls, privacy, rides, together
from miteinander.encounters.activities.services.search import index_activity
from miteinander.foundation.core.bus import subscribe
from miteinander.foundation.core.permissions import SystemActor

_SYSTEM = SystemActor("activities")


@subscribe(ActivityPublished)
def make_findable(message: ActivityPublished) -> None:
    """Let a new occasion be found."""
    index_activity(activity_id=message.activity_id)


@subscribe(ActivityPublished)
def tell_of_chosen_dates(message: ActivityPublished) -> None:
    """Tell those who were asked about a draft which date it became, now that they can come."""
    polls.tell_of_decisions(actor=SystemActor("activities"), activity_id=message.activity_id)


@subscribe(ActivityChanged)
def renew_search_words(message: ActivityChanged) -> None:
    """Let a changed occasion be found by its new words."""
    index_activity(activity_id=message.activity_id)


@subscribe(DateChanged)
def renew_search_words_of_date(message: DateChanged) -> None:
    """A date may have moved to another place, and is to be found by its name."""
    date = ActivityDate.objects.only("activity_id").get(pk=message.date_id)
    index_activity(activity_id=date.activity_id)


@subscribe(DateChanged)
def let_people_agree_anew(message: DateChanged) -> None:
    """Who agreed on a ride agreed on another time or place."""
    rides.loosen_rides(actor=_SYSTEM, date_id=message.date_id)


@subscribe(DateCancelled)
def end_rides(message: DateCancelled) -> None:
    """Nobody drives to a date that is off."""
    rides.end_rides_of_date(actor=_SYSTEM, date_id=message.date_id)


@subscribe(SeatGivenBack, SeatRefused, OfferLapsed)
def end_rides_of_leaver(message: object) -> None:
    """Nobody drives along who does not come."""
    assert isinstance(message, SeatGivenBack | SeatRefused | OfferLapsed)  # noqa: S101 (its type)
    seat = Participation.objects.only("date_id", "person_id").get(pk=message.participation_id)
    rides.end_rides_of_leaver(actor=_SYSTEM, date_id=seat.date_id, person_id=seat.person_id)


@subscribe(PersonDisabled)
def free_roles_of_disabled_person(message: PersonDisabled) -> None:
    """Look for somebody else where the person offered to help."""
    together.free_roles_of(actor=SystemActor("activities"), person_id=message.person_id)


@subscribe(PersonErased)
def forget_erased_person(message: PersonErased) -> None:
    """Free coming seats and forget the contact; the row still knows both now."""
    polls.forget_person(actor=_SYSTEM, person_id=message.person_id)
    feedback.forget_words_of(actor=_SYSTEM, person_id=message.person_id)
    privacy.forget_person(actor=_SYSTEM, person_id=message.person_id)
