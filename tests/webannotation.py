"""A reader of annotations that knows the W3C's model and nothing of Newsgloss.

In: an annotation as JSON has it, the text of its source. Out: the words that each of its targets selects. A selector that
selects nothing, or several places, and two selectors of one target that disagree are errors.
"""

from __future__ import annotations

from typing import Any


def many(value: Any) -> list[Any]:
    """One value or an array of them: the model allows both everywhere."""
    return [] if value is None else value if isinstance(value, list) else [value]


def read(annotation: dict[str, Any], texts: dict[str, str]) -> list[tuple[str, int, int]]:
    """Source, start and end of each target, in code points; ``texts``: the texts of the sources by their addresses."""
    found = []
    for target in many(annotation["target"]):
        text = texts[target["source"]]
        places = {place for selector in many(target["selector"]) for place in [_place(selector, text)]}
        assert len(places) == 1, f"{annotation['id']}: selectors that disagree: {places}"
        found.append((target["source"], *places.pop()))
    return found


def _place(selector: dict[str, Any], text: str) -> tuple[int, int]:
    if selector["type"] == "TextPositionSelector":
        assert 0 <= selector["start"] < selector["end"] <= len(text)
        return selector["start"], selector["end"]
    assert selector["type"] == "TextQuoteSelector"
    prefix, exact, suffix = (selector.get(name, "") for name in ("prefix", "exact", "suffix"))
    words = prefix + exact + suffix
    at = text.find(words)
    assert at >= 0, f"{prefix}[{exact}]{suffix} selects nothing"
    assert text.find(words, at + 1) < 0, f"{prefix}[{exact}]{suffix} selects several places"
    return at + len(prefix), at + len(prefix) + len(exact)
