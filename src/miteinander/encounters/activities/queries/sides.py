"""From which side somebody comes and how old they are, as far as the person said so."""

from django.db.models import Case, CharField, F, When

from miteinander.community.people.enums import AgeGroup, Background

SIDE = Case(
    When(side=Background.UNDISCLOSED, then=F("person__background")),
    default=F("side"),
    output_field=CharField(),
)
AGE = Case(
    When(age_group=AgeGroup.UNDISCLOSED, then=F("person__age_group")),
    default=F("age_group"),
    output_field=CharField(),
)
SIDES = (Background.LOCAL, Background.NEWCOMER, Background.UNDISCLOSED)
AGES = (
    AgeGroup.UNDER_18, AgeGroup.FROM_18, AgeGroup.FROM_27, AgeGroup.FROM_45, AgeGroup.FROM_65,
    AgeGroup.UNDISCLOSED,
)  # fmt: skip
