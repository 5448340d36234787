"""Names in texts: whole words, longest first, in every script."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_scripts.anchoring.names import NameFinder, is_whole_word
from build_scripts.editing.plain import to_markdown
from build_scripts.reading.prose import read_prose
from build_scripts.source import Source
from tests.texts import hostile
from tests.thoroughness import tries


def found(names: dict[str, list[str]], markdown: str) -> list[tuple[str, str]]:
    prose, _problems = read_prose(Source("a.md", markdown))
    return [(match.name, "/".join(match.entities)) for match in NameFinder(names).find(prose)]


@pytest.mark.parametrize(
    ("names", "text", "expected"),
    [
        ({"k": ["Kharkiv"]}, "Kharkiv, (Kharkiv) Kharkiv's Kharkiv’s pro-Kharkiv", ["Kharkiv"] * 5),
        ({"k": ["Kharkiv"]}, "Kharkivs xKharkiv Kharkiv2 kharkiv KHARKIV Kharkiv\u0301", []),
        ({"u": ["U.S."]}, "the U.S.-supplied U.S. and U.S.A", ["U.S.", "U.S."]),
        ({"c": ["Kharkiv"], "o": ["Kharkiv Oblast"]}, "Kharkiv Oblast and Kharkiv", ["Kharkiv Oblast", "Kharkiv"]),
        ({"a": ["A B"], "b": ["B C"]}, "A B C", ["A B"]),
        ({"h": ["Kharkiv"]}, "## Kharkiv\n\n[Kharkiv](http://a.b) Kharkiv", ["Kharkiv"]),
        ({"h": ["Kharkiv"]}, "*Khar*kiv and **Kharkiv**", ["Kharkiv", "Kharkiv"]),
        ({"k": ["Київ"]}, "Київ, Києва, Київська", ["Київ"]),
        ({"b": ["北京"]}, "在北京市 北京2024", ["北京", "北京"]),
        ({"t": ["กรุงเทพ"]}, "ในกรุงเทพมหานคร", ["กรุงเทพ"]),
        ({"n": ["NATO"]}, "NATO軍 NATOs", ["NATO"]),
        ({"r": ["רוסיה"]}, "רוסיה ברוסיה", ["רוסיה"]),
        ({"m": ["مصر"]}, "مصر مصري", ["مصر"]),
        ({"d": ["दिल्ली"]}, "दिल्ली दिल्लीवाला", ["दिल्ली"]),
        ({"k": ["เก"], "a": ["か"]}, "บ้านเก่า か\u309a", []),
        ({}, "nothing", []),
        ({"x": ["A B"]}, "A\nB and A  \nB", ["A B"]),
    ],
)
def test_names_are_found(names: dict[str, list[str]], text: str, expected: list[str]) -> None:
    assert [name for name, _entity in found(names, text)] == expected


def test_a_name_of_two_entities_is_given_with_both() -> None:
    assert found({"city": ["Kharkiv"], "region": ["Kharkiv"]}, "Kharkiv") == [("Kharkiv", "city/region")]


@settings(max_examples=tries(200))
@given(st.lists(hostile.filter(str.strip), min_size=1, max_size=5), st.lists(hostile, min_size=1, max_size=8))
def test_whatever_the_names_mentions_are_whole_words_and_do_not_overlap(names: list[str], texts: list[str]) -> None:
    prose, _problems = read_prose(Source("a.md", to_markdown(" ".join([*texts, *names]))))
    end = 0
    for match in NameFinder({str(number): [name] for number, name in enumerate(names)}).find(prose):
        assert prose.text[match.span.start : match.span.end] == match.name
        assert is_whole_word(prose.text, match.span)
        assert match.span.start >= end
        end = match.span.end
