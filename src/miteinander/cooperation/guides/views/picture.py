"""For coordinators: the picture of the guides as tables, and the same as a file."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from miteinander.cooperation.guides import picture_tables as tables
from miteinander.cooperation.guides.forms.picture import PictureForm
from miteinander.cooperation.guides.papers_subsidy import SHEET
from miteinander.cooperation.guides.queries.picture import (
    Picture,
    picture_of,
    pictured_regions,
)
from miteinander.cooperation.guides.views.subsidy import file_answer
from miteinander.foundation.ui.steps import only


def _wanted(request: HttpRequest) -> tuple[PictureForm, Picture | None]:
    """Read what was chosen; no picture where that cannot be."""
    only(request, "guides.open_overview")
    form = PictureForm(request.GET, regions=list(pictured_regions(actor=request.user)))
    if not form.is_valid():
        return form, None
    region_id = form.cleaned_data["region"]
    return form, picture_of(actor=request.user, span=form.span(), region_id=region_id)


@never_cache
@login_required
@require_GET
def guide_picture(request: HttpRequest) -> HttpResponse:
    form, picture = _wanted(request)
    context = {"form": form, "query": request.GET.urlencode()}
    if picture is not None:
        context |= {
            "about": form.about(),
            "missing": tables.missing_of(picture),
            "missed": tables.missed_table(picture),
            "tables": tables.tables_of(picture),
        }
    return render(request, "guides/coordination/picture.html", context)


@never_cache
@login_required
@require_GET
def guide_picture_xlsx(request: HttpRequest) -> HttpResponse:
    form, picture = _wanted(request)
    if picture is None:
        raise Http404
    name = f"guides-{form.cleaned_data['period']}.xlsx"
    return file_answer(tables.picture_xlsx(picture, form.about()), SHEET, name)
