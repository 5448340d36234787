"""A browser that runs no script shows everything that was published: every note, every passage, every quotation."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from build_scripts.model import Claim, Library, Quote
from tests.site.reading import squeezed

Read = Callable[[str], str]


@pytest.fixture(scope="module", params=[375, 1280])
def read(request: pytest.FixtureRequest, real_url: str, chromium: Browser) -> Iterator[Read]:
    """What can be seen on the page at an address, without white space."""
    context = chromium.new_context(java_script_enabled=False, viewport={"width": request.param, "height": 900})
    page = context.new_page()

    def seen(address: str) -> str:
        page.goto(real_url + address)
        return squeezed(page.locator("article").inner_text())

    yield seen
    context.close()


def test_an_article_shows_its_words_and_a_note_for_each_annotation(read: Read, library: Library) -> None:
    for article in library.articles.values():
        seen = read(f"articles/{article.id}/")
        names = {found.claim for found in article.appearances}
        public = [library.claims[name] for name in sorted(names) if library.claims[name].is_public]
        assert [claim.id for claim in public if squeezed(claim.facts.claim_reviewed) not in seen] == []
        assert [claim.id for claim in public if claim.has_verdict and squeezed(claim.facts.summary) not in seen] == []
        named = [library.entities[name] for name in sorted({mention.entity for mention in article.mentions})]
        assert [entity.id for entity in named if squeezed(entity.facts.description) not in seen] == []
        assert [quote.id for quote in article.quotes if not all(words in seen for words in _segments(quote))] == []


def test_a_check_shows_its_finding_and_all_its_evidence(read: Read, library: Library) -> None:
    for claim in (claim for claim in library.claims.values() if claim.is_public):
        seen = read(f"claims/{claim.id}/")
        assert [words for words in _published(claim) if squeezed(words) not in seen] == []


def test_a_speaker_s_page_shows_every_quotation_and_an_entity_s_page_every_mention(
    read: Read, library: Library
) -> None:
    for entity in library.entities.values():
        quotes = [quote for article in library.articles.values() for quote in article.quotes]
        said = [quote for quote in quotes if quote.facts.speaker == entity.id]
        seen = read(f"quotes/{entity.id}/") if said else ""
        assert [quote.id for quote in said if not all(words in seen for words in _segments(quote))] == []
        mentions = [found for article in library.articles.values() for found in article.mentions]
        if any(mention.entity == entity.id for mention in mentions):
            assert squeezed("Every mention") in read(f"entities/{entity.id}/")


def _segments(quote: Quote) -> list[str]:
    return [squeezed(segment.exact) for segment in quote.facts.content]


def _published(claim: Claim) -> list[str]:
    facts = claim.facts
    if not claim.has_verdict:
        return [facts.claim_reviewed]
    words = [facts.claim_reviewed, facts.summary, facts.selection_reason, facts.method_note]
    words += [text for item in facts.evidence for text in (item.passage, item.paraphrase, item.interests)]
    words += [claim.results.get(item.id) for item in facts.evidence if item.computation]
    words += [text for item in facts.corrections for text in (item.was, item.now, item.why)]
    return [text for text in words if text]
