"""What search engines and feed readers find on the built site."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect
from selectolax.lexbor import LexborHTMLParser

from build_scripts.export.sitemap import sitemap
from build_scripts.pipeline import understand
from build_scripts.rendering.index import make_index
from tests.feeds import faults_of_atom, faults_of_json
from tests.site.building import Built
from tests.site.watching import Watch

HOME = "https://example.org/newsgloss/"
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
FEEDS = {"application/atom+xml": "atom", "application/feed+json": "json"}


@pytest.fixture(params=["real_site", "golden", "preview"])
def site(request: pytest.FixtureRequest) -> Built:
    built: Built = request.getfixturevalue(request.param)
    assert built.status == 0, built.log
    return built


def test_the_site_map_lists_every_page_that_is_found_at_its_own_address_and_no_other(site: Built) -> None:
    pages = {path: LexborHTMLParser(path.read_bytes()) for path in site.site.rglob("index.html")}
    own = {path: HOME + path.relative_to(site.site).as_posix().removesuffix("index.html") for path in pages}
    indexable = {own[path] for path, tree in pages.items() if _canonical(tree) == own[path] and not _hidden(tree)}
    listed = [loc.text or "" for loc in ElementTree.parse(site.site / "sitemap.xml").iter(LOC)]  # noqa: S314 -- our own
    assert len(listed) == len(set(listed))
    # A preview shows more on some pages, and those robots pass by; what it lists is what is published.
    marked = {own[path] for path, tree in pages.items() if tree.css(".proposal")}
    assert set(listed) - marked == indexable - marked
    assert len(listed) > 15


def test_a_preview_lists_what_is_published_and_nothing_more(preview: Built, real_site: Built) -> None:
    for name in ("sitemap.xml", "sitemap.xml.gz", "robots.txt", "llms.txt"):
        assert (preview.site / name).read_bytes() == (real_site.site / name).read_bytes()
    assert not (preview.site / "feeds/claims/western-europe-production.atom").exists()


def test_the_renderer_makes_no_site_map_of_its_own(real_site: Built) -> None:
    pages = {"data.md": None}
    made = {asset.uri: asset.data for asset in sitemap(make_index(understand(real_site.root)[0]), HOME, pages)}
    text = (real_site.site / "sitemap.xml").read_bytes()
    assert text.splitlines()[:2] == made["sitemap.xml"].splitlines()[:2]
    assert not (real_site.site / ".overrides").exists()
    for line in made["sitemap.xml"].splitlines():
        assert line in text.splitlines() or b"/data/" in line


def test_every_feed_is_served_whole(site: Built) -> None:
    feeds = sorted((site.site / "feeds").rglob("*.*"))
    assert len(feeds) > 8
    for path in feeds:
        address = HOME + path.relative_to(site.site).as_posix()
        faults = faults_of_atom if path.suffix == ".atom" else faults_of_json
        assert faults(path.read_text(encoding="utf-8"), address) == [], path


@pytest.mark.parametrize(
    ("uri", "names"),
    [
        ("index.md", ["articles", "claims", "corrections"]),
        ("articles/index.md", ["articles"]),
        ("claims/index.md", ["claims"]),
        ("corrections.md", ["corrections"]),
        ("claims/himars-range.md", ["claims/himars-range"]),
    ],
)
def test_pages_name_their_feeds_to_programs_and_to_readers(real_site: Built, uri: str, names: list[str]) -> None:
    tree = LexborHTMLParser(real_site.page(uri))
    found = [node.attributes for node in tree.css("head link[rel=alternate]") if node.attributes["type"] in FEEDS]
    expected = [f"feeds/{name}.{kind}" for name in names for kind in FEEDS.values()]
    assert [node["href"] for node in found] == [HOME + way for way in expected]
    assert {node["rel"] for node in found} == {"alternate"}
    assert len({node["title"] for node in found}) == len(found)
    links = [node.attributes["href"] or "" for node in tree.css("article a[href*='feeds/']")]
    folder = real_site.file(uri).parent
    assert [(folder / link).resolve() for link in links] == [(real_site.site / way).resolve() for way in expected]
    assert all((real_site.site / way).is_file() for way in expected)


def test_an_article_in_several_languages_names_them_all_to_programs_and_to_readers(golden: Built) -> None:
    english, hebrew = (f"{HOME}articles/{name}/" for name in ("harbour-fire", "hebrew-note"))
    expected = [("en", english), ("x-default", english), ("he", hebrew)]
    for uri, other in (("articles/harbour-fire/index.md", hebrew), ("articles/hebrew-note/index.md", english)):
        tree = LexborHTMLParser(golden.page(uri))
        found = [node.attributes for node in tree.css("head link[hreflang]")]
        assert [(node["hreflang"], node["href"]) for node in found] == expected
        assert {node["rel"] for node in found} == {"alternate"}
        links = [node.attributes for node in tree.css("article a[hreflang]")]
        told = {"he": ("he", "rtl"), "en": ("en", "ltr")}["he" if other == hebrew else "en"]
        assert [(link["lang"], link["dir"]) for link in links] == [told]
        target = golden.file(uri).parent / (links[0]["href"] or "")
        assert target.resolve() == (golden.site / other.removeprefix(HOME)).resolve()
    assert not LexborHTMLParser(golden.page("index.md")).css("head link[hreflang]")


def test_a_browser_asks_for_nothing_that_is_not_there(watch: Watch, real_url: str) -> None:
    for way in ("", "claims/himars-range/", "articles/2024-06-05-us-weapons-inside-russia/"):
        watch.page.goto(real_url + way, wait_until="networkidle")
        expect(watch.page.locator("h1")).to_be_visible()
        assert watch.page.locator("link[rel~=alternate]").count() > 0
        assert watch.page.locator("link[rel=alternate]").count() == 0


def test_shared_pages_say_when_and_in_which_language_they_were_written(real_site: Built) -> None:
    expected = {
        "articles/2024-06-05-us-weapons-inside-russia/index.md": ("2024-06-05", "2026-11-22"),
        "claims/himars-range.md": ("2026-11-22", "2026-11-22"),
        "index.md": (None, None),
    }
    for uri, (published, modified) in expected.items():
        tree = LexborHTMLParser(real_site.page(uri))
        told = {node.attributes["property"]: node.attributes["content"] for node in tree.css("meta[property]")}
        assert (told.get("article:published_time"), told.get("article:modified_time")) == (published, modified), uri
        assert told["og:locale"] == "en"


def test_what_was_taken_back_is_passed_by(golden: Built) -> None:
    for uri in ("articles/second-fire/index.md", "claims/taken-back.md"):
        assert _hidden(LexborHTMLParser(golden.page(uri))), uri


def _canonical(tree: LexborHTMLParser) -> str | None:
    link = tree.css_first("link[rel=canonical]")
    return link.attributes["href"] if link else None


def _hidden(tree: LexborHTMLParser) -> bool:
    return any("noindex" in (node.attributes["content"] or "") for node in tree.css("meta[name=robots]"))


def test_every_page_has_one_canonical_address(site: Built) -> None:
    for path in site.site.rglob("index.html"):
        links = LexborHTMLParser(path.read_bytes()).css("link[rel=canonical]")
        assert len(links) == 1, path
        assert (links[0].attributes["href"] or "").startswith(HOME), path


def test_no_file_of_the_theme_is_taken_for_a_page(golden: Built) -> None:
    assert (golden.site / "404.html").is_file()
    assert Path("404.html").name not in (golden.site / "sitemap.xml").read_text(encoding="utf-8")
