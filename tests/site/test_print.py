"""An article on paper."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser
from pypdf import PdfReader

from build_scripts.model import Article

ARTICLE = "articles/2024-06-05-us-weapons-inside-russia/"
_AFTER = "(link) => getComputedStyle(link, '::after').content"


def test_addresses_are_spelled_out_and_the_frame_is_gone(chromium: Browser, real_url: str) -> None:
    page = chromium.new_page()
    page.emulate_media(media="print")
    page.goto(real_url + ARTICLE)
    original = page.locator("a", has_text="Read the report")
    assert "hosted.ap.org" in original.evaluate(_AFTER)
    assert page.locator(".article-text .mention").first.locator("xpath=..").evaluate(_AFTER) == "none"
    assert not page.locator(".md-header").is_visible()
    assert page.locator("sup.check").first.is_visible()
    assert page.locator("#checks").is_visible()
    page.close()


def test_an_article_prints_on_a_few_pages(chromium: Browser, real_url: str, tmp_path: Path) -> None:
    page = chromium.new_page()
    page.goto(real_url + ARTICLE)
    page.pdf(path=tmp_path / "article.pdf", format="A4")
    pages = (tmp_path / "article.pdf").read_bytes().count(b"/Type /Page\n")
    assert 2 <= pages <= 10
    page.close()


def test_every_quotation_and_name_has_its_number_at_its_words_and_at_its_note(
    chromium: Browser, real_url: str, article: Article, tmp_path: Path
) -> None:
    page = chromium.new_page()
    page.goto(real_url + ARTICLE)
    page.pdf(path=tmp_path / "article.pdf", format="A4")
    page.close()
    printed = "\n".join(sheet.extract_text() for sheet in PdfReader(tmp_path / "article.pdf").pages)
    text, notes = printed.split("Who is quoted", 1)
    names = len({mention.entity for mention in article.mentions})
    for kind, count in (("q", len(article.quotes)), ("n", names)):
        numbers = [f"{kind}{number}" for number in range(1, count + 1)]
        assert sorted(set(re.findall(rf"{kind}[0-9]+(?![0-9a-z])", text)), key=lambda one: int(one[1:])) == numbers
        assert re.findall(rf"(?<![a-z]){kind}[0-9]+(?= )", notes) == numbers
    assert "https://hosted.ap.org/" in printed.replace("\n", "")
    assert "All notes in the order of the text" not in printed


def test_words_of_a_layer_that_is_off_have_no_number_on_paper(chromium: Browser, real_url: str) -> None:
    page = chromium.new_page()
    page.emulate_media(media="print")
    numbered = (
        "(all) => all.filter((one) => getComputedStyle(one, '::after').content !== 'none').map((one) => one.className)"
    )
    for asked, kinds in (("plain", set()), ("people,checks", {"mention-person"}), ("quotes", {"quote"})):
        page.goto(f"{real_url}{ARTICLE}?layers={asked}")
        classes = page.locator(".article-text [data-n]").evaluate_all(numbered)
        assert {name.split()[-1] for name in classes} == kinds
    page.close()
