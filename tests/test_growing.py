"""However large the publication: no page holds more than a reader can take in, and nothing is out of reach."""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_scripts import addresses
from build_scripts.export.sitemap import sitemap
from build_scripts.export.structured.breadcrumbs import ways
from build_scripts.export.structured.nodes import here_at
from build_scripts.model import Library
from build_scripts.pipeline import understand
from build_scripts.rendering import parts, places
from build_scripts.rendering.catalogue import catalogue
from build_scripts.rendering.context import Shared, share
from build_scripts.rendering.index import make_index
from build_scripts.rendering.pages import page_jobs
from build_scripts.rendering.part_pages import sections
from build_scripts.rendering.parts import Parts, by_letter, by_year, letter
from build_scripts.rendering.places import place_map, places_of, world_maps

ROOT = Path(__file__).parents[1]
PLACES = 40
MOST, SIZE = 10, 5
ARTICLES = 40
"""Of the publication whose lists are cut; the bounds are made as small."""


def write(files: Mapping[str, str], root: Path) -> Path:
    for name, content in files.items():
        path = root / "sources" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return root


def villages() -> Iterator[tuple[str, str]]:
    """Places all over the world, and ten in one square degree."""
    for at in range(PLACES):
        latitude, longitude = (50 + at / 20, 36.5) if at < PLACES // 4 else (-80 + at * 4, -170 + at * 8)
        yield (
            f"entities/village-{at}.yml",
            f"type: place\nname: Village {at:02}\ndescription: A place.\n"
            f"coordinates: {{latitude: {latitude}, longitude: {longitude}, source: A gazetteer}}\n",
        )


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library, _problems = understand(write(dict(villages()), tmp_path_factory.mktemp("world")))
    assert len(library.entities) == PLACES
    return library


def test_a_map_marks_the_places_that_are_named_most_often(world: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "MOST", 8)
    all_places = places_of(make_index(world))
    values = world_maps(replace(all_places, mentions={**all_places.mentions, "village-33": 7}), catalogue("en"))
    listed = [entity.id for entity, _number in values["places"]]
    assert listed == [*(f"village-{at}" for at in range(7)), "village-33"]
    assert values["left_out"] == PLACES - 8
    assert values["world"].count('class="ng-dot"') == 8
    assert "The 8 places that are named most often." in values["world"]


