"""The site map: valid, complete, with days that the sources or git name."""

from __future__ import annotations

import datetime as dt
import gzip
import re
import shutil
from pathlib import Path

import pytest
from lxml import etree

from build_scripts.export import sitemap as sitemaps
from build_scripts.export.sitemap import sitemap
from build_scripts.history import days_of
from build_scripts.pipeline import build, understand
from build_scripts.rendering.index import make_index
from tests.repositories import git

GOLDEN = Path(__file__).parent / "golden"
HOME = "https://news.example/site/"
URL = re.compile(r"<url><loc>([^<]+)</loc>(?:<lastmod>([^<]+)</lastmod>)?(?:<xhtml:link [^<]*/>)*</url>")
LINK = "{http://www.w3.org/1999/xhtml}link"
LINKS = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/1999/xhtml">
<xs:element name="link"><xs:complexType><xs:attribute name="rel" use="required"><xs:simpleType><xs:restriction base="xs:string">
<xs:enumeration value="alternate"/></xs:restriction></xs:simpleType></xs:attribute><xs:attribute name="hreflang" use="required">
<xs:simpleType><xs:restriction base="xs:language"/></xs:simpleType></xs:attribute>
<xs:attribute name="href" type="xs:anyURI" use="required"/></xs:complexType></xs:element></xs:schema>"""
"""What the site maps' schema leaves to XHTML's: a link to a page in another language."""


def made(home: str = HOME, **handwritten: dt.date | None) -> dict[str, bytes]:
    index = make_index(understand(GOLDEN)[0])
    pages = {f"{name}.md": day for name, day in handwritten.items()}
    return {asset.uri: asset.data for asset in sitemap(index, home, pages)}


def rows(text: bytes) -> dict[str, str]:
    return dict(URL.findall(text.decode()))


def test_a_page_has_the_last_day_of_what_it_shows() -> None:
    days = {url.removeprefix(HOME): day for url, day in rows(made()["sitemap.xml"]).items()}
    assert days["articles/harbour-fire/"] == "2024-03-08"  # a correction of a check of its words
    assert days["articles/hebrew-note/"] == "2024-03-05"
    assert days["claims/four-minutes/"] == "2024-03-08"
    assert days["claims/distance/"] == "2024-03-06"
    assert days["corrections/"] == days[""] == "2024-03-09"
    assert days["entities/ada-lindqvist/"] == "2024-03-08"
    assert days["entities/anna/"] == ""  # nothing names it


def test_what_leads_on_or_was_taken_back_or_is_not_published_is_not_listed() -> None:
    for is_preview in (False, True):
        site = build(GOLDEN, home=HOME, is_preview=is_preview)
        listed = next(asset.data for asset in site.assets if asset.uri == "sitemap.xml").decode()
        for name in ("second-fire", "another-fire", "port-fire", "taken-back", "two-kilometres", "a-draft", "in-doubt"):
            assert f"/{name}/" not in listed, name
        assert f"{HOME}claims/looked-at-again/<" in listed


def test_hand_written_pages_have_the_day_that_is_known() -> None:
    days = rows(made(about=dt.date(2024, 5, 1), other=None)["sitemap.xml"])
    assert (days[f"{HOME}about/"], days[f"{HOME}other/"]) == ("2024-05-01", "")


def with_links(site_maps: Path, folder: Path) -> etree.XMLSchema:
    (folder / "links.xsd").write_text(LINKS)
    imported = {"sitemaps.org/schemas/sitemap/0.9": site_maps.as_uri(), "w3.org/1999/xhtml": "links.xsd"}
    imports = "".join(
        f'<xs:import namespace="http://www.{name}" schemaLocation="{where}"/>' for name, where in imported.items()
    )
    both = folder / "both.xsd"
    both.write_text(f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>')
    return etree.XMLSchema(etree.parse(both))


def test_the_site_map_keeps_to_its_schema(testdata: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    schema = with_links(testdata / "data/feeds/sitemap.xsd", tmp_path)
    schema.assertValid(etree.fromstring(made(about=dt.date(2024, 5, 1))["sitemap.xml"]))
    monkeypatch.setattr(sitemaps, "MOST", 4)
    for uri, text in made().items():
        if re.fullmatch(r"sitemap-\d+\.xml", uri):
            schema.assertValid(etree.fromstring(text))
    for right, wrong in ((b"loc>", b"lock>"), (b'"alternate"', b'"other"'), (b"hreflang", b"lang")):
        assert not schema.validate(etree.fromstring(made()["sitemap-1.xml"].replace(right, wrong)))


def test_the_site_map_is_well_formed_and_its_days_are_days() -> None:
    root = etree.fromstring(made(about=dt.date(2024, 5, 1))["sitemap.xml"])
    namespace = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert root.tag == f"{namespace}urlset"
    for url in root:
        own = [child for child in url if child.tag != LINK]
        assert list(url)[: len(own)] == own
        assert [child.tag.removeprefix(namespace) for child in own] in (["loc"], ["loc", "lastmod"])
        assert url[0].text.startswith(HOME)
        assert [str(dt.date.fromisoformat(child.text)) for child in own[1:]] == [child.text for child in own[1:]]


def test_an_article_names_its_translations_and_itself_and_all_name_the_same() -> None:
    root = etree.fromstring(made()["sitemap.xml"])
    named = {url[0].text: [dict(link.attrib) for link in url.iter(LINK)] for url in root}
    english, hebrew = (f"{HOME}articles/{name}/" for name in ("harbour-fire", "hebrew-note"))
    expected = [
        {"rel": "alternate", "hreflang": language, "href": url}
        for language, url in (("en", english), ("he", hebrew), ("x-default", english))
    ]
    assert {url: links for url, links in named.items() if links} == {english: expected, hebrew: expected}


def test_more_addresses_than_one_may_have_are_split(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = rows(made()["sitemap.xml"])
    monkeypatch.setattr(sitemaps, "MOST", 4)
    files = made()
    listed = re.findall(r"<sitemap><loc>([^<]+)</loc></sitemap>", files["sitemap.xml"].decode())
    parts = [rows(files[url.removeprefix(HOME)]) for url in listed]
    assert len(parts) == -(-len(whole) // 4)
    assert {url: day for part in parts for url, day in part.items()} == whole
    assert max(len(part) for part in parts) == 4


def test_the_compressed_copy_says_the_same_and_names_no_time() -> None:
    files = made()
    assert gzip.decompress(files["sitemap.xml.gz"]) == files["sitemap.xml"] == files[".overrides/sitemap.xml"]
    assert files["sitemap.xml.gz"][3:8] == bytes(5)  # no file's name, no time


def test_robots_are_told_where_it_is() -> None:
    assert made()["robots.txt"].decode().splitlines() == ["User-agent: *", "Allow: /", f"Sitemap: {HOME}sitemap.xml"]


def test_signs_in_the_sites_address_are_escaped() -> None:
    root = etree.fromstring(made(home="https://news.example/a&b/")["sitemap.xml"])
    assert all(url[0].text.startswith("https://news.example/a&b/") for url in root)


def test_there_is_none_where_the_sites_address_is_not_known() -> None:
    assert made(home="") == {}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two pages, committed on different days; the second commit is past midnight only where the clock stood."""
    root = tmp_path / "repository" / "publication"
    (root / "docs").mkdir(parents=True)
    git(root.parent, "init", "-q")
    for name, seconds, zone in (
        ("one", 1_700_000_000, "+0000"),
        ("zwei ä", 1_710_028_000, "+0900"),
        ("one", 1_710_100_000, "+0000"),
    ):
        (root / "docs" / f"{name}.md").write_text(f"# {seconds}\n", encoding="utf-8")
        git(root.parent, "add", "-A")
        when = f"{seconds} {zone}"
        git(root.parent, "-c", f"core.abbrev={7}", "commit", "-q", "-m", "x", "--date", when)
        _at(root.parent, when)
    return root


