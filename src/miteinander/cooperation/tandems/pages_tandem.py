"""The page of a tandem, put together from several reads."""

from typing import Any

from django.utils import translation

from miteinander.cooperation.tandems.enums import TandemStatus
from miteinander.cooperation.tandems.models import Seeker, Tandem, TandemMember
from miteinander.cooperation.tandems.queries.occasions import occasions_for
from miteinander.cooperation.tandems.queries.tandems import others_of
from miteinander.cooperation.tandems.queries.venues import venues_near
from miteinander.cooperation.tandems.services.first_date import is_fixed
from miteinander.cooperation.tandems.services.relay import lines_of
from miteinander.cooperation.tandems.starters import starters_for
from miteinander.encounters.activities.models import ActivityDate
from miteinander.encounters.spaces.models import Venue
from miteinander.foundation.content.queries import Reading, read
from miteinander.foundation.core import clock

MEETING = (TandemStatus.ACTIVE, TandemStatus.PAUSED)


def tandem_page(member: TandemMember) -> dict[str, Any]:
    """Return what a member sees: names, and contacts only of who wants that, while they meet."""
    tandem, others = member.tandem, others_of(member)
    is_meeting = tandem.status in MEETING
    people = [other.seeker.person for other in others]
    return {
        "member": member, "tandem": tandem, "is_meeting": is_meeting, "others": others,
        "contacts": [
            (person.name, person.phone or "", person.email or "")
            for other, person in zip(others, people, strict=True)
            if is_meeting and not other.seeker.hides_address
        ],
        "is_fixed": is_fixed(tandem),
        "is_past": tandem.starts_at is not None and tandem.starts_at <= clock.now(),
        "has_accepted": member.date_ok_turn == tandem.date_turn,
        "lines": lines_of(member) if is_meeting else [],
        "starters": starters_for([person.language for person in people]) if is_meeting else [],
        "occasions": _occasions(member) if is_meeting else [],
        "occasion_title": read(tandem.occasion.activity, language()) if tandem.occasion else None,
        "asked": member.checks.filter(answer="").first() if is_meeting else None,
    }  # fmt: skip


def _occasions(member: TandemMember) -> list[tuple[ActivityDate, Reading]]:
    """Return meetings to go to together, until a first date is fixed."""
    if is_fixed(member.tandem):
        return []
    rows = Seeker.objects.filter(memberships__tandem=member.tandem_id)
    near = occasions_for(list(rows.select_related("municipality").order_by("pk")), clock.now())
    return [(date, read(date.activity, language())) for date in near]


def language() -> str:
    """The language of the reader."""
    return translation.get_language() or "de"


def near_places(member: TandemMember) -> list[Venue]:
    """Return public places the members of a tandem can choose from."""
    rows = Seeker.objects.filter(memberships__tandem=member.tandem_id)
    return venues_near(list(rows.select_related("municipality").order_by("pk")))


def date_begin(tandem: Tandem) -> dict[str, Any]:
    """Return what the form for a time begins with: what is proposed now."""
    begin: dict[str, Any] = {"way": tandem.way, "venue": tandem.venue_id}
    if tandem.starts_at is not None:
        local = clock.local(tandem.starts_at)
        begin |= {"day": local.date(), "start": local.time()}
    return begin
