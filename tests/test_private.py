"""An original for whoever holds it: its own words, annotated from the lock, on marked pages outside the site."""

from __future__ import annotations

import re
import shutil
import signal
from pathlib import Path

import pytest
from click.testing import CliRunner

from build_scripts.built import check_built
from build_scripts.cli import main
from build_scripts.offline.building import serve_staged
from build_scripts.offline.private import NotHeldError, private_site, with_originals
from build_scripts.pipeline import build, understand
from build_scripts.site import PRIVATE
from tests.originals import FOLDER, ID, ORIGINAL, publication

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("private")
    copy = publication(root)
    given = ["--verified-by", "review", "--verified", "2024-03-05", "--passage", "c-forty-minutes=9:1-20"]
    result = CliRunner().invoke(main, ["attach", "--root", str(root), ID, str(copy), *given])
    assert result.exit_code == 0, result.output
    (root / "docs").mkdir()
    (root / "docs" / "about.md").write_text("# About\n\nWho we are.\n", encoding="utf-8")
    (root / "mkdocs.yml").write_text("site_name: Gloss\nhooks: [none.py]\n", encoding="utf-8")
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "root")
    return tmp_path / "root"


def test_the_words_are_the_originals_and_the_annotations_where_the_lock_has_them(root: Path) -> None:
    article = with_originals(understand(root)[0]).articles[ID]
    assert f"{article.prose.text}\n" == (root / FOLDER / "original.txt").read_text(encoding="utf-8")
    words = {quote.id: [article.prose.text[slice(*span)] for span in quote.spans] for quote in article.quotes}
    assert words["q-insurer-damage"] == ["a matter of plaster and patience"]
    assert len(words["q-quill-luck"]) == 2
    assert [article.prose.text[slice(*one.span)][:30] for one in article.appearances] == [
        "The fire brigade needed 40 min"
    ]
    assert {one.entity for one in article.mentions} == {"mara-quill"}


def test_every_page_is_marked_and_for_no_search_engine(root: Path) -> None:
    pages = {page.uri: page.text for page in private_site(root).pages}
    assert f"articles/{ID}/index.md" in pages
    assert "about.md" in pages
    for text in pages.values():
        front = re.match(r"---\n(.*?)---\n", text, re.DOTALL)
        assert front
        assert front[1].count("noindex: true") == 1
        assert text.count(PRIVATE) == 1
    box = pages[f"articles/{ID}/index.md"].partition("<!-- text -->")[0]
    assert "© The Gloss, not to be republished" in box
    assert "our own words" not in box
    assert ORIGINAL.partition("according to three people")[0][-60:].strip() in pages[f"articles/{ID}/index.md"]


def test_the_published_site_is_the_same_whether_the_original_is_held_or_not(root: Path) -> None:
    with_it = build(root, is_preview=True)
    (root / FOLDER / "original.txt").unlink()
    without = build(root, is_preview=True)
    assert with_it.pages == without.pages
    assert not any(PRIVATE in page.text for page in without.pages)


def test_a_built_site_with_a_private_page_is_refused(root: Path, tmp_path: Path) -> None:
    page = next(page for page in private_site(root).pages if page.uri == f"articles/{ID}/index.md")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "page.html").write_text(f"<body>{page.text}</body>", encoding="utf-8")
    rules = {problem.rule for problem in check_built(tmp_path / "site", understand(root)[0]) if problem.is_error}
    assert {"private-page", "original-leaked"} <= rules


def test_without_an_original_there_is_nothing_to_show(root: Path) -> None:
    with pytest.raises(NotHeldError, match="no locked original of other is here"):
        private_site(root, "other")
    (root / FOLDER / "original.txt").write_text("Another text.\n", encoding="utf-8")
    with pytest.raises(NotHeldError, match="no locked original of any article is here"):
        private_site(root)


def test_the_command_serves_a_temporary_folder_outside_the_publication(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Path] = []

    def serve(folder: Path, _port: int) -> None:
        assert PRIVATE in (folder / "docs" / "articles" / ID / "index.md").read_text(encoding="utf-8")
        seen.append(folder)

    monkeypatch.setattr("build_scripts.cli.private.serve_staged", serve)
    before = sorted(root.rglob("*"))
    result = CliRunner().invoke(main, ["serve", "--root", str(root), "--private", ID], catch_exceptions=False)
    assert (result.exit_code, result.output) == (0, "http://127.0.0.1:8001/ until Ctrl-C; not to be published\n")
    assert len(seen) == 1
    assert not seen[0].exists()
    assert not seen[0].is_relative_to(root)
    assert sorted(root.rglob("*")) == before


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_no_other_machine_is_let_in_and_whatever_ends_it_ends_it_quietly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: signal.Signals
) -> None:
    seen: list[list[str]] = []

    def run(command: list[str], **_options: object) -> None:
        seen.append(command)
        signal.raise_signal(ending)

    monkeypatch.setattr("subprocess.run", run)
    before = signal.getsignal(signal.SIGTERM)
    serve_staged(tmp_path, 8123)
    assert seen[0][seen[0].index("--dev-addr") + 1] == "127.0.0.1:8123"
    assert signal.getsignal(signal.SIGTERM) == before


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], 2, "say `--private`"),
        (["--private", "other"], 1, "no locked original of other is here"),
        (["--private", "--port", "80"], 2, "80 is not in the range"),
    ],
)
def test_the_command_says_what_is_missing(root: Path, arguments: list[str], code: int, said: str) -> None:
    result = CliRunner().invoke(main, ["serve", "--root", str(root), *arguments])
    assert result.exit_code == code
    assert said in result.output


def test_no_workflow_serves_originals() -> None:
    for path in sorted((ROOT / ".github" / "workflows").glob("*.yml")):
        assert "--private" not in path.read_text(encoding="utf-8")
