"""Makes the pictures in README.md and docs/ from the built site: ``make screenshots``."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.site.serving import served

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "assets" / "screenshots"
DIGEST = "articles/2024-06-05-us-weapons-inside-russia/"
DESKTOP, PHONE = (1280, 860), (375, 760)


@dataclass(frozen=True)
class Picture:
    """A page, what is opened on it, and how it is seen."""

    name: str
    address: str
    size: tuple[int, int] = DESKTOP
    colours: str = "light"
    opening: Callable[[Page], None] = lambda _page: None


def _card(page: Page) -> None:
    check = page.locator("sup.check > a").nth(1)
    check.scroll_into_view_if_needed()
    page.evaluate(
        "(element) => element.scrollIntoView({ block: 'center', behavior: 'instant' })", check.element_handle()
    )
    check.click()


def _results(page: Page) -> None:
    page.locator(".ng-found li").first.wait_for()


ALL = (
    Picture("article", DIGEST, opening=_card),
    Picture("article-phone", DIGEST, PHONE, "dark", _card),
    Picture("check", "claims/kharkiv-border-distance/"),
    Picture("checks", "claims/"),
    Picture("map", "map/"),
    Picture("timeline", "timeline/"),
    Picture("search", 'search/?q="tactical level"', opening=_results),
    Picture("worksheet", f"{DIGEST}worksheet/"),
)


def main() -> None:
    """Write every picture; each waits for what it opens."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, served(ROOT / "site") as address:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for picture in ALL:
            _take(browser, address, picture)
        browser.close()


def _take(browser: Browser, address: str, picture: Picture) -> None:
    width, height = picture.size
    page = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme="dark" if picture.colours == "dark" else "light",
        reduced_motion="reduce",
    )
    page.goto(address + picture.address)
    picture.opening(page)
    page.screenshot(path=PICTURES / f"{picture.name}.png")
    page.close()


if __name__ == "__main__":
    main()
