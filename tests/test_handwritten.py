"""Hand-written pages with parts that are made."""

from __future__ import annotations

from pathlib import Path

from build_scripts.pipeline import build
from build_scripts.rendering.handwritten import fill_in
from build_scripts.rules import ALL_RULES

ROOT = Path(__file__).parents[1]


def test_a_marker_is_replaced_and_a_page_without_one_is_left_alone() -> None:
    assert fill_in("a\n\n<!-- newsgloss:x -->\n\nb\n", {"x": "made\n"}) == "a\n\nmade\n\nb\n"
    assert fill_in("a\n\n<!-- newsgloss:y -->\n", {"x": "made"}) == "a\n\n<!-- newsgloss:y -->\n"
    assert fill_in("a <!-- newsgloss:x -->\n", {"x": "made"}) is None


def test_the_editing_guide_explains_every_rule_and_the_method_every_verdict() -> None:
    pages = {page.uri: page.text for page in build(ROOT).pages}
    for rule in ALL_RULES:
        assert f"### {rule.name} {{ #rule-{rule.name} }}" in pages["editing.md"]
        assert (f"| [{rule.name}](#rule-{rule.name}) | " in pages["editing.md"]) == bool(rule.mending)
    assert pages["methodology.md"].count('class="rating rating-') == 8
    assert not any("<!-- newsgloss:" in text for text in pages.values())


def test_every_page_has_an_address_of_its_own() -> None:
    uris = [page.uri for page in build(ROOT).pages]
    assert len(uris) == len(set(uris))


def test_every_page_made_from_a_file_says_from_which() -> None:
    for page in build(ROOT).pages:
        if page.source:
            assert (ROOT / page.source).is_file()
            assert f'source: "{page.source}"' in page.text or f"source: {page.source}" in page.text
