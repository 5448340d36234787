"""The published JSON Schemas are current and say the same as the validator."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

from build_scripts.reading.load import load
from build_scripts.reading.records import Loaded, to_record
from build_scripts.reading.schema import FILES, Record
from build_scripts.reading.values import read_values
from build_scripts.schemas import schema_text
from build_scripts.source import Source
from tests.test_problems import CASES, parts

ROOT = Path(__file__).parents[1]
KINDS = {
    "publication.yml": "publication",
    "rating-scale.yml": "rating-scale",
    "annotations.yml": "annotations",
    "article.md": "article",
    "original.lock.yml": "original-lock",
}


def kind_of(path: str) -> str:
    parent, _slash, name = path.rpartition("/")
    return KINDS.get(name) or {"entities": "entity", "claims": "claim"}[parent.rpartition("/")[2]]


def accepts(schema: str, data: object) -> bool:
    return bool(jsonschema.Draft202012Validator(json.loads(schema_text(schema))).is_valid(data))


@pytest.mark.parametrize("kind", FILES)
def test_the_schema_files_are_current(kind: str) -> None:
    path = ROOT / "sources" / "schemas" / f"{kind}.schema.json"
    assert path.read_text(encoding="utf-8") == schema_text(kind), "run `make schema`"
    jsonschema.Draft202012Validator.check_schema(json.loads(schema_text(kind)))


@pytest.mark.parametrize("kind", FILES)
def test_every_property_says_what_it_is_in_one_sentence_or_two(kind: str) -> None:
    schema = json.loads(schema_text(kind))
    for model in (schema, *schema.get("$defs", {}).values()):
        for name, about in model.get("properties", {}).items():
            assert re.fullmatch(r"\S.{5,150}\.", about.get("description", "")), f"{model['title']}.{name}"


def all_loaded(root: Path) -> list[tuple[str, Loaded[Record]]]:
    sources, _problems = load(root)
    found = [
        ("publication", sources.publication),
        ("rating-scale", sources.scale),
        *(("article", article.facts) for article in sources.articles),
        *(("annotations", article.annotations) for article in sources.articles),
        *(("original-lock", article.lock) for article in sources.articles),
        *(("entity", entity) for entity in sources.entities.values()),
        *(("claim", claim.facts) for claim in sources.claims),
    ]
    return [(kind, loaded) for kind, loaded in found if loaded]  # type: ignore[misc]


@pytest.mark.parametrize("root", [ROOT, ROOT / "tests" / "golden"], ids=["real", "golden"])
def test_what_the_validator_takes_the_schema_takes(root: Path) -> None:
    loaded = all_loaded(root)
    assert len(loaded) > 10
    for kind, record in loaded:
        assert accepts(kind, record.values.data), record.values.source.path


BY_HAND = re.compile(
    r"there is no such day|language tag|web address|without `|exclude each other|either `speaker`|white space"
)
"""What a JSON Schema can't say: that a date exists, that one key needs another."""


@pytest.mark.parametrize("case", [case for case in CASES if re.search("wrong|field|date|rights|selector|speaker|computation-unknown|empty", case.stem)], ids=lambda case: case.stem)  # fmt: skip
def test_what_the_validator_refuses_the_schema_refuses(case: Path) -> None:
    compared = 0
    for path, text in parts(case).items():
        if path == "problems" or not path.startswith("sources/"):
            continue
        source = Source(path, text)
        end = text.find("\n---\n", 3) + 1 if text.startswith("---\n") else None
        values, _problems = read_values(source, 4 if end else 0, end)
        if values is None:
            continue
        _record, problems = to_record(values, FILES[kind_of(path)])
        unsaid = [problem for problem in problems if not BY_HAND.search(problem.message)]
        assert accepts(kind_of(path), values.data) == (not unsaid), path
        compared += 1
    assert compared or case.stem == "yaml-empty"


def test_the_settings_for_vs_code_give_each_kind_of_file_its_schema() -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    schemas = {pattern: schema for schema, pattern in settings["yaml.schemas"].items()}
    assert len(schemas) == len(FILES)
    for pattern, schema in schemas.items():
        found = list(ROOT.glob(pattern))
        assert found, pattern
        assert {f"sources/schemas/{kind_of(path.relative_to(ROOT).as_posix())}.schema.json" for path in found} == {
            schema
        }
        assert (ROOT / schema).is_file()


def test_every_yaml_file_names_its_schema_by_a_path_that_exists() -> None:
    paths = list((ROOT / "sources").rglob("*.yml"))
    assert len(paths) > 40
    for path in paths:
        first = path.read_text(encoding="utf-8").split("\n", 1)[0]
        match = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert match, path
        assert (path.parent / match[1]).resolve().is_file(), path
        assert kind_of(path.relative_to(ROOT).as_posix()) in match[1]
