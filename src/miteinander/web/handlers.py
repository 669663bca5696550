"""Reactions of the front door: kept public pages go stale, and feedback reaches somebody."""

from miteinander.community.organisations.messages import OrganisationChanged
from miteinander.community.people.messages import PersonErased
from miteinander.community.people.models import Person
from miteinander.community.regions.messages import RegionsChanged
from miteinander.encounters.activities.messages import (
    ActivityChanged,
    ActivityHidden,
    ActivityPublished,
    CourseTaken,
    DateCancelled,
    DateChanged,
    DateDrawn,
    OfferLapsed,
    PartyChanged,
    RidesChanged,
    SeatAskedFor,
    SeatGivenBack,
    SeatOffered,
    SeatTaken,
)
from miteinander.foundation.core.bus import subscribe
from miteinander.foundation.core.models import Instance
from miteinander.foundation.core.permissions import SystemActor
from miteinander.foundation.core.public import mark_public_change
from miteinander.outward.notifications.enums import LetterKind
from miteinander.outward.notifications.services import write_letter
from miteinander.web import services
from miteinander.web.messages import FeedbackSent, InstanceChanged
from miteinander.web.models import Feedback


@subscribe(
    ActivityPublished,
    ActivityChanged,
    ActivityHidden,
    DateChanged,
    DateCancelled,
    DateDrawn,
    SeatAskedFor,
    SeatTaken,
    CourseTaken,
    SeatOffered,
    OfferLapsed,
    PartyChanged,
    RidesChanged,
    SeatGivenBack,
    OrganisationChanged,
    RegionsChanged,
    InstanceChanged,
)
def mark_pages_stale(_message: object) -> None:
    """Every kept page may show what changed, so all of them are made anew."""
    mark_public_change()


@subscribe(FeedbackSent)
def pass_feedback_on(message: FeedbackSent) -> None:
    """Send what was told to the contact person of the house, in German, the working language."""
    feedback = Feedback.objects.get(pk=message.feedback_id)
    instance = Instance.objects.filter(pk=1).first() or Instance()
    write_letter(
        actor=SystemActor("feedback"),
        key=str(feedback.pk),
        kind=LetterKind.FEEDBACK,
        address=instance.contact_email,
        language="de",
        context={
            "message": feedback.message,
            "page": feedback.page,
            "reply_to": feedback.reply_to,
        },
    )


@subscribe(PersonErased)
def forget_erased_person(message: PersonErased) -> None:
    """Delete what an erased person told about barriers; the row still knows the address now."""
    email = Person.objects.values_list("email", flat=True).get(pk=message.person_id)
    services.forget_feedback_of(actor=SystemActor("feedback"), email=email or "")
