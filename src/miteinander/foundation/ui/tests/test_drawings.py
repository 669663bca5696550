import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miteinander.foundation.ui import emblem, icons, patterns
from miteinander.foundation.ui.components import MapDot
from miteinander.foundation.ui.gallery import PLACES
from miteinander.foundation.ui.region_map import HEIGHT, WIDTH, Box, place_dots


@given(st.text(max_size=50))
def test_a_pattern_is_small_and_always_the_same_for_its_key(key: str) -> None:
    drawn = patterns.pattern(key)

    assert len(drawn.encode()) < 2048
    assert drawn == patterns.pattern(key)
    assert "style=" not in drawn


def test_patterns_of_different_keys_differ() -> None:
    assert len({patterns.pattern(str(number)) for number in range(200)}) == 200


def test_every_topic_has_a_pictogram_that_exists() -> None:
    assert {look.icon for look in patterns.LOOKS.values()} <= icons.names()
    assert icons.names() >= icons.MIRRORED


def test_the_emblem_keeps_its_published_proportions() -> None:
    centres = emblem.star_centres()

    assert (emblem.WIDTH, emblem.HEIGHT) == (270, 180)
    assert len(centres) == 12
    middle = (emblem.WIDTH / 2, emblem.HEIGHT / 2)
    for hour, centre in enumerate(centres):
        assert math.dist(centre, middle) == pytest.approx(emblem.HEIGHT / 3)
        corners = emblem.star_points(*centre)
        assert math.dist(corners[0], centre) == pytest.approx(emblem.HEIGHT / 18)
        assert corners[0][0] == pytest.approx(centre[0])  # one corner straight up
        assert corners[0][1] < centre[1]
        angle = math.atan2(centre[0] - middle[0], middle[1] - centre[1]) % (2 * math.pi)
        assert angle == pytest.approx(hour * math.pi / 6, abs=1e-9)


def test_the_emblem_has_its_colours_and_a_name() -> None:
    drawn = emblem.draw_emblem("Flagge der Europäischen Union")

    assert "#003399" in drawn
    assert "#FFCC00" in drawn
    assert 'aria-label="Flagge der Europäischen Union"' in drawn


def _boxes(dots: list[MapDot]) -> tuple[list[Box], list[Box]]:
    placed = place_dots(dots)
    names = [one.name_box for one in placed if one.name_box]
    circles = [
        Box(one.x - one.radius, one.y - one.radius, one.x + one.radius, one.y + one.radius)
        for one in placed
    ]
    return names, circles


DOTS = [MapDot(name, f"/{name}", lat, lon, count) for name, lat, lon, count in PLACES]


def test_names_on_the_map_of_the_district_touch_neither_names_nor_dots() -> None:
    names, circles = _boxes(DOTS)

    assert len(names) >= 20
    for index, name in enumerate(names):
        assert not any(name.overlaps(other) for other in names[index + 1 :])
        assert not any(name.overlaps(circle) for circle in circles)


@given(
    st.lists(
        st.tuples(
            st.text("abcdefghij", min_size=3, max_size=14),
            st.floats(51, 52),
            st.floats(9, 10),
            st.integers(0, 500),
        ),
        max_size=30,
    )
)
def test_any_dots_stay_inside_and_names_never_overlap(
    places: list[tuple[str, float, float, int]],
) -> None:
    names, circles = _boxes(
        [MapDot(name, "/", lat, lon, count) for name, lat, lon, count in places]
    )

    assert len(circles) == len(places)
    assert all(one.left >= 0 and one.right <= WIDTH and one.bottom <= HEIGHT for one in circles)
    for index, name in enumerate(names):
        assert name.is_inside()
        assert not any(name.overlaps(other) for other in names[index + 1 :])


def test_outlines_are_drawn_where_they_are_known() -> None:
    ring = [[9.3, 51.2], [9.5, 51.2], [9.5, 51.4], [9.3, 51.2]]
    square = {"type": "MultiPolygon", "coordinates": [[ring]]}

    known, unknown = place_dots(
        [MapDot("A", "/", 51.3, 9.4, 1, square), MapDot("B", "/", 51.3, 9.3)]
    )

    assert known.outline.startswith("M")
    assert known.outline.endswith("z")
    assert unknown.outline == ""
    assert place_dots([]) == []
