import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command

from miteinander.community.people.tests.factories import AdministratorFactory, PersonFactory
from miteinander.community.regions import boundaries, services
from miteinander.community.regions.enums import RegionKind
from miteinander.community.regions.models import Region
from miteinander.community.regions.tests.factories import DistrictFactory, RegionFactory
from miteinander.foundation.audit.models import AuditEntry
from miteinander.foundation.core.permissions import SystemActor

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")
SQUARE = [[9.0, 51.0], [9.2, 51.0], [9.2, 51.2], [9.0, 51.2], [9.0, 51.0]]
HOLE = [[9.05, 51.05], [9.1, 51.05], [9.1, 51.1], [9.05, 51.1], [9.05, 51.05]]
SHARED = Path(__file__).parents[6] / "shared/data/lk_kassel_gemeinden_vg250ew.geojson"


def feature(geometry: Any = None, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"AGS": "06633003", "GEN": "Baunatal", "BEZ": "Stadt"} | properties,
        "geometry": geometry or {"type": "Polygon", "coordinates": [SQUARE]},
    }


def geojson(*features: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def take(content: bytes, source: str = "") -> services.Loaded:
    return services.import_regions(actor=SYSTEM, content=content, source=source)


def coordinates(ags: str = "06633003") -> Any:
    boundary = Region.objects.get(ags=ags).boundary
    assert boundary is not None
    return boundary["coordinates"]


def test_the_district_of_kassel_comes_with_the_product() -> None:
    first = services.load_district(actor=SYSTEM, name="kassel")
    second = services.load_district(actor=SYSTEM, name="kassel")

    assert (first.added, second.added, second.changed, second.unchanged) == (30, 0, 0, 30)
    district = Region.objects.get(ags="06633")
    assert district.municipalities.count() == 29
    assert district.municipalities.filter(kind=RegionKind.MUNICIPALITY).count() == 28
    assert sum(row.population for row in district.municipalities.all()) == district.population
    wesertal = Region.objects.get(ags="06633030")
    assert wesertal.postcodes == ["34399", "37194"]
    assert Region.objects.get(ags="06633024").slug == "soehrewald"
    assert AuditEntry.objects.filter(verb="regions.load").count() == 1


def test_an_unknown_district_is_refused_by_name() -> None:
    with pytest.raises(ValidationError, match="atlantis"):
        services.load_district(actor=SYSTEM, name="atlantis")

    assert not Region.objects.exists()


def test_the_districts_to_choose_from_have_their_names() -> None:
    assert services.district_names() == [("kassel", "Landkreis Kassel")]


def test_official_attributes_are_read_and_a_second_time_changes_nothing() -> None:
    district = DistrictFactory.create(ags="06633")
    content = geojson(feature(EWZ=28298, ARS="066330003003"))

    first, second = take(content, "© BKG"), take(content, "© BKG")

    assert (first.added, second.unchanged, second.changed) == (1, 1, 0)
    town = Region.objects.get(ags="06633003")
    assert (town.name, town.population, town.parent) == ("Baunatal", 28298, district)
    assert town.boundary == {"type": "MultiPolygon", "coordinates": [[SQUARE]]}
    assert town.boundary_source == "© BKG"
    assert (town.latitude, town.longitude) == (51.1, 9.1)


def test_what_is_known_of_a_place_stays_when_the_file_does_not_say_it() -> None:
    RegionFactory.create(
        ags="06633003", name="Baunatal", slug="stadt-baunatal", postcodes=["34225"], population=5
    )

    loaded = take(geojson(feature()))

    town = Region.objects.get()
    assert loaded.changed == 1
    assert (town.slug, town.postcodes, town.population) == ("stadt-baunatal", ["34225"], 5)
    assert town.boundary is not None


def test_a_long_key_alone_gives_the_official_key() -> None:
    take(geojson(feature(AGS="", ARS="066330003003")))

    assert Region.objects.get().ags == "06633003"


def test_several_parts_and_holes_are_kept_and_wound_as_the_standard_says() -> None:
    island = [[x + 1, y] for x, y in SQUARE]
    several = {"type": "MultiPolygon", "coordinates": [[SQUARE[::-1], HOLE], [island]]}

    take(geojson(feature(several)))

    assert coordinates() == [[SQUARE, HOLE[::-1]], [island]]


def test_two_features_of_one_key_become_one_place_and_water_is_left_out() -> None:
    island = {"type": "Polygon", "coordinates": [[[x + 1, y] for x, y in SQUARE]]}

    loaded = take(geojson(feature(GF=4), feature(island, GF=4), feature(island, GF=2)))

    assert loaded.added == 1
    assert len(coordinates()) == 2


def test_coordinates_are_rounded_to_four_decimals() -> None:
    exact = [[x + 0.00004321, y] for x, y in SQUARE]

    take(geojson(feature({"type": "Polygon", "coordinates": [exact]})))

    assert coordinates() == [[SQUARE]]


def test_a_district_is_named_with_its_kind_and_becomes_the_parent() -> None:
    take(geojson(feature(), feature(AGS="06633", GEN="Kassel", BEZ="Landkreis")))

    assert Region.objects.get(ags="06633").name == "Landkreis Kassel"
    assert Region.objects.filter(ags="06633003", parent__ags="06633").exists()


BAD = [
    (b"", "not_json"),
    (b"\xff\xfe\x00", "not_json"),
    (b"<html>", "not_json"),
    (b"[" * 100_000, "not_json"),
    (b"{}", "no_features"),
    (b"[]", "no_features"),
    (b'{"features": []}', "no_features"),
    (b'{"features": {"a": 1}}', "no_features"),
    (geojson(1), "no_attributes"),
    (geojson({"properties": None}), "no_attributes"),
    (geojson(feature(AGS="Kassel")), "bad_key"),
    (geojson(feature(AGS="0663300")), "bad_key"),
    (geojson(feature(AGS="٠٦٦٣٣٠٠٣")), "bad_key"),
    (geojson(feature(AGS=None)), "bad_key"),
    (geojson(feature(), feature(GEN="Kassel")), "bad_key"),
    (geojson(feature(GEN="")), "no_name"),
    (geojson(feature(GEN="x" * 81)), "no_name"),
    (geojson(feature({"type": "Point", "coordinates": [9, 51]})), "no_area"),
    (geojson(feature({"type": "Polygon", "coordinates": []})), "no_area"),
    (geojson(feature({"type": "MultiPolygon", "coordinates": [[]]})), "no_area"),
    (geojson(feature({"type": "MultiPolygon", "coordinates": 7})), "no_area"),
    (geojson(feature({"type": "Polygon", "coordinates": [SQUARE[:-1]]})), "bad_ring"),
    (geojson(feature({"type": "Polygon", "coordinates": [SQUARE[:2] + SQUARE[:1]]})), "bad_ring"),
    (geojson(feature({"type": "Polygon", "coordinates": [7]})), "bad_ring"),
    (geojson(feature({"type": "Polygon", "coordinates": [[[5e5, 5.6e6]] * 4]})), "bad_point"),
    (geojson(feature({"type": "Polygon", "coordinates": [[[9.0]] * 4]})), "bad_point"),
    (geojson(feature({"type": "Polygon", "coordinates": [[["9", "51"]] * 4]})), "bad_point"),
    (geojson(feature({"type": "Polygon", "coordinates": [[[True, 51]] * 4]})), "bad_point"),
    (geojson(feature({"type": "Polygon", "coordinates": [[[1e400, 51]] * 4]})), "bad_point"),
]


@pytest.mark.parametrize(("content", "code"), BAD)
def test_a_broken_file_is_refused_with_a_reason_and_nothing_is_taken(
    content: bytes, code: str
) -> None:
    with pytest.raises(boundaries.BrokenFile) as refused:
        take(content)

    assert refused.value.code == code
    assert not Region.objects.exists()


def test_one_bad_place_among_good_ones_leaves_nothing_half_imported() -> None:
    with pytest.raises(boundaries.BrokenFile, match="Eintrag 2"):
        take(geojson(feature(), feature(AGS="1")))

    assert not Region.objects.exists()


def test_a_file_beyond_the_limit_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boundaries, "MOST_BYTES", 10)

    with pytest.raises(boundaries.BrokenFile) as refused:
        take(geojson(feature()))

    assert refused.value.code == "too_large"


