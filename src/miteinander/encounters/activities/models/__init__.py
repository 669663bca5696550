"""The tables of the activities app: occasions, their dates, and who takes part."""

from miteinander.encounters.activities.models.activity import Activity, ActivityLanguage
from miteinander.encounters.activities.models.dates import ActivityDate
from miteinander.encounters.activities.models.desk import DeskEntry
from miteinander.encounters.activities.models.feedback import Feedback
from miteinander.encounters.activities.models.holidays import SchoolHoliday
from miteinander.encounters.activities.models.participation import Participation
from miteinander.encounters.activities.models.polls import (
    DatePoll,
    PollAnswer,
    PollDate,
    PollVote,
)
from miteinander.encounters.activities.models.rides import Ride, RideMatch
from miteinander.encounters.activities.models.roles import DateLanguage, RoleOffer, RoleWanted
from miteinander.encounters.activities.models.standing import ClosedDay, OpeningHours
from miteinander.encounters.activities.models.together import CoHost

__all__ = [
    "Activity",
    "ActivityDate",
    "ActivityLanguage",
    "ClosedDay",
    "CoHost",
    "DateLanguage",
    "DatePoll",
    "DeskEntry",
    "Feedback",
    "OpeningHours",
    "Participation",
    "PollAnswer",
    "PollDate",
    "PollVote",
    "Ride",
    "RideMatch",
    "RoleOffer",
    "RoleWanted",
    "SchoolHoliday",
]
