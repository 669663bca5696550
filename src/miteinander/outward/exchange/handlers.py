"""What the exchange app does when others tell that something happened."""

from miteinander.community.people.messages import PersonErased
from miteinander.foundation.core import bus
from miteinander.foundation.core.permissions import SystemActor
from miteinander.outward.exchange.services import keys


@bus.subscribe(PersonErased)
def forget_calendar(message: PersonErased) -> None:
    """An erased person keeps no address of a feed."""
    keys.forget_key(actor=SystemActor("exchange"), person_id=message.person_id)
