"""From Markdown to the words that a reader sees, and back to their places."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_scripts.editing.plain import normalise, to_markdown
from build_scripts.reading.prose import read_prose
from build_scripts.source import Source
from tests.html import collapse
from tests.texts import hostile
from tests.thoroughness import tries

documents = st.lists(
    st.one_of(hostile, st.sampled_from(["\n\n", "\n", "- ", "> ", "1. ", "## ", "*", "**", "  \n", "    "])),
    max_size=15,
).map("".join)


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("a\nb", "a b"),
        ("a  \nb", "a\nb"),
        ("a\\\nb", "a\nb"),
        ("a\n\nb", "a\n\nb"),
        ("# a\n\nb", "a\n\nb"),
        ("*a* **b** [c](http://d.e) ![f](g.png)h", "a b c h"),
        ("- a\n- b\n    - c\n\n> d\n>\n> e", "a\n\nb\n\nc\n\nd\n\ne"),
        ("1. a\n\n   b\n2. c", "a\n\nb\n\nc"),
        ("&amp; &#65; &copy; \\* \\<", "& A © * <"),
        ("![alone](a.png)\n\nb", "b"),
        ("a\n\n![alone](a.png)\n\nb", "a\n\nb"),
        ("a\n\n![first](a.png) b", "a\n\n b"),
        ("[a][b]\n\n[b]: http://c.d", "a"),
        ("", ""),
    ],
)
def test_the_canonical_text_is(markdown: str, text: str) -> None:
    assert read_prose(Source("a.md", markdown))[0].text == text


@settings(max_examples=tries(400))
@given(documents)
def test_offsets_are_monotonic_and_lead_to_the_letters(markdown: str) -> None:
    head = "---\nü: 1\n---\n"
    prose, _problems = read_prose(Source("a.md", head + markdown), len(head))
    offsets = [prose.offset(position) for position in range(len(prose.text))]
    assert offsets == sorted(offsets)
    for block in prose.blocks:
        for piece in block.pieces:
            if piece.verbatim and piece.kind == "text":
                for position in range(piece.start, piece.end):
                    assert prose.source.text[offsets[position]] == prose.text[position]
                    assert prose.place(position) == prose.source.place(offsets[position])


@settings(max_examples=tries(400))
@given(documents)
def test_blocks_make_the_text_and_pieces_make_the_blocks(markdown: str) -> None:
    prose, _problems = read_prose(Source("a.md", markdown))
    texts = [prose.text[block.start : block.end] for block in prose.blocks]
    assert "\n\n".join(text for text in texts if text) == prose.text
    for block, text in zip(prose.blocks, texts, strict=True):
        assert "".join(piece.text for piece in block.pieces if piece.kind != "image") == text


@settings(max_examples=tries(400))
@given(st.text(max_size=200))
def test_plain_text_becomes_markdown_that_shows_its_words(text: str) -> None:
    prose, problems = read_prose(Source("a.md", to_markdown(text)))
    assert collapse(prose.text).split() == normalise(text).split()
    assert problems == []


@pytest.mark.parametrize("size", [1_000, 20_000])
@pytest.mark.parametrize(
    "unit",
    ["ä", "e\u0301", "[", "]", "*a ", "`", "> ", "- ", "![", "<", "&", "_a_ ", "[a](", "a**b", "\\", "# ", "1. "],
)
def test_pathological_texts_are_read_or_refused(unit: str, size: int) -> None:
    started = time.process_time()
    prose, problems = read_prose(Source("a.md", unit * (size // len(unit)) + "a"))
    assert prose.text.endswith("a") or problems
    assert time.process_time() - started < 10


def test_the_article_texts_keep_their_words(testdata: Path) -> None:
    paths = sorted((testdata / "data" / "articles").glob("*.txt"))
    assert len(paths) > 80
    for path in paths:
        raw = path.read_text(encoding="utf-8")
        prose, problems = read_prose(Source(path.name, to_markdown(raw)))
        assert problems == [], path.name
        assert prose.text.split() == normalise(raw).split(), path.name


def test_hostile_payloads_keep_their_words(testdata: Path) -> None:
    for name in ("blns", "xss_owasp", "commonmark_spec", "bidi_trojan_source"):
        payloads = json.loads((testdata / "data" / "payloads" / f"{name}.json").read_text(encoding="utf-8"))["payloads"]
        for payload in payloads:
            raw = payload if isinstance(payload, str) else str(payload.get("text", payload.get("markdown", payload)))
            prose, _problems = read_prose(Source(name, to_markdown(raw)))
            assert prose.text.split() == normalise(raw).split(), raw
