"""Addresses of pages, as they are written and as they are served."""

from __future__ import annotations

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


paths = st.lists(st.sampled_from(["a", "b", "ab", "a-b"]), min_size=1, max_size=4).map("/".join)


@given(paths, paths)
def test_the_way_between_pages_is_the_shortest(start: str, end: str) -> None:
    assert addresses.relative(f"{start}.md", f"{end}.md") == posixpath.relpath(
        f"{end}.md", posixpath.dirname(start) or "."
    )
    assert addresses.served(f"{start}.md", f"{end}/index.md") == posixpath.relpath(end, start) + "/"
    assert addresses.served("index.md", f"{end}.md") == f"{end}/"
    assert addresses.served(f"{start}.md", "index.md") == posixpath.relpath(".", start) + "/"
