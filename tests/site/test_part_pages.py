"""Pages that hold a part of a long list, in a browser: narrow and wide, light and dark, on paper, with words from right to left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import resvg_py
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser, expect

from build_scripts.rendering import parts
from tests.html import collapse, words
from tests.site.article_page import NARROW, WIDE
from tests.site.building import Built, made_once, new_root, small_publication
from tests.site.hostile import OUR_STRINGS, sow, usable
from tests.site.serving import served
from tests.site.watching import at_any_depth, calm, watched

KINDS = (
    "lists/articles/2024/1/",
    "lists/checks/2024/1/",
    "lists/timeline/2024/",
    "lists/timeline/2024/3/",
    "lists/entities/person/a/1/",
    "entities/ada-lindqvist/mentions/2024/1/",
)
HEBREW = "lists/timeline/2024/5/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The golden publication, each of whose lists has one entry a page."""

    def fill(folder: Path) -> Built:
        return in_parts(small_publication(folder / "root"), 1)

    return made_once(tmp_path_factory, "part-pages", fill)


def in_parts(root: Path, size: int) -> Built:
    """The site of a root, no list of which has more than ``size`` entries a page."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "MOST", size)
        patch.setattr(parts, "SIZE", size)
        patch.setattr(resvg_py, "svg_to_bytes", lambda **_given: b"drawn")
        build(load_config(str(root / "mkdocs.yml"), strict=True))
    return Built(root, root / "site", 0, "")


@pytest.fixture(scope="module")
def url(site: Built) -> Iterator[str]:
    with served(site.site) as url:
        yield url


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_part_fits_the_window_and_leads_on(url: str, chromium: Browser, width: int, scheme: str) -> None:
    viewport = {"width": width, "height": 800}
    for kind in KINDS:
        with calm(chromium, f"{url}{kind}", viewport=viewport, color_scheme=scheme) as page:
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), kind
            assert page.locator("article li").count() > 0, kind
            expect(page.locator("article h1")).to_have_count(1)
            ways = page.locator("article p a:not(.ng-report)")
            addresses = ways.evaluate_all("(all) => all.map((one) => one.href)")
            assert all(page.request.get(address).ok for address in addresses if address.startswith(url))
            assert len(set(addresses)) > 1, kind


def test_on_paper_a_part_is_its_rows(url: str, chromium: Browser) -> None:
    with calm(chromium, f"{url}{KINDS[0]}", viewport={"width": WIDE, "height": 800}) as page:
        page.emulate_media(media="print")
        expect(page.locator("article h1")).to_be_visible()
        expect(page.locator("article li").first).to_be_visible()
        expect(page.locator(".md-header")).to_be_hidden()
        page.emulate_media(media="screen")


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_headline_from_right_to_left_stands_in_our_line(url: str, chromium: Browser, width: int) -> None:
    with calm(chromium, f"{url}{HEBREW}", viewport={"width": width, "height": 800}) as page:
        row = page.locator("article li")
        expect(row.locator("bdi")).to_have_css("direction", "rtl")
        expect(row).to_have_css("direction", "ltr")
        headline, line = row.locator("bdi").bounding_box(), row.bounding_box()
        assert headline
        assert line
        assert headline["x"] > line["x"] + 20, "Published: stands before it"


def test_hostile_strings_are_letters_in_parts_too(site: Built, chromium: Browser, tmp_path: Path) -> None:
    root = new_root(tmp_path / "root")
    sown = sow(usable(OUR_STRINGS)[::4], root)
    hostile = in_parts(root, 3)
    for uri, folder in (
        ("articles/index.md", "articles"),
        ("claims/index.md", "checks"),
        ("entities/index.md", "entities"),
    ):
        pages = [hostile.file(uri), *(hostile.site / "lists" / folder).rglob("index.html")]
        shown = " ".join(words(page.read_text(encoding="utf-8")) for page in pages)
        assert len(pages) > 2
        assert [text for text in sown.shown[uri] if collapse(text) not in shown] == [], uri
    allowed = active(site, chromium)
    assert allowed
    assert active(hostile, chromium) - allowed == frozenset()


def active(built: Built, chromium: Browser) -> frozenset[str]:
    """Everything that runs or loads something, or could, on pages with a part of a list."""
    pages = [*(built.site / "lists").rglob("index.html"), *built.site.glob("*/*/*/2024/*/index.html")]
    assert len(pages) > len(KINDS)
    with served(built.site) as url, watched(chromium, url) as watch:
        watch.page.goto(f"{url}about/")
        found = watch.active_at([url + page.relative_to(built.site).as_posix() for page in pages])
    return at_any_depth(element for elements in found.values() for element in elements)
