"""For coordinators: what is taught, courses, and the people in them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from miteinander.cooperation.guides.enums import FigureKey
from miteinander.cooperation.guides.forms.courses import (
    CourseForm,
    ModuleForm,
    SessionForm,
    module_initial,
)
from miteinander.cooperation.guides.models import Course, Curriculum, Module, Session
from miteinander.cooperation.guides.permissions import can_teach
from miteinander.cooperation.guides.queries import courses, figures, interests
from miteinander.cooperation.guides.queries.standing import sessions_of, standings
from miteinander.cooperation.guides.services import courses as course_services
from miteinander.cooperation.guides.services import curricula, trainees
from miteinander.encounters.activities.services.seats import CourseFull, SignUpClosed
from miteinander.foundation.content.queries import read
from miteinander.foundation.core import clock
from miteinander.foundation.ui.forms import bound
from miteinander.foundation.ui.steps import has_done, is_sent, key_of

USUAL_SHARE = 80
USUAL_SEATS = 16


def _curriculum(request: HttpRequest, pk: int) -> Curriculum:
    return get_object_or_404(courses.curricula(actor=request.user), pk=pk)


@login_required
@require_POST
def curriculum_create(request: HttpRequest) -> HttpResponse:
    mine = courses.organisations_to_teach_for(actor=request.user)
    typed = request.POST.get("organisation", "")
    organisation = get_object_or_404(mine, pk=key_of(typed))
    made = curricula.create_curriculum(actor=request.user, organisation_id=organisation.pk)
    return redirect("guides:curriculum", made.pk)


@login_required
@require_GET
def curriculum_detail(request: HttpRequest, pk: int) -> HttpResponse:
    curriculum = _curriculum(request, pk)
    modules = list(curriculum.modules.order_by("position", "pk"))
    units = sum(module.units for module in modules)
    held = figures.figures_on(clock.today())
    least, most = held.get(FigureKey.UNITS_LEAST), held.get(FigureKey.UNITS_MOST)
    is_outside = bool((least and units < least.value) or (most and units > most.value))
    context = {
        "curriculum": curriculum, "modules": modules, "units": units, "least": least,
        "most": most, "is_outside": is_outside,
    }  # fmt: skip
    return render(request, "guides/coordination/curriculum.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def module_add(request: HttpRequest, pk: int) -> HttpResponse:
    curriculum = _curriculum(request, pk)
    form = bound(ModuleForm, request, initial={"units": 3})

    def add() -> None:
        curricula.add_module(actor=request.user, curriculum_id=pk, facts=form.facts())

    if is_sent(request, form) and has_done(form, add):
        messages.success(request, _("Saved."))
        return redirect("guides:curriculum", pk)
    context = {"form": form, "curriculum": curriculum}
    return render(request, "guides/coordination/module.html", context)


def _module(request: HttpRequest, pk: int) -> Module:
    mine = courses.curricula(actor=request.user).order_by().values("pk")
    return get_object_or_404(
        Module.objects.select_related("curriculum"), pk=pk, curriculum__in=mine
    )


@login_required
@require_http_methods(["GET", "POST"])
def module_edit(request: HttpRequest, pk: int) -> HttpResponse:
    module = _module(request, pk)
    form = bound(ModuleForm, request, initial=module_initial(module))

    def change() -> None:
        curricula.change_module(actor=request.user, module_id=pk, facts=form.facts())

    if is_sent(request, form) and has_done(form, change):
        messages.success(request, _("Saved."))
        return redirect("guides:curriculum", module.curriculum_id)
    context = {"form": form, "curriculum": module.curriculum, "module": module}
    return render(request, "guides/coordination/module.html", context)


@login_required
@require_POST
def module_delete(request: HttpRequest, pk: int) -> HttpResponse:
    module = _module(request, pk)
    try:
        curricula.delete_module(actor=request.user, module_id=pk)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The module was deleted."))
    return redirect("guides:curriculum", module.curriculum_id)


def _first_course(curriculum: Curriculum) -> dict[str, Any]:
    share = figures.figure_on(FigureKey.SHARE, clock.today())
    language = get_language() or "de"
    return {
        "title": _("Basic training for integration guides"),
        "summary": _("For people who want to show others the way here. After a talk with us."),
        "language": language, "weeks": 1, "seats": USUAL_SEATS, "spoken": ["de"],
        "share": int(share) if share is not None else USUAL_SHARE,
        "contact_email": curriculum.organisation.email,
        "contact_phone": curriculum.organisation.phone,
    }  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def course_create(request: HttpRequest, pk: int) -> HttpResponse:
    curriculum = _curriculum(request, pk)
    form = bound(CourseForm, request, curriculum=curriculum, initial=_first_course(curriculum))
    made: list[Course] = []

    def begin() -> None:
        plan = form.plan()
        made.append(course_services.open_course(actor=request.user, curriculum_id=pk, plan=plan))

    if is_sent(request, form) and has_done(form, begin):
        messages.success(request, _("The course is published. Now take people in."))
        return redirect("guides:course", made[0].pk)
    context = {"form": form, "curriculum": curriculum}
    return render(request, "guides/coordination/course_create.html", context)


@never_cache
@login_required
@require_GET
def course_detail(request: HttpRequest, pk: int) -> HttpResponse:
    course = get_object_or_404(courses.courses(actor=request.user), pk=pk)
    may_teach = can_teach(request.user, course.curriculum.organisation)
    sessions = sessions_of(course)
    context = {
        "course": course,
        "reading": read(course.activity, get_language() or "de"),
        "sessions": sessions,
        "standings": standings(course=course, now=clock.now(), sessions=sessions),
        "suitable": (
            interests.suitable_for(actor=request.user, course=course) if may_teach else []
        ),
        "may_teach": may_teach,
    }
    return render(request, "guides/coordination/course.html", context)


@login_required
@require_POST
def course_enrol(request: HttpRequest, pk: int) -> HttpResponse:
    course = get_object_or_404(courses.courses(actor=request.user), pk=pk)
    if not can_teach(request.user, course.curriculum.organisation):
        raise Http404
    typed = request.POST.get("interest", "")
    wanted = interests.interested_people(actor=request.user)
    interest = get_object_or_404(wanted, pk=key_of(typed))
    try:
        trainees.enrol_trainee(actor=request.user, course_id=pk, interest_id=interest.pk)
    except (CourseFull, SignUpClosed, ValidationError) as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The person is in the course now and gets a mail."))
    return redirect("guides:course", pk)


@login_required
@require_http_methods(["GET", "POST"])
def session_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = Session.objects.select_related("course__curriculum__organisation", "module", "date")
    mine = courses.courses(actor=request.user).order_by().values("pk")
    session = get_object_or_404(found, pk=pk, course__in=mine)
    organisation = session.course.curriculum.organisation
    if not can_teach(request.user, organisation):
        raise Http404
    form = bound(
        SessionForm, request, trainers=list(courses.trainers_of(organisation)),
        dates=courses.free_dates(session=session),
        initial={
            "trainer": session.trainer_id, "format": session.format, "date": session.date_id,
        },
    )  # fmt: skip

    def change() -> None:
        typed = form.cleaned_data
        facts = course_services.SessionFacts(typed["trainer"], typed["format"], typed["date"])
        course_services.change_session(actor=request.user, session_id=pk, facts=facts)

    if is_sent(request, form) and has_done(form, change):
        messages.success(request, _("Saved."))
        return redirect("guides:course", session.course_id)
    context = {"form": form, "session": session}
    return render(request, "guides/coordination/session.html", context)
