"""What readers will see, told: versions of a publication compared.

A case in cases/diff/NAME.txt holds files as they were (``=== was path``) and as they are (``=== path``), both put over the golden
sources, files that are gone (``=== gone path``), and the exact Markdown (``=== diff``). ``--accept`` writes it anew.
"""

from __future__ import annotations

import re
import shutil
import time
from itertools import pairwise
from pathlib import Path

import pyromark
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from build_scripts.cli import main
from build_scripts.editing.comparing.compare import compare
from build_scripts.editing.comparing.markdown import MAX_BYTES, Entry, plain, report, was_now
from build_scripts.editing.comparing.wordings import changes, runs
from tests.html import collapse, words
from tests.repositories import commit, git
from tests.test_problems import GOLDEN, HERE, parts, put

CASES = sorted((HERE / "cases" / "diff").glob("*.txt"))
GITHUB = (
    pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_MATH
    | pyromark.Options.ENABLE_FOOTNOTES
)
NOTHING = "Nothing that readers see changes.\n"
WORDS = st.lists(
    st.sampled_from(["the", "fire", "Fire", " ", "  ", "\n\n", "\n", "20", "“", ".", "火", "é", "\u00a0"]), max_size=30
)
TEXTS = WORDS.map("".join) | st.text(max_size=40)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(GOLDEN, tmp_path / "sources")
    return tmp_path


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["diff", "--root", str(root), *arguments])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_it_is_told_what_readers_will_see(case: Path, root: Path, request: pytest.FixtureRequest) -> None:
    files = parts(case)
    expected = files.pop("diff")
    put(root, {path.removeprefix("was "): text for path, text in files.items() if path.startswith("was ")})
    commit(root)
    put(root, {path: text for path, text in files.items() if not path.startswith(("was ", "gone "))})
    for path in files:
        if path.startswith("gone "):
            (root / path.removeprefix("gone ")).unlink()
    found = compare(root, "HEAD")
    if request.config.getoption("--accept"):
        case.write_text(
            case.read_text(encoding="utf-8").split("=== diff\n")[0] + f"=== diff\n{found}", encoding="utf-8"
        )
        expected = found
    assert found == expected
    commit(root)
    assert compare(root, "HEAD~1", "HEAD") == expected, "two commits give what a commit and the files give"
    back = compare(root, "HEAD", "HEAD~1")
    assert (back == NOTHING) == (expected == NOTHING)


def test_nothing_changed_is_said_in_a_line(root: Path) -> None:
    commit(root)
    (root / "README.md").write_text("Not for readers of the site.\n")
    commit(root)
    result = run(root, "HEAD~1")
    assert (result.output, result.exit_code) == (NOTHING, 0)


@pytest.mark.parametrize("revision", ["no-such-commit", "--output=written", ""])
def test_a_commit_that_there_is_not_is_wrong_usage(root: Path, revision: str) -> None:
    commit(root)
    result = run(root, "--", revision)
    assert result.exit_code == 2
    assert "is no commit here" in result.output
    assert not (root / "written").exists()


def test_a_publication_that_is_new_is_new(root: Path) -> None:
    git(root, "init", "-q")
    (root / "README.md").write_text("Soon.\n")
    git(root, "add", "README.md")
    git(root, "commit", "-q", "-m", "Soon")
    told = compare(root, "HEAD")
    assert "### Articles: 3" in told
    assert "**New**, published: **Right**" in told
    assert told.count("**New** person") == 2


def test_another_picture_and_pages_by_hand_are_told(root: Path) -> None:
    put(root, {"docs/about.md": "# About\n"})
    commit(root)
    image = root / "sources/articles/harbour-fire/quay.png"
    image.write_bytes(image.read_bytes() + b"\0")
    put(root, {"docs/about.md": "# About us\n"})
    told = compare(root, "HEAD")
    assert "-   **Image** quay.png: another picture\n" in told
    assert "-   docs/about.md\n" in told


def test_what_has_errors_is_not_told_as_gone(root: Path) -> None:
    commit(root)
    put(root, {"sources/claims/distance.md": "---\nrating: [\n---\n", "sources/entities/anna.yml": "type: town\n"})
    told = compare(root, "HEAD")
    assert told.count("**Has errors** that `newsgloss check` tells") == 2
    assert "**Gone**" not in told


@given(TEXTS, TEXTS)
def test_runs_joined_are_both_texts(old: str, new: str) -> None:
    found = runs(old, new)
    assert "".join(run.old for run in found) == old
    assert "".join(run.new for run in found) == new
    assert all(run.old or run.new for run in found)
    assert not any(one.is_same == other.is_same for one, other in pairwise(found))


@given(TEXTS, TEXTS)
def test_changes_show_every_changed_letter_and_where_it_is(old: str, new: str) -> None:
    changed = [run for run in runs(old, new) if not run.is_same]
    shown = [run for change in changes(old, new) for run in change.runs if not run.is_same]
    assert shown == changed
    for change in changes(old, new):
        first = next(run for run in change.runs if not run.is_same)
        assert new.startswith(first.new, change.start)


