from typing import Any

import pytest
from django.test import Client

from miteinander.community.regions.enums import RegionKind
from miteinander.community.regions.queries import distance_km, nearest, within
from miteinander.community.regions.tests.factories import DistrictFactory, RegionFactory

pytestmark = pytest.mark.django_db


def test_the_page_of_a_place_names_its_district_and_neighbours(client: Client) -> None:
    district = DistrictFactory.create(name="Landkreis Beispiel")
    RegionFactory.create(slug="here", name="Hier", parent=district, postcodes=["34225"])
    RegionFactory.create(name="Nebenan", parent=district, latitude=51.30)

    response = client.get("/en/places/here/")

    text = response.content.decode()
    assert response.status_code == 200
    assert response["X-Public-Page"] == "1"
    for word in ("Hier", "Landkreis Beispiel", "34225", "Nebenan", "Coming meetings"):
        assert word in text


def test_a_district_has_a_page_too(client: Client) -> None:
    DistrictFactory.create(slug="district", name="Landkreis Beispiel")

    assert client.get("/en/places/district/").status_code == 200


@pytest.mark.parametrize("kind", [RegionKind.UNINCORPORATED, None])
def test_where_nobody_lives_there_is_no_page(client: Client, kind: str | None) -> None:
    if kind:
        RegionFactory.create(slug="forest", kind=kind)

    assert client.get("/en/places/forest/").status_code == 404


def test_the_list_leads_to_every_place_and_names_the_source_of_the_map(client: Client) -> None:
    ring = [[9.0, 51.0], [9.2, 51.0], [9.2, 51.2], [9.0, 51.0]]
    boundary = {"type": "MultiPolygon", "coordinates": [[ring]]}
    RegionFactory.create(slug="here", boundary=boundary, boundary_source="© Amt")
    RegionFactory.create(slug="there")

    text = client.get("/en/places/").content.decode()

    assert "/en/places/here/" in text
    assert "/en/places/there/" in text
    assert text.count("© Amt") == 1


def test_without_places_the_list_says_so(client: Client) -> None:
    assert "No places are known yet" in client.get("/en/places/").content.decode()


@pytest.mark.parametrize("rows", [1, 5])
def test_the_pages_need_the_same_queries_for_any_number_of_places(
    client: Client, rows: int, django_assert_max_num_queries: Any
) -> None:
    RegionFactory.create(slug="here", parent=DistrictFactory.create())
    RegionFactory.create_batch(rows)
    client.get("/en/places/")

    with django_assert_max_num_queries(4):
        client.get("/en/places/")
    with django_assert_max_num_queries(12):
        client.get("/en/places/here/")


def test_distance_is_measured_between_the_centres_in_kilometres() -> None:
    baunatal = RegionFactory.create(latitude=51.25, longitude=9.4106)
    hofgeismar = RegionFactory.create(latitude=51.506, longitude=9.4107)
    unknown = RegionFactory.create(latitude=None, longitude=None)

    assert distance_km(baunatal, hofgeismar) == pytest.approx(28.46, abs=0.05)
    assert distance_km(baunatal, unknown) is None
    assert within(baunatal, 28) == [baunatal.pk]
    assert set(within(baunatal, 29)) == {baunatal.pk, hofgeismar.pk}
    assert nearest(baunatal, among=[unknown, hofgeismar, baunatal]) == [hofgeismar]
