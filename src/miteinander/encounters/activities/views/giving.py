"""How the seats of an occasion are given: one page of the task list."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from miteinander.encounters.activities.forms.giving import GivingForm
from miteinander.encounters.activities.forms.planning import SeenForm
from miteinander.encounters.activities.queries.giving import needed_first
from miteinander.encounters.activities.queries.tasks import TaskKey
from miteinander.encounters.activities.services import planning
from miteinander.encounters.activities.views.tasks import TaskPage, changeable, seen_of

PLACES = {"people_wait": "giving", "ages": "max_age", "required": "required_id"}


@login_required
@require_http_methods(["GET", "POST"])
def plan_edit_giving(request: HttpRequest, pk: int) -> HttpResponse:
    activity = changeable(request, pk)
    others = needed_first(activity)

    def save(form: SeenForm) -> None:
        assert isinstance(form, GivingForm)  # noqa: S101 (tells the type)
        planning.set_giving(
            actor=request.user,
            activity_id=pk,
            changes=form.facts,
            question=form.cleaned_data["question"],
            seen=seen_of(form),
        )

    def form(*args: Any, **kwargs: Any) -> GivingForm:
        return GivingForm(*args, others=others, **kwargs)

    page = TaskPage(
        TaskKey.GIVING,
        planning.giving_of(activity),
        form,
        save,
        template="activities/plan/plan_giving.html",
        places=PLACES,
    )
    return page.answer(request, activity)
