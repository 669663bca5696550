"""Addresses of organisations: readable, unique, and never changed once given."""

from django.utils.text import slugify

from miteinander.community.organisations.models import Organisation

# Words of our own addresses beside /organisations/<slug>/.
RESERVED = frozenset({"coordination", "invite", "roles", "invitation", "organisation"})
_LENGTH = 80
_GERMAN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "ae", "Ö": "oe", "Ü": "ue"}
)


def free_slug(name: str) -> str:
    """Make a slug of ``name`` that no organisation has, numbered where it is taken."""
    base = slugify(name.translate(_GERMAN))[:_LENGTH].strip("-") or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= RESERVED
    if base not in taken:
        return base
    return next(
        slug for number in range(2, len(taken) + 3) if (slug := f"{base}-{number}") not in taken
    )
