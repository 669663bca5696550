"""Planning an occasion: from a title to the public, and back out of sight."""

from miteinander.encounters.activities.services.planning.access import change_access
from miteinander.encounters.activities.services.planning.approval import (
    approve_activity,
    ask_back,
)
from miteinander.encounters.activities.services.planning.copying import (
    copy_activity,
    keep_template,
)
from miteinander.encounters.activities.services.planning.drafts import (
    create_activity,
    discard_draft,
    is_discardable,
)
from miteinander.encounters.activities.services.planning.facts import (
    TASK_OF_FACT,
    change_activity,
    facts_of,
    mark_answered,
)
from miteinander.encounters.activities.services.planning.giving import (
    GIVING_FACTS,
    giving_of,
    set_giving,
)
from miteinander.encounters.activities.services.planning.publishing import publish_activity
from miteinander.encounters.activities.services.planning.readiness import NotReady
from miteinander.encounters.activities.services.planning.visibility import (
    hide_activity,
    show_activity,
)

__all__ = [
    "GIVING_FACTS",
    "TASK_OF_FACT",
    "NotReady",
    "approve_activity",
    "ask_back",
    "change_access",
    "change_activity",
    "copy_activity",
    "create_activity",
    "discard_draft",
    "facts_of",
    "giving_of",
    "hide_activity",
    "is_discardable",
    "keep_template",
    "mark_answered",
    "publish_activity",
    "set_giving",
    "show_activity",
]
