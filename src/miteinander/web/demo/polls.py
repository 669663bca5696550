"""Date polls: one that is open, with several answers, and one that is decided."""

from datetime import time, timedelta

from miteinander.encounters.activities.enums import PollChoice
from miteinander.encounters.activities.models import Activity, DatePoll
from miteinander.encounters.activities.queries.polls import best_of, results_of
from miteinander.encounters.activities.services import polls
from miteinander.encounters.activities.services.dates import PlannedDate, wall_time
from miteinander.foundation.core import clock
from miteinander.web.demo.district import DEMO, District

PROPOSED = ((12, 17), (13, 15), (15, 18))
YES, MAYBE, NO = PollChoice.YES, PollChoice.IF_NEEDED, PollChoice.NO
ANSWERS = (
    (YES, NO, YES),
    (NO, YES, YES),
    (MAYBE, YES, NO),
    (NO, MAYBE, YES),
    (YES, NO, MAYBE),
    (NO, NO, YES),
    (MAYBE, YES, YES),
)
ANSWERING = (22, 3, 24, 5, 26, 7, 30)  # people nobody plays, of both sides


def ask_when(district: District, activity: Activity, state: str) -> DatePoll:
    """Ask people when ``activity`` should be; with the state ``decided`` the best date is set."""
    today = clock.today()
    rows = [
        PlannedDate(start, start + timedelta(hours=3))
        for days, hour in PROPOSED
        for start in [wall_time(today + timedelta(days=days), time(hour))]
    ]
    poll = polls.propose_dates(
        actor=DEMO, activity_id=activity.pk, rows=rows,
        closes_at=wall_time(today + timedelta(days=6), time(20)),
    )  # fmt: skip
    proposed = list(poll.dates.values_list("pk", flat=True))
    for number, choices in zip(ANSWERING, ANSWERS, strict=True):
        person = district.people[number]
        polls.answer_poll(
            actor=DEMO, poll_id=poll.pk, person_id=person.pk, language=person.language,
            side=person.background, choices=dict(zip(proposed, choices, strict=True)),
        )  # fmt: skip
    best = best_of(results_of(poll, clock.now()))
    if state == "decided" and best is not None:
        poll = polls.decide_poll(actor=DEMO, poll_id=poll.pk, poll_date_id=best.date.pk)
    return poll
