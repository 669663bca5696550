"""``miteinander doctor``: each finding in its good and its bad state, and the exit code."""

import smtplib
import struct
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Self

import pytest
from django.db import OperationalError, connections
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import to_locale
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from miteinander.config import cli
from miteinander.encounters.activities.tests.factories import DateFactory
from miteinander.foundation.core import clock
from miteinander.foundation.core.models import WorkerProcess
from miteinander.outward.notifications.jobs import hurry_overdue_letters
from miteinander.outward.notifications.tests.factories import LetterFactory
from miteinander.web import health
from miteinander.web.management.commands.doctor import Command

pytestmark = pytest.mark.django_db
NAMES = [
    "database", "migrations", "worker", "jobs", "failed jobs", "letters", "mail", "disk",
    "translations", "secrets", "front end", "address", "seats", "paper",
]  # fmt: skip
EMPTY_CATALOGUE = struct.pack("<7I", 0x950412DE, 0, 0, 28, 28, 0, 0)
Settings = Any


class MailServer:
    """Takes every connection and counts what is asked of it."""

    asked: list[str]

    def __init__(self, host: str, port: int, **_named: object) -> None:
        MailServer.asked = [f"{host}:{port}"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        pass

    def starttls(self, **_named: object) -> None:
        self.asked.append("starttls")

    def login(self, user: str, _password: str) -> None:
        self.asked.append(user)


def mail_server_away(*_arguments: object, **_named: object) -> None:
    raise ConnectionRefusedError("Connection refused")


def wrong_password(*_arguments: object, **_named: object) -> None:
    raise smtplib.SMTPAuthenticationError(535, b"no")


def free_space(megabytes: int) -> Callable[[object], SimpleNamespace]:
    return lambda _place: SimpleNamespace(free=megabytes * 1_000_000)


@pytest.fixture(autouse=True)
def _all_is_well(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, db: None
) -> None:
    """Make an instance with which everything is as it should be."""
    settings.SECRET_KEY, settings.METRICS_TOKEN, settings.DEMO = "s" * 40, "m" * 40, False
    settings.SITE_URL, settings.IS_HTTPS = "https://miteinander.example", True
    settings.REDIS_URL = "redis://127.0.0.1"  # the table of the cache is no migration
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "mail.example.org", 587
    settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER = True, "sender"
    monkeypatch.setattr(smtplib, "SMTP", MailServer)
    monkeypatch.setattr(health, "disk_usage", free_space(5_000))
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "staticfiles.json").touch()
    settings.LOCALE_PATHS = [tmp_path]
    for code, _name in settings.LANGUAGES:
        folder = tmp_path / to_locale(code) / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "django.mo").write_bytes(EMPTY_CATALOGUE)
    WorkerProcess.objects.create(name="worker 1", seen_at=clock.now())
    # The test run's own templates setting is an error to Django's checks, and the command ends
    # with closing every connection, also the one of this test.
    monkeypatch.setattr(Command, "requires_system_checks", [])
    monkeypatch.setattr(connections, "close_all", lambda: None)


Doctor = Callable[[], tuple[int, dict[str, str]]]


