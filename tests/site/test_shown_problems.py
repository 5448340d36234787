"""The box of problems on top of a page quotes what is wrong, and is as safe as the rest of the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser

from build_scripts.addresses import of_source
from build_scripts.pipeline import build, with_problems_shown
from build_scripts.staging import stage
from tests.site.building import Built, address, article_facts, build_with_mkdocs, new_root, write_markdown, write_yaml
from tests.site.hostile import OUR_STRINGS, usable
from tests.site.reading import squeezed
from tests.site.serving import served
from tests.site.watching import watched

STRINGS = usable(OUR_STRINGS)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = new_root(tmp_path_factory.mktemp("broken") / "root")
    for number, text in enumerate(STRINGS):
        folder = root / "sources/articles" / f"article-{number}"
        write_markdown(folder / "article.md", article_facts(), "Words.\n")
        write_yaml(folder / "annotations.yml", {"claims": [{"claim": text, "exact": "Words"}], text: text})
        write_yaml(root / "sources/entities" / f"entity-{number}.yml", {"type": text, text: text})
        write_markdown(root / "sources/claims" / f"claim-{number}.md", {"rating": text, "state": text}, f"<b>{number}")
    stage(with_problems_shown(build(root)), root, root.parent / "staged")
    built = build_with_mkdocs(root.parent / "staged", root.parent / "site")
    return replace(built, root=root)


@pytest.fixture(scope="module")
def url(built: Built) -> Iterator[str]:
    with served(built.site) as url:
        yield url


def test_every_problem_stands_letter_by_letter_in_the_box_of_its_page(built: Built) -> None:
    problems = build(built.root).problems
    assert len(problems) > 5 * len(STRINGS)
    for problem in problems:
        uri = of_source(problem.place.path)
        page = built.page(uri if uri and not uri.startswith("entities/") else "index.md")
        boxes = LexborHTMLParser(page).css("article div.problems")
        assert len(boxes) == 1
        assert squeezed(str(problem)) in squeezed(boxes[0].text())


def test_nothing_that_is_quoted_in_a_box_runs(built: Built, url: str, chromium: Browser) -> None:
    assert built.status == 0, built.log
    with watched(chromium, url) as watch:
        watch.page.goto(f"{url}about/")
        theme = frozenset[str]().union(*watch.active_at([f"{url}about/", f"{url}articles/article-0/"]).values())
        kinds = ("articles/article-{}/index.md", "claims/claim-{}.md")
        pages = [url + address(kind.format(number)) for number in range(len(STRINGS)) for kind in kinds]
        for at, active in watch.active_at(pages).items():
            assert [found for found in active - theme if "hacked" in found or "elsewhere" in found] == [], at
        for path in ("", "articles/article-0/", "claims/claim-1/", "articles/article-6/"):
            watch.page.goto(f"{url}{path}")
            assert watch.ran == []
            assert watch.foreign == []
