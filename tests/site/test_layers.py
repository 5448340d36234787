"""Layers of an article: which marks are shown, remembered and shared."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from build_scripts.model import Article
from tests.site.article_page import NARROW, QUOTE, WIDE, Open, card, show_bar, toggle


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_toggles_take_marks_away_and_are_remembered(open_article: Open, width: int) -> None:
    with open_article(width=width) as page:
        show_bar(page)
        for name in ("Quotes", "Checks", "People"):
            toggle(page, name).click()
            expect(toggle(page, name)).to_have_attribute("aria-pressed", "false")
        assert styles(page, f"#{QUOTE}")["borderBottomStyle"] == "none"
        assert styles(page, "a:has(> #m-john-kirby-1)")["textDecorationLine"] == "none"
        assert styles(page, "a:has(> #m-white-house-1)")["textDecorationLine"] == "underline"
        expect(page.locator("sup.check").first).to_be_hidden()
        assert page.url.endswith("?layers=places,organisations,other")
        page.locator(f"#{QUOTE}").click()
        expect(card(page)).to_be_hidden()
        page.goto(page.url.partition("?")[0])
        show_bar(page)
        expect(toggle(page, "Quotes")).to_have_attribute("aria-pressed", "false")
        expect(toggle(page, "Places")).to_have_attribute("aria-pressed", "true")


def test_a_shared_view_wins_over_what_is_remembered(open_article: Open) -> None:
    with open_article() as page:
        show_bar(page)
        toggle(page, "Plain text").click()
        assert page.url.endswith("?layers=plain")
        page.goto(page.url.replace("plain", "people,quotes"))
        show_bar(page)
        pressed = page.locator(".ng-bar [aria-pressed=true]").all_inner_texts()
        assert pressed == ["People", "Quotes"]


def test_plain_text_shows_no_mark_and_gives_back_what_was_on(open_article: Open) -> None:
    with open_article("?layers=people,quotes") as page:
        show_bar(page)
        toggle(page, "Plain text").click()
        marked = page.locator(".article-text :is(a:has(> .mention), .quote, mark)").evaluate_all(
            "(all) => all.map((one) => getComputedStyle(one)).filter((one) => one.textDecorationLine !== 'none'"
            " || one.borderBottomStyle !== 'none' || one.backgroundColor !== 'rgba(0, 0, 0, 0)').length"
        )
        assert marked == 0
        toggle(page, "Plain text").click()
        assert page.url.endswith("?layers=people,quotes")


def test_a_repeated_mention_is_marked_on_request_only(open_article: Open) -> None:
    with open_article() as page:
        again = ".article-text a:has(> .mention.again)"
        assert styles(page, again)["textDecorationLine"] == "none"
        show_bar(page)
        toggle(page, "Every mention").click()
        page.mouse.move(5, 5)
        assert styles(page, again)["textDecorationLine"] == "underline"
        assert page.url.endswith(",every")


def test_only_the_first_mention_of_a_section_is_not_repeated(open_article: Open, article: Article) -> None:
    headings = [block.start for block in article.prose.blocks if block.is_heading]
    seen: set[tuple[str, int]] = set()
    with open_article() as page:
        for mention in article.mentions:
            place = (mention.entity, sum(start <= mention.span.start for start in headings))
            classes = page.locator(f"#{mention.id}").get_attribute("class") or ""
            assert ("again" in classes.split()) == (place in seen), mention.id
            seen.add(place)


def test_the_text_stays_where_it_is_when_the_bar_comes(open_article: Open) -> None:
    with open_article() as page:
        with_bar = page.locator(".article-text").bounding_box()
        page.evaluate("document.querySelector('.ng-bar').remove()")
        assert page.locator(".article-text").bounding_box() == with_bar


def styles(page: Page, selector: str) -> dict[str, str]:
    found: dict[str, str] = page.locator(selector).first.evaluate(
        "(one) => { const { borderBottomStyle, textDecorationLine } = getComputedStyle(one);"
        " return { borderBottomStyle, textDecorationLine }; }"
    )
    return found


def test_every_mention_and_plain_text_are_never_on_at_once(open_article: Open) -> None:
    with open_article("?layers=plain") as page:
        show_bar(page)
        toggle(page, "Every mention").click()
        expect(toggle(page, "Every mention")).to_have_attribute("aria-pressed", "true")
        expect(toggle(page, "Plain text")).to_have_attribute("aria-pressed", "false")
        assert page.url.endswith(",every")
        toggle(page, "Plain text").click()
        expect(toggle(page, "Every mention")).to_have_attribute("aria-pressed", "false")
        toggle(page, "Every mention").click()
        assert page.url.endswith(",every")
    with open_article("?layers=people,every") as page:
        show_bar(page)
        toggle(page, "People").click()
        expect(toggle(page, "Plain text")).to_have_attribute("aria-pressed", "true")
        expect(toggle(page, "Every mention")).to_have_attribute("aria-pressed", "false")