def test_a_place_stands_on_its_own_map_whatever_is_named_more_often(
    world: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = place_map(world.entities["village-0"], places_of(make_index(world)), catalogue("en"))
    assert whole.count('class="ng-dot"') == PLACES // 4
    monkeypatch.setattr(places, "MOST", 3)
    few = places_of(make_index(world))
    for entity in world.entities.values():
        drawn = place_map(entity, few, catalogue("en"))
        assert drawn.count('class="ng-own"') == 1
        assert 1 <= drawn.count('class="ng-dot"') <= 4


def newspaper(articles: int) -> Iterator[tuple[str, str]]:
    """Articles of three years that all name, quote and check the same; thirty others are named by turns."""
    for name in ("publication", "rating-scale"):
        yield f"{name}.yml", (ROOT / "tests" / "golden" / "sources" / f"{name}.yml").read_text(encoding="utf-8")
    yield "entities/hub.yml", "type: person\nname: Ada Hub\ndescription: In all the news.\n"
    for at in range(30):
        name, kind = f"{'abÄЖ京'[at % 5]}{'aeo'[at // 5 % 3]}ndra Nr{at}", ("person", "event")[at % 3 == 0]
        day = f'date: "2019-0{at % 9 + 1}"\n' if kind == "event" else ""
        yield f"entities/thing-{at}.yml", f"type: {kind}\nname: {name}\ndescription: A thing.\n{day}"
    for at in range(articles):
        yield from story(at)


def story(at: int) -> Iterator[tuple[str, str]]:
    day = dt.date(2019, 1, 5) + dt.timedelta(days=at * 25)
    name = f"{'abÄЖ京'[at % 5]}{'aeo'[at // 5 % 3]}ndra Nr{at % 30}"
    text = f"Ada Hub met {name}. “It is late, {at},” Ada Hub said. A clerk said the {at} files are lost. The sky is green. Bridge {at} is shut."
    yield (
        f"articles/story-{at}/article.md",
        f"---\nheadline: Story {at}\npublisher: The Desk\npublished: {day}\nlanguage: en\nsummary: It happened.\n"
        f"rights: {{text: open, holder: The Desk, licence: CC-BY-4.0}}\nauthor: desk\n---\n\n{text}\n",
    )
    yield (
        f"articles/story-{at}/annotations.yml",
        f"quotes:\n  - {{id: late, speaker: hub, cue: said, kind: direct, content: ['It is late, {at}']}}\n"
        "  - {id: lost, anonymous: {description: a clerk}, cue: said, kind: indirect, content: "
        f"['the {at} files are lost']}}\n"
        "claims:\n  - {claim: sky, exact: The sky is green}\n"
        f"  - {{claim: bridge-{at}, exact: Bridge {at} is shut}}\n",
    )
    for claim, words in (("sky", "The sky is green"), (f"bridge-{at}", f"Bridge {at} is shut")):
        yield f"claims/{claim}.md", check(words, day)


def check(words: str, day: dt.date) -> str:
    return f"""---
claim_reviewed: {words}
claimant: [hub]
rating: right
summary: A finding.
author: desk
reviewed_by: review
state: published
published: {day}
checked: {day}
selection_reason: It can be seen.
single_source_reason: There is one.
evidence:
  - {{id: seen, kind: primary, stance: supports, url: "https://example.org/", publisher: An Office, accessed: {day}, read: whole, paraphrase: So it is.}}
corrections:
  - {{date: {day}, was: shut, now: closed, why: A word.}}
---

A note.
"""


def made(root: Path) -> tuple[Shared, dict[str, str]]:
    library, problems = understand(root)
    assert not [problem for problem in problems if problem.is_error]
    shared = share(make_index(library))
    return shared, {page.uri: page.text for page in (job.make() for job in page_jobs(shared))}


@pytest.fixture(scope="module")
def bounds() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "MOST", MOST)
        patch.setattr(parts, "SIZE", SIZE)
        yield


@pytest.fixture(scope="module")
def large(bounds: None, tmp_path_factory: pytest.TempPathFactory) -> tuple[Shared, dict[str, str]]:  # noqa: ARG001 -- it stays until the last test
    return made(write(dict(newspaper(ARTICLES)), tmp_path_factory.mktemp("large")))


def links(uri: str, text: str) -> list[tuple[str, str]]:
    """The pages, with the places on them, that a page links to; one link of several words counts once."""
    found = re.findall(r"\]\(([^()\s:]*?\.md)?(?:#([^()\s]*))?\)", text)
    return [(posixpath.normpath(posixpath.join(posixpath.dirname(uri), way)) if way else uri, at) for way, at in found]


LISTS = {
    "articles/index.md": ("lists/articles/", [(f"articles/story-{at}/index.md", "") for at in range(ARTICLES)]),
    "claims/index.md": (
        "lists/checks/",
        [("claims/sky.md", ""), *((f"claims/bridge-{at}.md", "") for at in range(ARTICLES))],
    ),
    "entities/index.md": (
        "lists/entities/",
        [("entities/hub.md", ""), *((f"entities/thing-{at}.md", "") for at in range(30))],
    ),
    "entities/hub.md": (
        "entities/hub/mentions/",
        [(f"articles/story-{at}/index.md", f"m-hub-{number}") for at in range(ARTICLES) for number in (1, 2)],
    ),
    "quotes/hub.md": ("quotes/hub/said/", [(f"articles/story-{at}/index.md", "q-late") for at in range(ARTICLES)]),
    "quotes/index.md": ("lists/unnamed/", [(f"articles/story-{at}/index.md", "q-lost") for at in range(ARTICLES)]),
    "claims/sky.md": ("claims/sky/articles/", [(f"articles/story-{at}/index.md", "c-sky") for at in range(ARTICLES)]),
    "timeline.md": ("lists/timeline/", [(f"articles/story-{at}/index.md", "") for at in range(ARTICLES)]),
    "corrections.md": ("lists/corrections/", [(f"claims/bridge-{at}.md", "") for at in range(ARTICLES)]),
}
"""The page of each list, where its parts are, and what it lists."""


