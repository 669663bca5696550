"""The fingerprint by which a version knows what it was made from."""

import hashlib
import json
from collections.abc import Mapping


def fingerprint(parts: Mapping[str, str]) -> str:
    """Return the SHA-256 of ``parts``, the same for the same texts in any order."""
    text = json.dumps(dict(parts), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
