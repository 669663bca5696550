"""News: everybody once a time, what is new, still to come and meant for them, and nothing else."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from miteinander.community.organisations.tests.factories import OrganisationFactory
from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.community.regions.tests.factories import RegionFactory
from miteinander.encounters.activities.enums import ActivityStatus, CoHostStatus, DateStatus
from miteinander.encounters.activities.messages import ActivityChanged
from miteinander.encounters.activities.models import Activity, ActivityDate, CoHost
from miteinander.encounters.activities.tests.factories import DateFactory, ParticipationFactory
from miteinander.foundation.core import bus, clock
from miteinander.foundation.core.permissions import SystemActor
from miteinander.outward.notifications import services
from miteinander.outward.notifications.enums import Frequency, LetterKind
from miteinander.outward.notifications.models import Letter, MailWishes, NewDate
from miteinander.outward.notifications.queries import latest_due
from miteinander.outward.notifications.queries.news import HOLD
from miteinander.outward.notifications.services import news, send_news, set_frequency
from miteinander.outward.notifications.tests.factories import FollowFactory, announced

RunJobs = Callable[[], int]
BERLIN = ZoneInfo("Europe/Berlin")
SYSTEM = SystemActor()
MONDAY = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


def berlin(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=BERLIN)  # type: ignore[arg-type, misc]


THURSDAY = berlin(2027, 3, 4, 17, 0)


@pytest.fixture(autouse=True)
def _on_monday() -> Iterator[None]:
    with clock.held_at(MONDAY):
        yield


def strike(now: datetime, run_jobs: RunJobs | None = None) -> int:
    """Let the clock strike ``now`` and return how many letters were written, and send them."""
    with clock.held_at(now):
        written = send_news(actor=SYSTEM, now=now)
        if run_jobs is not None:
            run_jobs()
    return written


def told() -> list[set[int]]:
    return [set(row.context["dates"]) for row in Letter.objects.filter(kind="news").order_by("pk")]


@pytest.mark.django_db
def test_once_a_week_on_thursday_at_five_and_only_then(run_jobs: RunJobs) -> None:
    FollowFactory.create()
    announced()
    hours = [MONDAY + timedelta(hours=hour) for hour in range(24 * 8)]
    struck = [clock.local(hour).strftime("%A %H") for hour in hours if strike(hour, run_jobs)]
    assert struck == ["Thursday 17"]
    assert len(mail.outbox) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "days",
    [(berlin(2027, 3, 27), berlin(2027, 3, 30)), (berlin(2027, 10, 30), berlin(2027, 11, 2))],
    ids=["spring", "autumn"],
)
def test_once_a_day_at_five_on_the_wall_also_when_clocks_change(
    days: tuple[datetime, datetime],
) -> None:
    begin, end = (day.astimezone(UTC) for day in days)
    with clock.held_at(begin):
        person = FollowFactory.create().person
        set_frequency(actor=SYSTEM, person_id=person.pk, frequency=Frequency.DAILY)
    struck, now = [], begin
    while now < end:
        with clock.held_at(now):
            announced(starts_at=now + timedelta(days=20))
        now += timedelta(hours=1)
        if strike(now):
            struck.append(clock.local(now).strftime("%d %H:%M"))
    assert [moment[-5:] for moment in struck] == ["17:00"] * 3
    assert len(set(struck)) == 3


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (berlin(2027, 4, 1, 16, 59), berlin(2027, 3, 25, 17, 0)),
        (berlin(2027, 4, 1, 17, 0), berlin(2027, 4, 1, 17, 0)),
        (berlin(2027, 11, 4, 16, 59), berlin(2027, 10, 28, 17, 0)),
        (berlin(2027, 11, 4, 17, 0), berlin(2027, 11, 4, 17, 0)),
    ],
)
def test_a_week_with_a_change_of_clocks_has_its_thursday_at_five(
    now: datetime, due: datetime
) -> None:
    assert latest_due(Frequency.WEEKLY, now) == due


@pytest.mark.django_db
def test_no_letter_where_nothing_is_new() -> None:
    FollowFactory.create(topic="music")
    announced(topic="food")
    assert strike(THURSDAY) == 0
    assert not Letter.objects.exists()
    announced(topic="music")
    assert strike(THURSDAY + timedelta(hours=3)) == 0
    assert strike(THURSDAY + timedelta(days=7)) == 1
    assert strike(THURSDAY + timedelta(days=14)) == 0


@pytest.mark.django_db
def test_what_follows_must_all_be_true_of_a_meeting() -> None:
    here = RegionFactory.create(latitude=51.30, longitude=9.40)
    near = RegionFactory.create(latitude=51.35, longitude=9.40)
    far = RegionFactory.create(latitude=52.30, longitude=9.40)
    facts: dict[str, Any] = {"topic": "music", "has_childcare": True, "languages": ("de", "ar")}
    match = announced(organisation__municipality=near, **facts)
    announced(organisation__municipality=far, **facts)
    announced(organisation__municipality=near, **(facts | {"topic": "food"}))
    announced(organisation__municipality=near, **(facts | {"languages": ("de",)}))
    announced(organisation__municipality=near, **(facts | {"has_childcare": False}))
    announced(organisation__municipality=near, **facts, cost_cents=100)
    announced(organisation__municipality=near, **facts, audience="children")
    wanted = {
        "topic": "music", "has_childcare": True, "language": "ar", "is_free": True,
        "audience": "everyone",
    }  # fmt: skip
    for municipality, km in ((here, 10), (near, 0)):
        follow = FollowFactory.create(municipality=municipality, km=km, **wanted)
        MailWishes.objects.filter(person=follow.person).update(heard_until=0)
    alone = FollowFactory.create(municipality=here, km=0)
    MailWishes.objects.filter(person=alone.person).update(heard_until=0)
    other = FollowFactory.create(organisation=match.activity.organisation)
    MailWishes.objects.filter(person=other.person).update(heard_until=0)

    assert strike(THURSDAY) == 3
    assert told() == [{match.pk}] * 3


@pytest.mark.django_db
def test_an_organisation_also_invites_together_with_another() -> None:
    agreed, asked = OrganisationFactory.create(), OrganisationFactory.create()
    reader = FollowFactory.create(organisation=agreed)
    FollowFactory.create(organisation=asked)
    activity = announced().activity
    for second, status in ((agreed, CoHostStatus.AGREED), (asked, CoHostStatus.ASKED)):
        CoHost.objects.create(
            activity=activity, organisation=second, status=status, asked_at=MONDAY
        )
    assert strike(THURSDAY) == 1
    assert Letter.objects.get(kind="news").context["person"] == reader.person_id


@pytest.mark.django_db
def test_own_dates_hidden_cancelled_past_and_drafts_are_left_out(run_jobs: RunJobs) -> None:
    person = FollowFactory.create().person
    kept, own, cancelled, hidden = (announced() for _number in range(4))
    announced(status=ActivityStatus.DRAFT)
    announced(status=ActivityStatus.AWAITING_APPROVAL)
    announced(starts_at=THURSDAY - timedelta(hours=1))
    ParticipationFactory.create(date=own, person=person)
    ActivityDate.objects.filter(pk=cancelled.pk).update(status=DateStatus.CANCELLED)
    Activity.objects.filter(pk=hidden.activity_id).update(status=ActivityStatus.HIDDEN)
    assert strike(THURSDAY, run_jobs) == 1
    assert f"/activities/{kept.pk}/" in mail.outbox[0].body
    assert mail.outbox[0].body.count("/activities/") == 2  # and the list


@pytest.mark.django_db
def test_everything_is_looked_at_again_when_the_letter_goes_out(run_jobs: RunJobs) -> None:
    person = FollowFactory.create().person
    dates = [announced() for _number in range(4)]
    strike(THURSDAY)
    ParticipationFactory.create(date=dates[0], person=person)
    ActivityDate.objects.filter(pk=dates[1].pk).update(status=DateStatus.CANCELLED)
    Activity.objects.filter(pk=dates[2].activity_id).update(status=ActivityStatus.HIDDEN)
    with clock.held_at(THURSDAY):
        run_jobs()
    assert [f"/activities/{date.pk}/" in mail.outbox[0].body for date in dates] == [
        False, False, False, True,
    ]  # fmt: skip
    assert mail.outbox[0].subject == "1 new meeting for you"


@pytest.mark.django_db
def test_a_letter_with_nothing_left_to_tell_is_not_sent(run_jobs: RunJobs) -> None:
    FollowFactory.create()
    date = announced()
    strike(THURSDAY)
    Activity.objects.filter(pk=date.activity_id).update(status=ActivityStatus.HIDDEN)
    with clock.held_at(THURSDAY):
        run_jobs()
    assert not mail.outbox
    assert Letter.objects.get(kind="news").skipped_at


@pytest.mark.django_db
def test_protected_meetings_only_reach_those_we_know_they_are_meant_for(run_jobs: RunJobs) -> None:
    stranger, known, asking = (FollowFactory.create().person for _number in range(3))
    FollowFactory.create(person=asking, audience="women")
    ParticipationFactory.create(
        person=known, date=DateFactory.create(activity__setting="women", activity__topic="sport")
    )
    women = announced(setting="women", audience="women", parts={"title": "Frauenabend"})
    queer = announced(setting="queer", audience="everyone")
    strike(THURSDAY, run_jobs)
    mails = {one.to[0]: one for one in mail.outbox}
    assert set(mails) == {known.email, asking.email}
    assert stranger.email not in mails
    for one in mails.values():
        assert one.subject == "1 new meeting for you"
        assert "Frauenabend" not in "".join(str(value) for value in one.message().values())
        assert f"/activities/{women.pk}/" in one.body
        assert f"/activities/{queer.pk}/" not in one.body


@pytest.mark.django_db
def test_at_most_twenty_are_named_soonest_first_and_the_rest_is_counted(run_jobs: RunJobs) -> None:
    FollowFactory.create()
    dates = [announced(starts_at=THURSDAY + timedelta(days=40 - day)) for day in range(25)]
    strike(THURSDAY, run_jobs)
    body = mail.outbox[0].body
    assert mail.outbox[0].subject == "25 new meetings for you"
    named = [date.pk for date in reversed(dates) if f"/activities/{date.pk}/" in body]
    assert named == [date.pk for date in reversed(dates)][:20]
    assert "There are 5 more new meetings." in body
    assert "In the week from" in body


@pytest.mark.django_db
def test_news_come_in_the_readers_language_with_titles_in_their_own(run_jobs: RunJobs) -> None:
    person = FollowFactory.create(person__language="ar").person
    announced(parts={"title": "Kochen"})
    strike(THURSDAY, run_jobs)
    (one,) = mail.outbox
    assert one.to == [person.email]
    assert one.message()["Content-Language"] == "ar"
    html = str(cast("EmailMultiAlternatives", one).alternatives[0][0])
    assert 'dir="rtl"' in html
    assert 'lang="de"' in html


@pytest.mark.django_db
def test_whoever_wants_it_at_once_is_told_by_a_job_after_publishing(run_jobs: RunJobs) -> None:
    person = FollowFactory.create().person
    set_frequency(actor=SYSTEM, person_id=person.pk, frequency=Frequency.AT_ONCE)
    FollowFactory.create()
    date = announced()
    assert not Letter.objects.exists()
    with clock.held_at(MONDAY + HOLD):
        run_jobs()
        run_jobs()
    assert [one.to for one in mail.outbox] == [[person.email]]
    DateFactory.create(activity=date.activity, starts_at=MONDAY + timedelta(days=27))
    with transaction.atomic():
        bus.publish(ActivityChanged(activity_id=date.activity_id))
    with clock.held_at(MONDAY + 3 * HOLD):
        run_jobs()
    assert len(mail.outbox) == 2
    assert f"/activities/{date.pk}/" not in mail.outbox[1].body


@pytest.mark.django_db
def test_a_change_of_words_makes_no_date_new() -> None:
    date = announced()
    for _number in range(2):
        with transaction.atomic():
            bus.publish(ActivityChanged(activity_id=date.activity_id))
    assert NewDate.objects.count() == 1


@pytest.mark.django_db
def test_after_a_standstill_everything_is_told_once(run_jobs: RunJobs) -> None:
    FollowFactory.create()
    first = announced(starts_at=MONDAY + timedelta(days=60))
    with clock.held_at(THURSDAY + timedelta(days=9)):
        second = announced(starts_at=MONDAY + timedelta(days=61))
    late = THURSDAY + timedelta(days=10)
    assert strike(late, run_jobs) == 1
    assert told_in(str(mail.outbox[0].body), first, second) == [True, True]
    assert strike(late + timedelta(minutes=5), run_jobs) == 0


def told_in(body: str, *dates: ActivityDate) -> list[bool]:
    return [f"/activities/{date.pk}/" in body for date in dates]


@pytest.mark.django_db
def test_another_rhythm_tells_nothing_twice(run_jobs: RunJobs) -> None:
    person = FollowFactory.create().person
    set_frequency(actor=SYSTEM, person_id=person.pk, frequency=Frequency.DAILY)
    announced()
    assert strike(MONDAY + timedelta(hours=9), run_jobs) == 1
    set_frequency(actor=SYSTEM, person_id=person.pk, frequency=Frequency.WEEKLY)
    assert strike(THURSDAY, run_jobs) == 0
    set_frequency(actor=SYSTEM, person_id=person.pk, frequency=Frequency.NONE)
    announced()
    assert strike(THURSDAY + timedelta(days=7), run_jobs) == 0
    set_frequency(actor=SYSTEM, person_id=person.pk, frequency=Frequency.AT_ONCE)
    assert strike(THURSDAY + timedelta(days=8), run_jobs) == 0


@pytest.mark.django_db
def test_a_worker_killed_in_a_batch_leaves_it_as_it_was(
    monkeypatch: pytest.MonkeyPatch, run_jobs: RunJobs
) -> None:
    monkeypatch.setattr(news, "BATCH", 2)
    for _number in range(5):
        FollowFactory.create()
    announced()
    calls = []

    def dies(message: object) -> None:
        calls.append(message)
        if len(calls) == 2:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(bus, "publish", dies)
        with pytest.raises(KeyboardInterrupt):
            strike(THURSDAY)
    assert Letter.objects.filter(kind="news").count() == 2
    assert strike(THURSDAY + timedelta(minutes=5), run_jobs) == 3
    assert Letter.objects.filter(kind="news").count() == 5


@pytest.mark.usefixtures("database_for_threads")
def test_two_workers_write_everybody_one_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(news, "BATCH", 4)
    for _number in range(20):
        FollowFactory.create()
    announced()

    def work(_number: int) -> int:
        try:
            with clock.held_at(THURSDAY):
                return send_news(actor=SYSTEM, now=THURSDAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        written = sum(workers.map(work, range(2)))
    assert written == 20
    readers = [row.context["person"] for row in Letter.objects.filter(kind="news")]
    assert len(readers) == len(set(readers)) == 20


@pytest.mark.django_db
@pytest.mark.parametrize("frequency", [Frequency.WEEKLY, Frequency.AT_ONCE])
def test_fifty_people_take_as_many_queries_as_ten(frequency: Frequency) -> None:
    counts = []
    for size in (10, 50):
        with transaction.atomic():
            for number in range(size):
                person = FollowFactory.create(topic="food" if number % 2 else "").person
                set_frequency(actor=SYSTEM, person_id=person.pk, frequency=frequency)
            announced(setting="women")
            announced()
            with CaptureQueriesContext(connection) as queries:
                assert strike(THURSDAY) == size
            counts.append(len(queries))
            transaction.set_rollback(True)
    assert counts[0] == counts[1] <= 25


@pytest.mark.django_db
def test_only_the_platform_sends_news() -> None:
    person: Person = PersonFactory.create()
    with pytest.raises(PermissionDenied):
        send_news(actor=person, now=THURSDAY)
    with pytest.raises(PermissionDenied):
        services.note_new_dates(actor=person, activity_id=announced().activity_id)
    assert not Letter.objects.filter(kind=LetterKind.NEWS).exists()
