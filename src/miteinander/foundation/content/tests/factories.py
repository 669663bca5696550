"""Something to write about that belongs to no app of ours."""

from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.db.models import QuerySet

from miteinander.foundation.content import services
from miteinander.foundation.content.enums import VersionState
from miteinander.foundation.content.models import Version
from miteinander.foundation.content.queries import versions_of
from miteinander.foundation.core.permissions import SystemActor

ACTOR = SystemActor("test")


@dataclass(frozen=True)
class Leaflet:
    """A group, seen as an object with versions."""

    pk: int
    versions: QuerySet[Version]


def make_item(name: str = "item") -> Group:
    return Group.objects.create(name=name)


def leaflet(item: Group) -> Leaflet:
    return Leaflet(pk=item.pk, versions=versions_of(item))


def original(item: Group, language: str = "de", **parts: str) -> Version:
    return services.write_original(actor=ACTOR, item=item, language=language, parts=parts)


def version(item: Group, language: str, state: VersionState, **parts: str) -> Version:
    return services.write_version(
        actor=ACTOR, item=item, language=language, parts=parts, state=state
    )
