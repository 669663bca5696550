"""Checks the lock files: every package has a hash, and no file names a registry."""

import json
import re
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


def python_problems() -> list[str]:
    """Look through the Python lock files."""
    problems = []
    for path in sorted((PROJECT / "requirements").glob("*.txt")):
        text = path.read_text()
        if re.search(r"https?://|--(extra-)?index-url|--find-links", text):
            problems.append(f"{path.name} names a registry.")
        blocks = re.findall(r"^[a-zA-Z0-9](?:.|\n(?=\s))*", text, re.MULTILINE)
        bare = [block.split()[0] for block in blocks if "--hash=sha256:" not in block]
        problems += [f"{path.name}: {name} has no hash." for name in bare]
    return problems


def node_problems() -> list[str]:
    """Look through the lock file of the front end."""
    path = PROJECT / "package-lock.json"
    packages = json.loads(path.read_text())["packages"]
    problems = [
        f"{path.name}: {name} has no hash."
        for name, entry in packages.items()
        if name and not entry.get("link") and "integrity" not in entry
    ]
    if re.search(r"https?://", path.read_text()):
        problems.append(f"{path.name} holds an address. Run: make lock")
    return problems + [
        f"{path.name}: {name} names a registry."
        for name, entry in packages.items()
        if "resolved" in entry and not entry.get("link")
    ]


def mend() -> None:
    """Take the addresses for donations out of the lock file of the front end."""
    path = PROJECT / "package-lock.json"
    lock = json.loads(path.read_text())
    for entry in lock["packages"].values():
        entry.pop("funding", None)
    path.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n")


def main() -> int:
    """Print what is wrong; with ``--mend`` take away what npm writes beyond what is needed."""
    if "--mend" in sys.argv:
        mend()
    problems = python_problems() + node_problems()
    print("\n".join(problems) or "Every package has a hash, no registry is named.")
    return 1 if problems else 0


sys.exit(main())
