"""The search: what it finds, how it is filtered, how it is reached, what it says when it can't."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from build_scripts.model import Article, Library
from tests.site.building import Built
from tests.site.serving import served
from tests.site.watching import Watch, result, search, watched

DIGEST = "2024-06-05-us-weapons-inside-russia"
CHOSEN = {
    "kind": ("Quotation", "quotation"),
    "verdict": ("Mostly accurate", "mostly-accurate"),
    "speaker": ("Mike Rounds", "mike-rounds"),
}


@pytest.fixture
def page(watch: Watch, real_url: str) -> Page:
    watch.page.goto(f"{real_url}about/")
    return watch.page


@pytest.fixture(scope="module")
def golden_url(golden: Built) -> Iterator[str]:
    """Where the small publication of the golden pages is served."""
    with served(golden.site) as url:
        yield url


def hits(page: Page) -> Locator:
    return page.locator(".ng-found > li")


def field(page: Page) -> Locator:
    return page.locator("article").get_by_role("searchbox")


def told(page: Page) -> Locator:
    return page.locator("article").get_by_role("status")


def counted(page: Page) -> int:
    """How many results the page says there are."""
    found = re.match(r"\d+", told(page).inner_text())
    return int(found[0]) if found else 0


def test_every_direct_quotation_is_found_by_its_words_alone_and_leads_to_its_place(
    page: Page, article: Article
) -> None:
    quotes = [quote for quote in article.quotes if quote.facts.kind == "direct"]
    assert len(quotes) > 1
    for quote in quotes:
        phrase = article.prose.text[quote.spans[0].start : quote.spans[0].end]
        search(page, f'"{phrase}"')
        assert all(re.match("Quotation|Article|Claim", text) for text in hits(page).all_inner_texts())
        found = result(page, f"articles/{DIGEST}/#{quote.id}")
        found.click()
        page.wait_for_url(f"**/articles/{DIGEST}/#{quote.id}")
        expect(page.locator(":target")).to_be_in_viewport()


@pytest.mark.parametrize("marks", ['""', "“”", "«»", "„“", "””"])
def test_a_phrase_stands_in_quotation_marks_of_any_kind(page: Page, marks: str) -> None:
    search(page, f"{marks[0]}at a tactical level{marks[1]}")
    assert " ".join(hits(page).first.locator("mark").all_inner_texts()).strip(".”") == "at a tactical level"
    search(page, f"{marks[0]}tactical at a level{marks[1]}")
    expect(hits(page)).to_have_count(0)
    expect(told(page)).to_contain_text("Nothing found")


def test_either_apostrophe_finds_the_same(page: Page, article: Article) -> None:
    word = next(word for word in re.findall(r"\w+’\w+", article.prose.text))
    found = []
    for apostrophe in ("’", "'"):
        search(page, f'"{word.replace("’", apostrophe)}"')
        found.append(hits(page).all_inner_texts())
    assert found[0]
    assert found[0] == found[1]


def test_entities_are_found_by_name_and_alias_and_checks_by_their_claim(page: Page, library: Library) -> None:
    entity = library.entities["himars"].facts
    for name in (entity.name, *entity.aliases):
        search(page, name)
        expect(result(page, "entities/himars/")).to_be_visible()
    search(page, library.claims["kharkiv-border-distance"].facts.claim_reviewed)
    expect(hits(page).first).to_contain_text("Claim")
    expect(hits(page).first.locator("a")).to_have_attribute("href", re.compile("/claims/kharkiv-border-distance/$"))


def test_accents_and_capitals_do_not_matter(golden_url: str, chromium: Browser) -> None:
    with watched(chromium, golden_url) as watch:
        watch.page.goto(golden_url)
        search(watch.page, "ÁDA lindqvist")
        expect(result(watch.page, "entities/ada-lindqvist/")).to_be_visible()


def test_a_hebrew_article_is_found_in_its_language_and_direction(golden_url: str, chromium: Browser) -> None:
    with watched(chromium, golden_url) as watch:
        page = watch.page
        page.goto(f"{golden_url}articles/hebrew-note/")
        word = max(page.locator(".article-text p").first.inner_text().split(), key=len).strip(".,:–")
        search(page, word)
        link = result(page, "articles/hebrew-note/")
        expect(link).to_have_attribute("lang", "he")
        hit = hits(page).filter(has=page.locator('a[href*="articles/hebrew-note/"]')).first
        excerpt = hit.locator("p[lang=he]")
        expect(excerpt.locator("mark").first).to_contain_text(word)
        assert excerpt.evaluate("(shown) => shown.matches(':dir(rtl)')")
        page.get_by_role("checkbox", name=re.compile("Hebrew")).check()
        page.wait_for_url(re.compile("language=he"))
        expect(hits(page).locator("a:not([lang=he])")).to_have_count(0)
        expect(hits(page).locator("a[lang=he]")).not_to_have_count(0)
        assert watch.complaints == []


@pytest.mark.parametrize("group", CHOSEN)
def test_a_filter_lets_through_what_it_counts_and_stands_in_the_address(page: Page, real_url: str, group: str) -> None:
    label, name = CHOSEN[group]
    page.goto(f"{real_url}search/")
    box = page.get_by_role("group", name=group.capitalize()).get_by_role("checkbox", name=re.compile(label))
    box.wait_for()
    number = int(re.findall(r"\((\d+)\)", box.locator("xpath=..").inner_text())[0])
    box.check()
    page.wait_for_url(re.compile(rf"\?{group}={name}$"))
    expect(told(page)).to_have_text(f"{number} results")
    page.reload()
    expect(told(page)).to_have_text(f"{number} results")
    expect(box).to_be_checked()
    box.uncheck()
    page.wait_for_url(re.compile(r"/search/$"))
    expect(hits(page)).to_have_count(0)


def test_filters_narrow_each_other_and_choices_of_one_widen(page: Page, real_url: str) -> None:
    def asked(**values: str) -> int:
        page.goto(f"{real_url}search/?{urlencode(values)}")
        told(page).filter(has_text=re.compile("result|Nothing")).wait_for()
        return counted(page)

    one, other = asked(kind="claim"), asked(kind="person")
    assert asked(kind="claim,person") == one + other
    assert 0 < asked(kind="claim", verdict="mostly-accurate") < one
    assert asked(kind="person", verdict="mostly-accurate") == 0


def test_what_is_typed_is_answered_at_once_and_back_returns_to_it(page: Page, real_url: str) -> None:
    page.goto(f"{real_url}search/")
    field(page).fill("kirby")
    page.wait_for_url(re.compile(r"\?q=kirby$"))
    expect(hits(page).first).to_contain_text("John Kirby")
    first = hits(page).all_inner_texts()
    hits(page).first.locator("a").click()
    page.wait_for_url(re.compile("/entities/john-kirby/$"))
    page.go_back()
    expect(field(page)).to_have_value("kirby")
    expect(hits(page)).to_have_count(len(first))


def test_what_is_typed_before_the_index_came_is_kept_and_answered(page: Page, real_url: str) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/pagefind/facets.json", hold)
    page.goto(f"{real_url}search/")
    field(page).fill("kirby")
    page.wait_for_url(re.compile(r"\?q=kirby$"))
    held[0].continue_()
    expect(hits(page).first).to_contain_text("John Kirby")


def test_more_results_come_when_they_are_asked_for(page: Page, real_url: str) -> None:
    page.goto(f"{real_url}search/?kind=quotation")
    expect(hits(page)).to_have_count(20)
    page.get_by_role("button", name="Show more").click()
    expect(hits(page)).to_have_count(counted(page))
    expect(hits(page).nth(20).locator("a")).to_be_focused()
    expect(page.get_by_role("button", name="Show more")).to_be_hidden()


def test_without_words_the_newest_come_first(page: Page, real_url: str, library: Library) -> None:
    page.goto(f"{real_url}search/?kind=article")
    expect(hits(page)).to_have_count(len(library.articles))
    newest = max(library.articles.values(), key=lambda article: article.facts.published)
    expect(hits(page).first).to_contain_text(newest.facts.headline)


@pytest.mark.parametrize("key", ["/", "s"])
def test_the_keyboard_alone_leads_from_a_page_to_a_result(page: Page, key: str) -> None:
    page.keyboard.press(key)
    expect(page.get_by_role("searchbox", name="Search")).to_be_focused()
    page.keyboard.type("s/kirby")
    expect(page.get_by_role("searchbox", name="Search")).to_have_value("s/kirby")
    page.keyboard.press("Control+a")
    page.keyboard.type("kirby")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search/\?q=kirby$"))
    hits(page).first.wait_for()
    page.keyboard.press(key)
    expect(field(page)).to_be_focused()
    for _step in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.ng-found')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/entities/john-kirby/$"))


def test_a_narrow_window_has_a_button_that_leads_to_the_search(page: Page) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    expect(page.locator(".ng-find input")).to_be_hidden()
    page.keyboard.press("/")
    expect(page.get_by_role("button", name="Search")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search/"))
    expect(field(page)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 375


@pytest.mark.parametrize("depth", ["", "claims/", f"articles/{DIGEST}/", "404.html"])
def test_without_the_script_the_field_leads_to_a_page_that_leads_on(
    depth: str, real_url: str, chromium: Browser
) -> None:
    with watched(chromium, real_url, script=False) as watch:
        page = watch.page
        page.goto(f"{real_url}{depth}")
        page.get_by_role("searchbox", name="Search").fill("kirby")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/?q=kirby")
        if depth != "404.html":
            expect(page.get_by_text("needs JavaScript")).to_be_visible()
            page.locator("article").get_by_role("link", name="Who said what").click()
            page.wait_for_url(re.compile("/quotes/$"))


@pytest.mark.parametrize("missing", ["pagefind.js", "facets.json", "pagefind-entry.json", "*.pf_meta"])
def test_an_index_that_cannot_be_loaded_is_told_in_words(missing: str, real_url: str, chromium: Browser) -> None:
    with watched(chromium, real_url) as watch:
        page = watch.page
        page.context.route(f"**/pagefind/{missing}*", lambda route: route.abort())
        page.goto(f"{real_url}search/?q=kirby")
        expect(told(page)).to_contain_text("can’t be loaded", timeout=15_000)
        expect(page.locator("article").get_by_role("link", name="Who said what")).to_be_visible()


def test_only_the_page_of_the_search_loads_the_index(real_url: str, chromium: Browser) -> None:
    with watched(chromium, real_url) as watch:
        asked: list[str] = []
        watch.page.on("request", lambda request: asked.append(request.url))
        watch.page.goto(f"{real_url}about/")
        watch.page.wait_for_load_state("networkidle")
        assert asked
        assert not [url for url in asked if "/pagefind/" in url]


def test_nothing_that_is_typed_leaves_the_browser(page: Page, real_url: str) -> None:
    page.goto(f"{real_url}search/")
    page.get_by_role("checkbox").first.wait_for()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    field(page).fill('"secretword kirby"')
    page.wait_for_url(re.compile("secretword"))
    expect(told(page)).to_contain_text("Nothing found")
    assert not [url for url in asked if "secretword" in url]


def test_script_and_style_stay_small(real_site: Built) -> None:
    size = {
        kind: len(gzip.compress((real_site.site / f"assets/newsgloss-search.{kind}").read_bytes()))
        for kind in ("js", "css")
    }
    assert size["js"] <= 3072
    assert size["css"] <= 819


def test_paper_says_what_was_searched_for(watch: Watch, real_url: str) -> None:
    page = watch.page
    page.goto(f"{real_url}search/?q=kharkiv&kind=quotation")
    expect(hits(page).first).to_be_visible()
    page.emulate_media(media="print")
    expect(field(page)).to_have_value("kharkiv")
    expect(field(page)).to_be_visible()
    assert page.locator(".ng-facets :is(legend, fieldset span):visible").all_inner_texts() == ["Kind", "Quotation (4)"]
    page.emulate_media(media="screen")
    page.goto(f"{real_url}search/")
    expect(told(page)).to_contain_text("Type words")
    page.emulate_media(media="print")
    expect(field(page)).to_be_hidden()
