"""How old the invented people say to be: of three ages enough came to be shown, others mixed."""

from miteinander.community.people.enums import AgeGroup
from miteinander.web.demo.afterwards import EACH_SIDE

EACH_HALF = 20
CAME = (AgeGroup.FROM_18, AgeGroup.FROM_27, AgeGroup.FROM_45)


def age_of(number: int) -> AgeGroup:
    """Say the age of the person with this ``number``; those who came first have three ages."""
    place = number % EACH_HALF
    ages = CAME if place < EACH_SIDE else tuple(AgeGroup)
    return ages[place % len(ages)]
