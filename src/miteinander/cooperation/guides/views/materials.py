"""Materials and questions: read by who learns, added and deleted by who teaches."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from miteinander.cooperation.guides.archive import archive_of, reading_of
from miteinander.cooperation.guides.forms.materials import MaterialForm, QuestionForm
from miteinander.cooperation.guides.models import Material, Module, Question
from miteinander.cooperation.guides.permissions import can_teach
from miteinander.cooperation.guides.queries import courses, materials
from miteinander.cooperation.guides.services import materials as material_services
from miteinander.cooperation.guides.views.subsidy import file_answer
from miteinander.foundation.ui.forms import bound
from miteinander.foundation.ui.steps import has_done, is_sent


@never_cache
@login_required
@require_GET
def material_list(request: HttpRequest, pk: int) -> HttpResponse:
    curriculum = get_object_or_404(materials.read_curricula(actor=request.user), pk=pk)
    context = {
        "curriculum": curriculum,
        "reading": reading_of(curriculum),
        "may_teach": can_teach(request.user, curriculum.organisation),
    }
    return render(request, "guides/materials.html", context)


@never_cache
@login_required
@require_GET
def material_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a file out, always to be saved, never shown among our own pages."""
    material = get_object_or_404(materials.read_materials(actor=request.user), pk=pk)
    if material.content is None:
        raise Http404
    headers = {"Content-Disposition": content_disposition_header(True, material.name) or ""}  # noqa: FBT003
    return HttpResponse(bytes(material.content), content_type=material.kind, headers=headers)


@never_cache
@login_required
@require_GET
def material_archive(request: HttpRequest, pk: int) -> HttpResponse:
    curriculum = get_object_or_404(materials.read_curricula(actor=request.user), pk=pk)
    return file_answer(archive_of(curriculum), "application/zip", "materials.zip")


def _module(request: HttpRequest, pk: int) -> Module:
    mine = courses.curricula(actor=request.user).order_by().values("pk")
    return get_object_or_404(Module, pk=pk, curriculum__in=mine)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def material_add(request: HttpRequest, pk: int) -> HttpResponse:
    module = _module(request, pk)
    form = bound(MaterialForm, request, initial={"language": get_language() or "de"})

    def add() -> None:
        typed, file = form.cleaned_data, form.sent_file()
        said = {"title": typed["title"], "language": typed["language"]}
        if file is None:
            link = typed["link"]
            material_services.add_link(actor=request.user, module_id=pk, link=link, **said)
        else:
            material_services.add_file(actor=request.user, module_id=pk, file=file, **said)

    if is_sent(request, form) and has_done(form, add):
        messages.success(request, _("Saved."))
        return redirect("guides:materials", module.curriculum_id)
    context = {"form": form, "module": module}
    return render(request, "guides/coordination/material.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def question_add(request: HttpRequest, pk: int) -> HttpResponse:
    module = _module(request, pk)
    form = bound(QuestionForm, request, initial={"language": get_language() or "de"})

    def add() -> None:
        material_services.add_question(actor=request.user, module_id=pk, facts=form.facts())

    if is_sent(request, form) and has_done(form, add):
        messages.success(request, _("Saved."))
        return redirect("guides:materials", module.curriculum_id)
    context = {"form": form, "module": module}
    return render(request, "guides/coordination/question.html", context)


@login_required
@require_POST
def material_delete(request: HttpRequest, pk: int) -> HttpResponse:
    mine = courses.curricula(actor=request.user).order_by().values("pk")
    rows = Material.objects.defer("content").select_related("module")
    material = get_object_or_404(rows, pk=pk, module__curriculum__in=mine)
    material_services.delete_material(actor=request.user, material_id=pk)
    messages.success(request, _("Deleted."))
    return redirect("guides:materials", material.module.curriculum_id)


@login_required
@require_POST
def question_delete(request: HttpRequest, pk: int) -> HttpResponse:
    mine = courses.curricula(actor=request.user).order_by().values("pk")
    rows = Question.objects.select_related("module")
    question = get_object_or_404(rows, pk=pk, module__curriculum__in=mine)
    material_services.delete_question(actor=request.user, question_id=pk)
    messages.success(request, _("Deleted."))
    return redirect("guides:materials", question.module.curriculum_id)
