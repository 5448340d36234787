"""The staged folder under Zensical: it passes over problems in silence, so every page is looked at."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from selectolax.lexbor import LexborHTMLParser

from build_scripts.built import check_built
from build_scripts.pipeline import build, understand
from build_scripts.site import Page
from tests.html import collapse, words
from tests.site.building import REPOSITORY, UNDRAWN, Built, made_once, new_root, program, run
from tests.site.corpus import write_corpus
from tests.site.reading import text_element
from tests.site.serving import served
from tests.site.texts import OUR_TEXTS
from tests.site.watching import result, search, watched


def stage_and_build(root: Path, out: Path, **environment: str) -> Built:
    staged = run(program("newsgloss"), "build", "--root", str(root), "--out", str(out), cwd=REPOSITORY, **environment)
    assert staged.returncode == 0, staged.stdout
    done = run(program("zensical"), "build", cwd=out)
    return Built(root, out / "site", done.returncode, done.stdout)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return made_once(tmp_path_factory, "zensical", lambda folder: stage_and_build(REPOSITORY, folder / "out"))


@pytest.fixture(scope="session")
def built_texts(tmp_path_factory: pytest.TempPathFactory) -> Built:
    def fill(folder: Path) -> Built:
        root = new_root(folder / "root")
        write_corpus(OUR_TEXTS, root)
        return stage_and_build(root, folder / "out", **UNDRAWN)

    return made_once(tmp_path_factory, "zensical-texts", fill)


@pytest.fixture(scope="module")
def pages() -> tuple[Page, ...]:
    return build(REPOSITORY).pages


def test_the_build_succeeds(built: Built) -> None:
    assert built.status == 0, built.log


def test_every_page_is_there_with_its_heading(built: Built, real_site: Built, pages: tuple[Page, ...]) -> None:
    for page in pages:
        expected = [collapse(node.text()) for node in LexborHTMLParser(real_site.page(page.uri)).css("article h1")]
        found = [collapse(node.text()) for node in LexborHTMLParser(built.page(page.uri)).css("article h1")]
        assert found == expected, page.uri


def test_every_article_has_its_words_language_and_direction(built: Built) -> None:
    for name, article in understand(REPOSITORY)[0].articles.items():
        element = text_element(built.page(f"articles/{name}/index.md"))
        assert words(element.html or "") == collapse(article.prose.text), name
        assert (element.attributes["lang"], element.attributes["dir"]) == ("en", "ltr")


def test_hostile_texts_have_their_words_language_and_direction(built_texts: Built) -> None:
    articles = understand(built_texts.root)[0].articles
    for text in OUR_TEXTS:
        element = text_element(built_texts.page(f"articles/{text.name}/index.md"))
        assert words(element.html or "") == collapse(articles[text.name].prose.text), text.name
        assert (element.attributes["lang"], element.attributes["dir"]) == (text.language, text.direction)


def test_the_edit_link_names_the_source_file(built: Built, pages: tuple[Page, ...]) -> None:
    for page in pages:
        if page.source:
            link = LexborHTMLParser(built.page(page.uri)).css_first("a[rel=edit]")
            assert link is not None, page.uri
            assert (link.attributes["href"] or "").endswith(f"/edit/main/{page.source}")


def test_pages_tell_other_sites_the_same(built: Built, real_site: Built) -> None:
    for uri in ("index.md", "claims/himars-range.md", "articles/2024-06-05-us-weapons-inside-russia/index.md"):
        expected = _shared(real_site.page(uri))
        assert len(expected) > 10
        assert _shared(built.page(uri)) == expected, uri


def test_programs_read_the_same_on_every_page(built: Built, real_site: Built, pages: tuple[Page, ...]) -> None:
    for page in pages:
        assert _data(built.page(page.uri)) == _data(real_site.page(page.uri)), page.uri
    assert len(_data(built.page("claims/himars-range.md"))) == 2


def test_nothing_is_wrong_with_it_as_it_is_served(built: Built) -> None:
    problems = check_built(built.site, understand(REPOSITORY)[0])
    assert [str(problem) for problem in problems if problem.is_error] == []


def test_frames_and_pictures_are_published(built: Built, real_site: Built) -> None:
    for folder in ("embed", "oembed", "pictures"):
        files = [path.relative_to(real_site.site) for path in (real_site.site / folder).rglob("*") if path.is_file()]
        assert len(files) > 30
        for path in files:
            assert (built.site / path).read_bytes() == (real_site.site / path).read_bytes(), path


def test_marks_on_maps_lead_to_the_same_pages(built: Built, real_site: Built) -> None:
    for uri in ("map.md", "entities/kharkiv.md"):
        expected = _marks(real_site.page(uri))
        found = _marks(built.page(uri))
        assert expected
        assert found == expected, uri


def test_the_search_finds_the_same(built: Built, chromium: Browser) -> None:
    with served(built.site) as url, watched(chromium, url) as watch:
        watch.page.goto(f"{url}about/")
        expect(watch.page.locator(".ng-find")).to_be_visible()
        search(watch.page, '"at a tactical level"')
        expect(result(watch.page, "/articles/")).to_be_visible()


def _shared(html: str) -> list[tuple[str | None, str | None]]:
    """What a page's head tells other sites."""
    found = LexborHTMLParser(html).css('meta[property^="og:"], meta[name^="twitter:"], link[type$="oembed"]')
    return [
        (node.attributes.get("property") or node.attributes.get("name"), node.attributes.get("content"))
        for node in found
    ]


def _data(html: str) -> list[str]:
    return [node.text() for node in LexborHTMLParser(html).css('script[type="application/ld+json"]')]


def _marks(html: str) -> list[tuple[str | None, str]]:
    """Where the marks on a page's maps lead, and their names."""
    return [
        (link.attributes["xlink:href"], link.text().strip()) for link in LexborHTMLParser(html).css(".ng-map svg a")
    ]
