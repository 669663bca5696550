"""Collects the texts of the interface into the catalogues.

``--check`` tells whether a catalogue lacks a text or holds one that nobody shows any more;
``--write`` collects. Needs gettext; running the platform does not.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.pofile import read_po

PROJECT = Path(__file__).resolve().parent.parent
LOCALE = PROJECT / "locale"
Id = tuple[str, ...]


def texts(path: Path) -> set[Id]:
    """Return what a catalogue translates: context, singular and plural."""
    with path.open("rb") as stream:
        messages = list(read_po(stream))
    keys = set()
    for message in messages:
        parts = message.id if isinstance(message.id, tuple | list) else (message.id,)
        if parts[0]:
            keys.add((message.context or "", *parts))
    return keys


def collect(place: Path) -> Path:
    """Collect in a copy, so that a check changes nothing; return the copy's catalogues."""
    ignored = shutil.ignore_patterns("tests", "__pycache__", "static")
    shutil.copytree(PROJECT / "src", place / "src", ignore=ignored)
    shutil.copytree(LOCALE, place / "locale")
    command = [
        sys.executable,
        "-m",
        "django",
        "makemessages",
        "--all",
        "--no-location",
        "--no-wrap",
        "--no-obsolete",
        "--extension",
        "py,html,txt",
        "--verbosity",
        "0",
    ]
    variables = {
        **os.environ,
        "PYTHONPATH": str(place / "src"),
        "DATA_DIR": str(place / "data"),
        "SECRET_KEY": "x" * 50,
        "DJANGO_SETTINGS_MODULE": "miteinander.config.settings",
        "DEMO": "1",
    }
    subprocess.run(command, cwd=place, env=variables, check=True)
    return place / "locale"


def differences(collected: Path) -> list[str]:
    """Compare the catalogues with what was collected."""
    problems = []
    for path in sorted(collected.glob("*/LC_MESSAGES/*.po")):
        old, new = texts(LOCALE / path.relative_to(collected)), texts(path)
        name = path.relative_to(collected).parts[0]
        problems += [f"{name} lacks {key}" for key in sorted(new - old)]
        problems += [f"{name} holds {key}, which nothing shows" for key in sorted(old - new)]
    return problems


def main() -> int:
    """Check or write."""
    with tempfile.TemporaryDirectory() as folder:
        collected = collect(Path(folder))
        if "--write" in sys.argv:
            shutil.copytree(collected, LOCALE, dirs_exist_ok=True)
            return 0
        problems = differences(collected)
    print("\n".join(problems[:60]) or "The catalogues hold every text and no other.")
    return 1 if problems else 0


sys.exit(main())
