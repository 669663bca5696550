"""Calendar files as clubs have them, in small."""

from datetime import UTC, datetime

NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)


def calendar_file(*entries: str, head: str = "") -> bytes:
    """Wrap entries, each the lines of one VEVENT, into a calendar."""
    blocks = [f"BEGIN:VEVENT\n{entry.strip()}\nEND:VEVENT" for entry in entries]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *head.split("\n"), *blocks]
    return "\n".join([*lines, "END:VCALENDAR", ""]).replace("\n", "\r\n").encode()


def entry(uid: str = "1", title: str = "Chorprobe", **properties: str) -> str:
    """Return the lines of an entry; ``DTSTART="…"`` and the like override or add lines."""
    lines = {"DTSTART": ":20270303T180000", "DTEND": ":20270303T200000"}
    for name, value in properties.items():
        lines[name.replace("_", "-")] = value
    if "DTSTART" in properties and "DTEND" not in properties:
        del lines["DTEND"]
    told = [f"{name}{value}" for name, value in lines.items()]
    return "\n".join([f"UID:{uid}", f"SUMMARY:{title}", *told])
