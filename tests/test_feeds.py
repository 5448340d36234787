"""Feeds: whole, safe, and with ids that stay."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import Mock
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from build_scripts.export.feeds.atom import as_atom
from build_scripts.export.feeds.entries import LATEST, Category, Entry, Feed, Here, harmless, newest
from build_scripts.export.feeds.json_feed import as_json
from build_scripts.export.feeds.news import article_entries, article_entry
from build_scripts.pipeline import build, understand
from build_scripts.rendering.index import make_index
from tests.feeds import GOLDEN, HOME, atom, faults_of_atom, faults_of_html, faults_of_json, made
from tests.site.hostile import OUR_STRINGS

DAY = date(2024, 3, 6)
ENTRY = Entry(
    id="tag:news.example,2026:claims/x",
    title="A title",
    url=f"{HOME}claims/x/",
    day=DAY,
    published=DAY,
    summary="A summary.",
    html="<p>All of it.</p>",
    language="en",
    authors=("A. Writer",),
    rights="© A holder",
)
FEED = Feed("feeds/claims", "tag:news.example,2026:feeds/claims", "A feed", "About it", f"{HOME}claims/", DAY)
NAMESPACE = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return made()


@pytest.fixture(scope="module")
def here() -> Here:
    library = understand(GOLDEN)[0]
    assert library.publication
    return Here(make_index(library), HOME, library.publication.facts)


def test_there_is_a_feed_for_each_section_and_each_public_check(files: dict[str, str], here: Here) -> None:
    claims = {f"claims/{claim.id}" for claim in here.library.claims.values() if claim.is_public}
    assert len(claims) == 4
    names = {"articles", "claims", "corrections"} | claims
    assert set(files) == {f"feeds/{name}.{kind}" for name in names for kind in ("atom", "json")}


def test_no_validator_finds_fault_with_a_feed(files: dict[str, str]) -> None:
    for uri, text in files.items():
        faults = faults_of_atom if uri.endswith(".atom") else faults_of_json
        assert faults(text, HOME + uri) == [], uri


def test_the_validators_of_these_tests_find_faults(files: dict[str, str]) -> None:
    good, address = files["feeds/claims.atom"], f"{HOME}feeds/claims.atom"
    for old, new in (
        ("</feed>", "</food>"),
        ("feeds/claims.atom", "feeds/others.atom"),
        ("claims/four-minutes</id>", "claims/two-kilometres</id>"),
        ("<id>tag:", "<id>tog:"),
        ("2024-03-08T", "2024-03-08 "),
        ("&lt;p&gt;", "&lt;script&gt;x&lt;/script&gt;"),
        ('href="https://example.org/log"', 'href="log"'),
        ("The brigade was", "The\x85brigade was"),
        ("<name>The desk</name>", ""),
    ):
        assert old in good, old
        assert faults_of_atom(good.replace(old, new), address) != [], old
    good, address = files["feeds/claims.json"], f"{HOME}feeds/claims.json"
    for old, new in (
        ("T00:00:00Z", ""),
        ("version/1.1", "version/2"),
        ('"https://news', '"news'),
        ("<p>", "<p id=1 a=2>"),
    ):
        assert old in good, old
        assert faults_of_json(good.replace(old, new), address) != [], old


def test_both_formats_say_the_same(files: dict[str, str]) -> None:
    for uri in (uri for uri in files if uri.endswith(".atom")):
        feed, other = atom(files[uri]), json.loads(files[uri.replace(".atom", ".json")])
        assert (feed.feed.title, feed.feed.subtitle) == (other["title"], other["description"])
        rows = [
            (
                entry.id,
                entry.title,
                entry.link,
                entry.summary,
                entry.content[0].value.strip(),
                entry.published,
                entry.updated[:10],
            )
            for entry in feed.entries
        ]
        assert rows == [
            (
                *(item[name].strip() for name in ("id", "title", "url", "summary", "content_html", "date_published")),
                item["date_modified"][:10],
            )
            for item in other["items"]
        ]


def test_an_entry_has_its_whole_text_its_author_its_rights_and_its_days(files: dict[str, str]) -> None:
    article = next(entry for entry in atom(files["feeds/articles.atom"]).entries if entry.id.endswith("port-fire"))
    assert article.id == "tag:news.example,2026:site/articles/port-fire"
    assert article.link == f"{HOME}articles/harbour-fire/"
    assert (article.published[:10], article.updated[:10]) == ("2024-03-04", "2024-03-08")
    assert [author.name for author in article.authors] == ["The desk"]
    assert article.rights == "© The Gloss, CC-BY-4.0"
    assert ("port-anna", f"{HOME}entities/", "Port Anna") in [(tag.term, tag.scheme, tag.label) for tag in article.tags]
    html = article.content[0].value
    for words in (
        "a harbour worker said, who feared for his job.",
        f'src="{HOME}articles/harbour-fire/quay.png"',
        f'<a href="{HOME}claims/four-minutes/">the check</a>',
        "<strong>Right</strong>: Two records have the alarm at 9:02 and the arrival at 9:06.",
    ):
        assert words in html, words
    check = next(entry for entry in atom(files["feeds/claims.atom"]).entries if entry.id.endswith("four-minutes"))
    assert check.title == "Right: The brigade was at the fire in four minutes"
    assert [(tag.term, tag.label) for tag in check.tags] == [("right", "Right")]
    for words in ("<h2>Evidence against</h2>", 'href="https://example.org/log"', "Alarm 9:02, on the spot 9:06."):
        assert words in check.content[0].value, words


def test_of_a_digest_no_day_of_publication_is_told_since_that_day_is_the_originals(here: Here) -> None:
    article = here.index.articles[0]
    rights = article.facts.rights.model_copy(update={"text": "digest"})
    facts = article.facts.model_copy(update={"rights": rights})
    entry = article_entry(replace(article, loaded=replace(article.loaded, facts=facts)), here)
    assert (entry.published, entry.rights) == (None, "© The Gloss, CC-BY-4.0")
    feed = replace(FEED, entries=(entry,))
    as_xml, as_item = as_atom(feed, here), json.loads(as_json(feed, here))["items"][0]
    assert "<published>" not in as_xml
    assert list(faults_of_atom(as_xml, f"{HOME}feeds/claims.atom")) == []
    assert "date_published" not in as_item
    assert as_item["date_modified"] == "2024-03-05T00:00:00Z"


def test_text_of_another_language_says_so(files: dict[str, str]) -> None:
    item = next(item for item in json.loads(files["feeds/articles.json"])["items"] if item["language"] == "he")
    assert '<div lang="he" dir="rtl">' in item["content_html"]
    root = ElementTree.fromstring(files["feeds/articles.atom"])  # noqa: S314 -- our own
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    assert {entry.attrib[language] for entry in root.iter(f"{NAMESPACE}entry")} == {"en", "he"}


def test_corrections_and_withdrawals_have_entries_of_their_own(files: dict[str, str]) -> None:
    entries = [
        (entry.id.split("site/")[1], entry.published[:10]) for entry in atom(files["feeds/corrections.atom"]).entries
    ]
    assert entries == [
        ("claims/taken-back/withdrawal", "2024-03-09"),
        ("claims/four-minutes/corrections/2024-03-08", "2024-03-08"),
        ("articles/another-fire/withdrawal", "2024-03-07"),
    ]


@pytest.mark.parametrize(
    ("name", "told", "days"),
    [
        ("looked-at-again", "This check is being reviewed again.", ("2024-03-06", "2024-03-07")),
        ("taken-back", "This check has been withdrawn.", ("2024-03-06", "2024-03-09")),
    ],
)
def test_a_verdict_that_stands_no_more_is_taken_out_of_the_entry(
    files: dict[str, str], name: str, told: str, days: tuple[str, str]
) -> None:
    both = (json.loads(files[f"feeds/claims{feed}.json"])["items"] for feed in ("", f"/{name}"))
    id_ = "claims/his-job" if name == "looked-at-again" else f"claims/{name}"
    own, same = (next(item for item in items if item["id"].endswith(f"site/{id_}")) for items in both)
    assert own == same
    assert own["summary"] == told
    assert (own["date_published"][:10], own["date_modified"][:10]) == days
    assert not re.search("Right|Wrong|contract says|It had 2,000", own["title"] + own["content_html"])


def test_nothing_is_said_where_the_sites_address_is_not_known() -> None:
    assert made(home="") == {}
    assert not re.search(r"sitemap|robots|llms", " ".join(asset.uri for asset in build(GOLDEN).assets))


def test_a_publication_without_content_has_valid_feeds_without_entries(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    for name in ("publication.yml", "rating-scale.yml"):
        shutil.copy(GOLDEN / "sources" / name, tmp_path / "sources" / name)
    files = made(tmp_path)
    assert len(files) == 6
    for uri, text in files.items():
        assert (faults_of_atom if uri.endswith(".atom") else faults_of_json)(text, HOME + uri) == [], uri
    assert atom(files["feeds/claims.atom"]).entries == []
    assert atom(files["feeds/claims.atom"]).feed.updated == "2026-01-01T00:00:00Z"


def test_a_feed_holds_the_latest_entries_in_one_order() -> None:
    entries = [replace(ENTRY, id=f"{ENTRY.id}{n:02}", day=DAY - timedelta(days=n // 3)) for n in range(60)]
    found = newest(entries)
    assert found == newest(entries[::-1])
    assert found == tuple(entries[:LATEST])
    assert LATEST == 50


def test_only_articles_that_the_feed_holds_get_their_text(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    article = here.index.articles[0]
    many = tuple(
        replace(
            article,
            id=f"a-{n:02}",
            loaded=replace(
                article.loaded,
                facts=article.facts.model_copy(update={"formerly": (), "updated": DAY + timedelta(days=100 + n % 7)}),
            ),
        )
        for n in range(LATEST + 20)
    )
    there = replace(here, index=replace(here.index, articles=many))
    expected = newest(article_entry(one, there) for one in many)
    asked = Mock(return_value="<p>All of it.</p>")
    monkeypatch.setattr("build_scripts.export.feeds.news.article_html", asked)
    assert [entry.id for entry in article_entries(there)] == [entry.id for entry in expected]
    assert asked.call_count == LATEST


@given(st.lists(st.text("abc", min_size=1, max_size=9), unique=True, max_size=LATEST))
def test_entries_of_one_day_differ_in_their_instants_and_keep_them(names: list[str]) -> None:
    entries = [replace(ENTRY, id=name) for name in names]
    assert len({entry.updated for entry in entries}) == len(names)
    assert all(entry.updated.startswith("2024-03-06T00:00:00.") for entry in entries)
    assert [replace(entry, title="Another", summary="Other").updated for entry in entries] == [
        entry.updated for entry in entries
    ]


@given(st.text(st.characters()), st.text(st.characters()))
def test_any_text_leaves_a_feed_whole(here: Here, text: str, other: str) -> None:
    category = Category("x", HOME, text)
    entry = replace(ENTRY, title=text, summary=other, html=other, authors=(text,), rights=text, categories=(category,))
    feed = replace(FEED, title=text, subtitle=other, entries=(entry,))
    root = ElementTree.fromstring(as_atom(feed, here).encode())  # noqa: S314 -- our own
    content = root.find(f"{NAMESPACE}entry/{NAMESPACE}content")
    assert content is not None
    assert (content.text or "") == harmless(other)
    title = root.find(f"{NAMESPACE}title")
    assert title is not None
    if title.attrib["type"] == "text":
        assert (title.text or "") == harmless(text)
    else:
        assert set(title.text or "") & {"&"}
        assert "<" not in (title.text or "")
    assert json.loads(as_json(feed, here).encode())["items"][0]["title"] == re.sub(
        "[\x7f-\x9f\ud800-\udfff\ufffe\uffff]", "", text
    )


FIELDS = (
    ("claims/four-minutes.md", "claim_reviewed"),
    ("claims/four-minutes.md", "summary"),
    ("claims/four-minutes.md", "    title"),
    ("claims/four-minutes.md", "    passage"),
    ("articles/harbour-fire/article.md", "headline"),
    ("articles/harbour-fire/article.md", "summary"),
)


@pytest.mark.parametrize("start", range(0, len(OUR_STRINGS), len(FIELDS)))
def test_hostile_strings_in_the_sources_stay_words(start: int, tmp_path: Path) -> None:
    shutil.copytree(GOLDEN / "sources", tmp_path / "sources")
    strings = [" ".join(string.split()) for string in OUR_STRINGS[start:] + OUR_STRINGS][: len(FIELDS)]
    for (path, name), string in zip(FIELDS, strings, strict=True):
        line = f"{name}: {json.dumps(string)}"
        _edit(tmp_path / "sources" / path, rf"^{name}: .*$", lambda _match, line=line: line)  # type: ignore[misc]
    files = made(tmp_path)
    for uri, text in files.items():
        assert (faults_of_atom if uri.endswith(".atom") else faults_of_json)(text, HOME + uri) == [], uri
    items = _items(files)
    titles = " ".join(item["title"] for item in items)
    shown = " ".join(" ".join(LexborHTMLParser(f"<body>{item['content_html']}").text().split()) for item in items)
    assert [string for string in (strings[0], strings[4]) if string not in titles] == []
    assert [string for string in strings[1:4] if string not in shown] == []


def _items(files: dict[str, str]) -> list[dict[str, str]]:
    return [item for uri in ("feeds/articles.json", "feeds/claims.json") for item in json.loads(files[uri])["items"]]


def test_html_that_does_something_is_seen_by_these_tests() -> None:
    for html in ("<script>x</script>", '<p style="x">', '<a href="x/">x</a>', '<p onclick="x">', "<iframe></iframe>"):
        assert faults_of_html(html) != [], html
    assert faults_of_html('<p>A <a href="https://example.org/">b</a></p>') == []


def _edit(path: Path, pattern: str, put: str | Callable[[re.Match[str]], str]) -> None:
    text = path.read_text(encoding="utf-8")
    edited = re.sub(pattern, put, text, count=0, flags=re.MULTILINE)
    assert edited != text, path
    path.write_text(edited, encoding="utf-8")


def _words(sources: Path) -> None:
    _edit(sources / "claims/four-minutes.md", "summary: .*", "summary: Other words.")
    _edit(sources / "articles/harbour-fire/article.md", "^headline: .*", "headline: Another headline")


def _days(sources: Path) -> None:
    _edit(sources / "claims/four-minutes.md", "^(published|checked): .*", r"\1: 2024-03-05")
    _edit(sources / "articles/hebrew-note/article.md", "^published: .*", "published: 2024-02-01")


def _verdict(sources: Path) -> None:
    _edit(sources / "claims/distance.md", "^rating: .*", "rating: wrong")


def _another_correction(sources: Path) -> None:
    row = '  - {date: 2024-03-08, was: "9:02", now: "9:03", why: Again.}'
    _edit(sources / "claims/four-minutes.md", r"^(  - \{date: 2024-03-08.*)$", rf"\1\n{row}")


def _another_check(sources: Path) -> None:
    _edit(
        sources / "claims/in-doubt.md",
        "state: in-review",
        "state: published\npublished: 2024-03-06\nchecked: 2024-03-06",
    )


def _in_review(sources: Path) -> None:
    _edit(sources / "claims/distance.md", "state: published", "state: in-review")


def _renamed_claim(sources: Path) -> None:
    (sources / "claims/distance.md").rename(sources / "claims/miles.md")
    _edit(sources / "claims/miles.md", r"formerly: \[two-kilometres\]", "formerly: [two-kilometres, distance]")


def _renamed_article(sources: Path) -> None:
    (sources / "articles/hebrew-note").rename(sources / "articles/note")
    _edit(sources / "articles/note/article.md", "^language: he", "language: he\nformerly: [hebrew-note]")


EDITS = (
    _words,
    _days,
    _verdict,
    _another_correction,
    _another_check,
    _in_review,
    _renamed_claim,
    _renamed_article,
)


@pytest.mark.parametrize("edits", [*((edit,) for edit in EDITS), EDITS])
def test_no_edit_changes_the_id_of_what_stays(
    files: dict[str, str], edits: tuple[Callable[[Path], None], ...], tmp_path: Path
) -> None:
    shutil.copytree(GOLDEN / "sources", tmp_path / "sources")
    for edit in edits:
        edit(tmp_path / "sources")
    added = {_another_correction: "claims/four-minutes/corrections/2024-03-08/2", _another_check: "claims/in-doubt"}
    after, before = _ids(made(tmp_path)), _ids(files)
    ways = {added[edit] for edit in edits if edit in added}
    assert after - before == {f"tag:news.example,2026:site/{way}" for way in ways} | {
        f"tag:news.example,2026:site/feeds/{way}" for way in ways if not way.endswith("/2")
    }
    assert before <= after


def test_ids_stay_when_the_site_moves_and_says_what_they_were(files: dict[str, str], tmp_path: Path) -> None:
    shutil.copytree(GOLDEN / "sources", tmp_path / "sources")
    assert _ids(made(tmp_path, "https://elsewhere.example/")) & _ids(files) == set()
    with (tmp_path / "sources/publication.yml").open("a", encoding="utf-8") as file:
        file.write('tag_uri: "tag:news.example,2026:site/"\n')
    moved = made(tmp_path, "https://elsewhere.example/")
    assert _ids(moved) == _ids(files)
    assert faults_of_atom(moved["feeds/claims.atom"], "https://elsewhere.example/feeds/claims.atom") == []


@pytest.mark.parametrize(
    "tag", ["news.example", "tag:news.example:", "tag:news.example,2026-13:", "tag:a b,2026:", "urn:x"]
)
def test_what_is_no_tag_uri_is_told(tag: str, tmp_path: Path) -> None:
    shutil.copytree(GOLDEN / "sources", tmp_path / "sources")
    with (tmp_path / "sources/publication.yml").open("a", encoding="utf-8") as file:
        file.write(f'tag_uri: "{tag}"\n')
    errors = [problem for problem in understand(tmp_path)[1] if problem.is_error]
    assert [problem.place.path for problem in errors][:1] == ["sources/publication.yml"]


def _ids(files: dict[str, str]) -> set[str]:
    feeds = [atom(text) for uri, text in files.items() if uri.endswith(".atom")]
    return {thing.id for feed in feeds for thing in (feed.feed, *feed.entries)}
