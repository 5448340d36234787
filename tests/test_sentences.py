"""Words in their sentence, for concordances."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_scripts.anchoring.anchor import Span
from build_scripts.reading.prose import read_prose
from build_scripts.rendering.sentences import MAX_CONTEXT, Sentences, begin
from build_scripts.source import Source
from tests.texts import hostile
from tests.thoroughness import tries


def shown(text: str, language: str, *words: str) -> str:
    prose, _problems = read_prose(Source("a.md", text))
    spans = [Span(prose.text.index(word), prose.text.index(word) + len(word)) for word in words]
    parts = Sentences(prose.text, begin(prose, language)).around(spans)
    return "".join(f"[{part.text}]" if part.marked else part.text for part in parts)


@pytest.mark.parametrize(
    ("text", "language", "words", "expected"),
    [
        ("One. He used U.S. arms here. Three.", "en", ["arms"], "He used U.S. [arms] here."),
        ("Sen. Rounds came. He left.", "en", ["Rounds"], "Sen. [Rounds] came."),
        ("First block\n\nSecond block", "en", ["Second"], "[Second] block"),
        ("# Heading\n\nA b.", "en", ["A"], "[A] b."),
        (
            "“We are here,” he said. “So it is.”",
            "en",
            ["We are here", "So it is"],
            "“[We are here],” he said. “[So it is].”",
        ),
        ("A one. B two.\n\nC three.", "en", ["two", "three"], "B [two]. C [three]."),
        ("他來了。她走了。", "zh", ["走"], "她[走]了。"),
        ("यह एक है। वह दो है।", "hi", ["दो"], "वह [दो] है।"),
    ],
)
def test_words_stand_in_their_sentence(text: str, language: str, words: list[str], expected: str) -> None:
    assert shown(text, language, *words) == expected


@pytest.mark.parametrize("space", ["\u00a0", "\u2028", "\u202f", "\u3000", "\u1680"])
def test_every_kind_of_space_is_taken(space: str) -> None:
    assert shown(f"They gave it grade B{space}. It{space}burned.", "en", "burned").endswith(f"It{space}[burned].")


def test_a_long_sentence_is_shortened_at_words() -> None:
    line = shown("word " * 200 + "here" + " word" * 200, "en", "here")
    assert line.startswith("…word ")
    assert line.endswith(" word…")
    assert len(line) <= 2 * MAX_CONTEXT + 10


def test_a_long_sentence_without_spaces_keeps_its_neighbours() -> None:
    assert "字[中]字" in shown("字" * 500 + "中" + "字" * 500, "zh", "中")


@settings(max_examples=tries(200), deadline=None)
@given(st.lists(hostile.filter(str.strip), min_size=1, max_size=6), st.data())
def test_the_marked_words_are_the_words_of_the_span(texts: list[str], data: st.DataObject) -> None:
    prose, _problems = read_prose(Source("a.md", "\n\n".join(texts)))
    if not prose.text:
        return
    start = data.draw(st.integers(0, len(prose.text) - 1))
    end = data.draw(st.integers(start + 1, len(prose.text)))
    marked = [part.text for part in Sentences(prose.text, begin(prose, "en")).around([Span(start, end)]) if part.marked]
    assert "".join("".join(marked).split()) == "".join(prose.text[start:end].split())
