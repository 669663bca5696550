"""What can be asked about the state of the house, each answer with a name and what to do."""

import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from shutil import disk_usage

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import to_locale
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from miteinander.encounters.activities.services.seats.proof import broken_promises
from miteinander.foundation.core import clock
from miteinander.foundation.core.models import WorkerProcess
from miteinander.foundation.ui.paper import missing_parts
from miteinander.outward.notifications.queries import letter_counts

STUCK_AFTER = timedelta(minutes=10)
LONG_JOB = timedelta(hours=1)
FREE_MEGABYTES = 500
_MEGABYTE = 1_000_000
_SHORT_SECRET = 40


@dataclass(frozen=True)
class Finding:
    """One check: what was looked at, whether it is well, and what an operator can do."""

    name: str
    is_well: bool
    text: str


def _well(name: str, text: str) -> Finding:
    return Finding(name, is_well=True, text=text)


def _problem(name: str, text: str) -> Finding:
    return Finding(name, is_well=False, text=text)


def database_finding() -> Finding:
    """Check that the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return _problem("database", f"{error}".strip() + " Check DATABASE_URL.")
    return _well("database", f"{connection.vendor} answers.")


def migrations_finding() -> Finding:
    """Check that the tables are those this version expects."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    tables = connection.introspection.table_names()
    cache_missing = "cache" not in tables and not settings.REDIS_URL
    if plan or cache_missing:
        text = f"{len(plan)} migrations are not applied. Run: miteinander upgrade"
        return _problem("migrations", text)
    return _well("migrations", "The tables are up to date.")


def jobs_finding() -> Finding:
    """Check that a worker lives and that no job waits too long."""
    now = clock.now()
    ready = DBTaskResult.objects.ready().filter(enqueued_at__lt=now - STUCK_AFTER)
    # What was put off until a moment ago waits since then only.
    late = ready.exclude(run_after__gt=now - STUCK_AFTER, run_after__lte=now).count()
    if late:
        text = f"{late} jobs wait for more than 10 minutes. Is 'miteinander worker' running?"
        return _problem("jobs", text)
    long = DBTaskResult.objects.filter(
        status=TaskResultStatus.RUNNING, started_at__lt=now - LONG_JOB
    ).count()
    if long:
        return _problem("jobs", f"{long} jobs run for more than an hour. Restart the worker.")
    return _well("jobs", "No job waits too long.")


def worker_finding() -> Finding:
    """Check that a worker gave a sign of life."""
    if WorkerProcess.objects.filter(seen_at__gt=clock.now() - timedelta(minutes=2)).exists():
        return _well("worker", "A job worker is running.")
    text = "No job worker is running. Start 'miteinander serve' or 'miteinander worker'."
    return _problem("worker", text)


def failed_jobs_finding() -> Finding:
    """Check for jobs that gave up in the last day."""
    since = clock.now() - timedelta(days=1)
    failed = DBTaskResult.objects.failed().filter(finished_at__gt=since)
    paths = sorted(set(failed.values_list("task_path", flat=True)))
    if paths:
        text = f"{failed.count()} jobs failed in the last day: {', '.join(paths)}. See the log."
        return _problem("failed jobs", text)
    return _well("failed jobs", "No job failed in the last day.")


def letters_finding() -> Finding:
    """Check that no letter was given up and that none waits too long."""
    counts = letter_counts(clock.now())
    if counts.failed:
        text = f"{counts.failed} mails were given up after a day. Check EMAIL_URL and the log."
        return _problem("letters", text)
    if counts.overdue:
        return _problem("letters", f"{counts.overdue} mails wait too long. Is a worker running?")
    return _well("letters", f"{counts.waiting} mails wait to be sent.")


def mail_finding() -> Finding:
    """Check that the mail server takes our connection; no mail is sent."""
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        is_demo = settings.DEMO
        text = f"Mail is not sent anywhere ({settings.EMAIL_URL.split(':')[0]}). Set EMAIL_URL."
        return Finding("mail", is_demo, text)
    kind = smtplib.SMTP_SSL if settings.EMAIL_USE_SSL else smtplib.SMTP
    try:
        with kind(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=10) as server:
            if settings.EMAIL_USE_TLS:
                server.starttls(context=ssl.create_default_context())
            if settings.EMAIL_HOST_USER:
                server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
    except (OSError, smtplib.SMTPException) as error:
        return _problem("mail", f"{settings.EMAIL_HOST}: {error}. Check EMAIL_URL.")
    return _well("mail", f"{settings.EMAIL_HOST} takes our connection.")


