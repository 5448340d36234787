"""``newsgloss new``: files with every field that there is, which pass but for what a person fills in."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from build_scripts.cli import main
from build_scripts.editing.drift import check
from build_scripts.editing.new import PATHS
from build_scripts.problems import Problem
from build_scripts.reading.described import Field, field_at, fields_of
from build_scripts.reading.load import load
from build_scripts.reading.schema import FILES

GOLDEN = Path(__file__).parent / "golden" / "sources"
EXPECTED = Path(__file__).parent / "cases" / "new"

MADE = {
    "article": ["article", "a-new-one"],
    "article-facts": [
        "article", "a-new-one", "--headline", "Fire: the harbour", "--publisher", "The Gazette", "--published", "2024-03-05",
        "--url", "https://gazette.example/fire", "--language", "de-CH", "--rights", "open", "--licence", "CC0-1.0",
        "--author", "desk",
    ],
    "entity": ["entity", "a-new-one"],
    "entity-facts": ["entity", "a-new-one", "--type", "person", "--name", "Jo: A", "--alias", "A, Jo", "--description", "Says #1."],
    "entity-event": ["entity", "a-new-one", "--type", "event"],
    "claim": ["claim", "a-new-one"],
    "claim-facts": ["claim", "a-new-one", "--claim", "It's 4 minutes", "--claimant", "ada-lindqvist", "--author", "desk"],
}  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(GOLDEN, tmp_path / "sources")
    return tmp_path


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["new", *arguments, "--root", str(root)])


def made(root: Path, name: str) -> str:
    """What is written, file by file."""
    result = run(root, *MADE[name])
    assert result.exit_code == 0, result.output
    paths = [line.removeprefix("wrote ") for line in result.output.splitlines() if line.startswith("wrote ")]
    return "".join(f"=== {path}\n{(root / path).read_text(encoding='utf-8')}" for path in paths)


def of_the_new(root: Path) -> list[Problem]:
    return [problem for problem in check(root) if "a-new-one" in problem.place.path]


def every(fields: tuple[Field, ...]) -> Iterator[str]:
    for field in fields:
        yield field.name
        yield from every(field.fields)


@pytest.mark.parametrize("name", MADE)
def test_the_files_are_as_expected(root: Path, name: str, request: pytest.FixtureRequest) -> None:
    path = EXPECTED / f"{name}.expected"
    text = made(root, name)
    if request.config.getoption("--accept"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["article", "entity", "claim", "annotations"])
def test_every_field_of_the_schema_stands_in_the_file_with_what_it_is(root: Path, kind: str) -> None:
    text = made(root, "article" if kind == "annotations" else kind)
    first, _equals, second = text.rpartition("=== ")
    text = second if kind in ("annotations", "entity", "claim") else first
    keys = re.findall(r"^[ #-]*([a-z_]+):.* # \w", text, re.MULTILINE)
    expected = [name for name in every(fields_of(FILES[kind])) if name not in ("status", "suggestion")]
    if kind == "annotations":
        expected = [name for name in expected if name not in ("rule", "confidence", "note")]
    assert keys == expected


@pytest.mark.parametrize("name", MADE)
def test_only_what_a_person_fills_in_is_missing_and_each_problem_says_what(root: Path, name: str) -> None:
    made(root, name)
    kind = MADE[name][0]
    for problem in of_the_new(root):
        if problem.is_error:
            key = re.match(r"`(\w+)`", problem.message)
            assert key, problem
            field = next(
                one for one in (field_at(FILES[kind], (key[1],)), field_at(FILES[kind], ("rights", key[1]))) if one
            )
            assert problem.rule == "wrong-value"
            assert "found nothing" in problem.message
            assert (field.about[1:].rstrip(".") in problem.hint) or all(
                f"'{word}'" in problem.hint for word in field.values
            )


@pytest.mark.parametrize("kind", ["article", "entity", "claim"])
def test_filled_in_they_pass(root: Path, kind: str) -> None:
    made(root, f"{kind}-facts")
    path = root / PATHS[kind].format("a-new-one")  # type: ignore[index]
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"^(summary|selection_reason|description):  ", r"\1: Words. ", text, flags=re.MULTILINE)
    path.write_text(text.replace("rating:  ", "rating: right"), encoding="utf-8")
    assert [problem for problem in of_the_new(root) if problem.is_error] == []


@pytest.mark.parametrize("name", ["article", "entity", "claim", "entity-event"])
def test_all_that_stands_behind_a_sign_is_yaml_once_it_is_taken_away(root: Path, name: str) -> None:
    made(root, name)
    for path in root.rglob("*a-new-one*"):
        files = path.glob("*") if path.is_dir() else [path]
        for file in files:
            text = file.read_text(encoding="utf-8")
            for _level in range(3):
                text = re.sub(r"^((?:  )*)#(?=(?:  )*(?:- )?[a-z_]+:)", r"\1", text, flags=re.MULTILINE)
            file.write_text(text.replace(": []", ":"), encoding="utf-8")
    problems = of_the_new(root)
    assert problems
    # Values are missing, of course; no key is unknown or in the wrong place.
    assert {problem.rule for problem in problems} <= {"wrong-value", "missing-field", "unused"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["article", "No Id"], '"No Id" can\'t be an id: use lower-case letters, digits and single hyphens'),
        (["article", "../x"], "can't be an id"),
        (["entity", "index"], "can't be an id: it is the name of a page"),
        (["entity", "a" * 101], "at most 100 characters"),
        (["article", "harbour-fire"], "sources/articles/harbour-fire/article.md exists"),
        (["entity", "anna"], "sources/entities/anna.yml exists"),
        (["claim", "distance"], "sources/claims/distance.md exists"),
        (["entity", "old-anna"], "old-anna was the id of sources/entities/gone.yml before and still leads there"),
        (["claim", "long-gone"], "long-gone was published before (sources/addresses.txt:1:1), and no id is used twice"),
        (["article", "x", "--url", "gazette"], "`url`: the text \"gazette\" is not of the expected form (a full web address"),
        (["article", "x", "--language", "xx-nonsense-1"], "not a BCP 47 language tag"),
        (["article", "x", "--author", "desc"], 'there is no person in sources/publication.yml "desc": did you mean desk?'),
        (["claim", "x", "--claimant", "ada"], 'there is no entity "ada": '),
        (["claim", "x", "--claimant", "nobody"], "Or start it: newsgloss new entity nobody"),
        (["entity", "x", "--name", " "], "a name that never stands in a text"),
        (["entity", "x", "--type", "town"], "'town' is not one of 'person'"),
        (["x"], "'x' is no kind of file; start one by: newsgloss new article ID, newsgloss new entity ID"),
    ],
)  # fmt: skip
def test_what_cannot_be_started_is_told_and_writes_nothing(root: Path, arguments: list[str], message: str) -> None:
    (root / "sources/entities/gone.yml").write_text("type: other\nname: G\ndescription: G.\nformerly: [old-anna]\n")
    (root / "sources/addresses.txt").write_text("claims/long-gone/\n")
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    result = run(root, *arguments)
    assert result.exit_code == 2
    assert message in " ".join(result.output.split())
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_a_folder_that_cannot_be_written_is_told(root: Path) -> None:
    shutil.rmtree(root / "sources/claims")
    (root / "sources/claims").write_text("x")
    result = run(root, "claim", "x")
    assert result.exit_code == 1
    assert "can't be written" in result.output


def test_the_ids_of_new_files_are_known_at_once(root: Path) -> None:
    made(root, "entity")
    assert "a-new-one" in load(root)[0].entities
