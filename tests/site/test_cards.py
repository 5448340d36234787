"""Cards, layers and keys of an article, by mouse, touch and keyboard."""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from build_scripts.model import Article, Library
from tests.site.building import REPOSITORY, Built, build_with_mkdocs, made_once, new_root
from tests.site.serving import served
from tests.site.watching import Watch

DIGEST = "2024-06-05-us-weapons-inside-russia"
GOLDEN = REPOSITORY / "tests" / "golden" / "sources"
CARD = ".ng-card"
QUOTE = "q-kirby-no-confirmation"
OVERLAP = "c-isw-belgorod-strike"
"""Words that are a mention, a quotation and a check at once."""
NARROW, WIDE = 375, 1280

Open = Callable[..., AbstractContextManager[Page]]


@pytest.fixture
def open_article(real_url: str, chromium: Browser) -> Open:
    """Opens the article in a browser of a given kind; nothing may have gone wrong by the time it is closed."""

    @contextmanager
    def opened(query: str = "", *, width: int = WIDE, touch: bool = False, dark: bool = False) -> Iterator[Page]:
        context = chromium.new_context(
            viewport={"width": width, "height": 800}, has_touch=touch, color_scheme="dark" if dark else "light"
        )
        watch = Watch(context, urlsplit(real_url).netloc)
        watch.page.goto(f"{real_url}articles/{DIGEST}/{query}")
        yield watch.page
        context.close()
        assert watch.complaints == []
        assert watch.foreign == []

    return opened


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


def test_a_check_in_review_shows_no_finding(open_article: Open) -> None:
    with open_article() as page:
        page.locator("sup.check a[href='#check-8']").click()
        expect(card(page)).to_contain_text("In review")
        expect(card(page).locator(".finding, .evidence, .rating")).to_have_count(0)


def test_overlapping_layers_stand_in_one_card(open_article: Open) -> None:
    with open_article() as page:
        page.locator(f"#{OVERLAP}").click()
        expect(card(page).locator("section")).to_have_count(3)
        for words in ("Country in eastern Europe", "Quotation", "Check 10 of "):
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
        page.locator("input[name=query]").click()
        page.keyboard.type("np?")
        expect(page.locator("input[name=query]")).to_have_value("np?")
        expect(card(page)).to_be_hidden()
        expect(page.locator("dialog.ng-help")).to_be_hidden()


def test_a_question_mark_shows_the_keys_and_escape_hides_them(open_article: Open) -> None:
    with open_article() as page:
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("dialog.ng-help")).to_be_hidden()


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


def test_the_first_tab_before_the_text_skips_to_the_notes(open_article: Open) -> None:
    with open_article() as page:
        skip = page.get_by_role("link", name="Skip to the notes")
        skip.focus()
        expect(skip).to_be_in_viewport()
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("#checks$"))


def test_the_text_stays_where_it_is_when_the_bar_comes(open_article: Open) -> None:
    with open_article() as page:
        with_bar = page.locator(".article-text").bounding_box()
        page.evaluate("document.querySelector('.ng-bar').remove()")
        assert page.locator(".article-text").bounding_box() == with_bar


def test_without_anchor_positioning_the_card_is_placed_by_script(real_url: str, chromium: Browser) -> None:
    context = chromium.new_context(viewport={"width": NARROW, "height": 800})
    page = context.new_page()
    page.add_init_script("CSS.supports = () => false")
    page.goto(f"{real_url}articles/{DIGEST}/")
    for target in ("#m-john-kirby-1", f"#{QUOTE}", f"#{OVERLAP}", "sup.check a[href='#check-15']"):
        page.locator(target).click()
        assert_inside(page)
        page.keyboard.press("Escape")
    context.close()


def test_a_card_of_a_text_from_right_to_left_is_in_the_window(hebrew: Built, chromium: Browser) -> None:
    with served(hebrew.site) as url:
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
    for appearance in article.appearances:
        claim = library.claims[appearance.claim]
        assert claim.facts.claim_reviewed in notes
        assert not claim.has_verdict or claim.facts.summary in notes
    for quote in article.quotes:
        expect(page.locator(f"#note-{quote.id}")).to_be_visible()
    expect(page.locator(".ng-bar, .ng-card")).to_have_count(0)
    context.close()


def test_script_and_style_are_small(real_site: Built) -> None:
    assets = real_site.site / "assets"
    size = {kind: sum(map(zipped, assets.glob(f"newsgloss*.{kind}"))) for kind in ("js", "css")}
    assert size["js"] < 15_000
    assert size["css"] < 10_000


@pytest.fixture(scope="module")
def hebrew(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site with the article in Hebrew, with all that the golden sources know."""

    def fill(folder: Path) -> Built:
        root = new_root(folder / "root")
        shutil.rmtree(root / "sources")
        shutil.copytree(GOLDEN, root / "sources")
        return build_with_mkdocs(root, folder / "site")

    return made_once(tmp_path_factory, "golden-cards", fill)


def card(page: Page) -> Locator:
    return page.locator(CARD)


def show_bar(page: Page) -> None:
    page.get_by_role("button", name="Marks in the text").click()


def toggle(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name="Marks in the text").get_by_role("button", name=name, exact=True)


def styles(page: Page, selector: str) -> dict[str, str]:
    found: dict[str, str] = page.locator(selector).first.evaluate(
        "(one) => { const { borderBottomStyle, textDecorationLine } = getComputedStyle(one);"
        " return { borderBottomStyle, textDecorationLine }; }"
    )
    return found


def focused(page: Page) -> int:
    """The place of the focused element among all elements."""
    place: int = page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)")
    return place


def assert_inside(page: Page) -> None:
    """The card is shown, whole and inside the window."""
    expect(card(page)).to_be_visible()
    box = card(page).bounding_box()
    window = page.viewport_size
    assert box
    assert window
    assert min(box["x"], box["y"]) >= 0
    assert box["x"] + box["width"] <= window["width"]
    assert box["y"] + box["height"] <= window["height"]


def zipped(path: Path) -> int:
    return len(gzip.compress(path.read_bytes()))
