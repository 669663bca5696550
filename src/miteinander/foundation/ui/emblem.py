"""The European emblem, drawn by its published proportions, and the sign of the house.

Interinstitutional style guide, annex A1: a rectangle half as long again as it is high; twelve
stars with one point up, their centres on an invisible circle of a third of the height, like the
hours of a clock, each star inscribed in a circle of an eighteenth of the height.
"""

import math

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

HEIGHT = 180
WIDTH = HEIGHT * 3 // 2
RING = HEIGHT / 3
STAR = HEIGHT / 18
BLUE, YELLOW = "#003399", "#FFCC00"
_INNER = STAR * math.sin(math.pi / 10) / math.sin(3 * math.pi / 10)  # of a regular pentagram


def star_points(centre_x: float, centre_y: float) -> list[tuple[float, float]]:
    """Return the ten corners of an upright five-pointed star."""
    points = []
    for corner in range(10):
        radius = STAR if corner % 2 == 0 else _INNER
        angle = corner * math.pi / 5
        points.append((centre_x + radius * math.sin(angle), centre_y - radius * math.cos(angle)))
    return points


def star_centres() -> list[tuple[float, float]]:
    """Return the centres of the twelve stars, clockwise from the top."""
    angles = [hour * math.pi / 6 for hour in range(12)]
    return [
        (WIDTH / 2 + RING * math.sin(angle), HEIGHT / 2 - RING * math.cos(angle))
        for angle in angles
    ]


def draw_emblem(label: str) -> SafeString:
    """Return the emblem as SVG; ``label`` is its name in the reader's language."""
    stars = "".join(
        "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in star_points(*centre)) + "z"
        for centre in star_centres()
    )
    return format_html(
        '<svg class="eu-emblem" viewBox="0 0 {} {}" width="108" height="72" role="img"'
        ' aria-label="{}"><rect width="{}" height="{}" fill="{}"/><path d="{}" fill="{}"/></svg>',
        WIDTH, HEIGHT, label, WIDTH, HEIGHT, BLUE, stars, YELLOW,
    )  # fmt: skip


def draw_sign() -> SafeString:
    """Return the sign: two circles that share a lens."""
    return mark_safe(
        '<svg class="sign-mark" width="46" height="32" viewBox="0 0 46 32" aria-hidden="true"'
        ' focusable="false"><circle class="sign-here" cx="16" cy="16" r="15" fill="#0B5A60"/>'
        '<circle cx="30" cy="16" r="15" fill="#F2A65A"/>'
        '<path d="M23 2.730a15 15 0 0 1 0 26.540a15 15 0 0 1 0-26.540z" fill="#8A2454"/></svg>'
    )
