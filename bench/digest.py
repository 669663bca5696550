"""News: 10,000 people who follow something and 2,000 new dates, on SQLite and PostgreSQL.

Prints how long the job takes that looks for what is new for everybody and writes the letters, and
how much memory its process held at most. The aim is under 60 seconds and 300 MB. Nobody gets a
second letter, and what a sample of them names is compared with the list of meetings. Then the
words of some letters are made, beside the job, as the mail server would be handed them.
"""

import random
import resource
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import stage

AIM_SECONDS, AIM_MEGABYTES = 60.0, 300.0
PEOPLE, DATES, SAMPLE, SENT = 10_000, 2_000, 40, 2_000
LANGUAGES = ("de", "de-simple", "en", "ar", "fa", "uk", "ru", "tr")


def followers() -> None:
    """Let each person follow one to four things, places with distances among them."""
    from miteinander.community.organisations.models import Organisation  # noqa: PLC0415
    from miteinander.community.people.models import Person  # noqa: PLC0415
    from miteinander.community.regions.models import Region  # noqa: PLC0415
    from miteinander.encounters.activities.enums import Topic  # noqa: PLC0415
    from miteinander.foundation.core import clock  # noqa: PLC0415
    from miteinander.outward.notifications.models import Follow, MailWishes  # noqa: PLC0415

    rng, now = random.Random(3), clock.now()  # noqa: S311
    people = Person.objects.bulk_create(
        (
            Person(
                name=f"Gast {n}", email=f"gast{n}@example.org", created_at=now,
                language=LANGUAGES[n % len(LANGUAGES)],
            )
            for n in range(PEOPLE)
        ),
        batch_size=500,
    )  # fmt: skip
    towns = list(Region.objects.filter(kind="municipality").values_list("pk", flat=True))
    clubs = list(Organisation.objects.values_list("pk", flat=True))

    def one(person: Person) -> Follow:
        kind = rng.randrange(5)
        return Follow(
            person=person, created_at=now,
            municipality_id=rng.choice(towns) if kind in {0, 1} else None,
            km=rng.choice((0, 5, 10, 20)) if kind in {0, 1} else 0,
            organisation_id=rng.choice(clubs) if kind == 2 else None,
            topic=rng.choice(list(Topic)) if kind in {1, 3} else "",
            language=rng.choice(("de", "ar", "uk", "tr")) if kind == 4 else "",
            is_free=rng.random() < 0.2, is_step_free=rng.random() < 0.02,
        )  # fmt: skip

    Follow.objects.bulk_create(
        (one(person) for person in people for _ in range(rng.randint(1, 4))), batch_size=500
    )
    heard_at = now - timedelta(days=8)
    MailWishes.objects.bulk_create(
        (MailWishes(person=person, heard_at=heard_at) for person in people), batch_size=500
    )


def new_dates() -> None:
    """Note every date as new, and keep some for women."""
    from miteinander.encounters.activities.models import Activity, ActivityDate  # noqa: PLC0415
    from miteinander.foundation.core import clock  # noqa: PLC0415
    from miteinander.outward.notifications.models import NewDate  # noqa: PLC0415

    keys = ActivityDate.objects.order_by("pk").values_list("pk", flat=True)
    at = clock.now() - timedelta(hours=1)
    NewDate.objects.bulk_create(
        (NewDate(date_id=pk, appeared_at=at) for pk in keys), batch_size=500
    )
    some = list(Activity.objects.order_by("pk").values_list("pk", flat=True)[::25])
    Activity.objects.filter(pk__in=some).update(setting="women")


