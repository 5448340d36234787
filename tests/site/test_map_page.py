"""What a reader does with the maps of the repository's own site, in a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from build_scripts.model import Entity
from build_scripts.pipeline import understand
from tests.site.building import REPOSITORY
from tests.site.watching import Watch, watched

_WIDTHS = (375, 1280)
_COVERED = """() => {
  const boxes = (figure) => [...figure.querySelectorAll("text")].map((text) => [text.textContent, text.getBoundingClientRect()]);
  const meets = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const found = [];
  for (const figure of document.querySelectorAll(".ng-map")) {
    const all = boxes(figure), frame = figure.querySelector("svg").getBoundingClientRect();
    all.forEach(([name, box], at) => {
      if (box.left < frame.left || box.right > frame.right || box.top < frame.top || box.bottom > frame.bottom) found.push(name);
      for (const [other, second] of all.slice(at + 1)) if (meets(box, second)) found.push(`${name} and ${other}`);
    });
  }
  return found;
}"""
"""Names that leave their map or cover each other, as they are drawn."""


@pytest.fixture(scope="module")
def located() -> list[Entity]:
    entities = understand(REPOSITORY)[0].entities.values()
    return [entity for entity in entities if entity.facts.coordinates]


@pytest.fixture(params=_WIDTHS)
def watch(request: pytest.FixtureRequest, real_url: str, chromium: Browser) -> Iterator[Watch]:
    """A browser page without JavaScript, which asks nobody for anything but the site's own files."""
    with watched(chromium, real_url, script=False) as watch:
        watch.page.set_viewport_size({"width": request.param, "height": 800})
        yield watch
        assert watch.foreign == []
        assert watch.complaints == []


def test_every_place_is_marked_listed_and_linked(watch: Watch, real_url: str, located: list[Entity]) -> None:
    page = watch.page
    page.goto(f"{real_url}map/")
    for entity in located:
        coordinates = entity.facts.coordinates
        assert coordinates
        row = page.locator("article li", has=page.get_by_role("link", name=entity.facts.name, exact=True))
        expect(row).to_contain_text(f"{coordinates.latitude}, {coordinates.longitude}; ")
        mark = page.locator("#map-all").get_by_role("link", name=entity.facts.name, exact=True)
        assert mark.evaluate("link => link.href.baseVal") == f"../entities/{entity.id}/"
        assert page.request.get(f"{real_url}entities/{entity.id}/").ok


def test_the_mouse_follows_a_mark(watch: Watch, real_url: str) -> None:
    page = watch.page
    page.goto(f"{real_url}map/")
    page.locator("#map-closer").get_by_role("link", name="Kharkiv").locator(".ng-dot").click()
    page.wait_for_url(re.compile("/entities/kharkiv/$"))
    page.locator("#map-here").get_by_role("link", name="Belgorod").locator("text").click()
    page.wait_for_url(re.compile("/entities/belgorod/$"))
    page.get_by_role("link", name="Which borders are drawn").click()
    page.wait_for_url(re.compile("/map/#borders$"))
    expect(page.locator(":target")).to_be_in_viewport()


def test_the_keyboard_walks_from_mark_to_mark_and_follows_one(
    watch: Watch, real_url: str, located: list[Entity]
) -> None:
    page = watch.page
    page.goto(f"{real_url}map/")
    marks = page.locator("#map-all svg a")
    marks.first.focus()
    for number in range(1, len(located)):
        page.keyboard.press("Tab")
        expect(marks.nth(number)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/entities/[^/]+/$"))


def test_nothing_overflows_and_no_name_covers_another(watch: Watch, real_url: str, located: list[Entity]) -> None:
    for path in ("map/", *(f"entities/{entity.id}/" for entity in located)):
        watch.page.goto(real_url + path)
        assert watch.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
        assert watch.page.evaluate(_COVERED) == [], path
        assert watch.page.locator(".ng-map svg").first.evaluate("map => map.getBoundingClientRect().height") > 200


def test_names_can_be_read_at_every_width(watch: Watch, real_url: str) -> None:
    watch.page.goto(f"{real_url}map/")
    size = """text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a"""
    for kind in (".ng-name", ".ng-country"):
        assert watch.page.locator(kind).first.evaluate(size) >= 9, kind


def test_other_pages_have_no_map(watch: Watch, real_url: str) -> None:
    watch.page.goto(f"{real_url}entities/himars/")
    expect(watch.page.locator(".ng-map")).to_have_count(0)
