"""Articles in scripts from right to left: everything of the text's own mirrors, our words do not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.site.article_page import NARROW, WIDE, assert_inside, card, show_bar, toggle
from tests.site.building import UNDRAWN, Built, build_with_mkdocs, claim_facts, made_once, new_root, write_markdown
from tests.site.corpus import write_corpus
from tests.site.serving import served
from tests.site.texts import public_texts
from tests.site.warm import lent

NAMES = ("ar-wikinews-000", "he-geektime-000")
_BLOCKS = "\n-   פריט ראשון\n-   פריט שני\n\n> שורה מתוך ציטוט.\n"
"""A list and a quote, which the texts as found lack."""
_BOX = "(one) => { const { left, right } = one.getBoundingClientRect(); return { left, right }; }"
_FIRST_LINE = """(one) => {
  const range = new Range();
  range.selectNodeContents(one);
  const boxes = [...range.getClientRects()].filter((box) => box.width);
  const line = boxes.filter((box) => box.top < boxes[0].bottom);
  return { left: Math.min(...line.map((box) => box.left)), right: Math.max(...line.map((box) => box.right)) };
}"""
Open = Callable[..., AbstractContextManager[Page]]


@pytest.fixture(scope="module")
def site(testdata: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site of two articles, with a claim that has a verdict, so that there are worksheets."""

    def fill(folder: Path) -> Built:
        root = new_root(folder / "root")
        write_corpus([text for text in public_texts(testdata / "data") if text.name in NAMES], root)
        for name in NAMES:
            path = root / "sources" / "articles" / name / "article.md"
            path.write_text(path.read_text(encoding="utf-8") + _BLOCKS, encoding="utf-8")
        write_markdown(root / "sources" / "claims" / "some-claim.md", _judged(), "A note.\n")
        return build_with_mkdocs(root, folder / "site", **UNDRAWN)

    built = made_once(tmp_path_factory, "right-to-left", fill)
    assert built.status == 0, built.log
    return built


@pytest.fixture(params=[NARROW, WIDE])
def open_page(site: Built, chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Open]:
    with served(site.site) as url:

        @contextmanager
        def opened(path: str) -> Iterator[Page]:
            with lent(chromium, url, viewport={"width": request.param, "height": 800}) as context:
                page = context.new_page()
                page.goto(f"{url}articles/{path}")
                yield page
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

        yield opened


@pytest.mark.parametrize("name", NAMES)
def test_lines_list_markers_and_quotes_begin_at_the_right(open_page: Open, name: str) -> None:
    with open_page(f"{name}/") as page:
        column = box(page, ".article-text")
        assert abs(box(page, ".article-text > p", _FIRST_LINE)["right"] - column["right"]) < 2
        item = box(page, ".article-text li")
        assert column["right"] - item["right"] > 10
        assert abs(item["left"] - column["left"]) < 2
        quote = page.locator(".article-text blockquote").evaluate(
            "(one) => [getComputedStyle(one).borderRightWidth, getComputedStyle(one).borderLeftWidth]"
        )
        assert quote[0] != "0px"
        assert quote[1] == "0px"
        assert column["right"] - box(page, ".article-text blockquote > p", _FIRST_LINE)["right"] > 5


@pytest.mark.parametrize("name", NAMES)
def test_a_number_stands_to_the_left_of_its_words(open_page: Open, name: str) -> None:
    with open_page(f"{name}/") as page:
        left, right = page.locator("sup.check").first.evaluate(
            "(one) => { const words = [...one.previousElementSibling.getClientRects()].at(-1);"
            " return [words.left, one.getBoundingClientRect().right]; }"
        )
        assert right <= left + 2


@pytest.mark.parametrize("name", NAMES)
def test_cards_and_the_bar_say_our_words_from_left_to_right(open_page: Open, name: str) -> None:
    with open_page(f"{name}/") as page:
        show_bar(page)
        buttons = [button.bounding_box() for button in page.locator(".ng-bar [role=group] button").all()]
        boxes = [found for found in buttons if found]
        assert len(boxes) == len(buttons)
        assert all(one["x"] < other["x"] or one["y"] < other["y"] for one, other in pairwise(boxes))
        marks = page.locator(".article-text :is(a:has(> .mention), .quote[id], sup.check a)")
        assert marks.count() > 2
        for mark in marks.all():
            mark.click()
            assert_inside(page)
            expect(card(page)).to_have_attribute("dir", "ltr")
            expect(card(page)).to_have_attribute("lang", "en")
            page.keyboard.press("Escape")


@pytest.mark.parametrize("name", NAMES)
def test_the_condensed_view_folds_in_the_texts_own_direction(open_page: Open, name: str) -> None:
    with open_page(f"{name}/?view=condensed") as page:
        fold = page.locator(".ng-fold").first
        expect(fold).to_have_attribute("dir", "ltr")
        column, button = box(page, ".article-text"), box(page, ".ng-fold")
        assert column["left"] <= button["left"] < button["right"] <= column["right"] + 1
        before = fold.evaluate(
            "(one) => { const before = one.previousSibling; if (!before) return null;"
            " const range = new Range(); range.selectNode(before);"
            " const last = [...range.getClientRects()].at(-1); const box = one.getBoundingClientRect();"
            " return [last.left, last.top, box.right, box.top, box.bottom]; }"
        )
        if before and before[3] - 10 < before[1] < before[4]:
            assert before[2] <= before[0] + 2
        fold.click()
        expect(fold).to_have_attribute("aria-expanded", "true")


@pytest.mark.parametrize("name", NAMES)
def test_sentences_of_a_worksheet_begin_at_the_right(open_page: Open, name: str) -> None:
    with open_page(f"{name}/worksheet/") as page:
        sentence = box(page, ".ng-task blockquote")
        words = box(page, ".ng-task blockquote bdi", _FIRST_LINE)
        assert 5 < sentence["right"] - words["right"] < 40
        widths = page.locator(".ng-task blockquote").first.evaluate(
            "(one) => [getComputedStyle(one).borderRightWidth, getComputedStyle(one).borderLeftWidth]"
        )
        assert widths[0] != "0px"
        assert widths[1] == "0px"


@pytest.mark.parametrize(("path", "direction"), [("", "rtl"), ("worksheet/", "ltr"), ("answers/", "ltr")])
def test_a_heading_of_ours_that_names_a_headline_stays_ours(open_page: Open, path: str, direction: str) -> None:
    with open_page(f"{NAMES[1]}/{path}") as page:
        expect(page.locator("h1 > bdi")).to_have_attribute("dir", "rtl")
        expect(page.locator("h1")).to_have_css("direction", direction)


def test_a_toggle_works_over_a_text_from_right_to_left(open_page: Open) -> None:
    with open_page(f"{NAMES[0]}/") as page:
        show_bar(page)
        toggle(page, "Condensed").click()
        assert page.locator(".ng-fold").count() > 0


def box(page: Page, selector: str, measure: str = _BOX) -> dict[str, float]:
    found: dict[str, float] = page.locator(selector).first.evaluate(measure)
    return found


def _judged() -> dict[str, Any]:
    evidence = {
        "id": "report",
        "publisher": "Example",
        "url": "https://example.org/",
        "kind": "primary",
        "stance": "supports",
    }
    return claim_facts(
        state="published",
        rating="accurate",
        reviewed_by="newsgloss-review",
        published="2024-06-06",
        checked="2024-06-06",
        single_source_reason="One is enough here.",
        evidence=[evidence | {"passage": "A passage.", "accessed": "2024-06-06", "read": "whole"}],
    )
