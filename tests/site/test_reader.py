"""What a reader does with the repository's own site, in a browser."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import chain
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from build_scripts.model import Article
from tests.site.building import Built
from tests.site.watching import Watch, watched
from tests.thoroughness import tries

DIGEST = "2024-06-05-us-weapons-inside-russia"
_IN_VIEW = """(id) => {
  const box = document.getElementById(id)?.getBoundingClientRect();
  return box && box.height > 0 && box.top >= 0 && box.bottom <= innerHeight;
}"""
"""Whether the element with this id can be seen whole."""
OPENED = tries(1000, 8)
"""How many pages of a kind are opened at most."""


@pytest.fixture
def page(watch: Watch, real_url: str) -> Page:
    watch.page.goto(real_url)
    return watch.page


def test_a_mention_leads_to_its_entity_and_the_concordance_back_to_that_mention(
    page: Page, real_url: str, article: Article
) -> None:
    for mention in (article.mentions[0], article.mentions[-1]):
        page.goto(f"{real_url}articles/{DIGEST}/")
        page.locator(f"#{mention.id}").click()
        page.locator(f'.ng-card a[href$="/entities/{mention.entity}/"]').first.click()
        page.wait_for_url(re.compile(f"/entities/{mention.entity}/$"))
        page.locator(f'article a[href$="articles/{DIGEST}/#{mention.id}"]').first.click()
        page.wait_for_url(re.compile(f"/articles/{DIGEST}/#{mention.id}$"))
        page.wait_for_function(_IN_VIEW, arg=mention.id)
        words = article.prose.text[mention.span.start : mention.span.end]
        expect(page.locator(":target")).to_have_text(words)


def test_permanent_links_scroll_to_their_words(page: Page, real_url: str, article: Article) -> None:
    ids = [article.quotes[-1].id, article.appearances[-1].id, article.mentions[-1].id]
    assert [name[:2] for name in ids] == ["q-", "c-", "m-"]
    for name in ids:
        page.goto(f"{real_url}articles/{DIGEST}/#{name}")
        page.wait_for_function(_IN_VIEW, arg=name)
        page.goto(real_url)


def test_a_check_leads_from_the_text_to_its_note_and_back(page: Page, real_url: str) -> None:
    page.goto(f"{real_url}articles/{DIGEST}/")
    page.locator("sup.check a").last.click()
    page.locator(".ng-card").get_by_role("link", name="Note").click()
    page.wait_for_url(re.compile("#check-[0-9]+$"))
    name = page.url.partition("#")[2]
    page.wait_for_function(_IN_VIEW, arg=name)
    page.locator("li", has=page.locator(f"#{name}")).get_by_text("in the text").first.click()
    page.wait_for_url(re.compile("#c-"))
    page.wait_for_function(_IN_VIEW, arg=page.url.partition("#")[2])


def test_no_page_complains_or_asks_another_host(watch: Watch, real_url: str, real_site: Built) -> None:
    kinds: dict[tuple[str, int], list[str]] = defaultdict(list)
    for page in sorted(real_site.site.rglob("*.html")):
        path = _path(page, real_site)
        kinds[path.partition("/")[0], path.count("/")].append(path)
    for path in chain.from_iterable(paths[:: -(-len(paths) // OPENED)] for paths in kinds.values()):
        watch.page.goto(real_url + path)
        assert watch.complaints == []
        assert watch.foreign == []


def test_the_edit_link_names_the_source_file(page: Page, real_url: str) -> None:
    for path, source in (
        (f"articles/{DIGEST}/", f"sources/articles/{DIGEST}/article.md"),
        ("claims/himars-range/", "sources/claims/himars-range.md"),
        ("entities/kyiv/", "sources/entities/kyiv.yml"),
        ("about/", "docs/about.md"),
    ):
        page.goto(real_url + path)
        href = page.get_by_role("link", name="Edit this page").get_attribute("href") or ""
        assert href.endswith(f"/edit/main/{source}")


def test_everything_is_there_without_javascript(real_url: str, chromium: Browser, article: Article) -> None:
    with watched(chromium, real_url, script=False) as watch:
        page = watch.page
        page.goto(f"{real_url}articles/{DIGEST}/")
        for heading in ("Checks", "Who is quoted", "Named here"):
            expect(page.get_by_role("heading", name=heading)).to_be_visible()
        expect(page.locator("article .rating").first).to_be_visible()
        page.locator("sup.check a").first.click()
        expect(page.locator(":target")).to_be_in_viewport()
        page.locator(f"#{article.mentions[0].id}").click()
        page.wait_for_url(re.compile(f"/entities/{article.mentions[0].entity}/$"))
        expect(page.get_by_role("heading", name="Every mention")).to_be_visible()
        assert watch.foreign == []


def _path(page: Path, site: Built) -> str:
    return page.relative_to(site.site).as_posix().removesuffix("index.html")
