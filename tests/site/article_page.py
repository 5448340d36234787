"""An article's page in a browser: what stands on it, by the words that its reader sees."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from playwright.sync_api import Locator, Page, expect

DIGEST = "2024-06-05-us-weapons-inside-russia"
CARD = ".ng-card"
QUOTE = "q-kirby-no-confirmation"
OVERLAP = "c-isw-belgorod-strike"
"""Words that are a mention, a quotation and a check at once."""
NARROW, WIDE = 375, 1280

Open = Callable[..., AbstractContextManager[Page]]


def card(page: Page) -> Locator:
    return page.locator(CARD)


def show_bar(page: Page) -> None:
    page.get_by_role("button", name="Marks in the text").click()


def toggle(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name="Marks in the text").get_by_role("button", name=name, exact=True)


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
