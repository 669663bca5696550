"""What pages of this app show, put together from several reads."""

from typing import Any

from miteinander.cooperation.tandems.enums import Doing, SeekerStatus, TandemStatus, Way
from miteinander.cooperation.tandems.models import Seeker, Tandem, TandemMember
from miteinander.cooperation.tandems.obstacles import wish_of
from miteinander.cooperation.tandems.queries.parties import hurdles, party_by_key
from miteinander.cooperation.tandems.queries.tandems import memberships_of
from miteinander.cooperation.tandems.reasons import reasons_for
from miteinander.cooperation.tandems.services.questionnaire import KEYS, missing_question
from miteinander.encounters.activities.queries.small_cells import FEWEST
from miteinander.foundation.core.languages import NAMES

MOST_HURDLES = 3


def answers_of(seeker: Seeker) -> list[tuple[str, list[str]]]:
    """Return somebody's answers in words, with the key of the question, for their own page."""
    return [
        ("wants", [str(doing.label) for doing in Doing if doing.value in seeker.wants]),
        ("gives", [str(doing.label) for doing in Doing if doing.value in seeker.gives]),
        ("speaks", [str(NAMES.get(code, code)) for code in seeker.speaks]),
        ("practises", [str(NAMES.get(code, code)) for code in seeker.practises]),
        ("ways", [str(way.label) for way in Way if way.value in seeker.ways]),
    ]


def own_page(seeker: Seeker) -> dict[str, Any]:
    """Return what somebody's own page shows; how many fit is told from five people on."""
    rows = list(memberships_of(seeker)[:20])
    live = next((row for row in rows if row.is_live), None)
    context: dict[str, Any] = {
        "seeker": seeker, "answers": answers_of(seeker), "live": live,
        "past": [row for row in rows if not row.is_live], "missing": missing_question(seeker),
        "keys": [key for key in KEYS if key != "practises" or "language" in seeker.wants],
    }  # fmt: skip
    is_waiting = seeker.status in {SeekerStatus.TALK, SeekerStatus.READY} and live is None
    if is_waiting and not context["missing"]:
        fitting, wishes = hurdles(seeker)
        context |= {
            "is_waiting": True, "fitting": fitting if fitting >= FEWEST else 0,
            "wishes": [(wish_of(rule), count) for rule, count in wishes
                       if count >= FEWEST and wish_of(rule)][:MOST_HURDLES],
        }  # fmt: skip
    return context


def proposal(member: TandemMember) -> dict[str, Any]:
    """Return what a proposal shows to one of its members: why, and no name and no contact."""
    tandem: Tandem = member.tandem
    keys = list(tandem.members.order_by("pk").values_list("seeker_id", flat=True))
    parties = party_by_key(keys)
    others = [parties[key] for key in keys if key != member.seeker_id and key in parties]
    return {
        "member": member, "tandem": tandem, "count": len(keys), "others_count": len(keys) - 1,
        "reasons": reasons_for(parties[member.seeker_id], others),
        "is_open": tandem.status == TandemStatus.PROPOSED,
        "is_agreed": tandem.status in {TandemStatus.ACTIVE, TandemStatus.PAUSED},
    }  # fmt: skip
