"""A real article with gold annotations: every name is linked where the gold says, and no word changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from build_scripts.anchoring.anchor import Span
from build_scripts.model import Article
from build_scripts.pipeline import understand
from build_scripts.problems import Problem
from tests.html import collapse, words
from tests.site.building import UNDRAWN, Built, build_with_mkdocs, made_once, new_root
from tests.site.reading import shown_annotations, squeezed, text_element
from tests.site.seed import ARTICLE, Seed, read_seed, write_seed

PAGE = f"articles/{ARTICLE}/index.md"


@pytest.fixture(scope="session")
def seed(testdata: Path) -> Seed:
    return read_seed(testdata)


@pytest.fixture(scope="session")
def built(seed: Seed, tmp_path_factory: pytest.TempPathFactory) -> Built:
    def fill(folder: Path) -> Built:
        root = new_root(folder / "root")
        write_seed(seed, root)
        return build_with_mkdocs(root, folder / "site", **UNDRAWN)

    return made_once(tmp_path_factory, "seed", fill)


@pytest.fixture(scope="session")
def understood(built: Built) -> tuple[Article, tuple[Problem, ...]]:
    library, problems = understand(built.root)
    return library.articles[ARTICLE], problems


def test_the_article_has_no_errors(built: Built, understood: tuple[Article, tuple[Problem, ...]]) -> None:
    assert [problem for problem in understood[1] if problem.is_error] == []
    assert built.status == 0, built.log


def test_the_canonical_text_is_the_body(seed: Seed, understood: tuple[Article, tuple[Problem, ...]]) -> None:
    assert understood[0].prose.text == seed.body


def test_every_gold_mention_and_no_other_is_found_at_its_exact_offsets(
    seed: Seed, understood: tuple[Article, tuple[Problem, ...]]
) -> None:
    found = {mention.span: mention.entity for mention in understood[0].mentions}
    assert len(seed.mentions(optional=False)) > 80
    assert seed.mentions(optional=False).items() <= found.items()
    assert found.items() <= seed.mentions(optional=True).items()


def test_every_entity_is_mentioned(seed: Seed, understood: tuple[Article, tuple[Problem, ...]]) -> None:
    named = {mention.entity for mention in understood[0].mentions}
    assert {entity["id"] for entity in seed.gold["entities"]} == named


def test_every_quotation_and_claim_selects_its_own_words(
    seed: Seed, understood: tuple[Article, tuple[Problem, ...]]
) -> None:
    article = understood[0]
    for quote in article.quotes:
        for span, segment in zip(quote.spans, quote.facts.content, strict=True):
            assert _words(article, span) == segment.exact
    assert {quote.facts.id: len(quote.spans) for quote in article.quotes}["q1"] == 2
    gold = {seed.moved(claim): claim["text"] for claim in seed.gold["claims"]}
    assert {appearance.span: _words(article, appearance.span) for appearance in article.appearances} == gold


def test_the_page_shows_the_words_of_the_article(built: Built, seed: Seed) -> None:
    shown = text_element(built.page(PAGE))
    assert words(shown.html or "") == collapse(seed.body)


def test_the_page_links_every_gold_mention_at_its_place(built: Built, seed: Seed) -> None:
    shown = shown_annotations(built.page(PAGE), "mention").values()
    links = {(part.start, part.text, part.link) for part in shown}
    for span, entity in seed.mentions(optional=False).items():
        before, exact = squeezed(seed.body[: span.start]), seed.body[span.start : span.end]
        assert (len(before), exact, f"../../entities/{entity}/") in links


def test_the_page_marks_every_quotation_and_claim_at_its_place(
    built: Built, understood: tuple[Article, tuple[Problem, ...]]
) -> None:
    article = understood[0]
    spans = {quote.id: quote.spans for quote in article.quotes}
    spans |= {appearance.id: (appearance.span,) for appearance in article.appearances}
    html = built.page(PAGE)
    shown = shown_annotations(html, "quote") | shown_annotations(html, "claim")
    assert shown.keys() == spans.keys()
    for name, places in spans.items():
        assert shown[name].start == len(squeezed(article.prose.text[: places[0].start]))
        assert squeezed(shown[name].text) == squeezed("".join(_words(article, span) for span in places))


def _words(article: Article, span: Span) -> str:
    return article.prose.text[span.start : span.end]