def disk_finding() -> Finding:
    """Check that there is room for data."""
    free = disk_usage(settings.DATA_DIR).free // _MEGABYTE
    text = f"{free} MB are free in {settings.DATA_DIR}."
    is_well = free >= FREE_MEGABYTES
    return Finding("disk", is_well, text if is_well else f"{text} Make room or set DATA_DIR.")


def translations_finding() -> Finding:
    """Check that every language of the interface has its compiled catalogue."""
    missing = [
        code
        for code, _ in settings.LANGUAGES
        if code != "en" and not any(
            (folder / to_locale(code) / "LC_MESSAGES" / "django.mo").exists()
            for folder in settings.LOCALE_PATHS
        )
    ]  # fmt: skip
    if missing:
        text = f"No compiled catalogue for {', '.join(missing)}. Run: make catalogues"
        return _problem("translations", text)
    return _well("translations", f"{len(settings.LANGUAGES)} languages are ready.")


def secrets_finding() -> Finding:
    """Check that the secrets are set, long enough and not the demo's."""
    if len(settings.SECRET_KEY) < _SHORT_SECRET:
        return _problem("secrets", "SECRET_KEY is too short. Use 40 random characters.")
    if not settings.METRICS_TOKEN and not settings.DEMO:
        text = "METRICS_TOKEN is not set, so /metrics does not exist. Set it if you measure."
        return _well("secrets", text)
    return _well("secrets", "The secrets are set.")


def assets_finding() -> Finding:
    """Check that style sheets and scripts were built and collected."""
    if (settings.STATIC_ROOT / "staticfiles.json").exists():
        return _well("front end", "Style sheets and scripts are in place.")
    return _problem("front end", "Style sheets are missing. Run: make build")


def seats_finding() -> Finding:
    """Check that no coming date is oversold and no seat idle while somebody waits."""
    broken = broken_promises(now=clock.now())
    if broken:
        dates = ", ".join(sorted({str(promise.date_id) for promise in broken}))
        return _problem("seats", f"Seats do not add up at these dates: {dates}. Please report it.")
    return _well("seats", "The seats of every coming date add up.")


def paper_finding() -> Finding:
    """Say whether posters and lists can be printed; all else works without."""
    if missing := missing_parts():
        text = f"Printing is off. To switch it on, install: {' '.join(missing)}"
        return _well("paper", text)
    return _well("paper", "Posters and lists can be printed.")


def address_finding() -> Finding:
    """Check that links in mails lead back here over a safe connection."""
    if settings.IS_HTTPS or settings.DEMO:
        return _well("address", f"Links begin with {settings.SITE_URL}.")
    text = f"SITE_URL is {settings.SITE_URL}. Set it to the https address people type."
    return _problem("address", text)


_NEEDS_DATABASE: tuple[Callable[[], Finding], ...] = (
    migrations_finding, worker_finding, jobs_finding, failed_jobs_finding, letters_finding,
)  # fmt: skip
_OTHERS: tuple[Callable[[], Finding], ...] = (
    mail_finding, disk_finding, translations_finding, secrets_finding, assets_finding,
    address_finding, seats_finding, paper_finding,
)  # fmt: skip


def _careful(check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except (DatabaseError, OSError) as error:
        return _problem(check.__name__.removesuffix("_finding"), str(error).strip())


def all_findings() -> list[Finding]:
    """Check everything, for ``doctor``."""
    database = database_finding()
    checks = (*(_NEEDS_DATABASE if database.is_well else ()), *_OTHERS)
    return [database, *(_careful(check) for check in checks)]


def readiness() -> list[Finding]:
    """Check what decides whether requests should be sent here, for ``/readyz``."""
    database = database_finding()
    checks = (migrations_finding, jobs_finding) if database.is_well else ()
    return [database, *(_careful(check) for check in checks)]
