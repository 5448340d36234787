"""Whatever stands in a field, readers see it letter by letter, and nothing of it runs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser

from tests.html import collapse, words
from tests.site.building import UNDRAWN, Built, address, build_with_mkdocs, made_once, new_root
from tests.site.hostile import OUR_STRINGS, PUBLICATION, Sown, sow, usable
from tests.site.serving import served
from tests.site.texts import payloads
from tests.site.watching import Watch, at_any_depth, search, watched
from tests.thoroughness import THOROUGH, tries

INDEXES = (
    "",
    "articles/",
    "claims/",
    "entities/",
    "quotes/",
    "corrections/",
    "methodology/",
    "about/",
    "editing/",
    "404.html",
)
QUERIES = ("script", "javascript", "verdict", "alias", "weak", "words of claim")
MOVED = "/former-"
"""Pages that lead on at once."""
OPENED = tries(36)
"""How many pages are opened; each holds some 25 of the strings, and all pages are looked through without being opened."""


@pytest.fixture(scope="session", params=["ours", "public"])
def strings(request: pytest.FixtureRequest) -> list[str]:
    if request.param == "ours":
        return usable(OUR_STRINGS)
    return usable(payloads(request.getfixturevalue("testdata") / "data", "xss_owasp"))[:: 1 if THOROUGH else 3]


@pytest.fixture(scope="session")
def sown(strings: list[str], tmp_path_factory: pytest.TempPathFactory) -> Sown:
    return sow(strings, new_root(tmp_path_factory.mktemp("sown")))


@pytest.fixture(scope="session")
def built(strings: list[str], tmp_path_factory: pytest.TempPathFactory) -> Built:
    def fill(folder: Path) -> Built:
        root = new_root(folder / "root")
        sow(strings, root)
        return build_with_mkdocs(root, folder / "site", **UNDRAWN)

    return made_once(tmp_path_factory, f"hostile-{len(strings)}", fill)


@pytest.fixture(scope="session")
def url(built: Built) -> Iterator[str]:
    with served(built.site) as url:
        yield url


@pytest.fixture(scope="session")
def active_elements(real_url: str, chromium: Browser) -> frozenset[str]:
    """What the theme itself runs and loads, at every depth of address."""
    found: frozenset[str] = frozenset()
    with watched(chromium, real_url) as watch:
        article = "articles/2024-06-05-us-weapons-inside-russia/"
        of_each_depth = ("", "about/", "claims/himars-range/", f"{article}answers/", "404.html")
        for path in (*of_each_depth, "search/", "reading/", "embed/claims/himars-range/"):
            watch.page.goto(f"{real_url}{path}")
            found |= watch.active.union(*watch.active_at([f"{real_url}{path}"]).values())
    return at_any_depth(found)


def test_the_build_succeeds(built: Built) -> None:
    assert built.status == 0, built.log[-5000:]


def test_pages_show_every_string_letter_by_letter(built: Built, sown: Sown) -> None:
    for uri, texts in sown.shown.items():
        shown = words(built.page(uri))
        missing = [text for text in texts if collapse(text) not in shown]
        assert missing == [], uri


def test_headings_and_descriptions_are_the_strings_themselves(built: Built, sown: Sown) -> None:
    for uri, heading in sown.headings.items():
        tree = LexborHTMLParser(built.page(uri))
        assert [collapse(node.text()) for node in tree.css("h1")] == [collapse(heading)], uri
        descriptions = [node.attributes["content"] or "" for node in tree.css('meta[name="description"]')]
        assert list(map(collapse, descriptions)) == [collapse(sown.descriptions[uri])], uri
        shared = [node.attributes["content"] or "" for node in tree.css('meta[property="og:title"]')]
        assert list(map(collapse, shared)) == [collapse(heading)], uri
        titles = [collapse(node.text()) for node in tree.css("title")]
        assert titles == [f"{collapse(heading)} - Newsgloss"], uri


def test_data_for_programs_hold_the_strings_and_stay_data(built: Built, strings: list[str]) -> None:
    told: set[str] = set()
    for page in built.site.rglob("*.html"):
        scripts = LexborHTMLParser(page.read_bytes()).css("script[type='application/ld+json']")
        for document in (json.loads(script.text()) for script in scripts):
            assert document["@context"] == "https://schema.org"
            told |= set(_texts(document))
    missing = [text for text in strings if text not in told and " ".join(text.split()) not in told]
    assert missing == []
    assert len(json.loads((built.site / "data/claimreview.jsonld").read_bytes())["dataFeedElement"]) == len(strings)


def test_no_page_holds_anything_that_could_run(
    built: Built, url: str, active_elements: frozenset[str], chromium: Browser
) -> None:
    pages = sorted(built.site.rglob("*.html"))
    assert len(pages) > 100
    with watched(chromium, url) as watch:
        watch.page.goto(f"{url}about/")
        paths = {url + page.relative_to(built.site).as_posix(): page for page in pages}
        for at, active in watch.active_at(list(paths)).items():
            assert at_any_depth(active) - active_elements == _expected(at.removeprefix(url)), paths[at]


def test_nothing_runs_on_pages_that_are_opened(
    sown: Sown, url: str, active_elements: frozenset[str], chromium: Browser
) -> None:
    paths = [address(uri) for uri in sown.shown if MOVED not in uri]
    with watched(chromium, url) as watch:
        for path in [*INDEXES, *paths[:: -(-len(paths) // OPENED)]]:
            watch.page.goto(f"{url}{path}")
            _assert_unharmed(watch, f"{url}{path}", active_elements)


def test_nothing_runs_in_search_results(url: str, active_elements: frozenset[str], chromium: Browser) -> None:
    with watched(chromium, url) as watch:
        watch.page.goto(url)
        for query in QUERIES:
            search(watch.page, query)
            assert watch.page.locator(".ng-found li").count() > 0, query
            _assert_unharmed(watch, watch.page.url, active_elements)


def test_nothing_is_evaluated_as_a_template(built: Built) -> None:
    front = words(built.page("index.md"))
    assert collapse(PUBLICATION) in front


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def _expected(path: str) -> frozenset[str]:
    """A page that has moved leads on by itself; nothing else does anything."""
    _section, moved, rest = path.partition(MOVED)
    number = rest.partition("/")[0]
    refresh = f'<meta http-equiv="refresh" content="0; url=../entity-{number}/">'
    leads_on = (refresh, '<script type="module" src="../../assets/newsgloss-moved.js"></script>')
    return at_any_depth(leads_on) if moved else frozenset()


def _assert_unharmed(watch: Watch, url: str, theme: frozenset[str]) -> None:
    assert watch.ran == [], url
    assert watch.foreign == [], url
    assert watch.complaints == [], url
    assert watch.page.url == url
    assert at_any_depth(watch.active) - theme == frozenset(), url
