"""Mails about new meetings: the question whether somebody wants them, and the news."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from miteinander.foundation.core import clock
from miteinander.outward.notifications.interests import words_of
from miteinander.outward.notifications.mails import facts
from miteinander.outward.notifications.mails.lines import LINES, Line
from miteinander.outward.notifications.mails.mail import Fact, Group, Link, Mail, Words
from miteinander.outward.notifications.models import FollowRequest, Letter
from miteinander.outward.notifications.queries import reminder_key, request_key, wants_news
from miteinander.outward.notifications.queries.news import dates_still_open


def follow_asked(letter: Letter) -> Mail | None:
    """Ask an address whether it wants to hear of new meetings; opening the link does nothing."""
    asked = FollowRequest.objects.filter(pk=letter.context["request"], confirmed_at=None)
    row = asked.select_related("municipality", "organisation").first()
    if row is None:
        return None
    return Mail(
        subject=_("Do you want to hear of new meetings?"),
        lead=_("Somebody, probably you, asked us to write to this address about new meetings."),
        facts=(Fact(_("What you want to hear of"), Words(" · ".join(words_of(row)))),),
        notes=(
            _("Please open the link and press the button. Only then we write to you."),
            _("That was not you? Then do nothing. We delete this address after seven days."),
        ),
        link=Link(
            _("Confirm my address"),
            facts.address_of("notifications:confirm_follow", request_key(row.pk)),
        ),
    )


def news(letter: Letter) -> Mail | None:
    """Tell somebody what is new and still to come; no title in the subject, whatever it is."""
    person_id = letter.context["person"]
    if not wants_news(person_id):
        return None
    now = clock.now()
    lines = LINES.of(dates_still_open(person_id, letter.context["dates"], now), letter.language)
    if not lines:
        return None
    more = letter.context["more"]
    count = len(lines) + more
    return Mail(
        subject=ngettext("%(count)s new meeting for you", "%(count)s new meetings for you", count)
        % {"count": count},
        lead=_("You asked us to tell you of new meetings. This is new since our last mail."),
        groups=_by_week(lines, clock.local(now).date()),
        notes=(_more_words(more),) if more else (),
        link=Link(_("See all meetings"), facts.address_of("activities:list")),
        stop=Link(
            _("Change or stop these mails"),
            facts.address_of("notifications:news_off", reminder_key(person_id)),
        ),
    )


def _more_words(count: int) -> str:
    words = ngettext(
        "There is %(count)s more new meeting. You find it on our site.",
        "There are %(count)s more new meetings. You find them on our site.",
        count,
    )
    return words % {"count": count}


def _by_week(lines: Sequence[Line], today: date) -> tuple[Group, ...]:
    weeks: dict[date, list[Line]] = {}
    for line in lines:
        weeks.setdefault(_monday(line.day), []).append(line)
    return tuple(
        Group(_week_words(monday, today), tuple(line.other for line in own))
        for monday, own in weeks.items()
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _week_words(monday: date, today: date) -> str:
    ahead = (monday - _monday(today)).days // 7
    if ahead == 0:
        return _("This week")
    if ahead == 1:
        return _("Next week")
    return _("In the week from %(day)s") % {"day": date_format(monday, "DATE_FORMAT")}
