"""Views of an article: condensed to its marked sentences, and with verdicts behind a question."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from build_scripts.model import Article, Library
from tests.site.article_page import NARROW, QUOTE, WIDE, Open, assert_inside, card, show_bar, toggle

_LETTERS = "(text) => text.textContent.replace(/… [0-9]+ sentences?/g, '')"
_SHOWN_WITHOUT_MARK = """(text) => {
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  const bare = [];
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (element.closest('.ng-fold, h2, [hidden], [data-a], sup')) continue;
    bare.push(walker.currentNode.data);
  }
  return bare.join('').length;
}"""
"""How many letters outside marks can be seen."""
CHECK_5 = "#check-5"


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("dark", [False, True])
def test_the_condensed_view_folds_what_stands_between_marks(open_article: Open, width: int, dark: bool) -> None:
    with open_article(width=width, dark=dark) as page:
        before = text(page).evaluate(_LETTERS)
        bare = text(page).evaluate(_SHOWN_WITHOUT_MARK)
        show_bar(page)
        toggle(page, "Condensed").click()
        expect(toggle(page, "Condensed")).to_have_attribute("aria-pressed", "true")
        assert page.url.endswith("?view=condensed")
        assert folds(page).count() > 1
        assert text(page).evaluate(_SHOWN_WITHOUT_MARK) < bare
        assert text(page).evaluate(_LETTERS) == before
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        toggle(page, "Condensed").click()
        expect(folds(page)).to_have_count(0)
        assert text(page).evaluate("(one) => one.querySelectorAll('[hidden]').length") == 0
        assert "view" not in page.url


def test_every_mark_of_the_layers_that_are_on_stays_in_the_condensed_view(
    open_article: Open, article: Article, library: Library
) -> None:
    with open_article("?layers=quotes&view=condensed") as page:
        assert folds(page).count() > 1
        for quote in article.quotes:
            expect(page.locator(f"#{quote.id}")).to_be_visible()
        assert page.locator(".article-text h2:visible").count() == page.locator(".article-text h2").count()
        few = text(page).inner_text()
        show_bar(page)
        toggle(page, "Checks").click()
        assert len(text(page).inner_text()) > len(few)
        for appearance in library.public_appearances(article):
            expect(page.locator(f"#{appearance.id}")).to_be_visible()


@pytest.mark.parametrize("how", ["click", "tap", "Enter", "Space"])
def test_a_fold_opens_in_place_and_closes_again(open_article: Open, how: str) -> None:
    with open_article("?view=condensed", width=NARROW, touch=how == "tap") as page:
        button = folds(page).first
        expect(button).to_have_text("… 1 sentence")
        expect(button).to_have_attribute("lang", "en")
        folded = text(page).locator("[hidden]").first
        expect(folded).to_be_hidden()
        use(button, how)
        expect(button).to_have_attribute("aria-expanded", "true")
        expect(text(page).locator(".ng-fold + *").first).to_be_visible()
        use(button, how)
        expect(button).to_have_attribute("aria-expanded", "false")
        expect(folded).to_be_hidden()


def test_cards_and_keys_work_in_the_condensed_view(open_article: Open, article: Article) -> None:
    with open_article("?layers=quotes&view=condensed") as page:
        for quote in article.quotes:
            page.keyboard.press("n")
            expect(page.locator(f"#{quote.id}")).to_be_focused()
            expect(card(page)).to_be_visible()
            assert_inside(page)


def test_a_link_to_folded_words_unfolds_them(open_article: Open) -> None:
    folded = "m-tara-copp-1"
    with open_article(f"?layers=checks&view=condensed#{folded}") as page:
        expect(page.locator(f"#{folded}")).to_be_in_viewport()
    with open_article("?layers=checks&view=condensed") as page:
        expect(page.locator(f"#{folded}")).to_be_hidden()
        page.locator(f"#notes ~ ol a[href='#{folded}']").click()
        expect(page.locator(f"#{folded}")).to_be_in_viewport()


def test_plain_text_is_never_condensed(open_article: Open) -> None:
    with open_article("?layers=plain&view=condensed") as page:
        expect(folds(page)).to_have_count(0)
        show_bar(page)
        expect(toggle(page, "Condensed")).to_have_attribute("aria-pressed", "false")
        toggle(page, "Condensed").click()
        expect(toggle(page, "Plain text")).to_have_attribute("aria-pressed", "false")
        assert folds(page).count() > 1
        toggle(page, "Plain text").click()
        expect(folds(page)).to_have_count(0)
        expect(toggle(page, "Condensed")).to_have_attribute("aria-pressed", "false")
        assert page.url.endswith("?layers=plain")


def test_a_folded_link_is_out_of_the_tab_order(open_article: Open) -> None:
    with open_article("?layers=checks&view=condensed") as page:
        reachable = text(page).evaluate(
            "(one) => [...one.querySelectorAll('a')].filter((link) => !link.textContent.trim() "
            "|| (link.checkVisibility() && !link.innerText.trim())).length"
        )
        assert reachable == 0


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("how", ["click", "tap", "Enter"])
def test_a_guess_comes_before_the_verdict_in_the_notes(open_article: Open, width: int, how: str) -> None:
    with open_article(width=width, touch=how == "tap") as page:
        note = page.locator("li", has=page.locator(CHECK_5))
        expect(note.locator(".rating")).to_be_visible()
        show_bar(page)
        toggle(page, "Guess first").click()
        assert page.url.endswith("?guess=1")
        expect(page.locator("article :is(.rating, .finding, .evidence):visible")).to_have_count(0)
        use(note.get_by_role("button", name="What do you think first?"), how)
        expect(note.locator(".rating")).to_be_visible()
        expect(note.locator(".rating")).to_be_focused()
        expect(note.locator(".finding")).to_be_visible()
        expect(note.locator(".evidence")).to_be_visible()
        expect(page.locator("article .rating:visible")).to_have_count(1)
        toggle(page, "Guess first").click()
        expect(page.locator(".ng-veil")).to_have_count(0)
        expect(page.locator("article .rating").first).to_be_visible()


@pytest.mark.parametrize("how", ["click", "tap", "Enter"])
def test_a_guess_comes_before_the_verdict_in_a_card(open_article: Open, how: str) -> None:
    with open_article("?guess=1", width=NARROW, touch=how == "tap") as page:
        number = page.locator("sup.check a[href='#check-5']")
        use(number, how)
        expect(card(page)).to_contain_text("Check 5 of ")
        expect(card(page).locator(".rating, .finding, .evidence").filter(visible=True)).to_have_count(0)
        use(card(page).get_by_role("button", name="What do you think first?"), how)
        expect(card(page).locator(".rating")).to_be_focused()
        expect(card(page)).to_contain_text("Evidence against")
        expect(page.locator("li", has=page.locator(CHECK_5)).locator(".rating")).to_be_visible()
        assert_inside(page)
        page.keyboard.press("Escape")
        expect(number).to_be_focused()
        use(number, how)
        expect(card(page).locator(".rating")).to_be_visible()


def test_a_card_has_a_button_that_copies_the_address_of_its_words(open_article: Open) -> None:
    with open_article() as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.locator(f"#{QUOTE}").click()
        card(page).get_by_role("button", name="Copy link").click()
        page.wait_for_function(
            "(end) => navigator.clipboard.readText().then((text) => text.endsWith(end))", arg=f"#{QUOTE}"
        )


def text(page: Page) -> Locator:
    return page.locator(".article-text")


def folds(page: Page) -> Locator:
    return page.locator(".article-text .ng-fold")


def use(target: Locator, how: str) -> None:
    """Press ``target`` by mouse, finger or key."""
    if how == "click":
        target.click()
    elif how == "tap":
        target.tap()
    else:
        target.press(how)


def test_nothing_stands_empty_where_a_verdict_is_hidden(open_article: Open) -> None:
    with open_article("?guess=1") as page:
        page.locator(f"sup.check a[href='{CHECK_5}']").click()
        for where in (card(page), page.locator("#checks + ol")):
            shown = where.locator("p").evaluate_all(
                "(all) => all.filter((one) => one.checkVisibility()).map((one) => one.innerText)"
            )
            assert shown
            assert all(words.strip() for words in shown)
