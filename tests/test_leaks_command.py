"""Copied words in a repository and in a built site: planted in each kind of place, found by the command."""

from __future__ import annotations

import gzip
import html
import io
import json
import os
import shutil
import sqlite3
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from build_scripts.cli import main
from build_scripts.originals.copies import Protected
from build_scripts.originals.leaks import Finder
from build_scripts.pipeline import understand
from tests.originals import FOLDER, ID, ORIGINAL, publication
from tests.repositories import commit, git
from tests.test_leaks import png

ROOT = Path(__file__).parents[1]
SENTENCE = next(line for line in ORIGINAL.splitlines() if line.startswith("The fire brigade needed"))
LOCK = f"{FOLDER}/original.lock.yml"
TEXT = f"{FOLDER}/original.txt"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a lock, and without the original; not to be changed."""
    root = tmp_path_factory.mktemp("leaks")
    copy = publication(root)
    (root / ".gitignore").write_text("original.txt\n", encoding="utf-8")
    given = ["--verified-by", "review", "--verified", "2024-03-05"]
    result = CliRunner().invoke(main, ["attach", "--root", str(root), ID, str(copy), *given])
    assert result.exit_code == 0, result.output
    copy.unlink()
    (root / TEXT).unlink()
    commit(root)
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "root")
    return tmp_path / "root"


def leaks(*arguments: str) -> list[str]:
    """On which lines the command tells words of the original: the first block of a sentence need not be its beginning."""
    result = CliRunner().invoke(main, ["check", *arguments], catch_exceptions=False)
    told = [
        line.partition(": error")[0].rpartition(":")[0]
        for line in result.output.splitlines()
        if line.endswith("(original-leaked)")
    ]
    assert result.exit_code == (1 if told else result.exit_code)
    return told


def database() -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE articles (text)")
    connection.execute("INSERT INTO articles VALUES (?)", [SENTENCE])
    connection.commit()
    return bytes(connection.serialize())


def book() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("EPUB/text.xhtml", f"<html>\n<p>{html.escape(SENTENCE)}</p></html>")
    return buffer.getvalue()


BUILT = {
    "a page": ("about/index.html", f"<p>Yes</p>\n<p>{SENTENCE.replace(' ', ' <b></b>')}</p>", ":2"),
    "a comment": ("about/index.html", f"<p>Yes</p>\n<!-- {SENTENCE} -->", ":2"),
    "JSON-LD": (
        "about/index.html",
        f'\n<script type="application/ld+json">{json.dumps({"text": SENTENCE})}</script>',
        ":2",
    ),
    "a feed": ("feeds/a.atom", f"<feed>\n\n<content>{html.escape(f'<p>{SENTENCE}</p>')}</content></feed>", ":3"),
    "CSV": ("data/a.csv", f'id,text\r\n1,"{SENTENCE}"\r\n', ":2"),
    "SQLite": ("data/a.sqlite", database(), ":articles:1"),
    "the search index": (
        "pagefind/fragment/a.pf_fragment",
        gzip.compress(b"pagefind_dcd" + json.dumps({"content": SENTENCE}).encode()),
        ":1",
    ),
    "a book": ("articles/a/a.epub", book(), ":EPUB/text.xhtml:2"),
    "a picture": ("pictures/a.png", png((b"iTXt", b"Description\0\0\0\0\0" + SENTENCE.encode())), ":1"),
}


@pytest.mark.parametrize(("name", "content", "place"), BUILT.values(), ids=BUILT)
def test_a_sentence_planted_in_the_built_site_is_found(
    root: Path, tmp_path: Path, name: str, content: str | bytes, place: str
) -> None:
    site = tmp_path / "site"
    path = site / name
    path.parent.mkdir(parents=True)
    assert leaks("--root", str(root), "--built", str(site)) == []
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert leaks("--root", str(root), "--built", str(site)) == [f"{path.as_posix()}{place}"]


TRACKED = {
    "a source file": ("build_scripts/new.py", f'"""Yes."""\n# {SENTENCE}\n', ":2"),
    "a lock": (LOCK, f"# {SENTENCE}\n", ":1"),
    "a test": ("tests/test_new.py", 'TEXT = (\n    "' + SENTENCE.replace(" hall", ' "\n    "hall') + '"\n)\n', ":2"),
    "a picture": ("docs/assets/a.png", png((b"tEXt", b"Comment\0" + SENTENCE.encode())), ":1"),
    "a hand-written page": ("docs/about.md", f"# About\n\n*{SENTENCE.replace('the', '*the*')}*\n", ":3"),
}


@pytest.mark.parametrize(("name", "content", "place"), TRACKED.values(), ids=TRACKED)
def test_a_sentence_planted_in_the_repository_is_found(root: Path, name: str, content: str | bytes, place: str) -> None:
    assert leaks("--root", str(root)) == []
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    planted = content if isinstance(content, bytes) else content.encode()
    path.write_bytes(planted + (path.read_bytes() if path.exists() else b""))
    git(root, "add", "-A")
    assert leaks("--root", str(root)) == [f"{name}{place}"]


def test_what_is_told_of_a_source_is_told_once(root: Path) -> None:
    path = root / FOLDER / "article.md"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{SENTENCE}\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["check", "--root", str(root)])
    assert result.output.count("(original-copied)") >= 1
    assert "(original-leaked)" not in result.output


def test_what_git_does_not_track_does_not_leave_the_house(root: Path) -> None:
    (root / "notes.txt").write_text(SENTENCE, encoding="utf-8")
    assert leaks("--root", str(root)) == []


def test_where_there_is_no_git_what_is_published_is_looked_at(root: Path) -> None:
    shutil.rmtree(root / ".git")
    for name in ("notes.txt", "docs/notes.txt"):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(SENTENCE, encoding="utf-8")
    assert leaks("--root", str(root)) == ["docs/notes.txt:1"]


def test_quotations_that_the_article_declares_are_free(root: Path) -> None:
    (root / "docs").mkdir()
    said = "“We were lucky this time, and luck is not something that a town can put into its budget”, Quill said."
    (root / "docs" / "about.md").write_text(f"# About\n\n{said}\n", encoding="utf-8")
    git(root, "add", "-A")
    assert leaks("--root", str(root)) == []


def guarded_here() -> Protected:
    locks = understand(ROOT)[0].articles.values()
    blocks = {block: one.id for one in locks if one.files.lock for block in one.files.lock.facts.word_blocks}
    return Protected(blocks=blocks)


@pytest.mark.skipif("NEWSGLOSS_TESTDATA" not in os.environ, reason="needs the texts of NEWSGLOSS_TESTDATA")
def test_other_articles_raise_no_alarm() -> None:
    guarded = guarded_here()
    assert guarded.blocks
    finder = Finder(guarded)
    files = sorted((Path(os.environ["NEWSGLOSS_TESTDATA"]) / "data" / "articles").rglob("*.txt"))
    assert len(files) > 80
    assert [problem for path in files for problem in finder.problems(path.name, path.read_bytes())] == []
