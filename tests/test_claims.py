"""What the pages of checks promise, on the repository's own claims and on the small golden publication."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs

import pint
import pytest
from geographiclib.geodesic import Geodesic

from build_scripts import addresses
from build_scripts.model import Claim, Library
from build_scripts.pipeline import build, understand
from build_scripts.reading.schema import BorderDistance, ClaimState, UnitConversion, Weekday
from build_scripts.rendering.claims import claim_values
from build_scripts.rendering.context import share
from build_scripts.rendering.index import make_index

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden"
SECTIONS = ("appearances", "supports", "undermines", "not-checked", "corrections")
VERDICTS = re.compile(r'class="[^"]*\b(?:rating|step)\b|#verdict|\{ #verdict \}')


@pytest.fixture(scope="module", params=[ROOT, GOLDEN], ids=["real", "golden"])
def root(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


@pytest.fixture(scope="module")
def library(root: Path) -> Library:
    return understand(root)[0]


@pytest.fixture(scope="module")
def pages(root: Path) -> dict[str, str]:
    return {page.uri: page.text for page in build(root).pages}


def test_the_list_has_each_public_claim_once_with_who_made_it_and_where_it_stands(
    library: Library, pages: dict[str, str]
) -> None:
    rows = [line for line in pages[addresses.CLAIMS].splitlines() if line.startswith("-   ")]
    for claim in library.claims.values():
        mine = [row for row in rows if f"]({claim.id}.md)" in row]
        assert len(mine) == claim.is_public, claim.id
        articles = {article.id for article in library.articles.values() for found in article.appearances if found.claim == claim.id}  # fmt: skip
        for row in mine:
            assert set(re.findall(r"\.\./articles/([^/]+)/", row)) == articles
            assert set(re.findall(r"\.\./entities/([^)]+)\.md\)", row)) == set(claim.facts.claimant)
            assert claim.facts.claim_reviewed in row.replace("\\", "")


def test_a_claim_stands_in_the_section_of_its_verdict_or_of_its_state(library: Library, pages: dict[str, str]) -> None:
    section = ""
    found: dict[str, str] = {}
    for line in pages[addresses.CLAIMS].splitlines():
        heading = re.match(r"## .* \{ #([a-z0-9-]+) \}", line)
        section = heading[1] if heading else section
        row = re.search(r"\]\(([a-z0-9-]+)\.md\)", line) if line.startswith("-   ") else None
        found |= {row[1]: section} if row else {}
    assert found == {
        claim.id: f"verdict-{claim.facts.rating}" if claim.has_verdict else f"state-{claim.facts.state}"
        for claim in library.claims.values()
        if claim.is_public
    }


def whole(library: Library) -> list[Claim]:
    """The claims whose pages show all that there is of the check."""
    return [claim for claim in library.claims.values() if claim.has_verdict]


def test_every_section_and_the_verdict_stand_on_every_page_of_a_published_check(
    library: Library, pages: dict[str, str]
) -> None:
    shown = whole(library)
    assert shown
    for claim in shown:
        page = pages[addresses.claim(claim.id)]
        places = [page.find(f"{{ #{name} }}") for name in SECTIONS]
        assert -1 not in places, claim.id
        assert places == sorted(places)
        assert VERDICTS.search(page), claim.id


def test_a_check_without_a_verdict_tells_it_nowhere() -> None:
    library, _problems = understand(GOLDEN)
    pages = {page.uri: page.text for page in build(GOLDEN).pages}
    kept_back = [claim for claim in library.claims.values() if claim.is_public and not claim.has_verdict]
    assert len(kept_back) > 1
    for claim in kept_back:
        assert VERDICTS.search(pages[addresses.claim(claim.id)]) is None, claim.id
        page = pages[addresses.claim(claim.id)].partition("{ #corrections }")[0]  # what was said before stays on record
        label = library.ratings[claim.facts.rating].label
        assert label not in page
        assert claim.facts.summary not in page
        assert "finding" not in page.replace("{ #finding }", "")
        assert claim_values(claim, share(make_index(library)))["rating"] is None


def test_the_scale_names_every_verdict_and_marks_the_check_s_own(library: Library, pages: dict[str, str]) -> None:
    for claim in library.claims.values():
        if not claim.has_verdict:
            continue
        steps = re.findall(r'-   <span class="step([^"]*)">(.*)</span>', pages[addresses.claim(claim.id)])
        assert len(steps) == len(library.ratings)
        assert [marked.split()[-1] for marked, _words in steps if marked] == [f"rating-{claim.facts.rating}"]
        assert [words.endswith("(this check)") for _marked, words in steps].count(True) == 1
        on_scale = [int(words.split()[0]) for _marked, words in steps if words[0].isdigit()]
        assert on_scale == sorted(rating.value for rating in library.ratings.values() if rating.value is not None)


def test_every_computation_shows_what_goes_in_and_what_independent_arithmetic_gives(
    library: Library, pages: dict[str, str]
) -> None:
    seen = 0
    for claim in library.claims.values():
        for item in claim.facts.evidence if claim.facts.state is ClaimState.PUBLISHED else ():
            if item.computation is None:
                continue
            seen += 1
            _head, _id, rest = pages[addresses.claim(claim.id)].partition(f'<span id="e-{item.id}">')
            given, method, result = re.findall(r"^    -   (?:Given|Method|Result): (.*)$", rest, re.MULTILINE)[:3]
            assert method
            assert result == f"**{claim.results[item.id]}**, computed anew each time this page is built"
            assert_computed(item.computation, given, claim.results[item.id], library)
    assert seen


def assert_computed(
    computation: UnitConversion | Weekday | BorderDistance, given: str, result: str, library: Library
) -> None:
    match computation:
        case UnitConversion():
            exact = pint.Quantity(computation.value, computation.unit).to(computation.to).magnitude
            assert f"= {round(exact, computation.digits)} " in result
            assert given.startswith(f"{computation.value:g} {computation.unit}, wanted in {computation.to} ")
        case Weekday():
            assert result.endswith(f"{computation.date:%A}")
            assert given == f"{computation.date.day} {computation.date:%B %Y}"
        case BorderDistance():
            at = library.entities[computation.place].facts.coordinates
            assert at
            assert f"(latitude {at.latitude}, longitude {at.longitude})" in given
            found = re.fullmatch(r"([\d.]+) km to ([\d.]+) N, ([\d.]+) E", result)
            assert found
            kilometres, latitude, longitude = map(float, found.groups())
            metres = Geodesic.WGS84.Inverse(at.latitude, at.longitude, latitude, longitude)["s12"]
            assert kilometres == pytest.approx(metres / 1000, abs=0.06)


def test_what_was_not_checked_is_listed_or_its_absence_is_said(library: Library, pages: dict[str, str]) -> None:
    for claim in whole(library):
        _before, _heading, after = pages[addresses.claim(claim.id)].partition("{ #not-checked }")
        section = after.partition("\n## ")[0]
        assert section.count("\n-   ") == len(claim.facts.not_checked)
        assert ("names nothing that it left out" in section) == (not claim.facts.not_checked)


def test_the_history_has_every_date_oldest_first_and_corrections_with_old_and_new_words(
    library: Library, pages: dict[str, str]
) -> None:
    index = make_index(library)
    for claim in index.claims:
        events = claim_values(claim, share(index))["history"]
        dates = [event.date for event in events]
        assert dates == sorted(dates)
        assert set(dates) == {*_dates(claim)}
        section = pages[addresses.claim(claim.id)].partition("{ #corrections }")[2]
        for correction in claim.facts.corrections:
            assert f"“{correction.was}” became “{correction.now}”. {correction.why}" in section
        assert f"-   Now: {claim.facts.state.replace('-', ' ')}" in section


def _dates(claim: Claim) -> list[dt.date]:
    facts = claim.facts
    return [date for date in (facts.published, facts.checked, *(item.date for item in facts.corrections)) if date]


@pytest.mark.parametrize("words", ["Plain", "20 % & more = “+”?#", 'A "b" <c> ’d'])
def test_a_report_carries_the_words_of_the_claim_through_an_address(library: Library, words: str) -> None:
    claim = next(iter(library.claims.values()))
    facts = claim.facts.model_copy(update={"claim_reviewed": words})
    changed = replace(claim, loaded=replace(claim.loaded, facts=facts))
    report = claim_values(changed, share(make_index(library)))["report"]
    assert parse_qs(report) == {"title": [f"Correction: {words}"], "words": [words]}
    assert re.fullmatch(r"[A-Za-z0-9._~%=&/-]+", report)
