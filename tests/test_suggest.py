"""What is drafted of a text."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.suggest import who
from build_scripts.anchoring.anchor import Span
from build_scripts.suggesting.dates import Dated, dates
from build_scripts.suggesting.draft import Confidence, Draft, draft
from build_scripts.suggesting.measures import measures
from build_scripts.suggesting.quotations import quoted
from tests.thoroughness import tries

CASES = Path(__file__).parent / "cases" / "suggest"
PUBLISHED = dt.date(2024, 6, 5)


def cases(name: str) -> list[dict[str, Any]]:
    loaded = yaml.load((CASES / f"{name}.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 -- ours
    return [dict(case) for case in loaded]


@pytest.mark.parametrize("case", cases("attributions"), ids=lambda case: case["why"])
def test_words_in_quotation_marks_have_their_speaker(case: dict[str, Any]) -> None:
    text = case["text"]
    found = [one for one in draft(text, PUBLISHED).quotations if one.passages]
    if "described" in case:
        assert [text[slice(*one.described)] for one in found if one.described] == case["described"]
    else:
        expected = [None if name == "null" else name for name in case["said"]]
        assert [one.speaker.name if one.speaker else None for one in found] == expected


@pytest.mark.parametrize("case", [*cases("newsroom"), *cases("agencies")], ids=lambda case: case["why"])
def test_newsroom_english_is_attributed(case: dict[str, Any]) -> None:
    text = case["text"]
    found = [one for one in draft(text, PUBLISHED).quotations if one.passages]
    assert [who(text, one) for one in found] == case["said"]
    if "words" in case:
        assert [[text[slice(*span)] for span in one.content] for one in found] == case["words"]


@pytest.mark.parametrize("case", cases("dates"), ids=lambda case: case["text"])
def test_a_date_means_its_days(case: dict[str, Any]) -> None:
    expected = None if case["means"] == "null" else case["means"]
    assert _meant(dates(case["text"], PUBLISHED)) == expected
    without = dates(case["text"], None)
    assert _meant(without) == case.get("open")
    assert all(one.note for one in without if not (one.value or one.start))


def _meant(found: list[Dated]) -> str | list[str] | None:
    if not found:
        return None
    assert len(found) == 1
    one = found[0]
    return one.value or ([str(one.start), str(one.end)] if one.start else None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mayor Janet Whitcombe met Olena Hrytsenko. Whitcombe left.", ["Janet Whitcombe/2", "Olena Hrytsenko/1"]),
        ("A Ukrainian firm works in Ukraine.", ["Ukraine/2"]),
        ("The World Health Organization (WHO) met. The WHO agreed.", ["World Health Organization/3"]),
        ("The U.S. and the United States are one.", ["United States/2"]),
        ("Rounds are fired. The shop sells Bread.", ["Bread/1"]),
        ("The Institute for the Study of War reported it.", ["Institute for the Study of War/1"]),
        ("Russian President Vladimir Putin spoke.", ["Russia/1", "Vladimir Putin/1"]),
        ("French-made parts came from Kyiv.", ["France/1", "Kyiv/1"]),
        ("Anna Berg and Tom Berg argued; Tom Berg won. Anna lost.", ["Anna Berg/2", "Tom Berg/2"]),
    ],
)
def test_names_of_one_thing_are_together(text: str, expected: list[str]) -> None:
    assert [f"{thing.name}/{len(thing.names)}" for thing in draft(text, None).things] == expected


def test_marks_of_all_kinds_are_read() -> None:
    for passage in ("“a b”", '"a b"', "„a b“", "«a b»", "‘a b’", '"a b”', '“a b"', "``a b''"):
        text = f"He said {passage} to us, didn't he?"
        assert [text[slice(*one.span)] for one in quoted(text)] == [passage]
        assert [text[slice(*one.inner)] for one in quoted(text)] == ["a b"]


@pytest.mark.parametrize("text", ["It's the girls' room.", "A 6' wall, 5\" thick", "rock 'n' roll", "in the '90s", ""])
def test_apostrophes_and_inches_are_no_quotation(text: str) -> None:
    assert quoted(text) == []


def test_a_conversion_belongs_to_its_measurement() -> None:
    found = measures(
        "It is 20 kilometers (about 12 miles) long, 1,500 m (4,900 ft) high and weighs 3 tonnes; 5 m people saw it."
    )
    pairs = [(one.value, one.unit, one.same_as and (one.same_as.value, one.same_as.unit)) for one in found]
    assert pairs == [
        (20, "kilometre", (12, "mile")),
        (1500, "metre", (4900, "foot")),
        (3, "metric_ton", None),
    ]


def test_units_are_those_of_the_library_that_converts_them() -> None:
    import pint  # noqa: PLC0415 -- slow to load

    from build_scripts.suggesting import measures as module  # noqa: PLC0415

    registry: Any = pint.UnitRegistry()
    for unit in module._UNITS:
        assert registry.parse_units(unit)


def test_a_sentence_worth_checking_has_its_reasons() -> None:
    text = "Prices rose 12% because of the war. I like it. Janet Whitcombe declined to say how many more than 3 left. Is it 5% more?"
    found = draft(text, None).claims
    assert [(text[slice(*one.span)], one.reasons) for one in found] == [
        ("Prices rose 12% because of the war.", ("number", "comparison", "cause"))
    ]


def test_what_is_denied_is_not_reported() -> None:
    assert draft("Janet Whitcombe did not say how he was told.", None).quotations == ()


def test_indirect_speech_keeps_its_clause_and_its_source() -> None:
    text = "WESTPORT (XY) — The dam will hold, according to Janet Whitcombe, and Tomas Berg said that it would not."
    found = draft(text, None).quotations
    assert [(one.kind, one.speaker and one.speaker.name) for one in found] == [
        ("indirect", "Janet Whitcombe"),
        ("indirect", "Tomas Berg"),
    ]


@pytest.mark.parametrize(
    ("text", "content", "date"),
    [
        ("Anna Berg said Tuesday that the dam holds.", "the dam holds", "2024-06-04"),
        ("The road stays closed until Friday, Anna Berg said.", "The road stays closed until Friday", ""),
        ("Anna Berg said that it broke on March 4, 2023.", "it broke on March 4, 2023", ""),
        ("It broke at 6:40 a.m., Anna Berg said.", "It broke at 6:40 a.m.", ""),
        ("Anna Berg said that it broke at 5 p.m.", "it broke at 5 p.m.", ""),
    ],
)
def test_a_day_within_what_is_said_is_not_the_day_it_was_said(text: str, content: str, date: str) -> None:
    (found,) = draft(text, dt.date(2024, 6, 5)).quotations
    assert (text[slice(*found.content[0])], found.date) == (content, date)


def test_only_two_methods_that_agree_are_sure() -> None:
    sure = draft("“We had no warning,” said Martin Dahl.", None).quotations[0]
    unsure = draft(
        "Peter Whitcombe met Martin Dahl.\n\nHe shook her hand. “We had no warning,” he told Tom Berg.", None
    ).quotations[0]
    guessed = draft("Martin Dahl will not give up. “I will build it again, stone by stone.”", None).quotations[0]
    assert (sure.confidence, guessed.confidence) == (Confidence.HIGH, Confidence.LOW)
    assert unsure.confidence is not Confidence.HIGH


def test_of_other_languages_only_marks_are_read() -> None:
    found = draft("Der Minister sagte: „Wir haben davon nichts gewusst.“ Es war Montag.", PUBLISHED, "de")
    assert [(one.speaker, one.note != "") for one in found.quotations] == [(None, True)]
    assert not found.things
    assert not found.dates


@given(st.text(alphabet=st.sampled_from("AabTom said “”\"'‘’.,?!—()0179\n ’s-May")), st.sampled_from([PUBLISHED, None]))
@settings(max_examples=tries(300), deadline=None)
def test_every_place_lies_in_the_text_and_a_second_run_is_the_same(text: str, published: dt.date | None) -> None:
    found = draft(text, published)
    assert found == draft(text, published)
    for span in _spans(found):
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip()


def _spans(found: Draft) -> list[Span]:
    names = [name.span for thing in found.things for name in thing.names]
    quotations = [
        span
        for one in found.quotations
        for span in (*one.content, *one.passages, *filter(None, (one.cue, one.source, one.described)))
    ]
    others = [one.span for group in (found.dates, found.measures, found.claims) for one in group]
    return [*names, *quotations, *others]


@pytest.mark.parametrize(
    "piece",
    [
        '"',
        "“",
        "“a ",
        '"a" ',
        "'a",
        "« x ",
        "A. ",
        "A of ",
        "The Bank of ",
        "said ",
        "he said, ",
        '"a," he said ',
        "May ",
        "2 May ",
        "1,",
        "in 1999 ",
        "20 km (",
        "and said ",
        "U.S. ",
        "according to ",
        "\n“a",
        "x",
        "‘a ",
        "‘As’ b “c ",
        "\n\n‘A b",
        "« ",
        "in the words of ",
        "— Ana Berg: “a",
        "as “b” by ",
        "the company “a” said ",
    ],
)
def test_hostile_text_takes_time_that_grows_with_its_length(piece: str) -> None:
    times = _growth(piece)
    if times > 40:  # what grows with the square takes 64 times as long; a busy machine gets a second try
        times = min(times, _growth(piece))
    assert times < 40, f"8 times the text takes {times:.0f} times as long"


def _growth(piece: str) -> float:
    """How many times as long a text takes that is 8 times as long."""
    small, large = (_seconds(piece, size) for size in (8_000, 64_000))
    return large / max(small, 0.02)


def _seconds(piece: str, size: int) -> float:
    started = time.process_time()
    draft(piece * (size // len(piece)), PUBLISHED)
    return time.process_time() - started
