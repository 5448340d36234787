"""Contrast as WCAG 2.2 measures it (1.4.3, 1.4.11): 4.5 for text, 3 for marks, in both palettes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from coloraide import Color
from playwright.sync_api import Browser, Page

ARTICLE = "articles/2024-06-05-us-weapons-inside-russia/"
TEXT, MARK = 4.5, 3.0
_PAIRS = """([selector, property, ground]) => {
  const ofGround = (element) => {
    const colour = getComputedStyle(element)["background-color"];
    const { parentElement } = element;
    return /^rgba.*, 0\\)$/.test(colour) && parentElement ? ofGround(parentElement) : colour;
  };
  const grounds = ground && document.querySelector(ground);
  return [...document.querySelectorAll(selector)].map((element) => [
    getComputedStyle(element)[property],
    grounds ? getComputedStyle(grounds).fill : ofGround(property.startsWith("border") ? element.parentElement : element),
  ]);
}"""
"""Each element's colour, and that of what it stands on: an element of the picture, or the nearest ground behind it."""


@pytest.fixture(scope="module", params=["light", "dark"])
def page_at(request: pytest.FixtureRequest, real_url: str, chromium: Browser) -> Iterator[Callable[[str], Page]]:
    """The page at an address, opened once in each palette."""
    context = chromium.new_context(color_scheme=request.param)

    @cache
    def opened(address: str) -> Page:
        page = context.new_page()
        page.goto(real_url + address)
        return page

    yield opened
    context.close()


@dataclass(frozen=True)
class Shown:
    """A colour on a page and what it must stand out from: the fill of ``ground``, or else the ground behind it."""

    address: str
    selector: str
    property: str
    least: float
    ground: str = ""


@pytest.mark.parametrize(
    "shown",
    [
        Shown(ARTICLE, ".article-text p", "color", TEXT),
        Shown(ARTICLE, "mark.claim", "color", TEXT),
        Shown(ARTICLE, "mark.claim", "borderBlockEndColor", MARK),
        Shown(ARTICLE, ".quote", "borderBlockEndColor", MARK),
        Shown(ARTICLE, "a:has(> .mention-person)", "textDecorationColor", MARK),
        Shown(ARTICLE, "a:has(> .mention-place)", "textDecorationColor", MARK),
        Shown(ARTICLE, "a:has(> .mention-organisation)", "textDecorationColor", MARK),
        Shown(ARTICLE, "sup.check a", "color", TEXT),
        Shown(ARTICLE, ".rating", "color", TEXT),
        Shown("methodology/", ".rating", "color", TEXT),
        Shown("map/", ".ng-dot", "fill", MARK, ".ng-land"),
        Shown("map/", ".ng-dot", "fill", MARK, ".ng-sea"),
        Shown("map/", ".ng-land", "stroke", MARK, ".ng-land"),
        Shown("map/", ".ng-land", "stroke", MARK, ".ng-sea"),
        Shown("map/", ".ng-occupied", "stroke", MARK, ".ng-land"),
        Shown("map/", ".ng-map a text", "fill", TEXT, ".ng-land"),
        Shown("map/", ".ng-map a text", "fill", TEXT, ".ng-sea"),
        Shown("map/", ".ng-map .ng-country", "fill", TEXT, ".ng-land"),
    ],
    ids=lambda shown: " ".join((shown.selector, shown.property, shown.ground)),
)
def test_text_and_marks_stand_out(page_at: Callable[[str], Page], shown: Shown) -> None:
    pairs: list[list[Any]] = page_at(shown.address).evaluate(_PAIRS, [shown.selector, shown.property, shown.ground])
    assert pairs
    for colour, behind in {tuple(pair) for pair in pairs}:
        assert Color(colour).contrast(Color(behind), method="wcag21") >= shown.least, (colour, behind)
