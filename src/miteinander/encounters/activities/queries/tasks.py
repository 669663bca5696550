"""What is still to do before an occasion can be published: the task list as data."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from miteinander.encounters.activities.enums import DateStatus
from miteinander.encounters.activities.models import Activity
from miteinander.foundation.content.enums import VersionState


class TaskKey(StrEnum):
    """The small pages an occasion is planned on."""

    WORDS = "words"
    DATES = "dates"
    OPENING = "opening"
    AUDIENCE = "audience"
    LANGUAGES = "languages"
    ACCESS = "access"
    CONTACT = "contact"
    SEATS = "seats"
    GIVING = "giving"
    TOGETHER = "together"
    ROLES = "roles"
    VERSIONS = "versions"


class Progress(StrEnum):
    """How far a task is."""

    UNTOUCHED = "untouched"
    INCOMPLETE = "incomplete"
    COMPLETE = "complete"


LABELS = {
    TaskKey.WORDS: _("What"),
    TaskKey.DATES: _("When and where"),
    TaskKey.OPENING: _("Opening times and place"),
    TaskKey.AUDIENCE: _("For whom"),
    TaskKey.LANGUAGES: _("Languages"),
    TaskKey.ACCESS: _("Access and costs"),
    TaskKey.CONTACT: _("Contact person at the door"),
    TaskKey.SEATS: _("Seats"),
    TaskKey.GIVING: _("How seats are given"),
    TaskKey.TOGETHER: _("Together with"),
    TaskKey.ROLES: _("People who help"),
    TaskKey.VERSIONS: _("Other languages"),
}
REQUIRED = (
    TaskKey.WORDS,
    TaskKey.DATES,
    TaskKey.OPENING,
    TaskKey.LANGUAGES,
    TaskKey.ACCESS,
    TaskKey.CONTACT,
)


@dataclass(frozen=True)
class PlanningTask:
    """One line of the task list; ``missing`` says in words what is still to do."""

    key: TaskKey
    progress: Progress
    missing: tuple[str | Promise, ...] = ()

    @property
    def label(self) -> str | Promise:
        """Name of the task."""
        return LABELS[self.key]

    @property
    def is_required(self) -> bool:
        """Whether publishing waits for it."""
        return self.key in REQUIRED


def original_parts(activity: Activity) -> dict[str, str]:
    """Return the words of the original, from the fetched versions."""
    for version in activity.versions.all():
        if version.state == VersionState.ORIGINAL:
            return dict(version.parts)
    return {}


def _task(key: TaskKey, checks: dict[str | Promise, bool], *, touched: bool) -> PlanningTask:
    missing = tuple(sentence for sentence, is_done in checks.items() if not is_done)
    if not missing:
        return PlanningTask(key, Progress.COMPLETE)
    return PlanningTask(key, Progress.INCOMPLETE if touched else Progress.UNTOUCHED, missing)


def _words(activity: Activity) -> PlanningTask:
    parts = original_parts(activity)
    return _task(
        TaskKey.WORDS,
        {
            _("Give it a title."): bool(parts.get("title")),
            _("Say in one or two sentences what happens."): bool(parts.get("summary")),
            _("Choose a topic."): bool(activity.topic),
        },
        touched=bool(parts.get("summary") or activity.topic),
    )


def _dates(activity: Activity, now: datetime) -> PlanningTask:
    dates = list(activity.dates.all())
    has_coming = activity.is_template or any(
        date.status == DateStatus.SCHEDULED and not date.has_started(now) for date in dates
    )
    has_place = activity.venue_id is not None or activity.is_online
    return _task(
        TaskKey.DATES,
        {
            _("Enter at least one coming date."): has_coming,
            _("Say where it takes place."): has_place,
            _("Enter the link to join online."): not activity.is_online
            or bool(activity.online_url),
        },
        touched=bool(dates) or has_place,
    )


def _opening(activity: Activity) -> PlanningTask:
    has_hours = bool(activity.opening_hours.all())
    has_place = activity.venue_id is not None or activity.is_online
    return _task(
        TaskKey.OPENING,
        {
            _("Enter at least one day with its hours."): has_hours,
            _("Say where it takes place."): has_place,
        },
        touched=has_hours or has_place,
    )


def _answered(activity: Activity, key: TaskKey, sentence: str | Promise) -> PlanningTask:
    return _task(key, {sentence: key in activity.answered}, touched=False)


def _versions(activity: Activity) -> PlanningTask:
    others = [row for row in activity.versions.all() if row.state != VersionState.ORIGINAL]
    fresh = not any(row.state == VersionState.OUTDATED for row in others)
    return _task(
        TaskKey.VERSIONS,
        {
            _("Add a version in another language."): bool(others),
            _("Bring the outdated versions up to date."): fresh,
        },
        touched=bool(others),
    )


def _together(activity: Activity) -> PlanningTask:
    """Whom to invite with: nothing to do for most, and complete once somebody was asked."""
    rows = [row for row in activity.co_hosts.all() if row.is_asked or row.is_agreed]
    checks: dict[str | Promise, bool] = {
        _("Ask another organisation to invite together with you."): bool(rows),
    }
    if rows:
        checks[_("Wait for the answer of the other organisation.")] = any(
            row.is_agreed for row in rows
        )
    return _task(TaskKey.TOGETHER, checks, touched=bool(rows))


def planning_tasks(activity: Activity, now: datetime) -> list[PlanningTask]:
    """List every task in reading order, from fetched versions, dates and languages."""
    spoken = bool(activity.languages.all())
    contact: dict[str | Promise, bool] = {
        _("Enter who meets people at the door."): bool(activity.contact_name),
        _("Enter a telephone number or an e-mail address for questions."): bool(
            activity.contact_phone or activity.contact_email
        ),
    }
    when = [_opening(activity)] if activity.is_standing else [_dates(activity, now)]
    seats = [
        _answered(activity, TaskKey.SEATS, _("Check how many seats there are.")),
        _answered(activity, TaskKey.GIVING, _("Check who gets a seat.")),
    ]
    return [
        _words(activity),
        *when,
        _answered(activity, TaskKey.AUDIENCE, _("Say whom it is for.")),
        _task(TaskKey.LANGUAGES, {_("Choose the languages spoken there."): spoken}, touched=False),
        _answered(activity, TaskKey.ACCESS, _("Say what it costs and whether there is childcare.")),
        _task(TaskKey.CONTACT, contact, touched=bool(activity.contact_name)),
        *([] if activity.is_standing else seats),
        _together(activity),
        _answered(activity, TaskKey.ROLES, _("Say whom you need to help.")),
        _versions(activity),
    ]


def missing_tasks(activity: Activity, now: datetime) -> list[PlanningTask]:
    """List what stands in the way of publishing."""
    return [
        task
        for task in planning_tasks(activity, now)
        if task.is_required and task.progress != Progress.COMPLETE
    ]
