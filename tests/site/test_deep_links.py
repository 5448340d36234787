"""Every link that the site makes to a place on its own pages shows that place, and the right words at it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser

from build_scripts.model import Article, Library
from tests.site.building import Built
from tests.site.reading import squeezed

SITE = "https://site.example/"
_SEEN = """async (ids) => {
  const look = async (id) => {
    scrollTo({ top: 0, behavior: "instant" });
    const gone = new Promise((there) => addEventListener("hashchange", there, { once: true }));
    location.hash = `#${id}`;
    await gone;
    const target = document.querySelector(":target");
    if (target?.id !== id) return "no target";
    const box = target.getClientRects()[0] ?? target.getBoundingClientRect();
    const header = document.querySelector(".md-header")?.getBoundingClientRect().bottom ?? 0;
    if (box.bottom > innerHeight || box.top < 0) return `out of view: ${box.top} to ${box.bottom}`;
    return box.top < header - 1 ? `under the header: ${box.top}` : "";
  };
  const found = [];
  for (const id of ids) found.push([id, await look(id)]);
  return found.filter(([, wrong]) => wrong);
}"""
"""Goes to the element with each id as a link on the page does; the ids at which something is wrong with what is seen."""
_WORDS = """(id) => [...document.querySelectorAll(`.article-text [data-a="${CSS.escape(id)}"]`)]
  .map((part) => { const copy = part.cloneNode(true); copy.querySelectorAll("sup").forEach((sup) => sup.remove());
                   return copy.textContent; }).join("")"""


@pytest.fixture(scope="module")
def targets(real_site: Built) -> Mapping[str, set[str]]:
    """The fragments that links anywhere on the site lead to, by the address of their page."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in real_site.site.rglob("*.html"):
        address = SITE + _address(path, real_site.site)
        for node in LexborHTMLParser(path.read_bytes()).css("article a[href], .article-text a[href]"):
            page, fragment = urldefrag(
                urljoin(address, node.attributes.get("href") or node.attributes.get("xlink:href") or "")
            )
            if fragment and page.startswith(SITE):
                found[page.removeprefix(SITE)].add(fragment)
    return found


@pytest.mark.parametrize("width", [375, 1280])
def test_every_fragment_scrolls_to_its_place(
    targets: Mapping[str, set[str]], real_url: str, chromium: Browser, width: int
) -> None:
    assert sum(map(len, targets.values())) > 200
    page = chromium.new_page(viewport={"width": width, "height": 700})
    wrong = []
    for address, fragments in sorted(targets.items()):
        page.goto(real_url + address)
        wrong += [f"{address}#{fragment}: {found}" for fragment, found in page.evaluate(_SEEN, sorted(fragments))]
    page.close()
    assert wrong == []


def test_every_annotation_that_is_linked_to_holds_its_own_words(
    targets: Mapping[str, set[str]], real_url: str, chromium: Browser, library: Library
) -> None:
    page = chromium.new_page()
    checked = 0
    for article in library.articles.values():
        words = _words(article)
        page.goto(f"{real_url}articles/{article.id}/")
        for name in sorted(targets[f"articles/{article.id}/"] & words.keys()):
            assert squeezed(page.evaluate(_WORDS, name)) == squeezed(words[name]), name
            checked += 1
    page.close()
    assert checked > 100


def _words(article: Article) -> dict[str, str]:
    spans = {found.id: [found.span] for found in article.mentions}
    spans |= {found.id: [found.span] for found in article.appearances}
    spans |= {quote.id: list(quote.spans) for quote in article.quotes}
    return {name: "".join(article.prose.text[span.start : span.end] for span in run) for name, run in spans.items()}


def _address(path: Path, site: Path) -> str:
    return re.sub(r"index\.html$", "", path.relative_to(site).as_posix())
