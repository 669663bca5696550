"""The command ``miteinander``: short names for what an operator does."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    """Run a command; a configuration that cannot work is said in one line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "miteinander.config.settings")
    try:
        execute_from_command_line(["miteinander", *sys.argv[1:]])
    except ImproperlyConfigured as error:
        sys.exit(f"miteinander: {error}")


if __name__ == "__main__":
    main()