def _at(root: Path, when: str) -> None:
    """Give the last commit its day, which is not that of the clock."""
    tree, parents = git(root, "rev-parse", "HEAD^{tree}").strip(), git(root, "log", "-1", "--format=%P").split()
    person = f"Tests <tests@example.org> {when}"
    lines = [f"tree {tree}", *(f"parent {parent}" for parent in parents), f"author {person}", f"committer {person}"]
    file = root / ".git" / "made"
    file.write_text("\n".join([*lines, "", "x", ""]), encoding="utf-8")
    git(root, "reset", "-q", "--soft", git(root, "hash-object", "-t", "commit", "-w", str(file)).strip())


def test_git_names_the_day_of_the_last_commit_by_utc(repository: Path) -> None:
    assert days_of(repository, "docs") == {
        "docs/one.md": dt.date(2024, 3, 10),
        "docs/zwei ä.md": dt.date(2024, 3, 9),
    }


def test_what_has_changed_since_has_no_day(repository: Path) -> None:
    (repository / "docs" / "one.md").write_text("Other words.\n", encoding="utf-8")
    (repository / "docs" / "new.md").write_text("New.\n", encoding="utf-8")
    assert set(days_of(repository, "docs")) == {"docs/zwei ä.md"}


def test_where_history_is_cut_short_or_missing_no_day_is_better_than_a_wrong_one(repository: Path) -> None:
    shallow = repository.parents[1] / "shallow"
    git(repository, "clone", "-q", "--depth=1", f"file://{repository.parent}", str(shallow))
    assert days_of(shallow / "publication", "docs") == {}
    bare = repository.parents[1] / "copy"
    shutil.copytree(repository, bare)
    assert days_of(bare, "docs") == {}


def test_pages_with_parts_that_are_made_have_no_day_of_git(repository: Path) -> None:
    shutil.copytree(GOLDEN / "sources", repository / "sources")
    (repository / "docs" / "made.md").write_text("# Made\n\n<!-- newsgloss:verdicts -->\n", encoding="utf-8")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "x")
    site = build(repository, home=HOME)
    days = rows(next(asset.data for asset in site.assets if asset.uri == "sitemap.xml"))
    assert (days[f"{HOME}one/"], days[f"{HOME}made/"]) == ("2024-03-10", "")
