"""An article on paper."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

ARTICLE = "articles/2024-06-05-us-weapons-inside-russia/"
_AFTER = "(link) => getComputedStyle(link, '::after').content"


def test_addresses_are_spelled_out_and_the_frame_is_gone(chromium: Browser, real_url: str) -> None:
    page = chromium.new_page()
    page.emulate_media(media="print")
    page.goto(real_url + ARTICLE)
    original = page.locator("a", has_text="Read the original")
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
