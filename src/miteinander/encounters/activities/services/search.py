"""What an occasion is found by: its words in all versions, who invites, where, and the topic."""

from collections.abc import Iterator

from django.db import transaction
from django.utils import translation

from miteinander.encounters.activities.enums import Topic
from miteinander.encounters.activities.models import Activity
from miteinander.foundation.content import services as content
from miteinander.foundation.core.languages import INTERFACE


def topic_words(topic: str) -> Iterator[str]:
    """Yield the name of a topic in every language of the interface."""
    if topic not in Topic.values:
        return
    for language in INTERFACE:
        with translation.override(language):
            yield str(Topic(topic).label)


@transaction.atomic
def index_activity(*, activity_id: int) -> None:
    """Renew the words an occasion is found by; it may run as often as one likes."""
    activity = Activity.objects.select_related(
        "organisation", "venue__municipality", "municipality"
    ).get(pk=activity_id)
    texts = [text for row in activity.versions.all() for text in row.parts.values()]
    texts += [organisation.name for organisation in activity.inviting]
    if activity.venue:
        texts += [activity.venue.name, activity.venue.street, activity.venue.municipality.name]
    if activity.municipality:
        texts.append(activity.municipality.name)
    texts += topic_words(activity.topic)
    content.index(item=activity, texts=texts)