@pytest.mark.parametrize("uri", LISTS)
def test_what_a_list_holds_is_three_links_away_and_on_one_page(large: tuple[Shared, dict[str, str]], uri: str) -> None:
    _shared, pages = large
    folder, expected = LISTS[uri]
    near, holders = {uri: 0}, Counter[tuple[str, str]]()
    for page in (queue := [uri]):
        for target in dict.fromkeys(links(page, pages[page])):
            holders[target] += target in expected
            if target[0].startswith(folder) and target[0] not in near:
                near[target[0]] = near[page] + 1
                queue.append(target[0])
    assert {page for page in pages if page.startswith(folder)} == near.keys() - {uri}
    # To a year, from there to a part, from there to what it lists.
    assert max(near.values()) <= 2
    if uri not in ("timeline.md", "corrections.md"):
        assert {target: holders[target] for target in expected} == dict.fromkeys(expected, 1)
    assert all(holders[target] for target in expected)


def test_each_row_stands_on_one_page_and_no_page_holds_more_than_the_bound(
    large: tuple[Shared, dict[str, str]],
) -> None:
    shared, pages = large
    found = list(sections(shared))
    assert len(found) >= len(LISTS) + 2
    for section in found:
        held = [section.parts.first, *(part.rows for group in section.parts.groups for part in group.parts)]
        assert max(map(len, held)) <= MOST
        assert max(len(rows) for rows in held[1:]) <= SIZE
        rows = [repr(row) for part in held for row in part]
        assert len(set(rows)) == len(rows) == section.parts.total
    contents = {group.uri for section in found for group in section.parts.groups if group.is_contents}
    for uri in pages.keys() - contents:
        for part in re.split(r"^##* ", pages[uri], flags=re.MULTILINE):
            assert len(re.findall(r"^-   ", part, flags=re.MULTILINE)) <= MOST


def test_every_link_leads_to_a_page_and_a_place_on_it(large: tuple[Shared, dict[str, str]]) -> None:
    _shared, pages = large
    handwritten = {path.name for path in (ROOT / "docs").glob("*.md")}
    for uri, text in pages.items():
        for page, place in links(uri, text):
            assert page in pages or page in handwritten, (uri, page)
            if place and page in pages:
                assert f"#{place} " in pages[page] or f'id="{place}"' in pages[page], (uri, page, place)
        for way, date in re.findall(r'xlink:href="([^"]*)#day-([^"]*)"', text):
            served = (
                posixpath.normpath(posixpath.join(uri.removesuffix(".md"), way)) if way else uri.removesuffix(".md")
            )
            page = next(page for page in (f"{served}.md", f"{served}/index.md") if page in pages)
            assert f"#day-{date} " in pages[page]


def test_part_pages_lead_on_to_the_last_and_back(large: tuple[Shared, dict[str, str]]) -> None:
    shared, pages = large
    for section in sections(shared):
        uris = [part.uri for group in section.parts.groups for part in group.parts]
        walked = [uris[0]]
        while steps := dict(re.findall(r'\]\((\S+)\)\{ rel="(prev|next)" \}', pages[walked[-1]])):
            ways = {
                relation: posixpath.normpath(posixpath.join(posixpath.dirname(walked[-1]), way))
                for way, relation in steps.items()
            }
            assert ways.get("prev", section.uri) == (walked[-2] if len(walked) > 1 else section.uri)
            if ways.get("next", section.uri) == section.uri:
                break
            walked.append(ways["next"])
        assert walked == uris


def test_a_new_article_leaves_the_parts_of_the_past_as_they_are(
    large: tuple[Shared, dict[str, str]], tmp_path: Path
) -> None:
    _shared, before = large
    _shared, after = made(write(dict(newspaper(ARTICLES + 1)), tmp_path))
    assert before.keys() <= after.keys()
    folders = {folder for folder, _expected in LISTS.values()}
    for folder in folders - {"lists/entities/"}:
        changed = [uri for uri in before if uri.startswith(folder) and before[uri] != after[uri]]
        # The newest year's contents, and the newest part, whose neighbour is another now.
        assert len(changed) <= 2, changed


