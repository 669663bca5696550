"""Addresses under ``/activities/``."""

from miteinander.encounters.activities.urls_closing import closing_patterns
from miteinander.encounters.activities.urls_door import door_patterns
from miteinander.encounters.activities.urls_feedback import feedback_patterns
from miteinander.encounters.activities.urls_paper import paper_patterns
from miteinander.encounters.activities.urls_planning import planning_patterns
from miteinander.encounters.activities.urls_polls import poll_patterns
from miteinander.encounters.activities.urls_public import public_patterns
from miteinander.encounters.activities.urls_rides import ride_patterns
from miteinander.encounters.activities.urls_series import series_patterns
from miteinander.encounters.activities.urls_standing import standing_patterns
from miteinander.encounters.activities.urls_together import together_patterns

app_name = "activities"
urlpatterns = [
    *public_patterns,
    *paper_patterns,
    *planning_patterns,
    *series_patterns,
    *feedback_patterns,
    *closing_patterns,
    *standing_patterns,
    *together_patterns,
    *poll_patterns,
    *door_patterns,
    *ride_patterns,
]
