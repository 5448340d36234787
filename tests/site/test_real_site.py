"""The repository's own site, as MkDocs builds it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from build_scripts.built import check_built
from build_scripts.pipeline import build, understand
from build_scripts.site import Site
from tests.site.building import REPOSITORY, Built


@pytest.fixture(scope="module")
def pages() -> Site:
    return build(REPOSITORY)


def test_the_strict_build_is_clean(real_site: Built) -> None:
    assert real_site.status == 0, real_site.log
    assert not re.search("WARNING|ERROR|Traceback", real_site.log), real_site.log


def test_every_page_of_the_pipeline_is_published(real_site: Built, pages: Site) -> None:
    assert len(pages.pages) > 50
    assert [page.uri for page in pages.pages if not real_site.file(page.uri).is_file()] == []


def test_nothing_is_wrong_with_it_as_it_is_served(real_site: Built) -> None:
    problems = check_built(real_site.site, understand(REPOSITORY)[0])
    assert [str(problem) for problem in problems if problem.is_error] == []
    assert {problem.rule for problem in problems} <= {"review-claimant-unlinked"}


def test_every_link_inside_the_site_leads_to_a_page_and_a_place_on_it(real_site: Built) -> None:
    trees = {path: LexborHTMLParser(path.read_bytes()) for path in real_site.site.rglob("*.html")}
    ids = {path: {node.attributes["id"] for node in tree.css("[id]")} for path, tree in trees.items()}
    broken = []
    for page, link in _inner_links(real_site.site, trees):
        target = _target(real_site.site, page, link)
        fragment = unquote(urlsplit(link).fragment)
        if not target.is_file() or (fragment and target in ids and fragment not in ids[target]):
            broken.append(f"{page.relative_to(real_site.site)}: {link}")
    assert broken == []


def test_no_id_stands_twice_on_a_page(real_site: Built) -> None:
    for path in real_site.site.rglob("*.html"):
        ids = [node.attributes["id"] for node in LexborHTMLParser(path.read_bytes()).css("article [id]")]
        assert len(ids) == len(set(ids)), path


def test_the_edit_link_of_a_page_leads_to_the_file_it_is_made_from(real_site: Built, pages: Site) -> None:
    made_from = {page.uri: page.source for page in pages.pages if page.source}
    assert len(made_from) > 50
    for uri, source in made_from.items():
        link = LexborHTMLParser(real_site.page(uri)).css_first("a[rel=edit]")
        assert link is not None, uri
        assert (link.attributes["href"] or "").endswith(f"/edit/main/{source}"), uri
        assert (REPOSITORY / source).is_file()


def _inner_links(site: Path, trees: dict[Path, LexborHTMLParser]) -> Iterator[tuple[Path, str]]:
    for page, tree in trees.items():
        if page != site / "404.html":
            for node in tree.css("a[href], img[src], script[src], link[href]"):
                link = node.attributes.get("href") or node.attributes.get("src") or ""
                if not urlsplit(link).scheme:
                    yield page, link


def _target(site: Path, page: Path, link: str) -> Path:
    path = unquote(urlsplit(link).path)
    target = Path(posixpath.normpath(posixpath.join(page.parent.as_posix(), path))) if path else page
    return target / "index.html" if target.is_dir() or path.endswith("/") or target == site else target
