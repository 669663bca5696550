"""Rules about the code base that no off-the-shelf linter states."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent / "src" / "miteinander"
BELOW_VIEWS = {
    "services",
    "queries",
    "permissions",
    "models",
    "messages",
    "enums",
    "handlers",
    "jobs",
}
LAYERS = BELOW_VIEWS | {"views", "forms", "admin"}
HTTP = ("django.http", "django.shortcuts", "django.contrib.messages")
FORBIDDEN_NAMES = {"utils.py", "helpers.py", "manager.py", "common.py", "misc.py"}
WRITES = {"save", "create", "bulk_create", "bulk_update", "delete", "get_or_create", "update"}
MAX_LINES = 400


def modules() -> list[Path]:
    return sorted(path for path in ROOT.rglob("*.py") if "migrations" not in path.parts)


def product() -> list[Path]:
    return [path for path in modules() if "tests" not in path.parts]


def layer(path: Path) -> str:
    """The kind of file: ``services.py``, ``services/seats.py``, ``services/dates/seats.py``."""
    if path.stem in BELOW_VIEWS:
        return path.stem
    folders = path.relative_to(ROOT).parent.parts
    return next((name for name in reversed(folders) if name in LAYERS), path.parent.name)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imported(path: Path) -> set[str]:
    return {
        node.module
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module
    }


@pytest.mark.parametrize("path", [p for p in product() if layer(p) in BELOW_VIEWS], ids=name_of)
def test_no_http_below_the_views(path: Path) -> None:
    assert not [name for name in imported(path) if name.startswith(HTTP)]


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_file_stays_readable(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= MAX_LINES
    assert path.name not in FORBIDDEN_NAMES


@pytest.mark.parametrize("path", product(), ids=name_of)
def test_module_says_what_lives_in_it(path: Path) -> None:
    tree = ast.parse(path.read_text())
    assert not tree.body or ast.get_docstring(tree)


@pytest.mark.parametrize("path", product(), ids=name_of)
def test_imports_stand_at_the_top(path: Path) -> None:
    tree = ast.parse(path.read_text())
    functions = [
        node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    ]
    late = [
        node.lineno
        for function in functions
        for node in ast.walk(function)
        if isinstance(node, (ast.Import, ast.ImportFrom))
    ]
    assert not late, f"late imports in lines {late}"


@pytest.mark.parametrize(
    "path",
    [p for p in product() if layer(p) in {"views", "forms", "queries", "permissions", "admin"}],
    ids=name_of,
)
def test_only_services_write(path: Path) -> None:
    tree = ast.parse(path.read_text())
    calls = [
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
        and "objects" in ast.unparse(node.func.value)
    ]
    assert not calls


@pytest.mark.parametrize("path", [p for p in product() if layer(p) == "services"], ids=name_of)
def test_services_take_keywords_and_a_service_that_writes_takes_the_actor_first(
    path: Path,
) -> None:
    tree = ast.parse(path.read_text())
    wrong = []
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        is_atomic = any("atomic" in ast.unparse(mark) for mark in node.decorator_list)
        first = node.args.kwonlyargs[0].arg if node.args.kwonlyargs else ""
        keeps_index = node.name.startswith(("index", "forget_unused"))  # nobody acts: derived rows
        if is_atomic and not keeps_index and (node.args.args or first != "actor"):
            wrong.append(node.name)
    assert not wrong


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.html")), ids=name_of)
def test_template_has_nothing_inline_and_nothing_raw(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\sstyle=", text)
    assert not re.search(r"\son[a-z]+=", text)
    assert not re.search(r"<style|javascript:", text)
    assert "|safe" not in text
    assert "{% autoescape" not in text or path.suffix == ".txt"
    for script in re.findall(r"<script([^>]*)>", text):
        assert "src=" in script or "application/" in script


def test_every_screen_has_a_title() -> None:
    missing = [
        name_of(path)
        for path in sorted(ROOT.rglob("templates/**/*.html"))
        if '{% extends "ui/' in path.read_text()
        and not path.name.startswith("_")
        and "{% block title %}" not in path.read_text()
        and "mail" not in path.parts
    ]
    layouts = {"reading.html", "form_page.html"}
    assert not [name for name in missing if Path(name).name not in layouts]


def test_no_model_signals_anywhere() -> None:
    users = [
        name_of(path)
        for path in product()
        if re.search(r"django\.db\.models\.signals|from django\.dispatch", path.read_text())
    ]
    assert not users


def test_get_never_writes_is_declared_by_every_view() -> None:
    undeclared = []
    for path in product():
        if layer(path) != "views" and not path.stem.startswith("views"):
            continue
        for node in ast.parse(path.read_text()).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            takes_request = node.args.args and node.args.args[0].arg == "request"
            marks = " ".join(ast.unparse(mark) for mark in node.decorator_list)
            answers = node.returns is not None and "HttpResponse" in ast.unparse(node.returns)
            is_screen = takes_request and answers and path.parts[-2] != "ui"
            if is_screen and "require_" not in marks:
                undeclared.append(f"{name_of(path)}:{node.name}")
    assert not undeclared
