"""Texts in many languages and hostile ones: each page shows exactly the words of its text, whatever stands in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from build_scripts.editing.plain import normalise
from build_scripts.model import Library
from build_scripts.pipeline import understand
from tests.html import collapse, words
from tests.site.building import UNDRAWN, Built, build_with_mkdocs, made_once, new_root
from tests.site.corpus import write_corpus
from tests.site.reading import shown_annotations, squeezed, text_element
from tests.site.serving import served
from tests.site.texts import OUR_TEXTS, SEARCHED, Text, some_public_texts
from tests.site.watching import result, search, watched


@pytest.fixture(scope="session", params=["ours", "public"])
def texts(request: pytest.FixtureRequest) -> dict[str, Text]:
    if request.param == "ours":
        return {text.name: text for text in OUR_TEXTS}
    return {text.name: text for text in some_public_texts(request.getfixturevalue("testdata") / "data")}


@pytest.fixture(scope="session")
def built(texts: dict[str, Text], tmp_path_factory: pytest.TempPathFactory) -> Built:
    def fill(folder: Path) -> Built:
        root = new_root(folder / "root")
        write_corpus(texts.values(), root)
        return build_with_mkdocs(root, folder / "site", **UNDRAWN)

    return made_once(tmp_path_factory, f"corpus-{len(texts)}", fill)


@pytest.fixture(scope="session")
def library(built: Built) -> Library:
    library, problems = understand(built.root)
    assert [str(problem) for problem in problems if problem.is_error] == []
    return library


def test_the_build_succeeds(built: Built) -> None:
    assert built.status == 0, built.log[-5000:]
    assert "Traceback" not in built.log


def test_every_page_shows_the_words_of_its_text(built: Built, library: Library, texts: dict[str, Text]) -> None:
    assert library.articles.keys() == texts.keys()
    for name, article in library.articles.items():
        shown = text_element(built.page(f"articles/{name}/index.md"))
        assert words(shown.html or "") == collapse(article.prose.text), name


def test_no_letter_of_the_text_as_found_is_lost(library: Library, texts: dict[str, Text]) -> None:
    for name, article in library.articles.items():
        assert squeezed(article.prose.text) == squeezed(normalise(texts[name].text)), name


def test_every_page_has_the_language_and_direction_of_its_text(built: Built, texts: dict[str, Text]) -> None:
    for name, text in texts.items():
        attributes = text_element(built.page(f"articles/{name}/index.md")).attributes
        assert (attributes["lang"], attributes["dir"]) == (text.language, text.direction), name


def test_every_annotation_stands_at_its_place(built: Built, library: Library) -> None:
    for name, article in library.articles.items():
        text = article.prose.text
        html = built.page(f"articles/{name}/index.md")
        spans = {mention.id: mention.span for mention in article.mentions}
        spans |= {quote.id: quote.spans[0] for quote in article.quotes}
        spans |= {appearance.id: appearance.span for appearance in article.appearances}
        shown = {
            found: part
            for kind in ("mention", "quote", "claim")
            for found, part in shown_annotations(html, kind).items()
        }
        assert shown.keys() == spans.keys(), name
        for found, span in spans.items():
            assert squeezed(shown[found].text) == squeezed(text[span.start : span.end]), (name, found)
            assert shown[found].start == len(squeezed(text[: span.start])), (name, found)


def test_search_finds_words_in_every_script(built: Built, texts: dict[str, Text], chromium: Browser) -> None:
    words_of = {"hebrew": "שנייה", "arabic": "بالعالم", "thai-hindi-emoji": "नमस्ते"}
    if not words_of.keys() <= texts.keys():
        words_of = {name: texts[name].text.split()[3] for name in SEARCHED}
    with served(built.site) as url, watched(chromium, url) as watch:
        watch.page.goto(url)
        for name, word in words_of.items():
            search(watch.page, word)
            expect(result(watch.page, f"articles/{name}/")).to_be_visible()


def test_the_texts_are_annotated(library: Library) -> None:
    annotated = [article for article in library.articles.values() if article.mentions and article.quotes]
    assert len(annotated) > 0.8 * len(library.articles)
