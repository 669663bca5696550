"""What somebody wants when asking for a seat, and whether the occasion is meant for them."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from miteinander.community.people.enums import AgeGroup, Background
from miteinander.encounters.activities.enums import Presence
from miteinander.encounters.activities.models import Activity, ActivityDate, Participation

LONGEST_ANSWER = 1000


class NotMeantFor(ValidationError):
    """The occasion is for other people; the message says kindly for whom."""


@dataclass(frozen=True)
class Wish:
    """A wish for seats.

    ``companions`` and ``children`` come along. ``side`` and ``age_group`` are what the person says
    of themselves. ``is_stated`` tells that the person said to be whom the occasion is for. With
    ``may_wait`` somebody who finds no seat goes on the waiting list instead of being refused.
    """

    companions: int = 0
    children: int = 0
    side: str = Background.UNDISCLOSED
    age_group: str = AgeGroup.UNDISCLOSED
    answer: str = ""
    is_stated: bool = False
    may_wait: bool = False

    @property
    def party(self) -> int:
        """How many people this is about."""
        return 1 + self.companions + self.children


def has_conditions(activity: Activity) -> bool:
    """Whether somebody has to say that the occasion is for them."""
    return bool(activity.setting or activity.min_age or activity.max_age)


def check_wish(date: ActivityDate, wish: Wish, person_id: int | None) -> None:
    """Refuse a wish the occasion is not meant for. Nobody is asked for a proof.

    ``person_id`` is None for guests: of them nothing is looked up that would tell strangers where
    they were.

    Raises:
        NotMeantFor: no statement, or the occasion needed first was not visited.
        ValidationError: more people than may come along.
    """
    activity = date.activity
    if min(wish.companions, wish.children) < 0 or wish.party > 1 + activity.most_companions:
        raise ValidationError(
            _("You can bring at most %(count)s people."),
            code="too_many_companions",
            params={"count": activity.most_companions},
        )
    if has_conditions(activity) and not wish.is_stated:
        raise NotMeantFor(_("This meeting is for a certain group of people."), code="not_stated")
    if activity.required_id and not _was_at(activity.required_id, person_id):
        raise NotMeantFor(_("Before this meeting you take part in another one."), code="required")


def _was_at(activity_id: int, person_id: int | None) -> bool:
    return (
        person_id is not None
        and Participation.objects.filter(
            person_id=person_id, date__activity_id=activity_id, presence=Presence.PRESENT
        ).exists()
    )
