"""The picture for coordinators: charts, the same numbers as a table, and both kinds of files."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from miteinander.encounters.activities import picture_parts, workbook
from miteinander.encounters.activities.forms.picture import PictureForm
from miteinander.encounters.activities.queries.gathering import (
    pictured_organisations,
    pictured_places,
)
from miteinander.encounters.activities.queries.picture import Picture, Shown, picture_of
from miteinander.encounters.activities.queries.small_cells import FEWEST
from miteinander.foundation.core import clock
from miteinander.foundation.core.pagination import page_of
from miteinander.foundation.core.permissions import can

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LINES = 24


@dataclass(frozen=True)
class _Wanted:
    form: PictureForm
    picture: Picture | None


def _wanted(request: HttpRequest) -> _Wanted:
    if not can(request.user, "activities.open_picture"):
        raise Http404
    form = PictureForm(
        request.GET,
        organisations=list(pictured_organisations(request.user)),
        places=list(pictured_places(request.user)),
    )
    if not form.is_valid():
        return _Wanted(form, None)
    by = form.cleaned_data["by"]
    return _Wanted(form, picture_of(request.user, form.criteria(), by, clock.now()))


@login_required
@never_cache
@require_GET
def picture_page(request: HttpRequest) -> HttpResponse:
    wanted = _wanted(request)
    picture = wanted.picture
    context = {"form": wanted.form, "fewest": FEWEST, "query": request.GET.urlencode()}
    if picture is not None:
        links = page_of(list(picture.lines), request.GET, size=LINES)
        on_page = list(links.page)
        context |= {
            "links": links,
            "charts": picture_parts.charts_of(on_page),
            "table": picture_parts.table_of(picture, on_page),
            "age_names": picture_parts.age_names(),
            "age_charts": picture_parts.age_charts_of(on_page),
            "age_table": picture_parts.age_table_of(picture, on_page),
        }
    return render(request, "activities/picture.html", context)


def _rows(request: HttpRequest) -> list[list[workbook.Cell]]:
    picture = _wanted(request).picture
    if picture is None:
        raise Http404
    heads: list[workbook.Cell] = [*picture_parts.heads(), *picture_parts.age_heads()]
    return [heads, *map(_row, [*picture.lines, picture.total])]


def _row(line: Shown) -> list[workbook.Cell]:
    hidden = picture_parts.number(None)
    numbers = [*picture_parts.cells(line), *picture_parts.age_cells(line)]
    shown = (hidden if one is None else one for one in numbers)
    return [line.label, *shown]


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


@login_required
@never_cache
@require_GET
def picture_csv(request: HttpRequest) -> HttpResponse:
    return _file(workbook.csv_of(_rows(request)), "text/csv; charset=utf-8", "picture.csv")


@login_required
@never_cache
@require_GET
def picture_xlsx(request: HttpRequest) -> HttpResponse:
    content = workbook.xlsx_of(_("Picture"), _rows(request))
    return _file(content, SHEET, "picture.xlsx")