@pytest.fixture
def doctor(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Doctor:
    """Run the command as on the console; return the exit code and the lines by name."""

    def run() -> tuple[int, dict[str, str]]:
        monkeypatch.setattr(sys, "argv", ["miteinander", "doctor"])
        code: Any = 0
        try:
            cli.main()
        except SystemExit as end:
            code = end.code
        lines = capsys.readouterr().out.splitlines()
        return int(code), {line[9:22].strip(): line[:8].strip() + line[22:] for line in lines}

    return run


def problems(lines: dict[str, str]) -> list[str]:
    return [name for name, line in lines.items() if line.startswith("PROBLEM")]


def test_where_all_is_well_every_finding_says_so_and_the_exit_code_is_0(doctor: Doctor) -> None:
    code, lines = doctor()
    assert list(lines) == NAMES
    assert problems(lines) == []
    assert code == 0
    assert MailServer.asked == ["mail.example.org:587", "starttls", "sender"]


def enqueue(**changes: Any) -> None:
    hurry_overdue_letters.enqueue()
    DBTaskResult.objects.update(**changes)


def break_worker(_settings: Settings) -> None:
    WorkerProcess.objects.update(seen_at=clock.now() - timedelta(minutes=3))


def break_migrations(_settings: Settings) -> None:
    MigrationRecorder.Migration.objects.filter(app="notifications").delete()


def lose_cache_table(settings: Settings) -> None:
    settings.REDIS_URL = ""


def let_job_wait(_settings: Settings) -> None:
    enqueue(enqueued_at=clock.now() - timedelta(minutes=11))


def let_job_run_long(_settings: Settings) -> None:
    enqueue(status=TaskResultStatus.RUNNING, started_at=clock.now() - timedelta(minutes=61))


def let_job_fail(_settings: Settings) -> None:
    enqueue(status=TaskResultStatus.FAILED, finished_at=clock.now() - timedelta(hours=23))


def let_letter_wait(_settings: Settings) -> None:
    LetterFactory.create(due_at=clock.now() - timedelta(minutes=11))


def give_letter_up(_settings: Settings) -> None:
    LetterFactory.create(failed_at=clock.now())


def send_mail_nowhere(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_URL = "file:///var/mail"


def lose_catalogue(settings: Settings) -> None:
    (settings.LOCALE_PATHS[0] / "uk" / "LC_MESSAGES" / "django.mo").unlink()


def shorten_secret(settings: Settings) -> None:
    settings.SECRET_KEY = "s" * 39


def lose_style_sheets(settings: Settings) -> None:
    (settings.STATIC_ROOT / "staticfiles.json").unlink()


def leave_https(settings: Settings) -> None:
    settings.SITE_URL, settings.IS_HTTPS = "http://miteinander.example", False


@pytest.mark.parametrize(
    ("damage", "name", "advice"),
    [
        (break_migrations, "migrations", "Run: miteinander upgrade"),
        (lose_cache_table, "migrations", "Run: miteinander upgrade"),
        (break_worker, "worker", "miteinander worker"),
        (let_job_wait, "jobs", "1 jobs wait for more than 10 minutes"),
        (let_job_run_long, "jobs", "Restart the worker"),
        (let_job_fail, "failed jobs", "hurry_overdue_letters"),
        (let_letter_wait, "letters", "1 mails wait too long"),
        (give_letter_up, "letters", "Check EMAIL_URL"),
        (send_mail_nowhere, "mail", "Set EMAIL_URL"),
        (lose_catalogue, "translations", "uk. Run: make catalogues"),
        (shorten_secret, "secrets", "Use 40 random characters"),
        (lose_style_sheets, "front end", "Run: make build"),
        (leave_https, "address", "Set it to the https address"),
    ],
)
def test_a_problem_is_the_only_one_named_says_what_to_do_and_exits_with_1(
    doctor: Doctor, settings: Settings, damage: Callable[[Settings], None], name: str, advice: str
) -> None:
    damage(settings)
    code, lines = doctor()
    assert problems(lines) == [name]
    assert advice in lines[name]
    assert code == 1


@pytest.mark.parametrize("answer", [mail_server_away, wrong_password])
def test_a_mail_server_that_refuses_us_is_a_problem(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch, answer: Callable[..., None]
) -> None:
    monkeypatch.setattr(smtplib, "SMTP", answer)
    code, lines = doctor()
    assert (code, problems(lines)) == (1, ["mail"])
    assert "mail.example.org" in lines["mail"]


def test_a_mail_server_is_asked_over_tls_from_the_start_where_that_is_set(
    doctor: Doctor, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_USE_SSL, settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER = True, False, ""
    monkeypatch.setattr(smtplib, "SMTP_SSL", MailServer)
    monkeypatch.setattr(smtplib, "SMTP", mail_server_away)
    assert doctor()[0] == 0
    assert MailServer.asked == ["mail.example.org:587"]


@pytest.mark.parametrize(("megabytes", "code"), [(499, 1), (500, 0)])
def test_a_disk_needs_half_a_gigabyte(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch, megabytes: int, code: int
) -> None:
    monkeypatch.setattr(health, "disk_usage", free_space(megabytes))
    found, lines = doctor()
    assert found == code
    assert f"{megabytes} MB are free" in lines["disk"]
    assert ("Make room" in lines["disk"]) == bool(code)


def test_seats_that_do_not_add_up_are_a_problem(doctor: Doctor) -> None:
    assert "add up" in doctor()[1]["seats"]
    date = DateFactory.create(seats_taken=2)
    found, lines = doctor()
    assert found == 1
    assert f"at these dates: {date.pk}." in lines["seats"]


@pytest.mark.parametrize(("missing", "said"), [((), "can be printed"), (("pango",), "pango")])
def test_printing_may_be_off_and_says_what_to_install(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch, missing: tuple[str, ...], said: str
) -> None:
    monkeypatch.setattr(health, "missing_parts", lambda: missing)
    found, lines = doctor()
    assert found == 0
    assert said in lines["paper"]


def test_a_disk_that_is_gone_is_a_problem_and_no_crash(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_place: object) -> None:
        raise FileNotFoundError("No such file or directory")

    monkeypatch.setattr(health, "disk_usage", gone)
    code, lines = doctor()
    assert (code, problems(lines)) == (1, ["disk"])


def test_without_a_database_the_rest_is_still_looked_at(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cursor() -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(health, "connection", SimpleNamespace(cursor=cursor, vendor="none"))
    code, lines = doctor()
    assert (code, problems(lines)) == (1, ["database"])
    assert "Check DATABASE_URL" in lines["database"]
    assert list(lines) == ["database", *NAMES[NAMES.index("mail") :]]


def test_a_job_put_off_until_a_moment_ago_does_not_wait_too_long(doctor: Doctor) -> None:
    enqueue(
        enqueued_at=clock.now() - timedelta(hours=3), run_after=clock.now() - timedelta(minutes=1)
    )
    assert doctor()[0] == 0
    DBTaskResult.objects.update(run_after=clock.now() - timedelta(minutes=11))
    assert problems(doctor()[1]) == ["jobs"]


def test_an_old_failure_is_no_longer_reported(doctor: Doctor) -> None:
    enqueue(status=TaskResultStatus.FAILED, finished_at=clock.now() - timedelta(hours=25))
    assert doctor()[0] == 0


def test_missing_figures_are_said_and_are_no_problem(doctor: Doctor, settings: Settings) -> None:
    settings.METRICS_TOKEN = ""
    code, lines = doctor()
    assert code == 0
    assert "METRICS_TOKEN is not set" in lines["secrets"]


def test_a_demo_needs_neither_mail_nor_https(doctor: Doctor, settings: Settings) -> None:
    settings.DEMO = True
    send_mail_nowhere(settings)
    leave_https(settings)
    code, lines = doctor()
    assert (code, problems(lines)) == (0, [])


def test_nothing_secret_is_printed(doctor: Doctor, settings: Settings) -> None:
    text = str(doctor())
    for secret in (settings.SECRET_KEY, settings.METRICS_TOKEN):
        assert secret not in text
