"""Filters over checks and mentions, evidence side by side, the link that reports an error: in a browser."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import parse_qs, quote_plus, urlsplit

import pytest
import yaml
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect
from selectolax.lexbor import LexborHTMLParser

from build_scripts import addresses
from build_scripts.model import Claim, Library
from build_scripts.pipeline import build
from tests.site.building import REPOSITORY, Built, address
from tests.site.watching import calm

NARROW, WIDE = 375, 1280
FORM = REPOSITORY / ".github" / "ISSUE_TEMPLATE" / "correction.yml"
SITE = "https://example.org/newsgloss/"

Open = Callable[..., AbstractContextManager[Page]]


@pytest.fixture
def open_page(real_url: str, chromium: Browser) -> Open:
    """Opens a page of the real site; nothing may have gone wrong by the time it is closed."""

    def opened(
        way: str, *, width: int = WIDE, touch: bool = False, script: bool = True
    ) -> AbstractContextManager[Page]:
        size: ViewportSize = {"width": width, "height": 800}
        return calm(chromium, real_url + way, viewport=size, has_touch=touch, java_script_enabled=script)

    return opened


@pytest.fixture
def public(library: Library) -> list[Claim]:
    return [claim for claim in library.claims.values() if claim.is_public]


def test_a_chosen_verdict_leaves_its_checks_and_their_section_only(open_page: Open, public: list[Claim]) -> None:
    with open_page("claims/") as page:
        page.get_by_role("checkbox", name="Attributed, not proven").check()
        assert_shown(page, {claim.id for claim in public if claim.facts.rating == "attributed" and claim.has_verdict})
        assert page.locator("article h2:visible").all_inner_texts() == ["Attributed, not proven"]
        assert page.locator(".md-sidebar--secondary li a:visible").all_inner_texts() == ["Attributed, not proven"]
        page.wait_for_url(re.compile(r"/claims/\?verdict=attributed$"))
        page.get_by_role("checkbox", name="Imprecise").check()
        page.wait_for_url(re.compile(r"/claims/\?verdict=imprecise,attributed$"))


@pytest.mark.parametrize(
    ("label", "asked"),
    [
        ("Claimed by", "speaker=mike-rounds"),
        ("Article", "article=2024-06-05-us-weapons-inside-russia"),
    ],
)
def test_a_choice_from_a_list_leaves_what_has_it(
    open_page: Open, library: Library, public: list[Claim], label: str, asked: str
) -> None:
    way, _equals, value = asked.partition("=")
    expected = {
        "speaker": {claim.id for claim in public if value in claim.facts.claimant},
        "article": {
            found.claim
            for article in library.articles.values()
            if article.id == value
            for found in library.public_appearances(article)
        },
    }[way]
    with open_page("claims/") as page:
        choose(page, label, value)
        assert_shown(page, expected)
        page.wait_for_url(re.compile(rf"/claims/\?{asked}$"))


@pytest.mark.parametrize("typed", ["KHÁRKIV", "kharkiv  border", "imprecise"])
def test_words_find_without_case_and_accents_wherever_they_stand(open_page: Open, typed: str) -> None:
    with open_page("claims/") as page:
        page.get_by_role("searchbox", name="Words", exact=True).press_sequentially(typed)
        page.wait_for_url(f"**/claims/?q={quote_plus(typed)}")
        assert "kharkiv-border-distance" in shown(page)
        assert 0 < len(shown(page)) < items(page).count()


def test_the_number_of_checks_adds_up_to_what_is_listed(open_page: Open, public: list[Claim]) -> None:
    with open_page("claims/", script=False) as page:
        expect(page.locator("h1 + p")).to_contain_text(f"{len(public)} claims checked ·")


def test_counts_follow_the_other_filters(open_page: Open, public: list[Claim]) -> None:
    with open_page("claims/?speaker=institute-for-the-study-of-war") as page:
        mine = [claim for claim in public if "institute-for-the-study-of-war" in claim.facts.claimant]
        for rating, label in (("attributed", "Attributed, not proven"), ("single-source", "Single source only")):
            number = sum(claim.facts.rating == rating and claim.has_verdict for claim in mine)
            expect(page.locator(".ng-facets fieldset label").filter(has_text=label)).to_have_text(f"{label} ({number})")
        expect(page.get_by_label("Article").locator("option").first).to_have_text(f"All ({len(mine)})")
        # A facet's own choice does not narrow what else could be chosen in it.
        expect(page.get_by_label("Claimed by").locator("option").first).to_have_text(f"All ({len(public)})")


def test_nothing_found_says_so_and_offers_the_way_out(open_page: Open, public: list[Claim]) -> None:
    with open_page("claims/?verdict=imprecise&speaker=mike-rounds") as page:
        expect(page.locator(".ng-facets [role=status]")).to_have_text("Nothing matches all of these filters.")
        assert shown(page) == set()
        page.get_by_role("button", name="Clear filters").click()
        assert_shown(page, {claim.id for claim in public})
        page.wait_for_url(re.compile(r"/claims/$"))


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_copied_address_restores_the_view_for_somebody_else(open_page: Open, width: int) -> None:
    with open_page("claims/", width=width, touch=width == NARROW) as page:
        box = page.get_by_role("checkbox", name="Mostly accurate")
        (box.tap if width == NARROW else box.click)()
        choose(page, "Claimed by", "associated-press")
        page.get_by_role("searchbox", name="Words", exact=True).fill("mediat")
        page.wait_for_url(re.compile(r"q=mediat"))
        found, copied = shown(page), page.url.partition("/claims/")[2]
        assert found == {"gulf-mediators"}
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with open_page(f"claims/{copied}", width=width) as page:
        assert shown(page) == found
        expect(page.get_by_role("checkbox", name="Mostly accurate")).to_be_checked()
        expect(page.get_by_label("Claimed by")).to_have_value("associated-press")
        expect(page.get_by_role("searchbox", name="Words", exact=True)).to_have_value("mediat")


def test_a_filter_takes_keys_alone(open_page: Open) -> None:
    with open_page("claims/") as page:
        page.get_by_role("searchbox", name="Words", exact=True).focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.wait_for_url(re.compile(r"verdict=accurate$"))
        for _ in range(page.get_by_role("checkbox").count()):
            page.keyboard.press("Tab")
        expect(page.get_by_label("Claimed by")).to_be_focused()
        page.keyboard.press("A")
        page.wait_for_url(re.compile(r"speaker=associated-press"))
        for _ in range(2):
            page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Clear filters")).to_be_focused()
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/claims/$"))
        assert len(shown(page)) == items(page).count()


def test_back_and_forward_bring_views_back(open_page: Open) -> None:
    with open_page("claims/?verdict=imprecise") as page:
        page.evaluate("location.hash = '#title'")
        page.get_by_role("checkbox", name="Unverified").check()
        page.wait_for_url(re.compile(r"verdict=imprecise,unverified#title$"))
        page.go_back()
        assert shown(page) == {"kharkiv-border-distance"}
        expect(page.get_by_role("checkbox", name="Unverified")).not_to_be_checked()
        page.go_forward()
        assert shown(page) == {"kharkiv-border-distance", "aid-delay"}


def test_what_an_address_asks_for_and_is_not_there_is_passed_over(open_page: Open, public: list[Claim]) -> None:
    with open_page("claims/?verdict=nonsense&speaker=nobody&other=1") as page:
        choose(page, "Claimed by", "mike-rounds")
        page.wait_for_url(re.compile(r"speaker=mike-rounds&other=1$"))
        assert shown(page) == {claim.id for claim in public if claim.facts.claimant == ("mike-rounds",)}


def test_without_javascript_all_checks_stand_in_their_sections(open_page: Open, public: list[Claim]) -> None:
    with open_page("claims/?verdict=imprecise", script=False) as page:
        assert shown(page) == {claim.id for claim in public}
        expect(page.locator(".ng-facets")).to_have_count(0)


def test_paper_has_what_is_chosen_and_how(open_page: Open) -> None:
    with open_page("claims/?verdict=imprecise") as page:
        page.emulate_media(media="print")
        assert shown(page) == {"kharkiv-border-distance"}
        assert page.locator(".ng-facets fieldset label:visible").all_inner_texts() == ["Imprecise (1)"]
        expect(page.get_by_role("button", name="Clear filters")).to_be_hidden()
    with open_page("claims/") as page:
        page.emulate_media(media="print")
        expect(page.locator(".ng-facets")).to_be_hidden()


def test_mentions_are_filtered_by_article(open_page: Open, library: Library) -> None:
    wanted = "2024-06-05-us-weapons-inside-russia"
    numbers = {
        article.id: sum(mention.entity == "kharkiv" for mention in article.mentions)
        for article in library.articles.values()
    }
    assert len([number for number in numbers.values() if number]) > 1
    with open_page("entities/kharkiv/") as page:
        expect(page.get_by_label("Article").locator("option").first).to_have_text(f"All ({sum(numbers.values())})")
        choose(page, "Article", wanted)
        page.wait_for_url(re.compile(rf"\?article={wanted}$"))
        expect(page.locator("h3[id^='in-']:visible")).to_have_count(1)
        visible = page.locator("h3[id^='in-']:visible + ul > li, h3[id^='in-']:visible + p + ul > li")
        expect(visible).to_have_count(numbers[wanted])
        expect(page.locator("#said, #claims-by, #claims-about").first).to_be_visible()


def test_one_article_needs_no_filter(open_page: Open, library: Library) -> None:
    named = [{mention.entity for mention in article.mentions} for article in library.articles.values()]
    once = min(name for name in set().union(*named) if sum(name in names for names in named) == 1)
    with open_page(f"entities/{once}/") as page:
        expect(page.locator("h3[id^='in-']")).to_have_count(1)
        expect(page.locator(".ng-facets")).to_have_count(0)


@pytest.mark.parametrize(("width", "beside"), [(NARROW, False), (959, False), (960, True), (WIDE, True)])
def test_evidence_for_and_against_stand_side_by_side_where_there_is_room(
    open_page: Open, width: int, beside: bool
) -> None:
    with open_page("claims/kharkiv-border-distance/", width=width) as page:
        for media in ("screen", "print"):
            page.emulate_media(media=media)
            one, other = (page.locator(f"#{name}").bounding_box() for name in ("supports", "undermines"))
            assert one
            assert other
            assert (abs(one["y"] - other["y"]) < 1 and one["x"] + one["width"] <= other["x"]) == (beside and media == "screen")  # fmt: skip
        page.emulate_media(media="screen")
        expect(page.locator(".ng-sides #context")).to_have_count(0)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_every_check_leads_to_a_form_filled_with_its_address_and_words(real_site: Built, public: list[Claim]) -> None:
    fields = {item["id"] for item in yaml.safe_load(FORM.read_text(encoding="utf-8"))["body"] if "id" in item}
    for claim in public:
        uri = addresses.claim(claim.id)
        link = urlsplit(report_link(real_site.page(uri)))
        assert (link.netloc, link.path) == ("github.com", "/example/newsgloss/issues/new")
        asked = {name: value for name, (value,) in parse_qs(link.query).items()}
        assert asked.pop("template") == FORM.name
        assert asked.pop("title") == f"Correction: {claim.facts.claim_reviewed}"
        assert asked.keys() <= fields
        assert asked == {"page": SITE + address(uri), "words": claim.facts.claim_reviewed}


def test_every_page_leads_to_a_form_filled_with_its_address(real_site: Built) -> None:
    for page in build(REPOSITORY).pages:
        html = real_site.page(page.uri)
        if 'http-equiv="refresh"' not in html:
            assert parse_qs(urlsplit(report_link(html)).query)["page"] == [SITE + address(page.uri)], page.uri


def test_scripts_and_styles_of_the_filters_stay_small() -> None:
    assets = Path(REPOSITORY / "docs" / "assets")
    assert len(gzip.compress((assets / "newsgloss-facets.js").read_bytes())) < 2500
    assert len(gzip.compress((assets / "newsgloss-claims.css").read_bytes())) < 850


def report_link(html: str) -> str:
    (link,) = LexborHTMLParser(html).css(".ng-report a[href*='/issues/new']")
    return link.attributes["href"] or ""


def items(page: Page) -> Locator:
    return page.locator("article :is(h2[id^='verdict-'], h2[id^='state-']) + ul > li")


def shown(page: Page) -> set[str]:
    """The claims that can be seen, by id; each stands once."""
    links = page.locator("article :is(h2[id^='verdict-'], h2[id^='state-']) + ul > li:visible")
    found = [re.search(r'href="\.\./([a-z0-9-]+)/"|href="([a-z0-9-]+)/"', html) for html in links.evaluate_all("(all) => all.map((one) => one.innerHTML)")]  # fmt: skip
    names = [match[1] or match[2] for match in found if match]
    assert len(names) == len(set(names)) == links.count()
    return set(names)


def assert_shown(page: Page, expected: set[str]) -> None:
    number = page.locator("article :is(h2[id^='verdict-'], h2[id^='state-']) + ul > li:visible")
    expect(number).to_have_count(len(expected))
    assert shown(page) == expected
    total = items(page).count()
    expect(page.locator(".ng-facets [role=status]")).to_have_text(f"{len(expected)} of {total} shown")


def choose(page: Page, label: str, value: str) -> None:
    page.get_by_label(label, exact=True).or_(page.locator(f".ng-facets label:has-text('{label}') select")).first.select_option(value)  # fmt: skip