def test_a_publication_within_the_bounds_has_no_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST", 200)
    shared, pages = made(write(dict(newspaper(4)), tmp_path))
    assert list(sections(shared)) == []
    assert not any(uri.startswith("lists/") for uri in pages)


days = st.dates(dt.date(2019, 1, 1), dt.date(2022, 12, 31)).map(str)


def rows_of(found: Parts[str]) -> dict[str, tuple[str, ...]]:
    return {part.uri: part.rows for group in found.groups for part in group.parts}


@pytest.mark.usefixtures("bounds")
@given(st.lists(days, max_size=60), st.booleans())
def test_parts_are_the_list_cut(dates: list[str], is_rising: bool) -> None:
    rows = sorted(dates, reverse=not is_rising)
    found = by_year(rows, str, "lists/x", is_rising=is_rising)
    older = [row for part in rows_of(found).values() for row in part]
    assert [*older, *found.first] == rows if is_rising else [*found.first, *older] == rows
    assert len(found.first) <= MOST
    assert not found.groups or len(found.first) > MOST - SIZE
    for group in found.groups:
        assert {row[:4] for part in group.parts for row in part.rows} == {group.name}


@pytest.mark.usefixtures("bounds")
@given(st.lists(days, min_size=1, max_size=60), days)
def test_a_new_row_changes_no_part_before_it_and_takes_no_address_away(dates: list[str], new: str) -> None:
    before = by_year(sorted(dates, reverse=True), str, "lists/x")
    after = by_year(sorted([*dates, new], reverse=True), str, "lists/x")
    assert set(before.uris()) <= set(after.uris())
    for uri, rows in rows_of(before).items():
        if rows[0] < new or rows[0][:4] != new[:4]:
            # The last part of a year takes in what comes until it is full.
            assert rows_of(after)[uri][-len(rows) :] == rows
            assert len(rows_of(after)[uri]) == len(rows) or rows[0][:4] == new[:4]


names = st.text(st.sampled_from("aAbÄézЖ京 1-"), min_size=1, max_size=4)


@pytest.mark.usefixtures("bounds")
@given(st.lists(names, max_size=60))
def test_names_stand_under_their_letter(drawn: list[str]) -> None:
    rows = sorted(drawn, key=str.casefold)
    found = by_letter(rows, str, "lists/x")
    assert sorted(row for part in rows_of(found).values() for row in part) == sorted(rows)
    assert all(letter(row) == group.name for group in found.groups for part in group.parts for row in part.rows)
    assert all(len(part) <= SIZE for part in rows_of(found).values())
    assert [letter(name) for name in ("Ärger", "élan", "Жук", "京", "", "7")] == ["a", "e", *["other"] * 4]


def test_each_part_has_a_way_from_the_front_page_and_stands_in_the_site_map(
    large: tuple[Shared, dict[str, str]],
) -> None:
    shared, pages = large
    publication = shared.index.library.publication
    assert publication
    known = {
        uri: make() for uri, make in ways(here_at("https://example.org/", shared.index, publication.facts, {}), shared)
    }
    listed = "".join(str(asset.content) for asset in sitemap(shared.index, "https://example.org/", {}))
    made_pages = {
        uri
        for uri in pages
        if uri.startswith("lists/") or re.match(r"\w+/[^/]+/(mentions|said|articles|claims-by)/", uri)
    }
    assert made_pages == set(shared.lists.uris())
    for uri in made_pages:
        way = [item["item"] for item in known[uri]["itemListElement"]]
        assert way[0] == "https://example.org/"
        assert way[-1] == addresses.full("https://example.org/", uri)
        assert f"<loc>{way[-1]}</loc>" in listed


def test_no_id_can_take_the_address_of_a_part(large: tuple[Shared, dict[str, str]]) -> None:
    shared, _pages = large
    patterns = [r"articles/[^/]+/(index|worksheet|answers)\.md", r"(claims|entities|quotes)/[^/]+\.md"]
    for uri in shared.lists.uris():
        assert not any(re.fullmatch(pattern, uri) for pattern in patterns), uri
