"""Annotations for others: what the W3C demands, and that a reader who knows nothing of us finds the same words."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_scripts import addresses
from build_scripts.anchoring.anchor import Selector, Span, anchor, candidates, cuts_cluster
from build_scripts.export.annotations.files import annotation_files
from build_scripts.export.annotations.selectors import Selectors
from build_scripts.export.json_text import in_lines
from build_scripts.model import Library
from build_scripts.pipeline import build, understand
from tests.site.building import new_root
from tests.site.hostile import OUR_STRINGS, sow, usable
from tests.site.texts import payloads
from tests.texts import hostile
from tests.thoroughness import THOROUGH, tries
from tests.webannotation import read
from tests.webannotation_rules import broken, meanings

GOLDEN = Path(__file__).parent / "golden"
REPOSITORY = Path(__file__).parents[1]
HOME = "https://news.example/site/"
TEXTS = st.lists(st.one_of(hostile, st.sampled_from([" ", "the ", "a", "北京", "\n\n", "\n"])), min_size=1, max_size=12)


@pytest.fixture(scope="module", params=[GOLDEN, REPOSITORY], ids=["golden", "our own"])
def library(request: pytest.FixtureRequest) -> Library:
    return understand(request.param)[0]


@pytest.fixture(scope="module")
def golden() -> Library:
    return understand(GOLDEN)[0]


def files(library: Library) -> dict[str, str]:
    return {HOME + asset.uri: asset.data.decode() for asset in annotation_files(library, HOME)}


def pages(library: Library) -> dict[str, dict[str, Any]]:
    """The documents of JSON by their addresses."""
    return {name: json.loads(text) for name, text in files(library).items() if name.endswith(".jsonld")}


def items(library: Library, article: str) -> dict[str, dict[str, Any]]:
    """The annotations of an article by the last part of their ids."""
    page = pages(library)[HOME + addresses.annotation_page(article)]
    return {annotation["id"].rpartition("#")[2]: annotation for annotation in page["items"]}


def test_every_file_is_as_the_w3c_demands(library: Library) -> None:
    assert [problem for page in pages(library).values() for problem in broken(thinned(page))] == []


def thinned(page: dict[str, Any]) -> dict[str, Any]:
    """The same with every fifth annotation, the last among them; with all if asked to be thorough."""
    return page if THOROUGH or "items" not in page else page | {"items": page["items"][::-5]}


def test_the_test_of_what_the_w3c_demands_finds_what_is_missing(golden: Library) -> None:
    page = next(page for page in pages(golden).values() if page["type"] == "AnnotationPage")
    good = page["items"][0]
    assert broken({**page, "items": [good]}) == []
    for wrong in ({"id": 1}, {"rights": "CC-BY-4.0"}, {"created": "2024-06-05"}, {"colour": "red"}, {"target": 1}):
        assert broken({**page, "items": [good | wrong]}), wrong


def test_the_others_own_test_of_our_own_site_finds_nothing(testdata: Path, tmp_path: Path) -> None:
    names = []
    for number, (name, text) in enumerate(files(understand(REPOSITORY)[0]).items()):
        if name.endswith(".jsonld"):
            names.append(tmp_path / f"{number}.jsonld")
            names[-1].write_text(json.dumps(thinned(json.loads(text))), encoding="utf-8")
    program = testdata / "data" / "webanno" / "validate_webanno.py"
    done = subprocess.run([sys.executable, program, *names], capture_output=True, text=True, check=False)
    assert done.stdout.endswith(" passed, 0 failed\n"), done.stdout
    assert done.returncode == 0


def test_a_reader_that_knows_only_the_model_finds_the_words_of_each_annotation(library: Library) -> None:
    found = files(library)
    for article in library.articles.values():
        text = found[HOME + addresses.plain_text(article.id)]
        assert text == article.prose.text
        expected: list[tuple[tuple[Span, ...], str]] = [
            ((mention.span,), "identifying") for mention in article.mentions
        ]
        expected += [(quote.spans, "describing") for quote in article.quotes]
        for place in library.public_appearances(article):
            motivation = "assessing" if library.claims[place.claim].has_verdict else "linking"
            expected.append(((place.span,), motivation))
        page = json.loads(found[HOME + addresses.annotation_page(article.id)])
        places = [(tuple(Span(*place[1:]) for place in read(one, found)), one["motivation"]) for one in page["items"]]
        assert sorted(places) == sorted(expected)
        assert places


def test_motivations_mean_the_models_own_where_json_ld_is_read(library: Library) -> None:
    told = {node["@id"] for page in pages(library).values() for node in motivations(meanings(page))}
    assert {name.removeprefix("http://www.w3.org/ns/oa#") for name in told} == {
        one["motivation"] for page in pages(library).values() for one in page.get("items", [])
    }
    assert "http://www.w3.org/ns/oa#assessing" in told


def motivations(value: Any) -> Iterator[dict[str, str]]:
    for key, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        if key == "http://www.w3.org/ns/oa#motivatedBy":
            yield from item
        else:
            yield from motivations(item)


def test_the_collection_leads_through_all_pages_and_back(library: Library) -> None:
    found = pages(library)
    collection = found.pop(HOME + "data/annotations.jsonld")
    seen: list[str] = []
    ids: list[str] = []
    at = collection["first"]
    while at:
        page = found[at]
        assert page["id"] == at
        assert page["partOf"].items() <= collection.items()
        assert page.get("prev") == (seen[-1] if seen else None)
        seen.append(at)
        ids += [annotation["id"] for annotation in page["items"]]
        at = page.get("next")
    assert seen[-1] == collection["last"]
    assert set(seen) == set(found)
    assert len(ids) == len(set(ids)) == collection["total"]


def test_one_annotation_more_changes_the_page_of_its_article_and_the_collection_alone(golden: Library) -> None:
    article = golden.articles["harbour-fire"]
    fewer = replace(golden, articles={**golden.articles, article.id: replace(article, mentions=article.mentions[1:])})
    before, after = files(golden), files(fewer)
    assert before.keys() == after.keys()
    assert {name.removeprefix(HOME) for name in before if before[name] != after[name]} == {
        addresses.ANNOTATIONS,
        addresses.annotation_page(article.id),
    }


def test_quotations_and_claims_are_named_by_the_place_where_their_words_stand(golden: Library) -> None:
    text = next(page.text for page in build(GOLDEN).pages if page.uri == "articles/harbour-fire/index.md")
    for name, annotation in items(golden, "harbour-fire").items():
        if name.startswith("m-"):
            assert annotation["id"] == f"{HOME}data/annotations/harbour-fire.jsonld#{name}"
        else:
            assert annotation["id"] == f"{HOME}articles/harbour-fire/#{name}"
            assert f'id="{name}"' in text


def test_a_mention_is_named_by_its_words_whatever_is_mentioned_before(golden: Library) -> None:
    article = golden.articles["harbour-fire"]
    fewer = replace(golden, articles={article.id: replace(article, mentions=article.mentions[1:])})
    before, after = items(golden, article.id), items(fewer, article.id)
    assert len(before) == len(after) + 1
    assert all(before[name] == annotation for name, annotation in after.items())


def test_a_quotation_of_two_segments_has_two_targets_a_speaker_and_its_former_addresses(golden: Library) -> None:
    quote = items(golden, "harbour-fire")["q-nobody-hurt"]
    assert [target["selector"][0]["exact"] for target in quote["target"]] == [
        "Nobody was hurt,",
        "We were there in four minutes.",
    ]
    told, speaker = quote["body"]
    assert (told["schema:genre"], told["schema:keywords"], told["schema:dateCreated"]) == (
        "direct",
        "said",
        "2024-03",
    )
    assert speaker["source"] == HOME + "entities/ada-lindqvist/"
    assert quote["schema:sameAs"] == [HOME + "articles/port-fire/#q-nobody-hurt"]
    unnamed = items(golden, "harbour-fire")["q-came-fast"]["body"]
    assert [body["type"] for body in unnamed] == [["TextualBody", "schema:Quotation"], "TextualBody"]
    assert unnamed[1]["value"] == "He feared for his job."


def test_a_mention_leads_to_our_page_and_to_the_same_thing_elsewhere(golden: Library) -> None:
    sources = [
        [body["source"] for body in annotation["body"]]
        for name, annotation in items(golden, "harbour-fire").items()
        if name.startswith("m-port-anna-")
    ]
    assert [HOME + "entities/port-anna/", "https://example.org/port-anna"] in sources


def test_a_published_check_tells_verdict_dates_and_what_was_read(golden: Library) -> None:
    check = items(golden, "harbour-fire")["c-four-minutes"]
    page, verdict, *evidence = check["body"]
    assert page["id"] == HOME + "claims/four-minutes/"
    assert verdict["value"] == "Right: Two records have the alarm at 9:02 and the arrival at 9:06."
    assert [body["source"] for body in evidence] == ["https://example.org/log", "https://example.org/harbour"]
    assert evidence[0]["state"] == {"type": "TimeState", "sourceDate": "2024-03-06T00:00:00Z"}
    assert (check["created"], check["modified"]) == ("2024-03-06T00:00:00Z", "2024-03-08T00:00:00Z")
    assert check["rights"] == "https://creativecommons.org/licenses/by/4.0/"


def test_an_archived_page_is_told(golden: Library) -> None:
    claim = golden.claims["four-minutes"]
    archive = "https://archive.example/2024/https://example.org/log"
    first = claim.facts.evidence[0].model_copy(update={"archive_url": archive})
    loaded = replace(claim.loaded, facts=claim.facts.model_copy(update={"evidence": (first,)}))
    library = replace(golden, claims={**golden.claims, claim.id: replace(claim, loaded=loaded)})
    assert items(library, "harbour-fire")["c-four-minutes"]["body"][-1]["state"]["cached"] == archive


@pytest.mark.parametrize("claim", ["taken-back", "looked-at-again"])
def test_without_a_verdict_a_claim_leads_to_its_page_and_no_more(golden: Library, claim: str) -> None:
    annotation = items(golden, "harbour-fire")[f"c-{claim}"]
    assert annotation["motivation"] == "linking"
    assert [body.get("id") for body in annotation["body"]] == [f"{HOME}claims/{claim}/"]
    assert not {"created", "modified"} & annotation.keys()


def test_drafts_checks_in_review_and_suggestions_are_nowhere_also_in_a_preview(golden: Library) -> None:
    text = "".join(files(golden).values())
    assert "four-minutes" in text
    assert not [name for name in ("a-draft", "in-doubt", "not-yet") if name in text]
    assert files(golden.with_proposals()) == files(golden)


def test_without_the_sites_address_there_is_nothing(golden: Library) -> None:
    assert list(annotation_files(golden, "")) == []


def test_the_same_sources_give_the_same_bytes() -> None:
    first, second = (files(understand(GOLDEN)[0]) for _ in range(2))
    assert first == second


@pytest.fixture(params=["ours", "public"])
def strings(request: pytest.FixtureRequest) -> list[str]:
    if request.param == "ours":
        return usable(OUR_STRINGS)
    data = request.getfixturevalue("testdata") / "data"
    return usable(text for name in ("xss_owasp", "blns") for text in payloads(data, name) if isinstance(text, str))[
        :200
    ]


def test_whatever_stands_in_a_field_the_files_stay_valid(strings: list[str], tmp_path: Path) -> None:
    root = new_root(tmp_path / "root")
    sow(strings, root)
    library, _problems = understand(root)
    found = files(library)
    assert len(found) > 20
    for name, text in found.items():
        if name.endswith(".jsonld"):
            page = json.loads(text)
            assert {page["type"], *(one["type"] for one in page.get("items", []))} <= {
                "Annotation",
                "AnnotationPage",
                "AnnotationCollection",
            }
            for annotation in page.get("items", []):
                assert read(annotation, found)
    sample = [json.loads(text) for name, text in sorted(found.items()) if name.endswith(".jsonld")]
    assert [problem for page in sample[:: 10 if THOROUGH else 30] for problem in broken(page)] == []


PLAIN = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(st.text(), inner, max_size=4),
    ),
)


@given(PLAIN)
def test_json_in_lines_is_what_the_standard_library_writes(value: object) -> None:
    assert in_lines(value) == json.dumps(value, ensure_ascii=False, indent=1) + "\n"


@st.composite
def spans(draw: st.DrawFn) -> tuple[str, Span]:
    text = "".join(draw(TEXTS.filter(any)))
    start = draw(st.integers(0, len(text) - 1))
    return text, Span(start, draw(st.integers(start + 1, len(text))))


@settings(max_examples=tries(400))
@given(spans())
def test_words_and_context_select_their_place_alone(case: tuple[str, Span]) -> None:
    text, span = case
    before, after = Selectors(text).context(span)
    assert anchor(text, Selector(text[slice(*span)], before, after)) == span
    assert not before or not cuts_cluster(text, Span(span.start - len(before), span.start - len(before)))
    assert not after or not cuts_cluster(text, Span(span.end + len(after), span.end + len(after)))


@settings(max_examples=tries(200))
@given(spans())
def test_no_shorter_context_on_the_same_line_would_do(case: tuple[str, Span]) -> None:
    text, span = case
    before, after = Selectors(text).shortest(span)
    line = text.rfind("\n", 0, span.start) + 1, (text + "\n").index("\n", span.end)
    ways = (
        (one, other)
        for one in range(min(span.start - line[0], before + after) + 1)
        for other in range(min(line[1] - span.end, before + after) + 1)
        if one + other < before + after
    )
    for one, other in ways:
        selector = Selector(text[slice(*span)], text[span.start - one : span.start], text[span.end : span.end + other])
        assert anchor(text, selector) is None


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("one two one", (0, 3), ("", " two")),
        ("one two one", (8, 11), ("two ", "")),
        ("the old bridge, the new bridge", (8, 14), ("", ",")),
        ("the old bridge\n\nThe bridge", (20, 26), ("The ", "")),
        ("a\n\na", (0, 1), ("", "\n\na")),
        ("北京和上海，北京", (6, 8), ("，", "")),
        ("unique", (0, 6), ("", "")),
    ],
)
def test_context_is_whole_words_of_the_same_line_where_it_can_be(
    text: str, span: tuple[int, int], expected: tuple[str, str]
) -> None:
    assert Selectors(text).context(Span(*span)) == expected


@pytest.mark.parametrize("text", ["a" * 50_000, "a\n\n" * 20_000, "ab " * 20_000])
def test_texts_made_to_have_no_short_context_take_no_time_to_speak_of(text: str) -> None:
    span = Span(len(text) // 2, len(text) // 2 + 1)
    before, after = Selectors(text).context(span)
    assert anchor(text, Selector(text[slice(*span)], before, after)) == span


@settings(max_examples=tries(200))
@given(st.text("ab \n", min_size=1, max_size=24), st.data())
def test_no_context_in_the_line_is_shorter(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    before, after = Selectors(text).shortest(Span(start, end))
    line = len(text[:start].rpartition("\n")[2]), len(text[end:].partition("\n")[0])
    ways = itertools.product(range(line[0] + 1), range(line[1] + 1))
    alone = [way for way in ways if len(candidates(text, Selector(text[start - way[0] : end + way[1]]))) == 1]
    if alone:
        assert (before, after) == min(alone, key=lambda way: (sum(way), way[1]))
    assert len(candidates(text, Selector(text[start - before : end + after]))) == 1
