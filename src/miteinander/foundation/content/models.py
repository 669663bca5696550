"""Written items in several languages, and the words they are found by."""

from typing import ClassVar

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from miteinander.foundation.content.enums import VersionState
from miteinander.foundation.core.languages import INTERFACE_CHOICES
from miteinander.foundation.core.privacy import Privacy


class Version(models.Model):
    """One language of a written item: what somebody wrote about an object of any app.

    ``parts`` maps the names the owner defines (``title``, ``summary``, …) to plain text.
    ``source_hash`` is the hash of the original's parts this version was made from; of the
    original itself, of its own.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    item = GenericForeignKey("content_type", "object_id")
    language = models.CharField(_("language"), max_length=10, choices=INTERFACE_CHOICES)
    parts = models.JSONField(_("text"), default=dict)
    state = models.CharField(_("state"), max_length=8, choices=VersionState)
    source_hash = models.CharField(max_length=64)
    changed_at = models.DateTimeField(auto_now=True)

    privacy: ClassVar = Privacy(
        other=(
            "id", "content_type", "object_id", "language", "parts", "state", "source_hash",
            "changed_at",
        )
    )  # fmt: skip

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "language"],
                name="version_one_per_language",
                violation_error_message=_("There is a version in this language already."),
            ),
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                condition=Q(state="original"),
                name="version_one_original",
                violation_error_message=_("A text has one original."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language} ({self.state})"


class SearchWord(models.Model):
    """A folded word that occurs somewhere; spelling mistakes are looked up among these."""

    word = models.CharField(max_length=64, unique=True)

    privacy: ClassVar = Privacy(other=("id", "word"))

    def __str__(self) -> str:
        return self.word


class SearchPosting(models.Model):
    """That a word occurs in the texts of an object."""

    content_type = models.ForeignKey(
        ContentType, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    object_id = models.PositiveBigIntegerField()
    word = models.ForeignKey(
        SearchWord, on_delete=models.CASCADE, related_name="postings", db_index=False
    )  # the two indexes below begin with the keys, and more would only slow down writing

    privacy: ClassVar = Privacy(other=("id", "content_type", "object_id", "word"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["word", "content_type", "object_id"], name="posting_once"
            )
        ]
        indexes = [models.Index(fields=["content_type", "object_id"], name="posting_of_object")]

    def __str__(self) -> str:
        return f"{self.word_id} in {self.content_type_id}/{self.object_id}"
