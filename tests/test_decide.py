"""`newsgloss accept` and `reject`: what becomes of suggestions, and that nothing else changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from build_scripts.cli import main
from build_scripts.pipeline import build

HEAD = """\
---
headline: The dam
publisher: Example Daily
published: 2024-06-05
language: en
summary: About a dam.
rights: {text: open, holder: Example Daily, licence: CC0-1.0}
---

"""
TEXT = """\
“It will hold for a hundred years,” Janet Whitcombe said. The Northern Water Board was silent, and the mayor left.

“Nobody asked those of us who live here, and nobody ever will.”
"""
ANNOTATIONS = """\
# mine
mentions:
  - {entity: janet-whitcombe, exact: the mayor, status: suggested, suggestion: {rule: short-name, confidence: high}} # hers
  - entity: northern-water-board
    exact: Northern Water Board
    status: suggested
quotes:
  - id: whitcombe-hold   # keep
    speaker: janet-whitcombe
    cue: said
    kind: direct
    content: [It will hold for a hundred years]
    status: suggested
    suggestion: {rule: quote-source-verb, confidence: high}
  - id: somebody-asked
    kind: direct
    content:
      - Nobody asked those of us who live here, and nobody ever will.
    status: suggested
    suggestion: {rule: paragraph, confidence: low, note: no source in this paragraph}

