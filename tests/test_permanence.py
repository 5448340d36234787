"""What was promised is kept, also when things are renamed or taken back."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from build_scripts.addresses import site_name
from build_scripts.export.previews import claims as previews
from build_scripts.export.search import records
from build_scripts.model import Library
from build_scripts.permanence import promised
from build_scripts.pipeline import build, understand
from build_scripts.rendering.index import make_index
from build_scripts.site import Page

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden"
WENT_BACK = ("in-review", "draft")
TELLS_A_VERDICT = re.compile(
    r'class="[^"]*\b(?:rating|step|finding|evidence)\b|\{ #(?:verdict|supports|undermines|finding)'
)


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
    ("facts", "listed", "shown"),
    [
        ("state: draft", "", "no page"),
        ("state: draft", "claims/a-draft-of-another/", "no page"),
        ("state: draft\npublished: 2024-03-06", "", "reviewed again"),
        ("state: draft", "claims/a-draft/", "reviewed again"),
        ("state: draft\nformerly: [an-idea]", "claims/an-idea/", "reviewed again"),
        ("state: in-review", "", "no page"),
        ("state: in-review", "claims/a-draft/", "reviewed again"),
        ("state: in-review\nformerly: [an-idea]", "claims/an-idea/", "reviewed again"),
        ("state: in-review\npublished: 2024-03-06", "", "reviewed again"),
        ("state: in-review\npublished: 2024-03-06", "claims/a-draft/", "reviewed again"),
    ],
)
def test_a_check_that_had_a_page_keeps_it_and_one_that_never_was_published_has_none(
    tmp_path: Path, facts: str, listed: str, shown: str
) -> None:
    shutil.copytree(GOLDEN / "sources", tmp_path / "sources")
    rewrite(tmp_path / "sources/claims/a-draft.md", "state: draft", facts)
    (tmp_path / "sources/addresses.txt").write_text(f"{listed}\n", encoding="utf-8")
    site = build(tmp_path)
    pages = {page.uri: page.text for page in site.pages}
    page, article = pages.get("claims/a-draft.md", ""), pages["articles/harbour-fire/index.md"]
    assert (
        bool(page)
        == ("claims/a-draft.md" in pages["claims/index.md"].replace("](", "](claims/"))
        == (shown != "no page")
    )
    assert ('id="c-a-draft"' in article) == (shown != "no page")
    assert ("This check is being reviewed again." in page) == (shown == "reviewed again")
    assert "{ #supports }" not in page
    gone = [problem.message for problem in site.problems if problem.rule == "address-gone"]
    assert gone == ([f"{listed} leads nowhere any more"] if "another" in listed else [])
    assert any("a-draft" in address for address in promised(understand(tmp_path)[0])) == (shown != "no page")
    if "formerly" in facts:
        assert 'moved: "../a-draft/"' in pages["claims/an-idea.md"]
        assert 'id="c-an-idea"' in article


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture(scope="module")
def real() -> Library:
    return understand(ROOT)[0]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The real sources, to change."""
    shutil.copytree(ROOT / "sources", tmp_path / "sources")
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    return tmp_path


@pytest.mark.parametrize("state", WENT_BACK)
def test_no_address_is_gone_when_a_published_check_goes_back(copy: Path, real: Library, state: str) -> None:
    published = [claim for claim in real.claims.values() if claim.has_verdict]
    assert published
    for claim in published:
        assert claim.listed
        rewrite(copy / claim.path, "state: published", f"state: {state}")
        library, problems = understand(copy)
        assert [str(problem) for problem in problems if problem.is_error] == []
        assert promised(library) == promised(real)
        shutil.copy(ROOT / claim.path, copy / claim.path)


@pytest.mark.parametrize("state", WENT_BACK)
def test_nothing_tells_what_was_found_while_checks_are_reviewed_again(copy: Path, real: Library, state: str) -> None:
    published = [claim for claim in real.claims.values() if claim.has_verdict]
    for claim in published:
        rewrite(copy / claim.path, "state: published", f"state: {state}")
    site = build(copy)
    made = {page.uri: page.text for page in site.pages}
    made |= {asset.uri: asset.content for asset in site.assets if isinstance(asset.content, str)}
    index = make_index(understand(copy)[0])
    found = {record.url: record for record in records(index, {})}
    badges = {preview.page: preview.badge for preview in previews(index.library)}
    for claim in published:
        page = made[f"claims/{claim.id}.md"]
        assert real.ratings[claim.facts.rating].label not in page
        assert TELLS_A_VERDICT.search(page) is None
        assert [uri for uri, text in made.items() if claim.facts.summary in text.replace("\\", "")] == []
        assert badges[f"claims/{claim.id}.md"] == "In review"
        record = found[f"claims/{claim.id}/"]
        assert (record.note, record.text, record.date) == ("In review", claim.facts.claim_reviewed, "")
    with_verdict = {uri for uri, text in made.items() if 'class="rating' in text or "{ #verdict-" in text}
    assert with_verdict == {"methodology.md"}  # what the verdicts mean
    assert [article.id for article in index.articles if index.library.verdicts_in(article)] == []


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
