"""Materials: what is taken, who reads it, the archive, and questions without marks."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from miteinander.community.organisations.tests.factories import CoordinatorRoleFactory
from miteinander.community.people.models import Person
from miteinander.community.people.tests.factories import PersonFactory
from miteinander.cooperation.guides.archive import archive_of
from miteinander.cooperation.guides.file_kinds import kind_of, plain_name
from miteinander.cooperation.guides.models import Curriculum, Material, Module, Question
from miteinander.cooperation.guides.queries.materials import asked
from miteinander.cooperation.guides.services import materials
from miteinander.cooperation.guides.tests.factories import (
    CourseFactory,
    CurriculumFactory,
    MaterialFactory,
    QuestionFactory,
    TraineeFactory,
)
from miteinander.foundation.core import clock

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF"


def office(*parts: str, kind: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if kind:
            archive.writestr("mimetype", kind)
        for part in parts:
            archive.writestr(part, "<x/>")
    return out.getvalue()


ODT = "application/vnd.oasis.opendocument.text"


@pytest.mark.parametrize(
    ("name", "content", "ending"),
    [
        ("Plan.PDF", PDF, "pdf"),
        ("a.jpeg", b"\xff\xd8\xff\xe0", "jpg"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "png"),
        ("a.txt", "Größe".encode(), "txt"),
        ("a.docx", office("word/document.xml"), "docx"),
        ("a.pptx", office("ppt/presentation.xml"), "pptx"),
        ("a.odt", office("content.xml", kind=ODT), "odt"),
        ("a.pdf", b"<html>", ""),
        ("a.html", b"<html>", ""),
        ("a.svg", b"<svg/>", ""),
        ("a.exe", b"MZ", ""),
        ("a", PDF, ""),
        ("a.txt", b"\xff\xfe\x00", ""),
        ("a.docx", office("word/document.xml", "word/vbaProject.bin"), ""),
        ("a.odt", office("content.xml", "Basic/script-lc.xml", kind=ODT), ""),
        ("a.odt", office("content.xml"), ""),
        ("a.docx", b"PK\x03\x04 no archive", ""),
    ],
)
def test_a_file_is_taken_only_if_it_is_what_it_says(name: str, content: bytes, ending: str) -> None:
    kind = kind_of(name, content)

    assert (kind.ending if kind else "") == ending


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Temp\\Plan 1.pdf", "Plan_1.pdf"),
        ("...pdf", "file.pdf"),
        ("خطة.pdf", "خطة.pdf"),
        ('a"\r\nX: y.pdf', "aX_y.pdf"),
    ],
)
def test_a_name_of_a_file_leads_nowhere(name: str, plain: str) -> None:
    kind = kind_of("a.pdf", PDF)
    assert kind is not None

    assert plain_name(name, kind) == plain


@pytest.fixture
def curriculum() -> Curriculum:
    found: Curriculum = CurriculumFactory.create()
    return found


@pytest.fixture
def module(curriculum: Curriculum) -> Module:
    return curriculum.modules.get(position=1)


def coordinator_of(curriculum: Curriculum) -> Person:
    region = curriculum.organisation.municipality
    return CoordinatorRoleFactory.create(region=region).person


def add_pdf(module: Module, content: bytes = PDF, name: str = "plan.pdf") -> Material:
    return materials.add_file(
        actor=coordinator_of(module.curriculum), module_id=module.pk, title="Plan",
        file=materials.File(name, content), language="de",
    )  # fmt: skip


def test_a_file_is_kept_once(module: Module) -> None:
    first, again = add_pdf(module), add_pdf(module, name="other.pdf")

    assert first == again
    assert (first.kind, first.size, first.name) == ("application/pdf", len(PDF), "plan.pdf")


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://example.org", "", "//example.org"])
def test_what_is_no_web_address_is_refused(module: Module, link: str) -> None:
    with pytest.raises(ValidationError):
        materials.add_link(
            actor=coordinator_of(module.curriculum), module_id=module.pk, title="Link",
            link=link, language="de",
        )  # fmt: skip

    assert not Material.objects.exists()


def test_too_big_or_too_much_is_refused(module: Module, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(materials, "MOST_OF_FILE", 30)
    monkeypatch.setattr(materials, "MOST_OF_ALL", 40)
    add_pdf(module, PDF + b"1" * 10)

    for content in (PDF + b"2" * 30, PDF + b"3" * 10):
        with pytest.raises(ValidationError):
            add_pdf(module, content)

    assert Material.objects.count() == 1


def test_nobody_who_does_not_teach_adds_or_deletes(module: Module) -> None:
    trainer = PersonFactory.create()
    CourseFactory.create(curriculum=module.curriculum).sessions.update(trainer=trainer)
    material, question = (
        MaterialFactory.create(module=module),
        QuestionFactory.create(module=module),
    )
    facts = materials.QuestionFacts("Why?", "a", "b", "de")

    for actor in (trainer, PersonFactory.create()):
        with pytest.raises(Module.DoesNotExist):
            materials.add_question(actor=actor, module_id=module.pk, facts=facts)
        with pytest.raises(Material.DoesNotExist):
            materials.delete_material(actor=actor, material_id=material.pk)
        with pytest.raises(Question.DoesNotExist):
            materials.delete_question(actor=actor, question_id=question.pk)

    assert (Material.objects.count(), Question.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "facts",
    [
        materials.QuestionFacts("", "a", "b", "de"),
        materials.QuestionFacts("Why?", "a", "a", "de"),
        materials.QuestionFacts("Why?", "a", "", "de"),
        materials.QuestionFacts("Why?", "a", "b", "de", also_wrong="b"),
    ],
)
def test_a_question_needs_different_answers(module: Module, facts: materials.QuestionFacts) -> None:
    with pytest.raises(ValidationError):
        materials.add_question(
            actor=coordinator_of(module.curriculum), module_id=module.pk, facts=facts
        )

    assert not Question.objects.exists()


def test_the_right_answer_stands_anywhere_and_always_there() -> None:
    questions = [QuestionFactory.create(also_wrong="Perhaps") for _number in range(12)]
    places = [list(asked(one).answers).index("No") for one in questions]

    assert set(places) == {0, 1, 2}
    assert places == [list(asked(one).answers).index("No") for one in questions]


def test_the_archive_holds_every_file_and_a_page_that_leads_to_them(module: Module) -> None:
    add_pdf(module)
    MaterialFactory.create(module=module, name="plan.pdf", content=b"another")
    MaterialFactory.create(
        module=module, link="https://example.org/x", content=None, name="", title="Outside"
    )
    QuestionFactory.create(module=module, why="A guide shows the way.")

    first, second = archive_of(module.curriculum), archive_of(module.curriculum)

    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        page, *files = archive.namelist()
        text = archive.read(page).decode()
        contents = {archive.read(name) for name in files}
    assert (page, contents) == ("index.html", {PDF, b"another"})
    assert "https://example.org/x" in text
    assert "A guide shows the way." in text
    assert "csrf" not in text
    assert all(".." not in name and not name.startswith("/") for name in files)
    assert first == second


def test_who_left_the_course_reads_no_more(client: Client, module: Module) -> None:
    material = MaterialFactory.create(module=module)
    course = CourseFactory.create(curriculum=module.curriculum)
    trainee = TraineeFactory.create(course=course, person=PersonFactory.create())
    client.force_login(trainee.person)
    file, page = (
        reverse("guides:material", args=[material.pk]),
        reverse("guides:materials", args=[module.curriculum_id]),
    )
    answer = client.get(file)
    assert answer["Content-Disposition"] == 'attachment; filename="leaflet.txt"'
    assert answer.content == b"Who helps here"
    assert client.get(page).status_code == 200
    trainee.left_at = clock.now()
    trainee.save()

    assert [client.get(one).status_code for one in (file, page)] == [404, 404]


def test_a_coordinator_adds_a_file_a_link_and_a_question(client: Client, module: Module) -> None:
    client.force_login(coordinator_of(module.curriculum))
    page = reverse("guides:material_add", args=[module.pk])
    said = {"title": "Plan", "language": "de"}
    file = SimpleUploadedFile("plan.pdf", PDF)
    refused = [
        client.post(page, said),
        client.post(page, said | {"link": "https://a.example", "file": file}),
        client.post(page, said | {"file": SimpleUploadedFile("a.pdf", b"<html>")}),
        client.post(page, said | {"link": "javascript:alert(1)"}),
    ]
    assert [answer.status_code for answer in refused] == [200] * 4
    assert not Material.objects.exists()

    client.post(page, said | {"file": SimpleUploadedFile("plan.pdf", PDF)})
    client.post(page, said | {"link": "https://a.example/b"})
    client.post(
        reverse("guides:question_add", args=[module.pk]),
        {"words": "Why?", "right": "a", "wrong": "b", "language": "uk"},
    )

    assert list(Material.objects.values_list("name", "link")) == [
        ("plan.pdf", ""),
        ("", "https://a.example/b"),
    ]
    assert Question.objects.get().language == "uk"


@pytest.mark.parametrize("size", [1, 10])
def test_the_page_takes_a_fixed_number_of_queries(
    size: int, client: Client, module: Module, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for _number in range(size):
        MaterialFactory.create(module=module)
        QuestionFactory.create(module=module)
    client.force_login(coordinator_of(module.curriculum))
    client.get(reverse("web:imprint"))

    with django_assert_max_num_queries(15):
        page = client.get(reverse("guides:materials", args=[module.curriculum_id]))

    assert page.content.decode().count("Leaflet") == size
