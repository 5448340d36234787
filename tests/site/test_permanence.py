"""What was published stays where it was, or leads on."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.html import body_of
from tests.site.building import REPOSITORY, UNDRAWN, Built, build_with_mkdocs, copy_of_repository, made_once
from tests.site.serving import served
from tests.site.watching import watched

LISTED = (REPOSITORY / "sources" / "addresses.txt").read_text(encoding="utf-8").split()
DIGEST, WEEK = "2024-06-05-us-weapons-inside-russia", "2026-11-22-week-of-permissions"
_REFRESH = re.compile(r'<meta http-equiv="refresh" content="0; url=([^"]+)">')
_WITHDRAWN = "withdrawn:\n  date: 2026-11-23\n  why: It was a test.\n"


def leads_somewhere(site: Path, address: str) -> bool:
    """Whether a reader who follows ``address`` finds what stood there, or is told what became of it."""
    page, _hash, fragment = address.partition("#")
    html = (site / page / "index.html").read_text(encoding="utf-8")
    moved = _REFRESH.search(html)
    if moved:
        onward = (site / page / moved[1]).resolve().relative_to(site.resolve()).as_posix()
        return leads_somewhere(site, f"{onward}/#{fragment}" if fragment else f"{onward}/")
    body = body_of(html)
    is_stone = "We took this article back" in body.text()
    return not fragment or is_stone or body.css_first(f'[id="{fragment}"]') is not None


@pytest.fixture(scope="session")
def changed_site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The repository's site after renamings and withdrawals of every kind."""

    def fill(folder: Path) -> Built:
        root = copy_of_repository(folder / "root")
        _change(root / "sources")
        return build_with_mkdocs(root, folder / "site", **UNDRAWN)

    return made_once(tmp_path_factory, "changed", fill)


def _change(sources: Path) -> None:
    """An article, a check and a speaker get other ids, the other article is withdrawn, a quotation is taken out."""
    shutil.move(sources / "articles" / DIGEST, sources / "articles" / "us-weapons")
    _put(sources / "articles/us-weapons/article.md", "language: en\n", f"language: en\nformerly: [{DIGEST}]\n")
    _put(sources / "articles" / WEEK / "article.md", "language: en\n", f"language: en\n{_WITHDRAWN}")
    shutil.move(sources / "claims/aid-delay.md", sources / "claims/aid-gap.md")
    _put(sources / "claims/aid-gap.md", "author: ", "formerly: [aid-delay]\nauthor: ")
    shutil.move(sources / "entities/john-kirby.yml", sources / "entities/kirby.yml")
    _put(sources / "entities/kirby.yml", "type: ", "formerly: [john-kirby]\ntype: ")
    annotations = sources / "articles/us-weapons/annotations.yml"
    _put(annotations, "claim: aid-delay", "claim: aid-gap")
    _put(annotations, "speaker: john-kirby", "speaker: kirby")
    _put(annotations, "id: kirby-tactical\n", "id: kirby-said\n    formerly: [kirby-tactical]\n")
    text = annotations.read_text(encoding="utf-8")
    start, end = text.index("  - id: germany-permission"), text.index("  - id: putin-dangerous-step")
    gone = "withdrawn:\n  - {id: q-germany-permission, date: 2026-11-23, why: A test.}\n"
    annotations.write_text(text[:start] + text[end:] + gone, encoding="utf-8")


def _put(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, path
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def changed_url(changed_site: Built) -> Iterator[str]:
    with served(changed_site.site) as url:
        yield url


def test_the_list_holds_pages_and_annotations_once_each() -> None:
    assert len(LISTED) > 100
    assert sorted(set(LISTED)) == LISTED


@pytest.mark.parametrize("page", sorted({address.partition("#")[0] for address in LISTED}))
def test_every_address_ever_published_leads_somewhere(real_site: Built, page: str) -> None:
    for address in LISTED:
        if address.partition("#")[0] == page:
            assert leads_somewhere(real_site.site, address), address


def test_every_address_leads_somewhere_after_renamings_and_withdrawals(changed_site: Built) -> None:
    assert changed_site.status == 0, changed_site.log
    assert [address for address in LISTED if not leads_somewhere(changed_site.site, address)] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"articles/{DIGEST}/#q-qna-readout", "articles/us-weapons/#q-qna-readout"),
        (f"articles/{DIGEST}/?layers=quotes#q-kirby-tactical", "articles/us-weapons/?layers=quotes#q-kirby-tactical"),
        (f"articles/{DIGEST}/", "articles/us-weapons/"),
        ("claims/aid-delay/#corrections", "claims/aid-gap/#corrections"),
        ("entities/john-kirby/#said", "entities/kirby/#said"),
        ("quotes/john-kirby/", "quotes/kirby/"),
    ],
)
def test_a_browser_is_led_on_to_the_same_place(chromium: Browser, changed_url: str, old: str, new: str) -> None:
    with watched(chromium, changed_url) as watch:
        watch.page.goto(changed_url + old)
        watch.page.wait_for_url(changed_url + new)
        if "#" in new:
            expect(watch.page.locator(":target")).to_be_in_viewport()
        assert watch.complaints == []


def test_without_script_a_reader_is_led_on_to_the_page(chromium: Browser, changed_url: str) -> None:
    with watched(chromium, changed_url, script=False) as watch:
        watch.page.goto(f"{changed_url}articles/{DIGEST}/#q-qna-readout")
        watch.page.wait_for_url(re.compile("/articles/us-weapons/"))
        expect(watch.page.get_by_role("heading", level=1)).to_contain_text("Ukraine uses US weapons")


def test_what_was_withdrawn_is_named_nowhere_but_on_its_tombstone_and_among_the_corrections(
    changed_site: Built,
) -> None:
    stone = changed_site.page(f"articles/{WEEK}/index.md")
    assert "We took this article back on 23 November 2026: It was a test." in body_of(stone).text()
    naming = [
        path.relative_to(changed_site.site).as_posix()
        for path in changed_site.site.rglob("*.html")
        if "Seven days in 2024" in path.read_text(encoding="utf-8")
    ]
    old = [f"articles/{WEEK}/{name}index.html" for name in ("answers/", "", "worksheet/")]
    assert sorted(naming) == [*old, "corrections/index.html"]


def test_the_corrections_say_what_was_withdrawn_when_and_why(changed_site: Built) -> None:
    body = body_of(changed_site.page("corrections.md"))
    (line,) = (item for item in body.css("li") if "Seven days in 2024" in item.text())
    assert line.text().startswith("23 November 2026, the article Seven days in 2024")
    assert line.text().strip().endswith(": It was a test.")
    assert line.css_first(f'a[href="../articles/{WEEK}/"]') is not None


@pytest.mark.parametrize("name", ["worksheet", "answers"])
def test_worksheets_of_what_was_renamed_or_withdrawn_lead_on(changed_site: Built, name: str) -> None:
    led = {
        old: _REFRESH.search(changed_site.page(f"articles/{old}/{name}.md")) or pytest.fail(old)
        for old in (DIGEST, WEEK)
    }
    assert led[DIGEST][1] == f"../../us-weapons/{name}/"
    assert led[WEEK][1] == "../"


def test_search_does_not_find_what_was_withdrawn(changed_site: Built) -> None:
    index = changed_site.site / "search" / "search_index.json"
    assert not index.exists() or "Seven days in 2024" not in index.read_text(encoding="utf-8")
