"""Screens of places: the list of municipalities, and one of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from miteinander.community.regions import queries
from miteinander.community.regions.enums import RegionKind
from miteinander.foundation.core.public import public_page


@require_GET
@public_page
def region_list(request: HttpRequest) -> HttpResponse:
    places = list(queries.mapped_municipalities())
    context = {
        "places": queries.municipalities(),
        "dots": queries.dots(places),
        "sources": sorted({place.boundary_source for place in places if place.boundary_source}),
    }
    return render(request, "regions/region_list.html", context)


@require_GET
@public_page
def region_detail(request: HttpRequest, slug: str) -> HttpResponse:
    region = get_object_or_404(queries.public_regions(), slug=slug)
    is_place = region.kind == RegionKind.MUNICIPALITY
    near = queries.nearest(region, among=list(queries.municipalities())) if is_place else []
    return render(request, "regions/region_detail.html", {"region": region, "near": near})
