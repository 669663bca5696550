"""From which side somebody comes, as far as the person said so."""

from django.db.models import Case, CharField, F, When

from miteinander.community.people.enums import Background

SIDE = Case(
    When(side=Background.UNDISCLOSED, then=F("person__background")),
    default=F("side"),
    output_field=CharField(),
)
SIDES = (Background.LOCAL, Background.NEWCOMER, Background.UNDISCLOSED)
