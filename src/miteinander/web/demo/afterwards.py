"""What was: who came to the meetings that are over, and what they said on the evening after."""

from collections.abc import Sequence
from itertools import cycle

from miteinander.community.people.enums import Background
from miteinander.community.people.models import Person
from miteinander.encounters.activities.enums import Question
from miteinander.encounters.activities.services import feedback
from miteinander.web.demo.district import DEMO, District

EACH_SIDE = 9
ANSWERS = ("yes", "yes", "no", "yes", "unsaid", "yes", "yes")
WORDS = (
    ("de", "Ich habe zwei Nachbarinnen kennengelernt. Danke!"),
    ("ar", "كان اللقاء جميلاً، وسآتي مرة أخرى."),
    ("uk", "Було дуже тепло. Дякую!"),
    ("de", "Bitte nächstes Mal etwas früher anfangen."),
)


def both_sides(district: District) -> list[Person]:
    """Pick as many people of either side, so that the picture has something to show."""
    return [
        person
        for side in (Background.LOCAL, Background.NEWCOMER)
        for person in [one for one in district.people if one.background == side][:EACH_SIDE]
    ]


def say_how_it_was(participations: Sequence[int]) -> None:
    """Answer the three questions for everybody, and write words for some."""
    answers = cycle(ANSWERS)
    for pk in participations:
        for question in Question.values:
            feedback.answer_question(
                actor=DEMO, participation_id=pk, question=question, answer=next(answers)
            )
    for pk, (language, words) in zip(participations, WORDS, strict=False):
        feedback.write_feedback_words(
            actor=DEMO, participation_id=pk, words=words, language=language
        )
