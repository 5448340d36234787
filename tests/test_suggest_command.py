"""`newsgloss suggest`: what it proposes to add, what it writes, what it leaves alone."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from build_scripts.anchoring.anchor import anchor
from build_scripts.anchoring.targets import selector_of
from build_scripts.cli import main
from build_scripts.pipeline import build
from build_scripts.reading import edits
from build_scripts.reading.load import load
from build_scripts.reading.prose import read_prose

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
# Whitcombe Opens Dam

WESTPORT (XY) — Mayor Janet Whitcombe opened the dam on Tuesday. It is 3 kilometers (2 miles) long.

“It will hold for a hundred years,” Whitcombe said. “Nobody has to be afraid.”

Martin Dahl, a farmer, called it “a waste of money”. The Northern Water Authority said that the dam was paid for.

“Nobody asked those of us who live here, and nobody ever will.”
"""
ENTITY = "type: person\nname: Janet Whitcombe\naliases: [Whitcombe]\ndescription: Mayor of Westport.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return made(tmp_path / "root", HEAD + TEXT)


def made(root: Path, article: str, annotations: str | None = None) -> Path:
    golden = Path(__file__).parent / "golden" / "sources"
    for name in ("publication.yml", "rating-scale.yml"):
        put(root, name, (golden / name).read_text(encoding="utf-8"))
    put(root, "articles/dam/article.md", article)
    put(root, "entities/janet-whitcombe.yml", ENTITY)
    (root / "sources" / "claims").mkdir()
    if annotations is not None:
        put(root, "articles/dam/annotations.yml", annotations)
    return root


def put(root: Path, path: str, text: str) -> Path:
    file = root / "sources" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["suggest", "--root", str(root), *arguments])


def as_json(root: Path, *arguments: str) -> dict[str, Any]:
    result = run(root, "dam", "--format", "json", *arguments)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.output)
    return found


def written_items(root: Path) -> Path:
    return root / "sources/articles/dam/annotations.yml"


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_it_says_who_says_what_and_when_and_where_it_stands(root: Path) -> None:
    found = as_json(root)
    said = [(one["kind"], one["speaker"], [part["exact"] for part in one["content"]]) for one in found["quotes"]]
    assert said == [
        ("direct", "janet-whitcombe", ["It will hold for a hundred years", "Nobody has to be afraid."]),
        ("direct", "martin-dahl", ["a waste of money"]),
        ("indirect", "northern-water-authority", ["the dam was paid for"]),
        ("direct", None, ["Nobody asked those of us who live here, and nobody ever will."]),
    ]
    assert "no source in this paragraph" in found["quotes"][-1]["note"]
    assert [one["value"] for one in found["dates"]] == ["2024-06-04"]
    assert found["measurements"][0]["same_as"]["value"] == 2
    assert {one["entity"] for one in found["mentions"]} >= {
        "janet-whitcombe",
        "martin-dahl",
        "northern-water-authority",
    }


def test_every_item_is_a_suggestion_whose_words_select_its_place(root: Path) -> None:
    found = as_json(root)
    text = prose(root)
    parts = [
        part
        for one in found["quotes"]
        for part in (*one["content"], *one["passages"], one["source"], one["cue"])
        if part
    ]
    for one in (*parts, *found["mentions"], *found["dates"], *found["measurements"], *found["checkworthy"]):
        assert text[one["start"] : one["end"]] == one["exact"]
        assert one["status"] == "suggested"
    for one in (*found["quotes"], *found["mentions"], *found["dates"], *found["measurements"], *found["checkworthy"]):
        assert one["rule"]
        assert one["confidence"] in ("high", "medium", "low")


def prose(root: Path) -> str:
    article = load(root)[0].articles[0]
    assert article.text
    return read_prose(article.text.source, article.text.body)[0].text


def test_what_is_written_is_read_as_suggestions_that_anchor(root: Path) -> None:
    assert run(root, "dam", "--write").exit_code == 0
    sources, problems = load(root)
    loaded = sources.articles[0].annotations
    assert loaded
    assert [problem for problem in problems if "annotations.yml" in problem.place.path] == []
    assert (
        {item.status for item in loaded.facts.quotes}
        == {item.status for item in loaded.facts.mentions}
        == {"suggested"}
    )
    text = prose(root)
    for quote in loaded.facts.quotes:
        assert all(anchor(text, selector_of(segment)) for segment in quote.content)
    for mention in loaded.facts.mentions:
        assert mention.all or anchor(text, selector_of(mention))


def test_a_new_entity_gets_a_file_that_does_not_pass_as_finished(root: Path) -> None:
    run(root, "dam", "--write")
    assert yaml.safe_load((root / "sources/entities/martin-dahl.yml").read_text(encoding="utf-8")) == {
        "type": "person",
        "name": "Martin Dahl",
        "description": None,
    }
    errors = [problem for problem in build(root).problems if problem.is_error]
    assert {problem.place.path.partition("/")[2].partition("/")[0] for problem in errors} == {"entities"}
    assert all("description" in problem.message for problem in errors)


