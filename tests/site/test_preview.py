"""What reviewers see of checks that are not published, in a browser and on paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from coloraide import Color
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pypdf import PdfReader
from selectolax.lexbor import LexborHTMLParser

from build_scripts.model import Library
from tests.site.article_page import DIGEST, NARROW, WIDE, card
from tests.site.building import Built
from tests.site.watching import calm

CLAIM = "western-europe-production"
TOLD = "In review: not part of the published site"
NUMBER = 8


def test_robots_are_told_to_pass_by_and_nothing_is_offered_to_be_shared(preview: Built, real_site: Built) -> None:
    for uri in (f"claims/{CLAIM}.md", f"articles/{DIGEST}/index.md", "claims/index.md"):
        tree = LexborHTMLParser(preview.page(uri))
        assert [node.attributes["content"] for node in tree.css("meta[name=robots]")] == ["noindex"], uri
        assert tree.css("meta[property^=og], link[type*=oembed], script[type*=ld]") == [], uri
    assert not real_site.file(f"claims/{CLAIM}.md").exists()
    for uri in (f"articles/{DIGEST}/index.md", "claims/index.md", "claims/kharkiv-border-distance.md"):
        assert LexborHTMLParser(real_site.page(uri)).css("meta[name=robots]") == [], uri


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_its_page_says_first_that_it_is_not_published(
    preview_url: str, chromium: Browser, library: Library, width: int, colours: str
) -> None:
    size: ViewportSize = {"width": width, "height": 800}
    with calm(chromium, f"{preview_url}claims/{CLAIM}/", viewport=size, color_scheme=colours) as page:
        banner = page.get_by_role("note").first
        expect(banner).to_have_text(TOLD)
        expect(banner).to_be_in_viewport(ratio=1)
        assert page.locator("h1 + p > .proposal").count() == 1
        expect(page).to_have_title(re.compile("^Not published: "))
        label = library.ratings[library.claims[CLAIM].facts.rating].label
        expect(page.locator("h1 ~ p .state")).to_have_text(f"Proposed: {label}")
        assert contrast(page, ".proposal") >= 4.5


def test_the_note_in_the_article_its_card_and_the_list_say_so_too(
    preview_url: str, chromium: Browser, library: Library
) -> None:
    summary = library.claims[CLAIM].facts.summary
    with calm(chromium, f"{preview_url}articles/{DIGEST}/?guess=1") as page:
        note = page.locator("li", has=page.locator(f"#check-{NUMBER}"))
        for words in (TOLD, "Proposed: ", summary):
            expect(note).to_contain_text(words)
        expect(note.locator(".ng-veil")).to_have_count(0)
        page.locator(f"sup.check a[href='#check-{NUMBER}']").click()
        for words in (TOLD, "Proposed: ", summary):
            expect(card(page)).to_contain_text(words)
    with calm(chromium, f"{preview_url}claims/?state=in-review") as page:
        rows = page.locator("article h2[id^='state-'] + ul > li:visible")
        expect(rows).to_have_count(1)
        expect(rows).to_contain_text(TOLD)


def test_paper_says_it_too(preview_url: str, chromium: Browser, tmp_path: Path) -> None:
    for way in (f"claims/{CLAIM}/", f"articles/{DIGEST}/"):
        page = chromium.new_page()
        page.goto(preview_url + way)
        page.pdf(path=tmp_path / "page.pdf")
        page.close()
        said = " ".join(sheet.extract_text() for sheet in PdfReader(tmp_path / "page.pdf").pages)
        assert TOLD in " ".join(said.split())


def contrast(page: Page, selector: str) -> float:
    """The contrast of the words of an element with its own ground."""
    colours = page.locator(selector).first.evaluate(
        "(element) => [getComputedStyle(element).color, getComputedStyle(element).backgroundColor]"
    )
    return float(Color(colours[0]).contrast(Color(colours[1]), method="wcag21"))
