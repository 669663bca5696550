"""On which terms the seats of a date are given, for pages and forms: in words and moments."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from miteinander.encounters.activities.enums import Giving, Setting
from miteinander.encounters.activities.models import Activity, ActivityDate
from miteinander.encounters.activities.permissions import is_public
from miteinander.encounters.activities.queries.public import next_date
from miteinander.encounters.activities.services.seats.draw import draw_at
from miteinander.encounters.activities.services.seats.holding import pools_of, release_at
from miteinander.encounters.activities.services.seats.pools import Pools
from miteinander.encounters.activities.services.seats.queue import (
    LIMIT_LIFTS,
    is_before_draw,
    waiting_of,
)
from miteinander.foundation.content.queries import Reading, read

SEAT, ANSWER, DRAW, WAITING = "seat", "answer", "draw", "waiting"


@dataclass(frozen=True)
class Terms:
    """How somebody comes to a seat of a date, as things stand.

    ``kind`` is what happens to whoever asks now: ``seat`` at once, ``answer`` of the organisers,
    ``draw``, or the ``waiting`` list. ``kept_until`` is set while seats are kept for the sides.
    """

    kind: str
    pools: Pools
    draw_at: datetime | None = None
    kept_until: datetime | None = None
    limit_until: datetime | None = None


def terms_of(date: ActivityDate, *, now: datetime) -> Terms:
    """Return the terms of a date at ``now``, the same for everybody."""
    activity = date.activity
    kept, limited = release_at(date), date.starts_at - LIMIT_LIFTS
    has_kept = bool(date.kept_local or date.kept_newcomer) and now < kept
    return Terms(
        kind=_kind(date),
        pools=pools_of(date, now),
        draw_at=draw_at(date) if is_before_draw(date) else None,
        kept_until=kept if has_kept else None,
        limit_until=limited if activity.monthly_limit and now < limited else None,
    )


def _kind(date: ActivityDate) -> str:
    """Say what happens to whoever asks; where seats are offered by hand nobody overtakes."""
    if is_before_draw(date):
        return DRAW
    if date.activity.giving == Giving.APPROVAL:
        return ANSWER
    if date.seats_left <= 0:
        return WAITING
    is_waited_for = date.activity.has_offers_by_hand and waiting_of(date).exists()
    return WAITING if is_waited_for else SEAT


def statements_of(activity: Activity) -> list[str]:
    """List what somebody has to say of themselves to come, in the first person."""
    own = {
        Setting.WOMEN: _("I am a woman."),
        Setting.MEN: _("I am a man."),
        Setting.QUEER: _("I am lesbian, gay, bi, trans or inter."),
    }
    said = [own[Setting(activity.setting)]] if activity.setting else []
    ages = {"youngest": activity.min_age, "oldest": activity.max_age}
    if activity.min_age and activity.max_age:
        said.append(_("I am between %(youngest)s and %(oldest)s years old.") % ages)
    elif activity.min_age:
        said.append(_("I am %(youngest)s years old or older.") % ages)
    elif activity.max_age:
        said.append(_("I am %(oldest)s years old or younger.") % ages)
    return said


def conditions_of(activity: Activity) -> list[str]:
    """List for whom an occasion is meant, in words for everybody."""
    words = [str(Setting(activity.setting).label)] if activity.setting else []
    ages = {"youngest": activity.min_age, "oldest": activity.max_age}
    if activity.min_age and activity.max_age:
        words.append(_("For people between %(youngest)s and %(oldest)s years") % ages)
    elif activity.min_age:
        words.append(_("For people from %(youngest)s years on") % ages)
    elif activity.max_age:
        words.append(_("For people up to %(oldest)s years") % ages)
    return words


@dataclass(frozen=True)
class Before:
    """The occasion one takes part in first, and its next date."""

    reading: Reading
    date: ActivityDate | None


def required_before(activity: Activity, *, language: str, now: datetime) -> Before | None:
    """Return the occasion one takes part in first, where the public may see it."""
    required = activity.required
    if required is None or not is_public(required):
        return None
    return Before(read(required, language), next_date(activity_id=required.pk, now=now))
