"""Until when an offered seat is kept: a day, less when the date is near, and never into a night."""

from datetime import datetime, timedelta

from miteinander.foundation.core import clock

LONGEST = timedelta(hours=24)
SHORTEST = timedelta(hours=1)
SHARE_OF_WHAT_IS_LEFT = 3
MORNING, EVENING = 9, 21


def offer_deadline(now: datetime, starts_at: datetime) -> datetime:
    """Return when an offer made at ``now`` ends: at most a third of what is left until the start.

    A deadline that would fall between 21 and 9 o'clock moves to 9 in the morning, or, where the
    date begins before that, to the start: nobody has to get up for a seat.
    """
    left = starts_at - now
    span = max(SHORTEST, min(LONGEST, left / SHARE_OF_WHAT_IS_LEFT))
    wanted = clock.local(now + span)
    if wanted.hour >= EVENING:
        wanted = clock.local(clock.start_of_day(wanted.date() + timedelta(days=1)))
    if wanted.hour < MORNING:
        wanted = wanted.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    return min(wanted, starts_at)
