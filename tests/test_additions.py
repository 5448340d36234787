"""Items added to lists in YAML that people write."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.reading.edits import CannotEditError, extended
from build_scripts.reading.values import read_values
from build_scripts.source import Source
from tests.texts import hostile

ITEM: dict[str, Any] = {
    "id": "a-b",
    "content": ["He said: no", {"exact": "yes", "occurrence": 2}],
    "status": "suggested",
}


def values(text: str) -> Any:
    found, problems = read_values(Source("a.yml", text), 0, len(text))
    assert found, problems
    return found.data


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# only a comment\n",
        "quotes: []\n",
        "quotes: []   # none yet\nclaims: []\n",
        "quotes:\nclaims: []\n",
        "quotes:   # to come\n",
        "claims: []",
        "quotes:\n- id: one\n- id: two  # the last",
        "quotes:\n    - id: one\n      text: >-\n        folded\n        text\n\n\n# the end\nclaims: []\n",
        "quotes:\n  - id: one\n    text: |\n      kept\n\nclaims: []\n",
        "quotes:\n  - {id: one,\n     kind: two}\n",
        'quotes:\n  - "a\n    b"\n',
    ],
)
def test_items_come_last_and_the_rest_keeps_every_character(text: str) -> None:
    before = values(text) if text.strip() and not text.startswith("#") else {}
    after = extended(Source("a.yml", text), {"quotes": [ITEM]})
    assert values(after) == {**before, "quotes": [*(before.get("quotes") or []), ITEM]}
    kept = iter(after.split("\n"))
    assert all(line in kept for line in text.replace("quotes: []", "quotes:").rstrip("\n").split("\n"))


@pytest.mark.parametrize(
    "text", ["quotes: [{id: one}]\n", "{quotes: []}\n", "- one\n", "quotes: text\n", "a: [\n", "quotes:\n  one: two\n"]
)
def test_what_cannot_be_added_to_without_risk_is_refused(text: str) -> None:
    with pytest.raises(CannotEditError):
        extended(Source("a.yml", text), {"quotes": [ITEM]})


def test_nothing_to_add_changes_nothing() -> None:
    text = "quotes:   []  # odd\n"
    assert extended(Source("a.yml", text), {"quotes": [], "claims": []}) == text


def test_a_day_is_written_as_people_write_it() -> None:
    item = {"date": "2024-06-05", "content": ["2024-06-05"]}
    after = extended(Source("a.yml", ""), {"quotes": [item]})
    assert "date: 2024-06-05\n" in after
    assert values(after) == {"quotes": [item]}


@given(
    st.lists(
        st.fixed_dictionaries(
            {"exact": hostile.filter(str.strip), "content": st.lists(hostile.filter(str.strip), min_size=1)}
        ),
        min_size=1,
        max_size=3,
    )
)
def test_any_text_can_be_added_or_is_refused(items: list[dict[str, Any]]) -> None:
    text = "mentions: []\nclaims: []\n"
    try:
        after = extended(Source("a.yml", text), {"mentions": items})
    except CannotEditError:
        return
    assert values(after) == {"mentions": items, "claims": []}
