"""Choices and vocabulary of imports."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """What became of one entry of a calendar file."""

    TAKEN = "taken", _("New drafts")
    CHANGED = "changed", _("Changed drafts")
    CHECK = "check", _("Please check")
    GONE = "gone", _("No longer in the calendar")
    UNCHANGED = "unchanged", _("Already here, nothing new")
    REFUSED = "refused", _("Not taken")


# Why a whole file, or one entry of it, was not taken.
REFUSALS: dict[str, str | Promise] = {
    "too_big": _("The file is too big. It may have 1 megabyte at most. Export a shorter period."),
    "too_deep": _("The file is built in a way that calendars do not use."),
    "not_a_calendar": _("This is not a calendar file. Calendar files end in “.ics”."),
    "no_entries": _("There are no meetings in this file."),
    "too_many_entries": _("The file has more than 500 entries. Export a shorter period."),
    "too_slow": _("Reading this took too long."),
    "too_much": _("Reading this needs too much memory."),
    "unreadable": _("This entry cannot be read."),
    "unreadable_time": _("The time or the rule of repetition cannot be read."),
    "long_line": _("A text in this entry is too long."),
    "cut_off": _("The entry is cut off. Export the calendar again."),
    "private": _("The entry is marked as private in your calendar."),
    "too_often": _("The entry repeats more often than meetings do."),
    "strange_rule": _("The rule of repetition is not known here. Enter the dates by hand."),
    "too_many_dates": _("The entry has more than 400 dates within 400 days."),
    "no_start": _("The entry has no start."),
    "no_title": _("The entry has no title."),
    "ends_before_start": _("The entry ends before it starts."),
    "over": _("All its dates have passed."),
    "too_far": _("It is more than 400 days away."),
    "same_uid": _("Another entry has the same identity and is newer."),
    "cancelled": _("It is cancelled in your calendar."),
    "not_fitting": _("This entry does not fit."),
    "later": _("There was no time for this entry. Bring the file in again to go on."),
}

# What somebody who looks at the draft should know.
NOTES: dict[str, str | Promise] = {
    "all_day": _("The calendar says “all day”. Please enter the times."),
    "no_end": _("The calendar gives no end. One hour was assumed."),
    "unknown_zone": _("The time zone is not known. German time was assumed."),
    "title_shortened": _("The title was shortened. Its full text begins the description."),
    "text_shortened": _("The description was too long and was shortened."),
    "first_dates": _("Only the nearest dates were taken. Bring the file in again later."),
    "place_in_words": _("The place stands in the description of the way. Please choose a place."),
    "changed_there": _(
        "It was changed in the calendar. The public sees it, so nothing was changed here."
    ),
    "cancelled_there": _("It is cancelled in the calendar. Here nothing was changed."),
    "gone": _("It no longer stands in the calendar. Here nothing was changed."),
    "date_gone": _("Some dates no longer stand in the calendar. They are kept here."),
}
