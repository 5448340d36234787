"""Cards of an article, by mouse, touch and keyboard."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from build_scripts.model import Article, Library
from tests.site.article_page import (
    CARD,
    DIGEST,
    NARROW,
    OVERLAP,
    QUOTE,
    WIDE,
    Open,
    assert_inside,
    card,
    show_bar,
    toggle,
)
from tests.site.building import Built
from tests.site.serving import served

CLAIMS = {5: "kharkiv-border-distance", 6: "distance-conversions"}
"""Checks of the article by their numbers; the second stands at several places."""


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("dark", [False, True])
def test_a_click_on_a_mention_opens_a_card_that_leads_on(open_article: Open, width: int, dark: bool) -> None:
    with open_article(width=width, dark=dark) as page:
        page.locator("#m-john-kirby-1").click()
        expect(card(page).get_by_role("link", name="John Kirby")).to_be_visible()
        assert_inside(page)
        card(page).get_by_role("link", name="John Kirby").click()
        page.wait_for_url(re.compile("/entities/john-kirby/$"))


def test_a_click_with_control_follows_the_link_in_a_new_tab(open_article: Open) -> None:
    with open_article() as page:
        with page.context.expect_page() as opened:
            page.locator("#m-john-kirby-1").click(modifiers=["Control"])
        opened.value.wait_for_url(re.compile("/entities/john-kirby/$"))
        expect(card(page)).to_be_hidden()


def test_a_click_on_a_quotation_says_who_says_it(open_article: Open) -> None:
    with open_article() as page:
        page.locator(f"#{QUOTE}").click()
        expect(card(page)).to_contain_text("Quotation")
        expect(card(page).get_by_role("link", name="John Kirby")).to_be_visible()
        expect(card(page)).to_contain_text("indirect")


def test_a_click_beside_the_card_closes_it(open_article: Open) -> None:
    with open_article() as page:
        page.locator(f"#{QUOTE}").click()
        expect(card(page)).to_be_visible()
        page.mouse.click(5, 700)
        expect(card(page)).to_be_hidden()


def test_the_card_of_a_check_has_verdict_finding_and_evidence_in_this_order(
    open_article: Open, library: Library
) -> None:
    claim = library.claims["kharkiv-border-distance"].facts
    with open_article() as page:
        page.locator("sup.check a[href='#check-5']").click()
        said = card(page).inner_text()
        parts = (
            "Check 5 of ",
            "Imprecise",
            claim.summary[:40],
            "Evidence against",
            "our own computation",
            "Full check",
        )
        places = [said.find(part) for part in parts]
        assert -1 not in places
        assert places == sorted(places)
        card(page).get_by_role("link", name="Full check").click()
        page.wait_for_url(re.compile("/claims/kharkiv-border-distance/$"))


def test_overlapping_layers_stand_in_one_card(open_article: Open) -> None:
    with open_article() as page:
        page.locator(f"#{OVERLAP}").click()
        expect(card(page).locator("section")).to_have_count(3)
        for words in ("Country in eastern Europe", "Quotation", "Check 9 of "):
            expect(card(page)).to_contain_text(words)
        assert page.evaluate("() => { const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);"
                             "return ids.filter((id, at) => ids.indexOf(id) !== at && !id.startsWith('__')); }") == []  # fmt: skip


def test_a_resting_mouse_opens_the_card_and_leaving_closes_it(open_article: Open) -> None:
    with open_article() as page:
        page.locator(f"#{QUOTE}").scroll_into_view_if_needed()
        page.locator(f"#{QUOTE}").hover()
        expect(card(page)).to_be_visible()
        expect(card(page)).not_to_be_focused()
        card(page).hover()
        page.wait_for_timeout(400)
        expect(card(page)).to_be_visible()
        page.mouse.move(5, 400)
        expect(card(page)).to_be_hidden()


def test_a_passing_mouse_opens_nothing(open_article: Open) -> None:
    with open_article() as page:
        page.locator(f"#{QUOTE}").hover()
        page.mouse.move(5, 400)
        page.wait_for_timeout(500)
        expect(card(page)).to_be_hidden()


def test_a_card_under_a_resting_mouse_closes_by_escape(open_article: Open) -> None:
    with open_article() as page:
        page.locator(f"#{QUOTE}").hover()
        expect(card(page)).to_be_visible()
        page.keyboard.press("Escape")
        expect(card(page)).to_be_hidden()


@pytest.mark.parametrize("target", ["#m-john-kirby-1", f"#{QUOTE}", "sup.check a[href='#check-10']"])
def test_a_tap_opens_the_card_and_a_tap_beside_it_closes_it(open_article: Open, target: str) -> None:
    with open_article(width=NARROW, touch=True) as page:
        page.locator(target).tap()
        expect(card(page)).to_be_visible()
        assert_inside(page)
        page.touchscreen.tap(3, 60)
        expect(card(page)).to_be_hidden()
        assert f"/articles/{DIGEST}/" in page.url


def test_a_card_has_a_button_that_closes_it(open_article: Open) -> None:
    with open_article(width=NARROW, touch=True) as page:
        page.locator(f"#{QUOTE}").tap()
        card(page).get_by_role("button", name="Close").tap()
        expect(card(page)).to_be_hidden()


@pytest.mark.parametrize("link", ["a:has(> #m-john-kirby-1)", "sup.check a[href='#check-10']"])
def test_enter_opens_the_card_and_escape_brings_focus_back(open_article: Open, link: str) -> None:
    with open_article() as page:
        page.locator(link).focus()
        page.keyboard.press("Enter")
        expect(card(page)).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        assert page.evaluate(f"document.querySelector('{CARD}').contains(document.activeElement)")
        page.keyboard.press("Escape")
        expect(card(page)).to_be_hidden()
        expect(page.locator(link)).to_be_focused()


def test_escape_brings_focus_back_to_a_quotation(open_article: Open) -> None:
    with open_article() as page:
        page.locator(f"#{QUOTE}").click()
        page.keyboard.press("Escape")
        expect(page.locator(f"#{QUOTE}")).to_be_focused()
        page.keyboard.press("Enter")
        expect(card(page)).to_be_focused()


def test_without_anchor_positioning_the_card_is_placed_by_script(real_url: str, chromium: Browser) -> None:
    context = chromium.new_context(viewport={"width": NARROW, "height": 800})
    page = context.new_page()
    page.add_init_script("CSS.supports = () => false")
    page.goto(f"{real_url}articles/{DIGEST}/")
    for target in ("#m-john-kirby-1", f"#{QUOTE}", f"#{OVERLAP}", "sup.check a[href='#check-14']"):
        page.locator(target).click()
        assert_inside(page)
        page.keyboard.press("Escape")
    context.close()


def test_a_card_of_a_text_from_right_to_left_is_in_the_window(golden: Built, chromium: Browser) -> None:
    with served(golden.site) as url:
        for width in (NARROW, WIDE):
            page = chromium.new_page(viewport={"width": width, "height": 800})
            page.goto(f"{url}articles/hebrew-note/")
            marks = page.locator(".article-text :is(a:has(> .mention), .quote[id], sup.check a)")
            assert marks.count() > 0
            for number in range(marks.count()):
                marks.nth(number).click()
                assert_inside(page)
                expect(card(page)).to_have_attribute("dir", "ltr")
                page.keyboard.press("Escape")
            page.close()


def test_without_javascript_everything_a_card_says_is_in_the_page(
    real_url: str, chromium: Browser, article: Article, library: Library
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{real_url}articles/{DIGEST}/")
    notes = " ".join(page.locator("article").inner_text().split())
    for mention in article.mentions:
        assert library.entities[mention.entity].facts.description in notes
    for appearance in library.public_appearances(article):
        claim = library.claims[appearance.claim]
        assert claim.facts.claim_reviewed in notes
        assert not claim.has_verdict or claim.facts.summary in notes
    for quote in article.quotes:
        expect(page.locator(f"#note-{quote.id}")).to_be_visible()
    expect(page.locator(".ng-bar, .ng-card")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("number", [5, 6])
def test_each_number_of_a_check_copies_the_address_of_its_own_words(
    real_url: str, chromium: Browser, article: Article, number: int
) -> None:
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{real_url}articles/{DIGEST}/")
    links = page.locator(f"sup.check a[href='#check-{number}']")
    places = [found.id for found in article.appearances if found.claim == CLAIMS[number]]
    assert links.count() == len(places)
    for link, place in zip(links.all(), places, strict=True):
        link.click()
        card(page).get_by_role("button", name="Copy link").click()
        expect(page.locator(".ng-told")).to_have_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()").endswith(f"/articles/{DIGEST}/#{place}")
        page.keyboard.press("Escape")
    context.close()


def test_a_card_closes_when_its_layer_is_turned_off_by_key(open_article: Open) -> None:
    with open_article() as page:
        show_bar(page)
        page.locator(f"#{QUOTE}").click()
        expect(card(page)).to_be_visible()
        toggle(page, "Quotes").focus()
        page.keyboard.press("Space")
        expect(card(page)).to_be_hidden()
        expect(toggle(page, "Quotes")).to_be_focused()


def test_script_and_style_are_small(real_site: Built) -> None:
    """What any page but that of the search loads."""
    assets = real_site.site / "assets"
    page = (real_site.site / "articles/index.html").read_text(encoding="utf-8")
    scripts = loaded(assets, set(re.findall(r'src="[./]*assets/(newsgloss[\w-]*\.js)"', page)))
    assert "newsgloss-search.js" not in scripts
    assert {"newsgloss.js", "newsgloss-views.js", "newsgloss-find.js"} <= scripts
    assert sum(zipped(assets / name) for name in scripts) < 15_000
    assert sum(map(zipped, assets.glob("newsgloss*.css"))) < 10_000


def loaded(assets: Path, names: set[str]) -> set[str]:
    """These modules and all that they import."""
    found: set[str] = set()
    while names - found:
        found |= names
        texts = [(assets / name).read_text(encoding="utf-8") for name in found]
        names = names.union(*(re.findall(r'from\s*"\./([\w-]+\.js)"', text) for text in texts))
    return found


def zipped(path: Path) -> int:
    return len(gzip.compress(path.read_bytes()))
