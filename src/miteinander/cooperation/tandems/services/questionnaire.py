"""The questions, one after the other, kept at once so that any device goes on where one stopped."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from miteinander.community.people.enums import Background
from miteinander.community.people.models import Person
from miteinander.community.people.services.accounts import say_background, say_name
from miteinander.cooperation.tandems.enums import SeekerStatus
from miteinander.cooperation.tandems.messages import SeekerWaits
from miteinander.cooperation.tandems.models import Seeker
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import clock
from miteinander.foundation.core.bus import publish
from miteinander.foundation.core.permissions import Actor, require

YOUNGEST, OLDEST, OF_AGE = 12, 110, 18


@dataclass(frozen=True)
class Question:
    """One page: its key, and the fields of a seeker it writes."""

    key: str
    fields: tuple[str, ...]


QUESTIONS = (
    Question("wants", ("wants",)),
    Question("gives", ("gives",)),
    Question("speaks", ("speaks",)),
    Question("practises", ("practises",)),
    Question("times", ("times",)),
    Question("ways", ("ways",)),
    Question("place", ("municipality", "reach_km")),
    Question("you", ("birth_year", "gender", "is_family")),
    Question("whom", ("gender_wish", "age_from", "age_to")),
    Question("kinds", ("families_are_fine", "wants_bridge", "wants_group")),
    Question("side", ("same_side_is_fine",)),
    Question("rules", ("hides_address",)),
)
KEYS = tuple(question.key for question in QUESTIONS)
_WRITTEN = {question.key: question.fields for question in QUESTIONS}


@transaction.atomic
def begin(*, actor: Actor) -> Seeker:
    """Open the questions for the one who is signed in; whoever has begun goes on.

    What the profile says of municipality and languages is where the answers begin.
    """
    require(actor, "tandems.take_part")
    person = Person.objects.select_for_update().get(pk=actor.pk)
    known = Seeker.objects.filter(person=person).first()
    if known is not None:
        return known
    now = clock.now()
    spoken = person.spoken_languages.values_list("language", flat=True)
    seeker = Seeker.objects.create(
        person=person, municipality_id=person.municipality_id, step=KEYS[0], begun_at=now,
        speaks=list(spoken), changed_at=now,
    )  # fmt: skip
    audit.record(actor=actor, verb="tandems.begin", obj=seeker)
    return seeker


def held_seeker(seeker_id: int) -> Seeker:
    """Hold a seeker; the caller checks who acts."""
    rows = Seeker.objects.select_for_update(of=("self",)).select_related("person", "municipality")
    return rows.defer("municipality__boundary").get(pk=seeker_id)


@transaction.atomic
def answer_question(
    *,
    actor: Actor,
    seeker_id: int,
    key: str,
    answers: dict[str, Any],
    side: str = "",
    name: str = "",
) -> Seeker:
    """Keep the answers of one page; the next unanswered page is where any device goes on.

    ``side`` and ``name`` are written to the person, on the pages that ask for them. The last page
    accepts the house rules: a draft waits for a talk then. Publishes ``SeekerWaits``.

    Raises:
        KeyError: there is no such question.
        ValidationError: an answer is none of the choices, or too young or too old.
    """
    seeker = held_seeker(seeker_id)
    require(actor, "tandems.change_seeker", seeker)
    for field in _WRITTEN[key]:
        setattr(seeker, field, answers[field])
    if key == "you":
        check_year(seeker.birth_year)
    if key == "side" and side in Background.values:
        say_background(actor=actor, person_id=seeker.person_id, background=side)
    if key == "you" and name:
        seeker.person = say_name(actor=actor, person_id=seeker.person_id, name=name)
    _go_on(seeker, key)
    seeker.changed_at = clock.now()
    written = _WRITTEN[key]
    others = {field.name for field in Seeker._meta.fields} - set(written)
    seeker.clean_fields(exclude=others)
    seeker.validate_constraints()
    if key == KEYS[-1]:
        _finish(actor, seeker)
    seeker.save()
    return seeker


def next_key(seeker: Seeker, key: str) -> str:
    """Return the question after ``key``, empty after the last; who practises nothing is not asked.

    Raises:
        ValueError: there is no such question.
    """
    place = KEYS.index(key) + 1
    if place < len(KEYS) and KEYS[place] == "practises" and "language" not in seeker.wants:
        place += 1
    return KEYS[place] if place < len(KEYS) else ""


def _go_on(seeker: Seeker, key: str) -> None:
    """Note the farthest page reached, so that going back loses nothing."""
    if "language" not in seeker.wants:
        seeker.practises = []
    following = next_key(seeker, key)
    if seeker.step and following and KEYS.index(following) > KEYS.index(seeker.step):
        seeker.step = following


def check_year(year: int | None) -> None:
    """Refuse a year of birth nobody who takes part can have."""
    this_year = clock.today().year
    if year is None or not this_year - OLDEST <= year <= this_year - YOUNGEST:
        raise ValidationError(
            {"birth_year": ValidationError(_("Check the year of birth."), code="year")}
        )


def is_minor(seeker: Seeker) -> bool:
    """Whether somebody may still be under 18 this year: only the year of birth is known."""
    return seeker.birth_year is None or clock.today().year - seeker.birth_year <= OF_AGE


def missing_question(seeker: Seeker) -> str:
    """Return the first question that needs an answer and has none, or nothing."""
    needed: dict[str, Any] = {
        "wants": seeker.wants, "gives": seeker.gives, "speaks": seeker.speaks,
        "practises": seeker.practises or "language" not in seeker.wants,
        "times": seeker.times, "ways": seeker.ways, "place": seeker.municipality_id,
        "you": seeker.birth_year and seeker.person.name,
    }  # fmt: skip
    return next((key for key in KEYS if not needed.get(key, True)), "")


def _finish(actor: Actor, seeker: Seeker) -> None:
    if missing_question(seeker):
        raise ValidationError(_("One question is still open."), code="open_question")
    seeker.step = ""
    seeker.rules_accepted_at = seeker.rules_accepted_at or clock.now()
    if seeker.status == SeekerStatus.DRAFT:
        seeker.status = SeekerStatus.TALK
        audit.record(actor=actor, verb="tandems.finish", obj=seeker)
        publish(SeekerWaits(seeker_id=seeker.pk))
