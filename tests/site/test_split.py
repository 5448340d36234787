"""A site cut by years, rendered part by part and laid over each other, is the site that is rendered at once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from click.testing import CliRunner
from selectolax.lexbor import LexborHTMLParser

from build_scripts.cli import main
from tests.site.building import build_with_mkdocs, small_publication

HOME = "https://example.org/newsgloss/"


def stage(root: Path, out: Path, *options: str) -> str:
    done = CliRunner().invoke(main, ["build", "--root", str(root), "--out", str(out), *options])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A publication with articles of two years that lead to each other's pages."""
    root = small_publication(tmp_path_factory.mktemp("split") / "root")
    text = root / "sources/articles/hebrew-note/article.md"
    words = text.read_text(encoding="utf-8").replace("published: 2024-03-05", "published: 2025-01-01")
    text.write_text(words, encoding="utf-8")
    with (root / "sources/articles/harbour-fire/article.md").open("a", encoding="utf-8") as file:
        file.write("\nSee also [the note](../hebrew-note/article.md).\n")
    return root


@pytest.fixture(scope="module")
def whole(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("whole") / "out"
    stage(root, out)
    built = build_with_mkdocs(out, out / "site")
    assert built.status == 0, built.log
    return built.site


@pytest.fixture(scope="module")
def parts(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The parts as they are staged, each with its site."""
    out = tmp_path_factory.mktemp("parts") / "out"
    assert "its parts 2024, 2025" in stage(root, out, "--split", "year")
    for part in (out, out / "2024", out / "2025"):
        built = build_with_mkdocs(part, part / "site")
        assert built.status == 0, built.log
    return out


@pytest.fixture(scope="module")
def joined(parts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("joined") / "site"
    for part in (parts / "2024", parts / "2025", parts):
        shutil.copytree(part / "site", site, dirs_exist_ok=True)
    return site


def files(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}


def links(site: Path, name: str) -> Iterator[str]:
    """Where the links of a page's own content lead, as addresses below the site's own."""
    content = LexborHTMLParser((site / name).read_text(encoding="utf-8")).css_first(".md-content")
    for node in content.css("a[href], img[src]") if content else ():
        yield urljoin(
            urljoin(HOME, name.removesuffix("index.html")),
            node.attributes.get("href") or node.attributes.get("src") or "",
        )


def test_all_files_are_there(whole: Path, joined: Path) -> None:
    assert files(joined) == files(whole)


def test_each_part_has_the_articles_of_its_year_alone(parts: Path) -> None:
    assert (parts / "2024/site/articles/harbour-fire/index.html").is_file()
    assert not (parts / "2024/site/articles/hebrew-note").exists()
    assert not (parts / "site/articles/harbour-fire").exists()
    assert not (parts / "2025/site/entities").exists()


def test_each_page_says_the_same_and_leads_to_the_same_places(whole: Path, joined: Path) -> None:
    names = [name for name in files(whole) if name.endswith("/index.html")]
    assert len(names) > 30
    for name in names:
        assert list(links(joined, name)) == list(links(whole, name)), name
        one, other = (LexborHTMLParser((site / name).read_text(encoding="utf-8")) for site in (joined, whole))
        content = [node.text() if node else "" for node in (one.css_first("article"), other.css_first("article"))]
        assert content[0] == content[1], name


def test_every_link_leads_to_a_file(joined: Path) -> None:
    there = files(joined)
    for name in (name for name in there if name.endswith("/index.html")):
        for link in links(joined, name):
            path = urlsplit(link).path.removeprefix("/newsgloss/") if link.startswith(HOME) else ""
            assert not path or {path, f"{path}index.html"} & there, (name, link)


def test_the_frame_leads_to_whole_addresses(joined: Path) -> None:
    page = LexborHTMLParser((joined / "articles/harbour-fire/index.html").read_text(encoding="utf-8"))
    ways = {node.attributes.get("href") for node in page.css(".md-nav a")}
    assert f"{HOME}claims/" in ways


def test_an_edit_touches_its_year_alone(root: Path, tmp_path: Path) -> None:
    own = tmp_path / "root"
    shutil.copytree(root, own)
    stage(own, tmp_path / "out", "--split", "year")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out" / "2025").rglob("*.md")}
    text = own / "sources/articles/harbour-fire/article.md"
    text.write_text(text.read_text(encoding="utf-8") + "\nA last word.\n", encoding="utf-8")
    stage(own, tmp_path / "out", "--split", "year")
    assert before == {path: path.stat().st_mtime_ns for path in (tmp_path / "out" / "2025").rglob("*.md")}


def test_parts_replace_the_undivided_site(root: Path, tmp_path: Path) -> None:
    stage(root, tmp_path / "out")
    stage(root, tmp_path / "out", "--split", "year")
    assert not (tmp_path / "out/docs/articles/harbour-fire").exists()
