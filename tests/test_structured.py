"""What programs read of a page: ClaimReview for published checks alone, other facts in the terms of schema.org."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from build_scripts.export.structured.nodes import Node, document, licence
from build_scripts.export.structured.pages import structured
from build_scripts.export.structured.reviews import REVIEWS
from build_scripts.export.structured.text import as_text, with_data
from build_scripts.model import Claim, Library
from build_scripts.pipeline import build, understand
from build_scripts.reading.schema import ArticleFile, ClaimFile, EntityFile
from build_scripts.rendering.context import share
from build_scripts.rendering.index import make_index
from tests.site.hostile import OUR_STRINGS

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden"
HOME = "https://news.example/site/"
CLAIM = "four-minutes"
PAGES = {name: (ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("about.md", "methodology.md")}
PUBLISHER = {"@type": "NewsMediaOrganization", "name": "The Gloss", "url": HOME}

Change = Callable[[Library], Library]


@pytest.fixture(scope="module")
def library() -> Library:
    return understand(GOLDEN)[0]


def data_of(library: Library, uri: str, handwritten: dict[str, str] = PAGES) -> list[dict[str, Any]]:
    return made(library, handwritten).get(uri, [])


def made(library: Library, handwritten: dict[str, str] = PAGES) -> dict[str, list[Node]]:
    data = structured(share(make_index(library)), HOME, handwritten)[0]
    return {uri: [document(make()) for make in things] for uri, things in data.items()}


def review_of(library: Library, claim: str = CLAIM) -> dict[str, Any] | None:
    found = [thing for thing in data_of(library, f"claims/{claim}.md") if thing["@type"] == "ClaimReview"]
    assert len(found) <= 1
    return found[0] if found else None


def with_claim(**facts: Any) -> Change:
    def changed(library: Library) -> Library:
        claim = library.claims[CLAIM]
        loaded = replace(claim.loaded, facts=ClaimFile.model_validate(_plain(claim) | facts, strict=False))
        return replace(library, claims=library.claims | {CLAIM: replace(claim, loaded=loaded)})  # type: ignore[operator]

    return changed


def _plain(claim: Claim) -> dict[str, Any]:
    return {name: value for name, value in claim.facts.model_dump(mode="json").items() if value is not None}


def with_article(name: str, **facts: Any) -> Change:
    def changed(library: Library) -> Library:
        article = library.articles[name]
        plain = article.facts.model_dump(mode="json", exclude_none=True)
        loaded = replace(article.loaded, facts=ArticleFile.model_validate(plain | facts, strict=False))
        return replace(library, articles=library.articles | {name: replace(article, loaded=loaded)})  # type: ignore[operator]

    return changed


def with_entity(name: str, **facts: Any) -> Change:
    def changed(library: Library) -> Library:
        entity = library.entities[name]
        plain = entity.facts.model_dump(mode="json", exclude_none=True)
        loaded = replace(entity.loaded, facts=EntityFile.model_validate(plain | facts, strict=False))
        return replace(library, entities=library.entities | {name: replace(entity, loaded=loaded)})  # type: ignore[operator]

    return changed


def same(library: Library) -> Library:
    return library


def both(*changes: Change) -> Change:
    def changed(library: Library) -> Library:
        for change in changes:
            library = change(library)
        return library

    return changed


ORIGINAL = {
    "@type": "NewsArticle",
    "url": "https://paper.example/fire",
    "publisher": {"@type": "Organization", "name": "The Gloss"},
    "datePublished": "2024-03-04",
    "inLanguage": "en",
}
LINDQVIST = {"@type": "Person", "name": "Ada Lindqvist"}
IN_PAPER = with_article("harbour-fire", url="https://paper.example/fire")


@pytest.mark.parametrize(
    ("change", "path", "expected"),
    [
        (same, "url", f"{HOME}claims/four-minutes/"),
        (same, "claimReviewed", "The brigade was at the fire in four minutes"),
        (same, "author", PUBLISHER),
        (same, "creditText", "Check by: The desk; reviewed by The review"),
        (same, "datePublished", "2024-03-06"),
        (same, "dateModified", "2024-03-08"),
        (with_claim(corrections=[]), "dateModified", "2024-03-07"),
        (with_claim(corrections=[]), "correction", None),
        (same, "correction.@type", "CorrectionComment"),
        (same, "correction.text", "“9:05” became “9:06”. A slip of the keys."),
        (same, "correction.datePublished", "2024-03-08"),
        (same, "reviewRating.alternateName", "Right"),
        (same, "reviewRating.ratingExplanation", "Two records have the alarm at 9:02 and the arrival at 9:06."),
        (same, "reviewRating.ratingValue", 2),
        (same, "reviewRating.bestRating", 2),
        (same, "reviewRating.worstRating", 1),
        (with_claim(rating="open"), "reviewRating.alternateName", "Unproven"),
        (with_claim(rating="open"), "reviewRating.ratingValue", None),
        (with_claim(rating="open"), "reviewRating.bestRating", None),
        (with_claim(rating="open"), "reviewRating.worstRating", None),
        (same, "itemReviewed.author", LINDQVIST),
        (with_claim(claimant=[]), "itemReviewed.author", None),
        (with_claim(claimant=["the-fire"]), "itemReviewed.author", None),
        (
            with_claim(claimant=["ada-lindqvist", "port-anna"]),
            "itemReviewed.author",
            [LINDQVIST, {"@type": "Organization", "name": "Port Anna", "sameAs": "https://example.org/port-anna"}],
        ),
        (same, "itemReviewed.appearance", None),
        (same, "itemReviewed.firstAppearance", None),
        (same, "itemReviewed.datePublished", None),
        (IN_PAPER, "itemReviewed.appearance", ORIGINAL),
        (IN_PAPER, "itemReviewed.firstAppearance", ORIGINAL),
        (IN_PAPER, "itemReviewed.datePublished", "2024-03-04"),
        (with_article("harbour-fire", url="https://news.example/elsewhere"), "itemReviewed.appearance", None),
        (same, "citation.0.url", "https://example.org/log"),
        (same, "citation.0.name", "Log of the brigade"),
        (same, "citation.0.publisher.name", "Example"),
        (same, "citation.0.datePublished", "2024-03-04"),
        (same, "citation.1.url", "https://example.org/harbour"),
        (same, "publisher.correctionsPolicy", f"{HOME}methodology/#corrections"),
        (same, "license", "https://creativecommons.org/licenses/by/4.0/"),
    ],
)  # fmt: skip
def test_a_published_check_is_a_claim_review(library: Library, change: Change, path: str, expected: Any) -> None:
    found: Any = review_of(change(library))
    assert found is not None
    for step in path.split("."):
        found = (found[int(step)] if step.isdecimal() else found.get(step)) if found is not None else None
    assert found == expected


def test_a_claim_that_stands_in_several_articles_first_appeared_in_the_earliest(library: Library) -> None:
    change = both(
        with_article("harbour-fire", url="https://paper.example/fire"),
        with_article("hebrew-note", url="https://paper.example/note"),
        with_claim(rating="open"),
    )
    changed = change(library)
    note = changed.articles["hebrew-note"]
    place = replace(note.appearances[0], claim=CLAIM)
    for day, first in (("2024-03-05", "https://paper.example/fire"), ("2024-03-04", None)):
        dated = with_article("hebrew-note", published=day)(changed)
        there = replace(dated.articles["hebrew-note"], appearances=(place,))
        review = review_of(replace(dated, articles=dated.articles | {"hebrew-note": there}))  # type: ignore[operator]
        assert review is not None
        claim = review["itemReviewed"]
        assert {found["url"] for found in claim["appearance"]} == {
            "https://paper.example/fire",
            "https://paper.example/note",
        }
        assert claim.get("firstAppearance", {}).get("url") == first
        assert claim["datePublished"] == "2024-03-04"


@pytest.mark.parametrize("state", ["draft", "in-review", "withdrawn"])
def test_a_check_that_shows_no_verdict_is_none_to_programs(library: Library, state: str) -> None:
    changed = with_claim(state=state)(library)
    assert review_of(changed) is None
    assert CLAIM not in all_data(changed)


def all_data(library: Library) -> str:
    data, files = made(library), structured(share(make_index(library)), HOME, PAGES)[1]
    reviews = [thing for things in data.values() for thing in things if thing["@type"] == "ClaimReview"]
    return json.dumps(reviews) + "".join(str(file.content) for file in files)


def test_a_review_stands_on_one_page_only_and_in_the_list(library: Library) -> None:
    data, files = made(library), structured(share(make_index(library)), HOME, PAGES)[1]
    found = {uri: thing for uri, things in data.items() for thing in things if "ClaimReview" in json.dumps(thing)}
    assert sorted(found) == ["claims/distance.md", "claims/four-minutes.md"]
    feed = json.loads(next(str(file.content) for file in files if file.uri == REVIEWS))
    reviews = [item["item"] for item in feed["dataFeedElement"]]
    assert [{"@context": "https://schema.org"} | review for review in reviews] == list(found.values())
    assert feed["url"] == f"{HOME}data/claimreview.jsonld"
    assert feed["dateModified"] == "2024-03-08"


def test_a_publication_without_checks_has_an_empty_list(library: Library) -> None:
    files = structured(share(make_index(replace(library, claims={}))), HOME, PAGES)[1]
    assert json.loads(str(files[0].content))["dataFeedElement"] == []


def test_nothing_is_said_where_the_sites_address_is_not_known() -> None:
    site = build(GOLDEN)
    assert not any("jsonld:" in page.text for page in site.pages)
    assert REVIEWS not in {asset.uri for asset in site.assets}


def test_policies_are_those_that_pages_state(library: Library) -> None:
    bare = {"methodology.md": "# Method { #title }\n", "about.md": "# About\n"}
    front = data_of(library, "index.md", bare)[0]
    assert front["@type"] == "WebSite"
    logo = {"@type": "ImageObject", "url": f"{HOME}pictures/site.png"}
    unstated = PUBLISHER | {"logo": logo}
    assert front["publisher"] == unstated | {"publishingPrinciples": f"{HOME}methodology/"}
    assert data_of(library, "index.md", {})[0]["publisher"] == unstated
    assert data_of(library, "about.md", {}) == []


def test_the_site_states_its_policies(library: Library) -> None:
    policies = set(data_of(library, "index.md")[0]["publisher"]) - set(PUBLISHER)
    assert {
        "publishingPrinciples",
        "correctionsPolicy",
        "verificationFactCheckingPolicy",
        "unnamedSourcesPolicy",
        "actionableFeedbackPolicy",
    } <= policies


def test_an_open_text_is_an_article(library: Library) -> None:
    article = data_of(library, "articles/harbour-fire/index.md")[0]
    assert article["@type"] == "NewsArticle"
    assert article["headline"] == "Fire in the harbour: “Nobody was hurt”"
    assert article["author"] == PUBLISHER
    assert article["publisher"]["name"] == "The Gloss"
    assert article["datePublished"] == "2024-03-04"
    assert article["creditText"] == "By The desk."
    assert article["copyrightNotice"] == "© The Gloss, CC-BY-4.0"
    assert article["citation"]["url"] == "https://example.org/report"
    ids = {thing["@id"] for thing in article["mentions"]}
    assert f"{HOME}entities/port-anna/#title" in ids


@pytest.mark.parametrize(
    ("facts", "author", "credit"),
    [
        ({"byline": []}, {"@type": "Organization", "name": "Another paper"}, None),
        ({"byline": ["Someone"]}, {"@type": "Organization", "name": "Another paper"}, "Someone"),
        (
            {"byline": ["Someone", "Ada Lindqvist"]},
            {"@type": "Person", "@id": f"{HOME}entities/ada-lindqvist/#title", "name": "Ada Lindqvist"},
            "Someone, Ada Lindqvist",
        ),
    ],
)
def test_nobody_is_made_a_person_who_may_be_none(
    library: Library, facts: dict[str, Any], author: dict[str, Any], credit: str | None
) -> None:
    change = with_article("hebrew-note", publisher="Another paper", url="https://paper.example/note", **facts)
    article = data_of(change(library), "articles/hebrew-note/index.md")[0]
    assert article["author"] == author
    assert article.get("creditText") == credit
    assert article["publisher"] == {"@type": "Organization", "name": "Another paper"}
    assert article["isBasedOn"] == "https://paper.example/note"


def test_a_digest_is_a_page_about_an_article(library: Library) -> None:
    rights = {"text": "digest", "holder": "The Paper", "basis": "Short.", "licence": "CC0-1.0"}
    change = with_article(
        "harbour-fire", publisher="The Paper", url="https://paper.example/fire", rights=rights, updated="2024-04-01"
    )
    page = data_of(change(library), "articles/harbour-fire/index.md")[0]
    assert page["@type"] == "WebPage"
    assert "datePublished" not in page
    assert page["dateModified"] == "2024-04-01"
    assert page["publisher"]["name"] == "The Gloss"
    assert page["isBasedOn"] == ORIGINAL | {"publisher": {"@type": "Organization", "name": "The Paper"}}
    assert page["license"] == "https://creativecommons.org/publicdomain/zero/1.0/"


def test_an_article_names_its_translations_and_they_name_it(library: Library) -> None:
    note = library.articles["hebrew-note"]
    more = replace(library, articles=library.articles | {"a-note": replace(note, id="a-note")})  # type: ignore[operator]
    digest = {"text": "digest", "holder": "The Paper", "basis": "Short."}
    changed = with_article("a-note", language="de", headline="Brand", rights=digest)(more)
    original, german, hebrew = (
        data_of(changed, f"articles/{name}/index.md")[0] for name in ("harbour-fire", "a-note", "hebrew-note")
    )
    assert original["workTranslation"] == [
        {"@type": "WebPage", "url": f"{HOME}articles/a-note/", "name": "Brand", "inLanguage": "de"},
        {"@type": "NewsArticle", "url": f"{HOME}articles/hebrew-note/", "name": "שריפה בנמל", "inLanguage": "he"},
    ]
    work = {"@type": "NewsArticle", "url": original["url"], "name": original["headline"], "inLanguage": "en"}
    assert german["translationOfWork"] == hebrew["translationOfWork"] == work
    assert not {"translationOfWork", "workTranslation"} & (set(original) & set(german) & set(hebrew))
    alone = with_article("hebrew-note", translation_of="nothing")(library)
    for name in ("harbour-fire", "hebrew-note"):
        found = data_of(alone, f"articles/{name}/index.md")[0]
        assert not {"translationOfWork", "workTranslation"} & set(found)


def test_only_words_in_quotation_marks_are_made_by_the_speaker(library: Library) -> None:
    direct, indirect = data_of(library, "articles/harbour-fire/index.md")[0]["hasPart"]
    lindqvist = {"@type": "Person", "@id": f"{HOME}entities/ada-lindqvist/#title", "name": "Ada Lindqvist"}
    assert direct == {
        "@type": "Quotation",
        "url": f"{HOME}articles/harbour-fire/#q-nobody-hurt",
        "text": "Nobody was hurt, … We were there in four minutes.",
        "inLanguage": "en",
        "spokenByCharacter": lindqvist,
        "creator": lindqvist,
        "dateCreated": "2024-03",
    }
    assert indirect["creditText"] == "a harbour worker"
    assert not {"spokenByCharacter", "creator"} & set(indirect)


@pytest.mark.parametrize(
    ("change", "entity", "expected"),
    [
        (same, "ada-lindqvist", {"@type": "Person", "alternateName": ["Lindqvist", "אדה לינדקוויסט"]}),
        (
            same,
            "port-anna",
            {"@type": "Place", "geo": {"@type": "GeoCoordinates", "latitude": 49.9935, "longitude": 36.2304},
             "sameAs": "https://example.org/port-anna", "alternateName": "Anna"},
        ),
        (same, "the-fire", {"@type": "Event", "startDate": "2024-03-04", "endDate": "2024-03-05"}),
        (same, "port-anna-fire-brigade", {"@type": "Organization"}),
        (with_entity("ada-lindqvist", type="weapon"), "ada-lindqvist", {"@type": "Thing"}),
        (with_entity("ada-lindqvist", type="document"), "ada-lindqvist", {"@type": "CreativeWork"}),
        (with_entity("port-anna", type="other"), "port-anna", {"@type": "Thing", "geo": None}),
    ],
)  # fmt: skip
def test_an_entity_is_a_thing_of_its_kind(
    library: Library, change: Change, entity: str, expected: dict[str, Any]
) -> None:
    thing = data_of(change(library), f"entities/{entity}.md")[0]
    assert {name: thing.get(name) for name in expected} == expected
    assert thing["@id"] == f"{HOME}entities/{entity}/#title"


def test_the_scale_is_a_set_of_terms(library: Library) -> None:
    scale = data_of(library, "methodology.md")[0]
    assert scale["@type"] == "DefinedTermSet"
    assert [term["name"] for term in scale["hasDefinedTerm"]] == ["Right", "Wrong", "Unproven"]
    assert {term["inDefinedTermSet"] for term in scale["hasDefinedTerm"]} == {scale["url"]}


def test_every_page_below_a_section_tells_the_way_to_it(library: Library) -> None:
    data = made(library)
    moved = {"articles/port-fire/index.md", "claims/two-kilometres.md", "entities/annaport.md", "quotes/annaport.md"}
    for page in build(GOLDEN, home=HOME).pages:
        section = page.uri.partition("/")[0]
        if section in {"articles", "claims", "entities", "quotes"} and not _leads_on(page.text):
            ways = [thing for thing in data[page.uri] if thing["@type"] == "BreadcrumbList"]
            assert [step["position"] for step in ways[0]["itemListElement"]] == list(
                range(1, len(ways[0]["itemListElement"]) + 1)
            )
            assert ways[0]["itemListElement"][0]["item"] == HOME
    assert not moved & set(data)


def _leads_on(text: str) -> bool:
    return "\nmoved: " in text or '\nkind: "withdrawn"' in text


TEXTS = st.one_of(st.sampled_from(OUR_STRINGS), st.text(st.characters(codec="utf-8"), max_size=60))
VALUES = st.recursive(
    TEXTS | st.integers(-5, 5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


@given(
    st.dictionaries(TEXTS, VALUES, max_size=4),
    st.sampled_from(["# Page\n", "---\ntitle: x\n---\n\n# Page\n", "---\nno end\n"]),
)
def test_whatever_data_hold_they_stay_data_in_a_page(value: dict[str, Any], page: str) -> None:
    text = as_text(value)
    assert json.loads(text) == value
    html = f"<!doctype html><title>x</title><script type='application/ld+json'>{text}</script><p id=after>y"
    tree = LexborHTMLParser(html)
    assert [node.text() for node in tree.css("script")] == [text]
    assert [node.text() for node in tree.css("#after")] == ["y"]
    front, rest = with_data(page, [value, value]).removeprefix("---\n").split("\n---\n", 1)
    assert yaml.safe_load(front)["jsonld"][0] == text
    assert yaml.safe_load(front)["jsonld"][1].strip() == text.strip()
    assert rest.endswith("# Page\n" if "# Page" in page else page)


def test_a_page_without_data_stays_as_it_is() -> None:
    assert with_data("# Page\n", []) == "# Page\n"


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("CC-BY-NC-SA-3.0", "https://creativecommons.org/licenses/by-nc-sa/3.0/"),
        ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("https://example.org/licence", "https://example.org/licence"),
        ("All rights reserved", None),
        ("javascript:alert(1)", None),
        (None, None),
    ],
)
def test_a_licence_is_told_by_its_address(name: str | None, address: str | None) -> None:
    assert licence(name) == address
