"""Moving through an article by keys alone."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from build_scripts.model import Article
from tests.site.article_page import QUOTE, Open, assert_inside, card


def test_n_and_p_lead_through_all_marks_in_text_order(open_article: Open, article: Article) -> None:
    with open_article() as page:
        stops = page.evaluate(
            "() => document.querySelectorAll('.article-text :is(a:has(> .mention:not(.again)), .quote[id], sup.check a)').length"
        )
        assert stops > len(article.quotes) + len(article.appearances)
        places = []
        for _ in range(stops):
            page.keyboard.press("n")
            expect(card(page)).to_be_visible()
            assert_inside(page)
            places.append(focused(page))
        assert places == sorted(places)
        assert len(set(places)) == stops
        page.keyboard.press("n")
        assert focused(page) == places[-1]
        page.keyboard.press("p")
        assert focused(page) == places[-2]


def test_n_passes_over_layers_that_are_off(open_article: Open, article: Article) -> None:
    with open_article("?layers=quotes") as page:
        for quote in article.quotes[:4]:
            page.keyboard.press("n")
            expect(page.locator(f"#{quote.id}")).to_be_focused()
            expect(card(page).locator("section")).to_have_count(1)


def test_keys_mean_nothing_in_the_search_box_or_with_control(open_article: Open) -> None:
    with open_article() as page:
        page.keyboard.press("Control+p")
        page.locator(".ng-find input").click()
        page.keyboard.type("np?")
        expect(page.locator(".ng-find input")).to_have_value("np?")
        expect(card(page)).to_be_hidden()
        expect(page.locator("dialog.ng-help")).to_be_hidden()


def test_a_question_mark_shows_the_keys_and_escape_hides_them(open_article: Open) -> None:
    with open_article() as page:
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("dialog.ng-help")).to_be_hidden()


def test_the_first_tab_before_the_text_skips_to_the_notes(open_article: Open) -> None:
    with open_article() as page:
        skip = page.get_by_role("link", name="Skip to the notes")
        skip.focus()
        expect(skip).to_be_in_viewport()
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("#checks$"))


def focused(page: Page) -> int:
    """The place of the focused element among all elements."""
    place: int = page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)")
    return place


def test_n_goes_on_from_the_words_that_were_clicked(open_article: Open) -> None:
    with open_article() as page:
        page.keyboard.press("n")
        first = focused(page)
        page.locator(f"#{QUOTE}").click()
        page.keyboard.press("n")
        assert focused(page) > place_of(page, f"#{QUOTE}") > first


def test_n_goes_on_from_the_words_that_a_link_led_to(open_article: Open) -> None:
    with open_article(f"#{QUOTE}") as page:
        page.keyboard.press("n")
        assert focused(page) > place_of(page, f"#{QUOTE}")
        page.evaluate(
            "() => new Promise((done) => { addEventListener('hashchange', done); location.hash = '#m-ukraine-2'; })"
            ".then(() => undefined)"
        )
        page.keyboard.press("p")
        assert focused(page) < place_of(page, "#m-ukraine-2")


def test_after_the_keys_focus_is_back_at_the_words(open_article: Open) -> None:
    with open_article() as page:
        page.locator(f"#{QUOTE}").click()
        page.keyboard.press("?")
        expect(card(page)).to_be_hidden()
        page.keyboard.press("Escape")
        expect(page.locator(f"#{QUOTE}")).to_be_focused()


def place_of(page: Page, words: str) -> int:
    """The place of the element ``words`` among all elements."""
    place: int = page.locator(words).evaluate("(one) => [...document.querySelectorAll('*')].indexOf(one)")
    return place