def test_nothing_that_is_suggested_is_shown(root: Path) -> None:
    run(root, "dam", "--write")
    for path in (root / "sources/entities").glob("*.yml"):
        path.write_text(
            path.read_text(encoding="utf-8").replace("description:\n", "description: Filled in.\n"), encoding="utf-8"
        )
    site = build(root)
    assert not [problem for problem in site.problems if problem.is_error]
    assert any("a hundred years" in page.text for page in site.pages)
    assert not any("q-whitcombe" in page.text for page in site.pages)


def test_a_second_run_adds_nothing(root: Path) -> None:
    run(root, "dam", "--write")
    before = files(root)
    assert run(root, "dam").output.startswith("# --- worth checking")
    assert run(root, "dam", "--write").output == ""
    assert files(root) == before


def test_two_runs_say_the_same(root: Path) -> None:
    for style in ("yaml", "json", "text"):
        assert run(root, "dam", "--format", style).output == run(root, "dam", "--format", style).output


def test_without_write_nothing_is_written(root: Path) -> None:
    before = files(root)
    run(root, "dam")
    assert files(root) == before


def test_what_people_wrote_stays_to_the_letter(tmp_path: Path) -> None:
    written = (
        "# mine\nmentions: []   # none yet\nquotes:\n  # looked at\n  - id: my-own\n    speaker: janet-whitcombe\n"
        "    kind: direct\n    content: [It will hold for a hundred years]   # half of it\n\n# the end\nclaims: []\n"
    )
    root = made(tmp_path / "root", HEAD + TEXT, written)
    run(root, "dam", "--write")
    text = written_items(root).read_text(encoding="utf-8")
    lines = iter(text.split("\n"))
    assert all(line in lines for line in written.replace("mentions: [] ", "mentions: ").split("\n"))
    quotes = yaml.safe_load(text)["quotes"]
    assert quotes[0] == {
        "id": "my-own",
        "speaker": "janet-whitcombe",
        "kind": "direct",
        "content": ["It will hold for a hundred years"],
    }
    assert not any("It will hold" in str(quote) for quote in quotes[1:])


def test_an_edited_suggestion_stays_as_it_was_edited(root: Path) -> None:
    run(root, "dam", "--write")
    text = written_items(root).read_text(encoding="utf-8")
    edited = text.replace("speaker: martin-dahl", "speaker: janet-whitcombe").replace(
        "exact: Martin Dahl", "exact: Dahl"
    )
    written_items(root).write_text(edited, encoding="utf-8")
    run(root, "dam", "--write")
    assert written_items(root).read_text(encoding="utf-8") == edited


def test_windows_line_ends_stay(tmp_path: Path) -> None:
    root = made(tmp_path / "root", HEAD + TEXT, "mentions: []\nquotes: []\n")
    written_items(root).write_bytes(written_items(root).read_bytes().replace(b"\n", b"\r\n"))
    run(root, "dam", "--write")
    data = written_items(root).read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n") > 10


@pytest.mark.parametrize(
    "written", ["quotes: [{id: a, speaker: janet-whitcombe, kind: direct, content: [a]}]\n", "- a\n", "a: [\n"]
)
def test_a_file_that_cannot_be_added_to_stays_and_the_reason_is_told(tmp_path: Path, written: str) -> None:
    root = made(tmp_path / "root", HEAD + TEXT, written)
    before = files(root)
    result = run(root, "dam", "--write")
    assert result.exit_code == 1
    assert "Error: " in result.output
    assert files(root) == before


def test_a_draft_that_would_be_longer_than_a_file_may_be_is_not_written_and_says_so(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edits, "MAX_LENGTH", 500)
    before = files(root)
    result = run(root, "dam", "--write")
    assert result.exit_code == 1
    assert "split the article" in " ".join(result.output.split())
    assert files(root) == before


def test_without_a_day_of_publication_weekdays_stay_open_and_say_so(tmp_path: Path) -> None:
    root = made(tmp_path / "root", (HEAD + TEXT).replace("published: 2024-06-05\n", ""))
    found = as_json(root)
    assert [one["value"] for one in found["dates"]] == [None]
    assert "day of publication" in found["dates"][0]["note"]
    assert found["notes"]


@pytest.mark.parametrize(
    ("article", "reason"), [("nothing", "there is no article"), ("empty", "holds no text"), ("broken", "can't be read")]
)
def test_an_article_that_cannot_be_drafted_is_a_usage_error_with_a_reason(
    root: Path, article: str, reason: str
) -> None:
    put(root, "articles/empty/article.md", HEAD)
    put(root, "articles/broken/article.md", "No front matter.\n")
    result = run(root, article)
    assert result.exit_code == 2
    assert reason in " ".join(result.output.replace("│", "").split())


