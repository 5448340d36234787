"""Addresses of pages, as they are written and as they are served."""

from __future__ import annotations

import pytest

from build_scripts import addresses


@pytest.mark.parametrize(
    ("uri", "fragment", "expected"),
    [
        ("index.md", "", "https://example.org/news/"),
        ("corrections.md", "", "https://example.org/news/corrections/"),
        ("claims/index.md", "", "https://example.org/news/claims/"),
        ("claims/distance.md", "", "https://example.org/news/claims/distance/"),
        ("articles/x/index.md", "q-said", "https://example.org/news/articles/x/#q-said"),
    ],
)
def test_a_page_has_one_full_address(uri: str, fragment: str, expected: str) -> None:
    assert addresses.full("https://example.org/news/", uri, fragment) == expected
