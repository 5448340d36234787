"""What was promised is kept, also when things are renamed or taken back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from build_scripts.addresses import site_name
from build_scripts.permanence import promised
from build_scripts.pipeline import build, understand
from build_scripts.site import Page

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    return {page.uri: page for page in build(GOLDEN).pages}


@pytest.mark.parametrize(
    "address",
    [
        "articles/harbour-fire/#q-came-fast",
        "articles/harbour-fire/#q-brigade-came-fast",
        "articles/harbour-fire/#q-two-were-hurt",
        "articles/harbour-fire/#c-two-kilometres",
        "articles/port-fire/#q-came-fast",
        "articles/second-fire/",
        "articles/another-fire/",
        "claims/two-kilometres/",
        "entities/annaport/",
    ],
)
def test_former_ids_and_what_is_gone_stay_promised(address: str) -> None:
    assert address in promised(understand(GOLDEN)[0])


def test_no_annotation_of_a_withdrawn_article_is_promised_anew() -> None:
    assert not any(found.startswith("articles/second-fire/#") for found in promised(understand(GOLDEN)[0]))


def test_a_withdrawn_article_is_a_tombstone_and_nothing_shows_its_words(pages: dict[str, Page]) -> None:
    stone = pages["articles/second-fire/index.md"].text
    assert "We took this article back on 7 March 2024: There was no second fire." in stone
    assert [uri for uri, page in pages.items() if "there was a second one" in page.text] == []
    listed = [uri for uri, page in pages.items() if "articles/second-fire" in page.text or "second-fire/" in page.text]
    old = {
        f"articles/{name}/{page}.md"
        for name in ("another-fire", "second-fire")
        for page in ("index", "worksheet", "answers")
    }
    assert set(listed) == {*old, "corrections.md"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("articles/port-fire/index.md", "../harbour-fire/"),
        ("articles/another-fire/index.md", "../second-fire/"),
        ("claims/two-kilometres.md", "../distance/"),
        ("entities/annaport.md", "../port-anna/"),
    ],
)
def test_a_former_address_leads_to_the_present_one(pages: dict[str, Page], old: str, new: str) -> None:
    assert f'moved: "{new}"' in pages[old].text


def test_what_was_taken_out_leaves_a_note_and_what_was_renamed_its_old_id(pages: dict[str, Page]) -> None:
    text = pages["articles/harbour-fire/index.md"].text
    assert '<span id="q-two-were-hurt">What stood here was taken out on 6 March 2024: The words were' in text
    assert '<span id="q-brigade-came-fast">What had this address is [still in the text](#q-came-fast)' in text
    assert '<span id="c-two-kilometres">' in text


def test_who_is_quoted_no_more_keeps_a_page(tmp_path: Path) -> None:
    shutil.copytree(GOLDEN / "sources", tmp_path / "sources")
    (tmp_path / "sources/addresses.txt").write_text("quotes/anna/\nquotes/annaport/\n", encoding="utf-8")
    pages = {page.uri: page.text for page in build(tmp_path).pages}
    assert "No article here quotes Anna Port any more." in pages["quotes/anna.md"]
    assert 'moved: "../port-anna/"' in pages["quotes/annaport.md"]
    assert "Anna Port" not in pages["quotes/index.md"]


def test_an_article_may_be_taken_back_though_another_leads_to_it(tmp_path: Path) -> None:
    shutil.copytree(GOLDEN / "sources", tmp_path / "sources")
    other = tmp_path / "sources/articles/hebrew-note/article.md"
    other.write_text(f"{other.read_text(encoding='utf-8')}\n[a](../second-fire/article.md)\n", encoding="utf-8")
    _library, problems = understand(tmp_path)
    assert [str(problem) for problem in problems if problem.rule == "broken-link"] == []


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.wikidata.org/wiki/Q656", "Wikidata"),
        ("https://sws.geonames.org/498817/", "GeoNames"),
        ("https://de.wikipedia.org/wiki/Kyjiw", "Wikipedia"),
        ("https://notwikidata.org/", "notwikidata.org"),
        ("https://www.example.org:8080/x", "example.org"),
    ],
)
def test_a_link_out_names_the_site_that_it_leads_to(url: str, name: str) -> None:
    assert site_name(url) == name
