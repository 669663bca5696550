"""All materials of a curriculum as one archive, with a page that is read without a network."""

import io
import zipfile

from django.template.loader import render_to_string
from django.utils.text import get_valid_filename
from django.utils.translation import get_language

from miteinander.cooperation.guides.models import Curriculum, Material, Module
from miteinander.cooperation.guides.queries.materials import (
    Asked,
    asked,
    files_of,
    modules_with_materials,
)
from miteinander.foundation.core.languages import direction

MOST_OF_FOLDER = 60
FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)  # the same materials make the same archive


def reading_of(curriculum: Curriculum) -> list[tuple[Module, list[Asked]]]:
    """Return modules with their materials and their questions as they are shown."""
    modules = modules_with_materials(curriculum=curriculum)
    return [(module, [asked(one) for one in module.questions.all()]) for module in modules]


def folder_of(module: Module) -> str:
    """Name the folder of a module: its place and a name any system takes."""
    return f"{module.position:02}-{get_valid_filename(module.name)[:MOST_OF_FOLDER]}"


def path_in_archive(module: Module, material: Material) -> str:
    """Say where a file lies; its key keeps files of one name apart."""
    return f"{folder_of(module)}/{material.pk}-{material.name}"


def archive_of(curriculum: Curriculum) -> bytes:
    """Write the archive; how much a curriculum holds is limited, so it fits."""
    language = get_language() or "de"
    reading = reading_of(curriculum)
    by_key = {module.pk: module for module, _questions in reading}
    parts = [
        (module, questions, [(one, path_in_archive(module, one)) for one in module.materials.all()])
        for module, questions in reading
    ]
    page = render_to_string(
        "guides/materials_page.html",
        {
            "curriculum": curriculum,
            "parts": parts,
            "language": language.partition("-")[0],
            "direction": direction(language),
        },
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo("index.html", FIRST_MOMENT), page)
        for row in files_of(curriculum):
            info = zipfile.ZipInfo(path_in_archive(by_key[row.module_id], row), FIRST_MOMENT)
            archive.writestr(info, bytes(row.content or b""))
    return out.getvalue()
