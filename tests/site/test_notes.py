"""The list of all notes of an article: whole without a script, in the order of the text."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect
from selectolax.lexbor import LexborHTMLParser

from build_scripts.model import Article, Library
from tests.site.article_page import DIGEST, NARROW, WIDE, Open
from tests.site.building import Built


@pytest.fixture(scope="module")
def tree(real_site: Built) -> LexborHTMLParser:
    return LexborHTMLParser(real_site.page(f"articles/{DIGEST}/index.md"))


def test_every_note_stands_in_the_list_once_in_text_order(
    tree: LexborHTMLParser, article: Article, library: Library
) -> None:
    checks = {found.claim for found in article.appearances if library.claims[found.claim].is_public}
    names = {mention.entity for mention in article.mentions}
    targets = [item.css("a") for item in tree.css("#notes + ol > li")]
    places = [(links[-1].attributes["href"] or "")[1:] for links in targets]
    assert len(places) == len(set(places)) == len(checks) + len(article.quotes) + len(names)
    starts = {mention.id: mention.span.start for mention in article.mentions}
    starts |= {quote.id: quote.spans[0].start for quote in article.quotes}
    starts |= {found.id: found.span.start for found in article.appearances}
    assert [starts[place] for place in places] == sorted(starts[place] for place in places)
    ids = {node.attributes["id"] for node in tree.css("[id]")}
    assert all((link.attributes["href"] or "")[1:] in ids for links in targets for link in links)


def test_checks_and_quotations_are_counted(tree: LexborHTMLParser, article: Article) -> None:
    lines = [item.text() for item in tree.css("#notes + ol > li")]
    for kind, all_of_them in (("Check", len(tree.css("#checks + ol > li"))), ("Quotation", len(article.quotes))):
        numbers = [re.match(rf"{kind} (\d+) of (\d+)\b", line) for line in lines]
        counted = [(int(found[1]), int(found[2])) for found in numbers if found]
        assert counted == [(number, len(counted)) for number in range(1, len(counted) + 1)]
        assert len(counted) == all_of_them


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_line_leads_to_the_words_and_to_the_note_without_a_script(
    real_url: str, chromium: Browser, width: int
) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(f"{real_url}articles/{DIGEST}/")
    page.get_by_role("link", name="all in the order of the text").click()
    line = page.locator("#notes + ol > li", has_text="Check 5 of 14")
    for fragment in ("#c-kharkiv-border-distance", "#check-5"):
        line.locator(f"a[href='{fragment}']").click()
        expect(page.locator(":target")).to_be_in_viewport()
        assert page.url.endswith(fragment)
    context.close()


def test_one_can_skip_to_the_notes_and_past_them(open_article: Open) -> None:
    with open_article() as page:
        for name, target in (("Skip to the notes", "#checks"), ("Skip the notes", "#classroom")):
            link = page.get_by_role("link", name=name, exact=True)
            link.focus()
            expect(link).to_be_in_viewport()
            page.keyboard.press("Enter")
            expect(page.locator(target)).to_be_in_viewport()


def test_a_number_in_the_text_says_to_a_screen_reader_what_it_is(open_article: Open) -> None:
    with open_article() as page:
        expect(page.get_by_role("link", name="Check 3 of 14", exact=True).first).to_have_text("3")