# the end
claims: []
"""
PERSON = "type: person\nname: Janet Whitcombe\ndescription: Mayor of Westport.\n"
DRAFT = "type: organisation\nname: Northern Water Board\ndescription:\n"


@pytest.fixture(params=["\n", "\r\n"], ids=["LF", "CRLF"])
def root(tmp_path: Path, request: Any) -> Path:
    golden = Path(__file__).parent / "golden" / "sources"
    texts = {name: (golden / name).read_text(encoding="utf-8") for name in ("publication.yml", "rating-scale.yml")}
    texts |= {"articles/dam/article.md": HEAD + TEXT, "articles/dam/annotations.yml": ANNOTATIONS}
    texts |= {"entities/janet-whitcombe.yml": PERSON, "entities/northern-water-board.yml": DRAFT}
    for name, text in texts.items():
        file = tmp_path / "sources" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline=request.param)
    (tmp_path / "sources/claims").mkdir()
    return tmp_path


def run(root: Path, command: str, *arguments: str) -> Result:
    return CliRunner().invoke(main, [command, "--root", str(root), *arguments])


def written(root: Path) -> str:
    return (root / "sources/articles/dam/annotations.yml").read_bytes().decode()


def test_without_an_item_it_tells_what_waits_and_the_command_to_paste(root: Path) -> None:
    before = written(root)
    result = run(root, "accept", "dam")
    assert result.exit_code == 0
    assert "annotations.yml:8:5: whitcombe-hold (direct, janet-whitcombe, said, high: " in result.output
    assert "no source in this paragraph" in result.output
    assert "newsgloss accept dam janet-whitcombe northern-water-board whitcombe-hold somebody-asked\n" in result.output
    assert written(root) == before


def test_what_is_accepted_loses_its_marks_and_all_else_keeps_every_character(root: Path) -> None:
    before = written(root)
    end = "\r\n" if "\r\n" in before else "\n"
    result = run(root, "accept", "dam", "whitcombe-hold", "janet-whitcombe")
    assert result.exit_code == 0, result.output
    marks = f"    status: suggested{end}    suggestion: {{rule: quote-source-verb, confidence: high}}{end}"
    flow = ", status: suggested, suggestion: {rule: short-name, confidence: high}"
    assert written(root) == before.replace(marks, "").replace(flow, "")
    assert "q-whitcombe-hold" in published(root)


def published(root: Path) -> str:
    entity = root / "sources/entities/northern-water-board.yml"
    if entity.exists():
        entity.write_text(DRAFT.replace("description:", "description: A board."), encoding="utf-8")
    site = build(root)
    assert not [problem for problem in site.problems if problem.is_error], site.problems
    return "".join(page.text for page in site.pages)


def test_what_is_rejected_stays_unseen_and_is_never_suggested_again(root: Path) -> None:
    before = written(root)
    result = run(root, "reject", "dam", "northern-water-board", "somebody-asked")
    assert result.exit_code == 0, result.output
    assert (
        "sources/entities/northern-water-board.yml is a draft that nothing else in this article names" in result.output
    )
    data = yaml.safe_load(written(root))
    assert [one["status"] for one in (*data["mentions"], *data["quotes"])] == ["suggested", "rejected"] * 2
    assert len(written(root)) == len(before) - 2 * (len("suggested") - len("rejected"))
    (root / "sources/entities/northern-water-board.yml").unlink()
    rejected = written(root)
    assert "somebody-asked" not in published(root)
    assert run(root, "suggest", "dam", "--write").exit_code == 0
    assert written(root) == rejected
    assert not (root / "sources/entities/northern-water-board.yml").exists()


def test_of_what_is_rejected_nothing_is_checked(root: Path) -> None:
    run(root, "reject", "dam", "somebody-asked")
    article = root / "sources/articles/dam/article.md"
    article.write_text(HEAD + TEXT.partition("\n\n")[0] + "\n", encoding="utf-8")
    assert published(root)


def test_what_was_rejected_can_be_accepted(root: Path) -> None:
    run(root, "reject", "dam", "whitcombe-hold")
    assert "whitcombe-hold" not in run(root, "accept", "dam").output
    assert run(root, "accept", "dam", "whitcombe-hold").exit_code == 0
    assert "status" not in yaml.safe_load(written(root))["quotes"][0]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("accept", "dam", "whitcombe-hold", "somebody-asked"), "a quote has either `speaker` or `anonymous`"),
        (("accept", "dam", "whitcomb-hold"), "did you mean whitcombe-hold?"),
        (("reject", "dam", "nothing-like\u202eit\n"), "there is no suggestion"),
        (("accept", "../dam"), "there is no article"),
        (("reject", "dam"), "Missing argument"),
    ],
)
def test_what_can_not_be_done_is_told_and_changes_nothing(root: Path, arguments: tuple[str, ...], reason: str) -> None:
    before = written(root)
    result = run(root, *arguments)
    assert result.exit_code == 2
    assert reason in " ".join(result.output.split())
    assert "\u202e" not in result.output
    assert written(root) == before


def test_an_item_is_decided_on_in_its_own_place_behind_a_broken_one(root: Path) -> None:
    file = root / "sources/articles/dam/annotations.yml"
    broken = ANNOTATIONS.replace("quotes:\n", "quotes:\n  - {id: broken, status: suggested}\n")
    file.write_text(broken, encoding="utf-8")
    assert run(root, "reject", "dam", "whitcombe-hold").exit_code == 0
    assert [quote["status"] for quote in yaml.safe_load(written(root))["quotes"]] == [
        "suggested",
        "rejected",
        "suggested",
    ]


@pytest.mark.parametrize("text", ["a: [\n", "- a\n", "\ud800"])
def test_annotations_that_cannot_be_read_are_not_told_to_be_empty(root: Path, text: str) -> None:
    (root / "sources/articles/dam/annotations.yml").write_bytes(text.encode("utf-8", "surrogatepass"))
    result = run(root, "accept", "dam")
    assert (result.exit_code, "can't be read" in result.output) == (2, True)


def test_a_suggestion_that_add_meets_is_told_with_the_command_to_paste(root: Path) -> None:
    words = "It will hold for a hundred years"
    facts = ("--kind", "direct", "--speaker", "janet-whitcombe", "--id", "a")
    result = CliRunner().invoke(main, ["add", "quote", "--root", str(root), "dam", words, *facts])
    assert "newsgloss accept dam whitcombe-hold" in result.output
