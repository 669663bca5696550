"""Reactions of this app: what changed is found anew, who was erased is forgotten."""

from miteinander.community.people.messages import PersonErased
from miteinander.encounters.activities.messages import (
    ActivityChanged,
    ActivityPublished,
    DateChanged,
)
from miteinander.encounters.activities.models import ActivityDate
from miteinander.encounters.activities.services import feedback, polls, privacy
from miteinander.encounters.activities.services.search import index_activity
from miteinander.foundation.core.bus import subscribe
from miteinander.foundation.core.permissions import SystemActor


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


@subscribe(PersonErased)
def forget_erased_person(message: PersonErased) -> None:
    """Free coming seats and forget the contact; the row still knows both now."""
    actor = SystemActor("activities")
    polls.forget_person(actor=actor, person_id=message.person_id)
    feedback.forget_words_of(actor=actor, person_id=message.person_id)
    privacy.forget_person(actor=actor, person_id=message.person_id)
