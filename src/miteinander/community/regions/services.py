"""Loading districts and official boundaries. Nothing else writes the table of places."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from miteinander.community.regions.boundaries import DISTRICT_DIGITS, RegionFacts, read_regions
from miteinander.community.regions.enums import RegionKind
from miteinander.community.regions.messages import RegionsChanged
from miteinander.community.regions.models import Region
from miteinander.foundation.audit import services as audit
from miteinander.foundation.core import bus
from miteinander.foundation.core.permissions import Actor, require

DISTRICTS = Path(__file__).parent / "districts"
_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True)
class Loaded:
    """How many places were new, changed, or known already."""

    added: int
    changed: int
    unchanged: int


def district_names() -> list[tuple[str, str]]:
    """List the districts whose facts come with the product: key and name, for a choice."""
    return [
        (path.stem, _facts(path.stem)["district"]["name"])
        for path in sorted(DISTRICTS.glob("*.json"))
    ]


@transaction.atomic
def load_district(*, actor: Actor, name: str) -> Loaded:
    """Load a district and its municipalities from the facts that come with the product.

    Raises:
        ValidationError: no district of that name (code ``unknown_district``).
    """
    if name not in dict(district_names()):
        raise ValidationError(
            _("No district is called %(name)s."), code="unknown_district", params={"name": name}
        )
    facts = _facts(name)
    rows = [{"kind": RegionKind.DISTRICT, "postcodes": ()} | facts["district"]]
    rows += facts["municipalities"]
    regions = [RegionFacts(**row | {"postcodes": tuple(row["postcodes"])}) for row in rows]
    return _store(actor, "regions.load", regions, "")


@transaction.atomic
def import_regions(*, actor: Actor, content: bytes, source: str) -> Loaded:
    """Take the boundaries of a GeoJSON file; the same file again changes nothing.

    ``source`` is the attribution that the licence of the file asks for; the pages print it.

    Raises:
        BrokenFile: the file is not sound; nothing was taken.
    """
    return _store(actor, "regions.import", read_regions(content), source)


def _facts(name: str) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads((DISTRICTS / f"{name}.json").read_text(encoding="utf-8"))
    return facts


def _store(actor: Actor, verb: str, regions: Iterable[RegionFacts], source: str) -> Loaded:
    require(actor, "regions.change")
    known = {row.ags: row for row in Region.objects.select_for_update().order_by("pk")}
    slugs = {row.slug for row in known.values()}
    added, changed, unchanged = [], [], 0
    for facts in sorted(regions, key=lambda one: (len(one.ags), one.ags)):
        row = known.get(facts.ags)
        is_new = row is None
        row = row or Region(ags=facts.ags, slug=_free_slug(facts, slugs))
        fields = _apply(row, facts, source, known.get(facts.ags[:DISTRICT_DIGITS]))
        if is_new:
            row.save(force_insert=True)
            known[row.ags] = row
            added.append(row.ags)
        elif fields:
            row.save(update_fields=fields)
            changed.append(row.ags)
        else:
            unchanged += 1
    if added or changed:
        counts = {"added": len(added), "changed": len(changed)}
        audit.record(actor=actor, verb=verb, label="regions", details=counts)
        bus.publish(RegionsChanged(ags=(*added, *changed)))
    return Loaded(len(added), len(changed), unchanged)


def _apply(row: Region, facts: RegionFacts, source: str, district: Region | None) -> list[str]:
    """Set on ``row`` what ``facts`` says and return the names of the fields that differ."""
    said: dict[str, object] = {
        "kind": facts.kind,
        "name": facts.name,
        "population": facts.population,
        "postcodes": list(facts.postcodes) or None,
        "latitude": facts.latitude,
        "longitude": facts.longitude,
        "boundary": facts.boundary,
        "boundary_source": (source if facts.boundary else "") or None,
        "parent": district if len(facts.ags) > DISTRICT_DIGITS else None,
    }
    differing = [
        name for name, value in said.items() if value is not None and getattr(row, name) != value
    ]
    for name in differing:
        setattr(row, name, said[name])
    return differing


def _free_slug(facts: RegionFacts, taken: set[str]) -> str:
    slug = slugify(facts.name.lower().translate(_LETTERS)) or facts.ags
    slug = f"{slug}-{facts.ags}"[:80] if slug in taken else slug
    taken.add(slug)
    return slug
