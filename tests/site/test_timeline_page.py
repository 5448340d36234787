"""What a reader does with the timeline of the repository's own site, in a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.site.watching import Watch, watched

_FINGER = 24
"""CSS pixels that a target measures at least each way (WCAG 2.2, 2.5.8)."""


@pytest.fixture(params=[375, 1280])
def watch(request: pytest.FixtureRequest, real_url: str, chromium: Browser) -> Iterator[Watch]:
    """The timeline without JavaScript."""
    with watched(chromium, real_url, script=False) as watch:
        watch.page.set_viewport_size({"width": request.param, "height": 800})
        watch.page.goto(f"{real_url}timeline/")
        yield watch
        assert watch.foreign == []
        assert watch.complaints == []


def test_each_heading_has_its_column_and_each_column_its_heading(watch: Watch) -> None:
    columns = watch.page.locator("#strip svg a")
    ways = columns.evaluate_all("links => links.map(link => link.href.baseVal)")
    days = watch.page.locator("article h2").evaluate_all("found => found.map(heading => `#${heading.id}`)")
    assert ways == days
    assert len(ways) > 5


def test_the_mouse_leads_to_the_day(watch: Watch) -> None:
    watch.page.get_by_role("link", name=re.compile("^5 June 2024: 1 event, ")).click()
    expect(watch.page.locator("[id='day-2024-06-05']")).to_be_in_viewport()
    assert watch.page.url.endswith("#day-2024-06-05")


def test_the_keyboard_leads_to_the_day(watch: Watch) -> None:
    watch.page.locator("#strip svg a").first.focus()
    watch.page.keyboard.press("Tab")
    expect(watch.page.locator("#strip svg a").nth(1)).to_be_focused()
    watch.page.keyboard.press("Enter")
    expect(watch.page.locator("[id='day-2024-05-30']")).to_be_in_viewport()


def test_columns_are_as_large_as_a_finger_and_letters_can_be_read(watch: Watch) -> None:
    boxes = watch.page.locator("#strip .ng-room").evaluate_all(
        "found => found.map(room => room.getBoundingClientRect())"
    )
    assert boxes
    assert all(box["width"] >= _FINGER and box["height"] >= _FINGER for box in boxes)
    size = "text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a"
    assert watch.page.locator("#strip text").first.evaluate(size) >= 10
    assert watch.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_no_words_below_the_line_touch_each_other(watch: Watch) -> None:
    touching = """() => {
      const texts = [...document.querySelectorAll("#strip text")];
      const boxes = texts.map((text) => [text.textContent, text.getBBox()]);
      return boxes.flatMap(([one, a], at) => boxes.slice(at + 1)
        .filter(([, b]) => a.x < b.x + b.width && b.x < a.x + a.width && Math.abs(a.y - b.y) < 4)
        .map(([other]) => `${one} and ${other}`));
    }"""
    assert watch.page.evaluate(touching) == []


def test_an_event_leads_from_its_page_to_its_day_and_back(watch: Watch) -> None:
    watch.page.get_by_role("link", name="Zelenskyy’s visit to Qatar").first.click()
    watch.page.wait_for_url(re.compile("/entities/zelenskyy-in-qatar/$"))
    watch.page.get_by_role("link", name="5 June 2024", exact=True).click()
    watch.page.wait_for_url(re.compile("/timeline/#day-2024-06-05$"))