def test_a_change_is_shown_with_what_is_around_it_and_no_more() -> None:
    text = " ".join(f"word{number}" for number in range(200))
    (change,) = changes(text, text.replace("word100 ", "other "))
    before, changed, behind = change.runs
    assert (changed.old, changed.new) == ("word100", "other")
    assert before.new.startswith("… word9")
    assert before.new.endswith("word99 ")
    assert behind.new.endswith(" …")
    assert len(before.new) + len(behind.new) < 130


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60) | st.sampled_from(
    ["<script>", "**x**", "~~x~~", "[a](javascript:x)", "`x`", "&lt;", "https://x.org", "www.x.org", "$a$ $b$", "# x", "| a |", "![](x)", "@octocat", "a@b.example", "#12 and GH-3", ":smile: 12:30:45", "a\u202eb\u2066c"]
))  # fmt: skip
def test_untrusted_words_are_shown_as_words(text: str) -> None:
    markdown = f"-   **Text**: x{plain(text)}x"
    html = pyromark.html(markdown, options=GITHUB)
    shown = re.sub("[\u202a-\u202e\u2066-\u2069]", lambda sign: f"<U+{ord(sign[0]):04X}>", text)
    assert words(html) == collapse(f"Text: x{shown}x")
    assert set(re.findall(r"<(\w+)", html)) <= {"ul", "li", "strong", "span"}


@pytest.mark.parametrize("text", ["@octocat", "to @octocat, and @b", "a@b.example", "#12", ":smile:", ":+1:", ":a_b:"])
def test_words_call_nobody_and_become_no_picture(text: str) -> None:
    """GitHub looks for such words in each text node of the page."""
    body = LexborHTMLParser(pyromark.html(f"-   **Text**: {plain(text)}", options=GITHUB)).body
    assert body is not None
    nodes = [node.text_content or "" for node in body.traverse(include_text=True) if node.tag == "-text"]
    assert not [node for node in nodes if re.search(r"@\w|#\d|:[\w+-]+:", node)]
    assert text in "".join(nodes)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("2 km", "2\u00a0km", "2 km → 2&lt;U+00A0>km"),
        ("scrapped", "scrap\u00adped", "scrapped → scrap&lt;U+00AD>ped"),
        ("word", "word\u200b", "word → word&lt;U+200B>"),
        ("«\u00a0oui\u00a0»", "«\u00a0non\u00a0»", "«\u00a0oui\u00a0» → «\u00a0non\u00a0»"),
    ],
)
def test_what_nobody_sees_is_told_by_its_number_where_it_is_all_that_changed(old: str, new: str, told: str) -> None:
    assert was_now(old, new) == told


def test_what_had_errors_before_is_not_told_as_just_new(root: Path) -> None:
    good = {path: (root / path).read_bytes() for path in ("sources/entities/anna.yml", "sources/claims/distance.md")}
    for path in good:
        (root / path).write_bytes(b"\xff\x00")
    commit(root)
    for path, content in good.items():
        (root / path).write_bytes(content)
    told = compare(root, "HEAD")
    assert told.count("-   **Had errors** before, so that all of it is told as new\n-   **New**") == 2


def test_attributes_of_files_hide_nothing_of_the_former_version(root: Path) -> None:
    put(root, {".gitattributes": "sources/entities export-ignore\nsources/claims/* export-subst eol=crlf\n"})
    commit(root)
    assert compare(root, "HEAD") == NOTHING


def test_a_report_is_no_longer_than_a_summary_may_be_and_says_what_is_cut() -> None:
    many = [Entry(f"Article {number}", ("x" * 5_000,) * 90) for number in range(10)]
    told = report("Title", (("Articles", many), ("Entities", many[:1])), NOTHING)
    assert len(told.encode()) < MAX_BYTES + 1_000
    assert told.count("#### Article") < 10
    left = 11 - told.count("#### Article")
    assert told.endswith(f"**Cut here**: {left} more changed, and the summary has no room for them.\n")


def test_a_thing_with_thousands_of_changes_is_cut() -> None:
    told = report("Title", (("Articles", [Entry("Article", ("x",) * 3_000)]),), NOTHING)
    assert "-   **Cut here**: 2900 more lines.\n" in told


def test_hostile_texts_are_compared_in_time(root: Path) -> None:
    article = root / "sources/articles/harbour-fire/article.md"
    head = article.read_text(encoding="utf-8").partition("![")[0]
    article.write_text(head + "a b " * 100_000 + "\n", encoding="utf-8")
    commit(root)
    article.write_text(head + "b a " * 100_000 + "c\n", encoding="utf-8")
    started = time.monotonic()
    told = compare(root, "HEAD")
    assert time.monotonic() - started < 60
    assert len(told) < 20_000
    assert re.search(r"\*\*Text\*\*, line \d+: ", told)


def test_a_publication_in_a_folder_of_a_repository_is_compared_without_what_leads_out_of_it(tmp_path: Path) -> None:
    inner = tmp_path / "repository" / "news"
    shutil.copytree(GOLDEN, inner / "sources")
    (tmp_path / "outside.yml").write_text("type: place\nname: secret\ndescription: A secret.\n")
    (inner / "sources/entities/link.yml").symlink_to(tmp_path / "outside.yml")
    (inner / "sources/entities/up.yml").symlink_to("../../../../outside.yml")
    commit(tmp_path / "repository")
    assert compare(inner, "HEAD") == NOTHING
    (inner / "sources/entities/link.yml").unlink()
    edited = inner / "sources/entities/anna.yml"
    edited.write_text(edited.read_text(encoding="utf-8").replace("Somebody", "Nobody"), encoding="utf-8")
    told = compare(inner, "HEAD")
    assert "-   **Description**: Somebody else. → Nobody else.\n" in told
    assert "secret" not in told
