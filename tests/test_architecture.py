"""The architecture, as tests: imports go down, one owner for each library, functions that fit in the eye."""

from __future__ import annotations

import ast
import graphlib
from pathlib import Path

import grimp
import pytest

from build_scripts.rules import ALL_RULES

PACKAGE = "build_scripts"
ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / PACKAGE).rglob("*.py"))

LAYERS: tuple[set[str], ...] = (
    {"__main__"},
    {"cli", "mkdocs_hook", "mkdocs_progress"},
    {"spread"},
    {"editing"},
    {"offline"},
    {"pipeline", "reports", "schemas", "staging", "stats"},
    {"history", "splitting"},
    {"rules"},
    {"export"},
    {"accelerator", "built", "checks", "rendering"},
    {"originals", "permanence", "resolve", "site"},
    {"annotate"},
    {"addresses", "computing", "model", "references"},
    {"suggesting"},
    {"anchoring"},
    {"reading"},
    {"jobs", "problems"},
    {"compiled", "seen", "source", "workers"},
    {"cache"},
    {"collection", "progress", "spool", "timings"},
)
"""From the doors down to the ground; a module imports only from layers below its own, and from its own package."""

OWNERS: dict[str, set[str]] = {
    "ahocorasick": {"anchoring.names"},
    "babel": {
        "checks.consistency.dates",
        "checks.consistency.places",
        "rendering.catalogue",
        "suggesting.gazetteer_make",
    },
    "certifi": {"editing.links.web"},
    "click": {
        "cli.adding",
        "cli.annotating",
        "cli.articles",
        "cli.changes",
        "cli.checking",
        "cli.deciding",
        "cli.figures",
        "cli.group",
        "cli.links",
        "cli.offline",
        "cli.originals",
        "cli.private",
        "cli.publishing",
        "cli.spreading",
        "cli.starting",
        "cli.suggesting",
        "progress",
    },
    "dask": {"workers.cluster"},
    "distributed": {"workers.cluster"},
    "fontTools": {"export.typesetting"},
    "geographiclib": {"computing.distance"},
    "jinja2": {
        "accelerator.frames",
        "accelerator.run",
        "accelerator.shown",
        "accelerator.split",
        "compiled",
        "export.templates",
        "rendering.environment",
    },
    "lxml": {"editing.importing.pages", "editing.importing.word"},
    "mammoth": {"editing.importing.word"},
    "markdown": {"accelerator.stock", "export.html"},
    "mkdocs": {
        "accelerator.alone",
        "accelerator.facts",
        "accelerator.files",
        "accelerator.frames",
        "accelerator.links",
        "accelerator.pages",
        "accelerator.run",
        "accelerator.serving",
        "accelerator.shown",
        "accelerator.split",
        "accelerator.stock",
        "mkdocs_hook",
    },
    "pagefind": {"export.pagefind"},
    "pint": {"computing.compute"},
    "platformdirs": {"cache"},
    "pydantic": {"reading.fields", "reading.items", "reading.lock", "reading.records", "reading.schema"},
    "pydantic_core": {"export.json_text", "reading.records"},
    "pyromark": {"accelerator.markdown", "export.html", "reading.markdown"},
    "rapidfuzz": {
        "anchoring.follow",
        "anchoring.rivals",
        "anchoring.spelling",
        "checks.consistency.names",
        "checks.consistency.repetition",
    },
    "resvg_py": {"export.pictures"},
    "rjsmin": {"export.scripts"},
    "selectolax": {"built.pages"},
    "sentencex": {"rendering.sentences"},
    "spellchecker": {"anchoring.spelling", "suggesting.gazetteer_make"},
    "sqlite3": {"cache", "export.tables.sqlite", "originals.opening"},
    "subprocess": {"export.pagefind", "history", "offline.building"},
    "socket": {"editing.links.web"},
    "trafilatura": {"editing.importing.pages"},
    "urllib3": {"editing.links.web"},
    "watchdog": {"editing.watching"},
    "yaml": {"reading.splices", "reading.values"},
}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(PACKAGE, include_external_packages=True, cache_dir=None)


def test_imports_go_down_the_layers_only(graph: grimp.ImportGraph) -> None:
    height = {name: -number for number, layer in enumerate(LAYERS) for name in layer}
    wrong = []
    for module in sorted(graph.modules):
        for imported in graph.find_modules_directly_imported_by(module):
            ours, theirs = _part(module), _part(imported)
            if ours and theirs and ours != theirs and height[ours] <= height[theirs]:
                wrong.append(f"{module} imports {imported}")
    assert wrong == []


def test_every_module_has_its_layer() -> None:
    parts = {_part(".".join(path.relative_to(ROOT).with_suffix("").parts)) for path in FILES} - {"", "__init__"}
    assert parts == set().union(*LAYERS)


def test_no_module_imports_itself_by_a_detour(graph: grimp.ImportGraph) -> None:
    imports = {
        module: {other for other in graph.find_modules_directly_imported_by(module) if other.startswith(PACKAGE)}
        for module in graph.modules
    }
    graphlib.TopologicalSorter(imports).prepare()


@pytest.mark.parametrize("library", sorted(OWNERS))
def test_a_library_has_one_owner(graph: grimp.ImportGraph, library: str) -> None:
    users = graph.find_modules_that_directly_import(library)
    assert {user.removeprefix(f"{PACKAGE}.") for user in users} == OWNERS[library]


def test_only_the_command_line_prints() -> None:
    printing = {
        path.stem
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    }
    assert printing <= {"cli"}


def test_every_rule_stands_once() -> None:
    names = [
        str(node.args[0].value)
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Rule"
        if isinstance(node.args[0], ast.Constant)
    ]
    assert sorted(names) == sorted(rule.name for rule in ALL_RULES)


def test_functions_fit_in_the_eye() -> None:
    sizes = [
        ((node.end_lineno or 0) - node.lineno + 1, f"{path.name}:{node.name}")
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert [row for row in sizes if row[0] > 40] == []
    assert sorted(size for size, _name in sizes)[len(sizes) // 2] <= 10


def test_files_stay_readable() -> None:
    assert [path.name for path in FILES if len(path.read_text(encoding="utf-8").splitlines()) > 400] == []
    assert len((ROOT / PACKAGE / "mkdocs_hook.py").read_text(encoding="utf-8").splitlines()) <= 60


def _part(module: str) -> str:
    """The module's part of the package that has a layer; empty for other packages."""
    package, _dot, rest = module.partition(".")
    return rest.partition(".")[0] if package == PACKAGE else ""
