"""The command ``miteinander``: short names for what an operator does."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from miteinander.config.supervisor import end_with_supervisor

OURS = {
    "serve": "Run the web server and the job worker together. Ctrl-C ends both.",
    "worker": "Run background jobs alone, beside 'serve --no-worker'.",
    "upgrade": "Bring the database to the state this version expects.",
    "setup": "Make a one-time link with which the first administrator signs in.",
    "doctor": "Check database, mail, jobs, disk, translations, secrets; say what to do.",
    "demo": "Fill an empty database with the invented district.",
    "import calendar": "Bring a club's calendar in as drafts: FILE --organisation SLUG",
    "import holidays": "Take school holidays, which a series of dates can leave out: FILE.ics",
    "import regions": "Take official boundaries: FILE.geojson",
    "export-person": "Write everything known of a person into a file.",
    "erase-person": "Erase a person and everything that tells of them.",
    "send-test-mail": "Send one mail to see whether mail works.",
}


def django_name(arguments: list[str]) -> list[str]:
    """Turn ``import calendar FILE`` and ``send-test-mail`` into the names Django knows."""
    if not arguments:
        return arguments
    first, rest = arguments[0], arguments[1:]
    if rest and f"{first} {rest[0]}" in OURS:
        return [f"{first}_{rest[0]}", *rest[1:]]
    return [first.replace("-", "_") if first in OURS else first, *rest]


def overview() -> str:
    """List our commands with a line each."""
    lines = [f"  {name:16} {text}" for name, text in OURS.items()]
    return "\n".join(
        [
            "miteinander COMMAND [options]",
            "",
            *lines,
            "",
            "miteinander COMMAND --help explains one of them.",
            "Django's own commands (migrate, shell, check, ...) work too.",
        ]
    )


def serve(arguments: list[str]) -> None:
    """Check the settings, then become the small supervisor that starts the rest.

    Replaced, not kept: the supervisor needs a tenth of the memory and time that Django takes.
    """
    command = [
        sys.executable, "-m", "miteinander.config.supervisor",
        "--host", settings.HOST, "--port", str(settings.PORT),
        "--web-workers", str(settings.WEB_WORKERS), *arguments,
    ]  # fmt: skip
    sys.stdout.flush()
    os.execv(sys.executable, command)  # noqa: S606


def main() -> None:
    """Run a command; a configuration that cannot work is said in one line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "miteinander.config.settings")
    arguments = django_name(sys.argv[1:])
    if not arguments or arguments[0] in {"help", "--help", "-h"}:
        print(overview())  # noqa: T201
        return
    if arguments[0] == "worker":
        end_with_supervisor()
    try:
        if arguments[0] == "serve":
            serve(arguments[1:])
        execute_from_command_line(["miteinander", *arguments])
    except ImproperlyConfigured as error:
        sys.exit(f"miteinander: {error}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