@pytest.mark.parametrize(
    ("make", "may"), [(AdministratorFactory.create, True), (PersonFactory.create, False)]
)
def test_only_administrators_and_the_system_change_places(
    make: Callable[[], Any], *, may: bool
) -> None:
    actor = make()
    if may:
        services.load_district(actor=actor, name="kassel")
    else:
        with pytest.raises(PermissionDenied):
            services.load_district(actor=actor, name="kassel")

    assert Region.objects.exists() == may


def test_the_command_tells_what_it_took_and_why_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "good.geojson", tmp_path / "bad.geojson"
    good.write_bytes(geojson(feature()))
    bad.write_bytes(b"{}")

    call_command("import_regions", str(good), "--source", "© test")
    assert "1 added, 0 changed, 0 unchanged" in capsys.readouterr().out
    with pytest.raises(CommandError, match="bad"):
        call_command("import_regions", str(bad))
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_regions", str(tmp_path / "none"))
    assert Region.objects.get().boundary_source == "© test"


@pytest.mark.skipif(not SHARED.exists(), reason=f"{SHARED} is not beside this checkout")
def test_the_official_boundaries_fit_the_facts_of_the_district() -> None:
    services.load_district(actor=SYSTEM, name="kassel")
    before = dict(Region.objects.values_list("ags", "name"))

    loaded = take(SHARED.read_bytes(), "© GeoBasis-DE / BKG")

    assert (loaded.added, loaded.changed) == (0, 29)
    assert dict(Region.objects.values_list("ags", "name")) == before
    parts = {ags: coordinates(ags) for ags in before if ags != "06633"}
    assert len(parts["06633200"]) == 5
    assert sum(len(polygon) - 1 for polygon in parts["06633025"]) == 2
    assert take(SHARED.read_bytes(), "© GeoBasis-DE / BKG").unchanged == 29
