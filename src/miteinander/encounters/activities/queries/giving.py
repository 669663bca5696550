"""How the seats of an occasion are given, in words for those who plan it."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from miteinander.encounters.activities.enums import ActivityStatus, Giving, Setting
from miteinander.encounters.activities.models import Activity
from miteinander.encounters.activities.queries.tasks import original_parts

HALF = 50
SETTINGS: dict[str, str | Promise] = {
    Setting.WOMEN: gettext_lazy("It is only for women."),
    Setting.MEN: gettext_lazy("It is only for men."),
    Setting.QUEER: gettext_lazy("It is only for lesbian, gay, bi, trans and inter people."),
}


def giving_sentences(activity: Activity) -> list[str]:
    """Say how seats are given, one sentence for each thing that was decided."""
    return [
        _way_of(activity),
        *_course_of(activity),
        *_mix_of(activity),
        *_rules_of(activity),
        *_people_of(activity),
    ]


def _way_of(activity: Activity) -> str:
    if activity.giving == Giving.APPROVAL:
        return _("You say yes or no to each person who asks for a seat.")
    if activity.giving == Giving.DRAW:
        return ngettext(
            "The seats are drawn %(hours)s hour before the start.",
            "The seats are drawn %(hours)s hours before the start.",
            activity.draw_hours,
        ) % {"hours": activity.draw_hours}
    return _("Whoever signs up first has a seat.")


def _course_of(activity: Activity) -> Iterator[str]:
    if activity.signs_up_once:
        yield _("People sign up once for all dates.")


def _mix_of(activity: Activity) -> Iterator[str]:
    if not activity.has_mix:
        return
    numbers = {
        "local": activity.local_share,
        "newcomer": activity.newcomer_share,
        "hours": activity.release_hours,
    }
    if activity.local_share == activity.newcomer_share == HALF:
        yield (
            ngettext(
                "Half of the seats are kept for each side until %(hours)s hour before the start.",
                "Half of the seats are kept for each side until %(hours)s hours before the start.",
                activity.release_hours,
            )
            % numbers
        )
    else:
        yield (
            ngettext(
                "%(local)s %% of the seats are kept for people who have long lived here and"
                " %(newcomer)s %% for newcomers, until %(hours)s hour before the start.",
                "%(local)s %% of the seats are kept for people who have long lived here and"
                " %(newcomer)s %% for newcomers, until %(hours)s hours before the start.",
                activity.release_hours,
            )
            % numbers
        )


def _rules_of(activity: Activity) -> Iterator[str]:
    if activity.has_offers_by_hand:
        yield _("You offer free seats to people on the waiting list yourself.")
    if activity.monthly_limit:
        yield ngettext(
            "One person gets at most %(count)s seat in a month.",
            "One person gets at most %(count)s seats in a month.",
            activity.monthly_limit,
        ) % {"count": activity.monthly_limit}


def _people_of(activity: Activity) -> Iterator[str]:
    ages = {"first": activity.min_age, "last": activity.max_age}
    if activity.min_age and activity.max_age:
        yield _("It is for people from %(first)s to %(last)s years of age.") % ages
    elif activity.min_age:
        yield _("It is for people of %(first)s years and older.") % ages
    elif activity.max_age:
        yield _("It is for people up to %(last)s years of age.") % ages
    if activity.setting in SETTINGS:
        yield str(SETTINGS[activity.setting])
    if activity.required_id:
        yield _("People must have been at another meeting of yours before.")


def needed_first(activity: Activity) -> list[tuple[int, str]]:
    """List the other occasions of the organisation that may be needed first, newest first."""
    others = (
        Activity.objects.filter(organisation_id=activity.organisation_id, is_template=False)
        .exclude(status=ActivityStatus.DRAFT)
        .exclude(pk=activity.pk)
        .prefetch_related("versions")
        .order_by("-pk")
    )
    return [(row.pk, original_parts(row).get("title", "")) for row in others]
