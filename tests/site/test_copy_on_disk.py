"""The packed site, unpacked and opened from the disk in a browser."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from selectolax.lexbor import LexborHTMLParser

from build_scripts.offline.pack import packed
from tests.site.article_page import DIGEST
from tests.site.building import Built
from tests.site.watching import calm, watched

HOME = "https://example.org/newsgloss/"


@pytest.fixture(scope="module")
def copy(real_site: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the unpacked copy."""
    assert real_site.status == 0, real_site.log
    folder = tmp_path_factory.mktemp("a disk")
    archive = folder / "copy.zip"
    archive.write_bytes(packed(real_site.site, "paper", "<title>x</title>", HOME))
    with zipfile.ZipFile(archive) as packed_files:
        packed_files.extractall(folder)
    return folder / "paper"


@pytest.fixture
def page(copy: Path, chromium: Browser) -> Iterator[Page]:
    """A browser at the copy's front page; it may complain of nothing and ask no host for anything."""
    with calm(chromium, (copy / "index.html").as_uri(), viewport={"width": 1200, "height": 800}) as page:
        yield page


def links(path: Path) -> Iterator[str]:
    for element in LexborHTMLParser(path.read_text(encoding="utf-8")).css("a, area, form, link, script, img, iframe"):
        for name in ("href", "xlink:href", "src", "action"):
            if address := element.attributes.get(name):
                yield urljoin(path.as_uri(), address)


def test_every_page_can_be_reached_and_every_link_names_a_file(copy: Path) -> None:
    waiting, reached = [copy / "index.html"], {copy / "index.html"}
    while waiting:
        for address in links(waiting.pop()):
            if urlsplit(address).scheme == "file":
                path = Path(unquote(urlsplit(urldefrag(address)[0]).path))
                assert path.is_file(), address
                if path.suffix == ".html" and path not in reached:
                    reached.add(path)
                    waiting.append(path)
    assert set(copy.rglob("*.html")) - reached == {copy / "README.html"}


def test_the_search_finds_a_quotation_and_leads_to_it(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("“at a tactical level”")
    page.keyboard.press("Enter")
    page.locator(".ng-found a[href*='#q-']").first.click()
    page.wait_for_url("**/index.html#q-*")
    quotation = page.locator(".quote:target").get_attribute("data-a")
    expect(page.locator(f'[data-a="{quotation}"]').last).to_contain_text("at a tactical level")


def test_filters_of_the_search_and_of_lists_work_and_stay_in_the_address(page: Page, copy: Path) -> None:
    page.goto(f"{(copy / 'search' / 'index.html').as_uri()}?kind=person")
    expect(page.locator(".ng-found a").first).to_have_attribute("href", re.compile("/entities/.*/index.html$"))
    page.goto((copy / "claims" / "index.html").as_uri())
    page.locator(".ng-facets input[type=checkbox]").first.check()
    expect(page.locator(".ng-facets [role=status]")).to_contain_text(" of ")
    page.wait_for_url("**?verdict=*")


def test_cards_layers_and_keys_work(page: Page, copy: Path) -> None:
    page.goto((copy / "articles" / DIGEST / "index.html").as_uri())
    page.locator("sup.check > a").first.click()
    expect(page.locator(".ng-card .rating")).to_be_visible()
    page.locator(".ng-card a", has_text="Full check").click()
    page.wait_for_url("**/claims/*/index.html")
    page.go_back()
    page.keyboard.press("n")
    expect(page.locator(".ng-card")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator(".ng-bar > [aria-expanded]").click()
    page.get_by_role("button", name="Plain text", exact=True).click()
    page.wait_for_url("**?layers=plain")


def test_a_copied_link_leads_to_the_published_site(page: Page, copy: Path) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto((copy / "claims" / "aid-delay" / "index.html").as_uri())
    page.locator(".share .ng-copy").first.click()
    expect(page.locator(".ng-copy").first).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{HOME}claims/aid-delay/"


def test_the_map_and_the_timeline_lead_on(page: Page, copy: Path) -> None:
    page.goto((copy / "map" / "index.html").as_uri())
    page.locator("figure svg a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/entities/*/index.html")
    page.goto((copy / "timeline" / "index.html").as_uri())
    page.locator("figure svg a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/timeline/index.html#day-*")


def test_an_article_and_its_checks_are_read_without_script(copy: Path, chromium: Browser) -> None:
    with watched(chromium, copy.as_uri(), script=False) as watch:
        watch.page.goto((copy / "articles" / DIGEST / "index.html").as_uri())
        watch.page.locator("sup.check > a").first.click()
        watch.page.locator("li:has(#check-1) > a, li:has(#check-1) a").first.click()
        expect(watch.page.locator(".rating").first).to_be_visible()
        assert watch.page.url.endswith("/index.html")
        assert watch.foreign == []