def test_a_name_of_two_entities_is_left_to_people(root: Path) -> None:
    put(root, "entities/the-other-whitcombe.yml", ENTITY.replace("Janet Whitcombe", "Paul Whitcombe"))
    put(root, "articles/dam/article.md", HEAD + "“We had no warning at all,” Whitcombe said.\n")
    found = as_json(root)
    assert [one["id"] for one in found["entities"]] == []
    assert [one["speaker"] for one in found["quotes"]] == [None]


def test_a_known_entity_is_named_by_a_name_that_the_register_lacks(root: Path) -> None:
    put(
        root,
        "articles/dam/article.md",
        HEAD + "Mayor Janet Whitcombe came. Later Janet left, and Mrs. Janet M. Whitcombe slept.\n",
    )
    items = as_json(root)["items"]["mentions"]
    assert [(item["entity"], item["exact"]) for item in items][:1] == [("janet-whitcombe", "Janet")]


def test_the_day_of_publication_counts_though_other_facts_are_missing(tmp_path: Path) -> None:
    root = made(tmp_path / "root", (HEAD + TEXT).replace("summary: About a dam.\n", "summary:\n"))
    found = as_json(root)
    assert ([one["value"] for one in found["dates"]], found["notes"]) == (["2024-06-04"], [])


def test_a_namesake_is_not_taken_for_the_one_in_the_register(root: Path) -> None:
    put(root, "articles/dam/article.md", HEAD + "“We had no warning at all,” Paul Whitcombe said. Whitcombe left.\n")
    found = as_json(root)
    assert [one["speaker"] for one in found["quotes"]] == ["paul-whitcombe"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "“It will break,” said an engineer, who asked not to be named because the report is secret.",
            "asked not to be named because the report is secret",
        ),
        (
            "Speaking on condition of anonymity, an engineer said that the dam was “sure to break”.",
            "Speaking on condition of anonymity",
        ),
        ("“It will break,” said an engineer. Martin Dahl asked not to be named.", None),
    ],
)
def test_why_a_source_has_no_name_is_told_in_the_words_of_the_article(
    root: Path, text: str, reason: str | None
) -> None:
    put(root, "articles/dam/article.md", HEAD + text + "\n")
    quotes = as_json(root)["items"]["quotes"]
    assert [quote["anonymous"].get("reason") for quote in quotes] == [reason]
    assert quotes[0]["anonymous"]["description"] == "an engineer"


def test_a_name_in_a_heading_is_no_mention(root: Path) -> None:
    put(root, "articles/dam/article.md", HEAD + "# Martin Dahl\n\nThen Martin Dahl came.\n")
    items = [item for item in as_json(root)["items"]["mentions"] if item["entity"] == "martin-dahl"]
    assert [item.get("occurrence") or item.get("prefix") for item in items] == ["Then "]
    assert "all" not in items[0]


def test_many_quotations_of_the_same_words_take_time_that_grows_with_their_number(tmp_path: Path) -> None:
    small, large = (_seconds(tmp_path, number) for number in (100, 800))
    # What grows with the square takes 64 times as long.
    assert large < 32 * max(small, 0.1), f"8 times the quotations take {large / small:.0f} times as long"


def _seconds(folder: Path, number: int) -> float:
    said = "It rained on the hills again. “We will not give up the harbour,” Martin Dahl said. "
    root = made(folder / str(number), HEAD + said * number + "\n")
    started = time.process_time()
    assert run(root, "dam", "--write").exit_code == 0
    return time.process_time() - started


def several(root: Path) -> Path:
    for name in ("weir", "lock"):
        put(root, f"articles/{name}/article.md", HEAD + TEXT.replace("dam", name).replace("Martin Dahl", "Carla Dahl"))
    return root


def test_all_articles_are_drafted_as_each_by_itself(root: Path) -> None:
    several(root)
    told = json.loads(run(root, "--all", "--format", "json").output)
    assert [one["article"] for one in told] == ["dam", "lock", "weir"]
    assert told[0] == json.loads(run(root, "dam", "--format", "json").output)


def test_a_file_that_one_article_needs_is_proposed_once(root: Path) -> None:
    several(root)
    told = [entry for one in json.loads(run(root, "--all", "--format", "json").output) for entry in one["entities"]]
    assert [entry["new"] for entry in told if entry["name"] == "Carla Dahl"] == [True, False]


def test_workers_draft_the_same(root: Path) -> None:
    several(root)
    assert run(root, "--all", "--workers", "2").output == run(root, "--all").output


@pytest.mark.parametrize("arguments", [(), ("dam", "--all")])
def test_either_some_or_all(root: Path, arguments: tuple[str, ...]) -> None:
    done = run(root, *arguments)
    assert done.exit_code == 2
    assert "name articles, or say --all" in done.output
