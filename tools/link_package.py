"""Makes the package importable in the environment and puts its command there, without a build."""

import sys
import sysconfig
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
COMMAND = """#!{python}
import sys
from miteinander.config.cli import main
sys.exit(main())
"""


def write_if_changed(path: Path, text: str) -> None:
    """Write ``text``, but leave an equal file alone."""
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


def main() -> None:
    """Write the path file and the command."""
    packages = Path(sysconfig.get_paths()["purelib"])
    write_if_changed(packages / "miteinander.pth", f"{PROJECT / 'src'}\n")
    command = Path(sys.prefix) / "bin" / "miteinander"
    write_if_changed(command, COMMAND.format(python=Path(sys.prefix) / "bin" / "python"))
    command.chmod(0o755)


main()
