"""An article in the classroom: a worksheet that gives no verdict away, and the answers to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from pypdf import PdfReader
from selectolax.lexbor import LexborHTMLParser

from build_scripts.model import Article, Claim, Library
from tests.site.article_page import DIGEST, NARROW, WIDE, Open
from tests.site.building import UNDRAWN, Built, build_with_mkdocs, copy_of_repository, made_once

_TASK = ".ng-task"


@pytest.fixture(scope="module")
def claims(article: Article, library: Library) -> list[Claim]:
    """The claims of the article that have a verdict, in text order."""
    names = dict.fromkeys(found.claim for found in article.appearances)
    return [library.claims[name] for name in names if library.claims[name].has_verdict]


def test_the_worksheet_holds_every_claim_and_no_verdict(
    real_site: Built, claims: list[Claim], library: Library
) -> None:
    tree = LexborHTMLParser(real_site.page(f"articles/{DIGEST}/worksheet.md"))
    tasks = tree.css(_TASK)
    assert len(tasks) == len(claims) > 1
    assert tree.css(".rating, .finding, .evidence") == []
    for task, claim in zip(tasks, claims, strict=True):
        said = task.text()
        assert claim.facts.claim_reviewed in said
        assert claim.facts.summary not in said
        assert [box.text() for box in task.css(".ng-box")] == [f"☐ {one.label}" for one in library.ratings.values()]
        assert task.css("blockquote strong") != []


def test_lines_to_write_on_say_nothing_to_a_screen_reader(real_site: Built) -> None:
    lines = LexborHTMLParser(real_site.page(f"articles/{DIGEST}/worksheet.md")).css(".ng-line")
    assert len(lines) > 10
    assert all(line.attributes["aria-hidden"] == "true" and line.text() == "" for line in lines)


def test_the_answer_key_has_verdict_and_finding_of_every_claim(
    real_site: Built, claims: list[Claim], library: Library
) -> None:
    tasks = LexborHTMLParser(real_site.page(f"articles/{DIGEST}/answers.md")).css(_TASK)
    for task, claim in zip(tasks, claims, strict=True):
        said = " ".join(task.text().split())
        assert library.ratings[claim.facts.rating].label in said
        assert claim.facts.summary in said
        assert task.css_first(f'a[href$="claims/{claim.id}/"]') is not None
        telling = [item for item in claim.facts.evidence if item.stance != "context"]
        assert ("Evidence for" in said or "Evidence against" in said) == bool(telling)


def test_numbers_are_those_of_the_article(real_site: Built) -> None:
    article = LexborHTMLParser(real_site.page(f"articles/{DIGEST}/index.md"))
    sheet = LexborHTMLParser(real_site.page(f"articles/{DIGEST}/worksheet.md"))
    for task in sheet.css(_TASK):
        heading = task.css_first("h2")
        assert heading is not None
        name = article.css_first(f"#check-{heading.text().removeprefix('Claim ')}")
        assert name is not None
        assert name.text() in task.text()


def test_the_article_leads_to_the_worksheet_and_it_to_the_answers(open_article: Open) -> None:
    with open_article() as page:
        page.get_by_role("link", name="Worksheet", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Worksheet")
        page.get_by_role("link", name="answer key").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Answer key")


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("dark", [False, True])
def test_a_line_reaches_from_its_question_to_the_margin(
    real_url: str, chromium: Browser, width: int, dark: bool
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light")
    page.goto(f"{real_url}articles/{DIGEST}/worksheet/")
    question = page.locator("p:has(> .ng-line)").first
    line = question.locator(".ng-line").bounding_box()
    box = question.bounding_box()
    assert line
    assert box
    assert line["width"] > 100
    assert abs(line["x"] + line["width"] - box["x"] - box["width"]) < 2
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_no_task_is_torn_apart_on_paper(real_url: str, chromium: Browser, tmp_path: Path, paper: str) -> None:
    page = chromium.new_page()
    page.goto(f"{real_url}articles/{DIGEST}/worksheet/")
    page.pdf(path=tmp_path / "sheet.pdf", format=paper)
    page.close()
    for sheet in PdfReader(tmp_path / "sheet.pdf").pages[1:]:
        said = sheet.extract_text()
        assert said.count("Claim ") == said.count("Who says it?") == said.count("Why?") >= 1


@pytest.fixture(scope="module")
def in_review(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The repository's site with every check in review."""

    def fill(folder: Path) -> Built:
        root = copy_of_repository(folder / "root")
        for path in (root / "sources" / "claims").glob("*.md"):
            words = path.read_text(encoding="utf-8")
            path.write_text(words.replace("state: published", "state: in-review", 1), encoding="utf-8")
        return build_with_mkdocs(root, folder / "site", **UNDRAWN)

    return made_once(tmp_path_factory, "all-in-review", fill)


@pytest.mark.parametrize("name", ["worksheet", "answers"])
def test_while_no_verdict_stands_the_page_stays_and_says_so(in_review: Built, name: str) -> None:
    assert in_review.status == 0, in_review.log
    tree = LexborHTMLParser(in_review.page(f"articles/{DIGEST}/{name}.md"))
    body = tree.css_first("article")
    assert body is not None
    assert "No verdict on this article’s checks stands at the moment" in body.text()
    assert tree.css(f"{_TASK}, .ng-fill, .ng-line") == []
    article = LexborHTMLParser(in_review.page(f"articles/{DIGEST}/index.md"))
    assert article.css("#classroom, [href='worksheet/']") == []