def wrong_letters() -> int:
    """Compare some letters with what the list of meetings would show; count what differs."""
    from miteinander.encounters.activities.queries import criteria as search  # noqa: PLC0415
    from miteinander.encounters.activities.queries import public  # noqa: PLC0415
    from miteinander.foundation.core import clock  # noqa: PLC0415
    from miteinander.foundation.core.permissions import SystemActor  # noqa: PLC0415
    from miteinander.outward.notifications.models import Follow, Letter  # noqa: PLC0415

    wrong, now = 0, clock.now()
    for letter in Letter.objects.order_by("pk")[:: PEOPLE // SAMPLE][:SAMPLE]:
        found: set[tuple[object, int]] = set()
        for row in Follow.objects.filter(person_id=letter.context["person"]):
            criteria = search.Criteria(
                region=row.municipality, km=row.km, topic=row.topic, language=row.language,
                is_free=row.is_free, is_step_free=row.is_step_free,
            )  # fmt: skip
            dates = public.upcoming_dates(
                actor=SystemActor("bench"), now=now, criteria=criteria
            ).filter(activity__setting="", starts_at__gt=now)
            if row.organisation_id:
                dates = dates.filter(activity__organisation=row.organisation_id)
            found |= set(dates.values_list("starts_at", "pk"))
        told = letter.context["dates"]
        soonest = [pk for _start, pk in sorted(found)]
        wrong += told != soonest[: len(told)] or len(found) != len(told) + letter.context["more"]
    return wrong


def seconds_of_words() -> tuple[float, float]:
    """Make the words of some letters: return how long one of the first and of the last takes.

    The first in a language write most of the dates to text, the later ones find them there.
    """
    from miteinander.outward.notifications.mails.compose import compose  # noqa: PLC0415
    from miteinander.outward.notifications.mails.render import message_of  # noqa: PLC0415
    from miteinander.outward.notifications.models import Letter  # noqa: PLC0415

    taken = []
    for letter in Letter.objects.order_by("pk")[:SENT]:
        began = time.perf_counter()
        mail = compose(letter)
        if mail is not None:
            message_of(letter, mail).message().as_bytes()
        taken.append(time.perf_counter() - began)
    half = len(taken) // 2
    return sum(taken[:half]) / half, sum(taken[half:]) / (len(taken) - half)


def measure(url: str) -> int:
    """Measure on one database."""
    stage.prepare("" if url == "sqlite" else url)
    from seed import seed  # noqa: PLC0415

    from miteinander.foundation.core import clock  # noqa: PLC0415
    from miteinander.foundation.core.permissions import SystemActor  # noqa: PLC0415
    from miteinander.outward.notifications.models import Letter  # noqa: PLC0415
    from miteinander.outward.notifications.services import send_news  # noqa: PLC0415

    seed(dates=DATES)
    new_dates()
    followers()
    actor, now = SystemActor("bench"), clock.now()
    began = time.perf_counter()
    written = send_news(actor=actor, now=now)
    seconds = time.perf_counter() - began
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    again = send_news(actor=actor, now=clock.now())
    is_once = again == 0 and Letter.objects.count() == written
    wrong, (first, later) = wrong_letters(), seconds_of_words()
    name = "SQLite" if url == "sqlite" else "PostgreSQL"
    print(
        f"{name:10} {written} letters in {seconds:.1f} s (aim {AIM_SECONDS:.0f} s), "
        f"{megabytes:.0f} MB at most (aim {AIM_MEGABYTES:.0f} MB); {wrong} of {SAMPLE} wrong, "
        f"{again} twice; words of a letter {first * 1000:.0f} ms, later {later * 1000:.0f} ms"
    )
    return int(
        seconds > AIM_SECONDS or megabytes > AIM_MEGABYTES or bool(wrong) or not is_once
        or written < PEOPLE * 0.9
    )  # fmt: skip


def main() -> int:
    """Measure on both databases, each in a process of its own."""
    if len(sys.argv) > 1:
        return measure(sys.argv[1])
    import postgres  # noqa: PLC0415

    command = [sys.executable, str(Path(__file__))]
    failures = subprocess.run([*command, "sqlite"], check=False).returncode
    if postgres.programs() is None:
        print("PostgreSQL is not installed; skipped.")
        return failures
    with postgres.cluster(is_durable=True) as url:
        return failures + subprocess.run([*command, url], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
