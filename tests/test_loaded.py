"""What every process carries in memory from its start."""

import subprocess
import sys

# What only some pages need; each of them costs a process many megabytes.
ONLY_WHEN_NEEDED = ("numpy", "scipy", "openpyxl", "weasyprint", "fontTools", "ortools")
START = """
import sys
import django
from django.urls import get_resolver
django.setup()
get_resolver().url_patterns
print(*sorted(name for name in sys.modules if "." not in name))
"""


def test_no_process_loads_at_its_start_what_only_some_pages_need() -> None:
    """All apps and addresses are loaded in a process of its own."""
    process = subprocess.run(
        [sys.executable, "-c", START], capture_output=True, text=True, check=True
    )
    loaded = process.stdout.split()
    assert "django" in loaded
    assert not set(ONLY_WHEN_NEEDED) & set(loaded)
