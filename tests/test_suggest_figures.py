"""What `newsgloss suggest` reaches on texts that people annotated, as benchmarks/suggest.py measures it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from benchmarks.suggest import corpus_scores, seed_scores, start
from build_scripts.suggesting.draft import draft
from build_scripts.suggesting.gazetteer import gazetteer
from build_scripts.suggesting.gazetteer_make import GAZETTEER, make

REACHED = {
    "direct quotations, spans": 1.0,
    "direct quotations, speakers": 1.0,
    "dates": 1.0,
    "measurements in two units": 1.0,
    "names, spans, F": 0.97,
    "indirect statements, source in the right words": 0.9,
    "date values": 0.80,
    "quotations found": 0.97,
    "speakers": 0.89,
    "speakers of high confidence, right": 0.92,
    "speakers of high confidence, of all": 0.75,
}


def test_the_annotated_article(testdata: Path) -> None:
    below = [str(score) for score in seed_scores(testdata / "seed") if score.share < REACHED[score.name]]
    assert below == []


def test_the_annotated_articles(testdata: Path) -> None:
    documents = json.loads((testdata / "data/suggest/gum_wikinews_public.json").read_text(encoding="utf-8"))
    assert [str(score) for score in corpus_scores(documents) if score.share < REACHED.get(score.name, 0)] == []


def test_every_article_is_drafted_and_its_places_hold(testdata: Path) -> None:
    paths = sorted((testdata / "data/articles").glob("*.txt"))
    assert len(paths) > 50
    for path in paths:
        text = path.read_text(encoding="utf-8")
        found = draft(text, dt.date(2024, 6, 5))
        spans = [name.span for thing in found.things for name in thing.names]
        spans += [span for one in found.quotations for span in (*one.content, *one.passages)]
        assert all(0 <= span.start < span.end <= len(text) for span in spans)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux to tell the memory")
def test_drafting_starts_fast_and_small() -> None:
    seconds, megabytes = start()
    assert seconds < 0.6, "0.3 seconds, and as much again for a busy machine"
    assert 0 < megabytes < 100


def test_the_gazetteer_is_what_its_maker_makes() -> None:
    assert GAZETTEER.read_text(encoding="utf-8") == make()


def test_the_gazetteer_says_where_it_comes_from() -> None:
    head = [line for line in GAZETTEER.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    for source in ("GeoNames, CC BY 4.0", "Unicode-3.0", "MIT", "own list"):
        assert any(source in line for line in head), source


@pytest.mark.parametrize(
    ("name", "usual", "kind"),
    [
        ("Ukrainian", "Ukraine", "place"),
        ("U.S.", "United States", "place"),
        ("GOP", "Republican Party", "group"),
        ("Texas", "Texas", "place"),
    ],
)
def test_the_gazetteer_knows_what_a_name_names(name: str, usual: str, kind: str) -> None:
    known = gazetteer().known[name]
    assert (known.name, known.type) == (usual, kind)


def test_the_gazetteer_knows_cities_first_names_titles_and_common_words() -> None:
    known = gazetteer()
    assert known.cities["Kharkiv"] == "UA"
    assert (known.given["Olena"], known.given["Paul"]) == ("f", "m")
    assert known.titles["Mrs."] == "f"
    assert "according" in known.common
    assert "paris" not in known.common
