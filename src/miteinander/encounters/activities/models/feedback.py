"""What people say after a date, kept apart from who they are."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.encounters.activities.enums import Answer, Question
from miteinander.encounters.activities.models.dates import ActivityDate
from miteinander.foundation.core.privacy import Privacy


class Feedback(models.Model):
    """What one person said after a date: three answers, and words if they like.

    Nothing leads from here to the person. ``key`` is drawn from the secret of the seat, so that
    everybody counts once and can change the answer; once that secret is gone, so is the way back.
    It is also what rows are ordered by: there is no number that tells who came first, and no time.
    """

    key = models.CharField(max_length=64, primary_key=True)
    date = models.ForeignKey(ActivityDate, on_delete=models.CASCADE, related_name="feedback")
    helpful = models.CharField(Question.HELPFUL.label, max_length=8, choices=Answer, blank=True)
    met_new = models.CharField(Question.MET_NEW.label, max_length=8, choices=Answer, blank=True)
    other_side = models.CharField(
        Question.OTHER_SIDE.label, max_length=8, choices=Answer, blank=True
    )
    words = models.TextField(_("in your own words"), max_length=1000, blank=True)
    language = models.CharField(_("language of the words"), max_length=10, blank=True)

    privacy: ClassVar = Privacy(
        personal=("key", "words", "language"),
        other=("date", "helpful", "met_new", "other_side"),
        retention="activities.feedback_words",
    )

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return f"feedback on date {self.date_id}"
