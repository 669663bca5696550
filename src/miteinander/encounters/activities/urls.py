"""Addresses under ``/activities/``."""

from miteinander.encounters.activities.urls_planning import planning_patterns
from miteinander.encounters.activities.urls_public import public_patterns

app_name = "activities"
urlpatterns = [*public_patterns, *planning_patterns]
