"""The first promise: the visible words of a page are exactly the words of its text, whatever the text and the spans."""

from __future__ import annotations

import markdown
import pyromark
from hypothesis import given, settings
from hypothesis import strategies as st

from build_scripts.anchoring.anchor import Span
from build_scripts.reading.prose import Prose, read_prose
from build_scripts.rendering.escape import escape
from build_scripts.rendering.weave import Layer, weave
from build_scripts.source import Source
from tests.html import collapse, tree, words

EXTENSIONS = ["toc", "tables", "fenced_code", "attr_list", "sane_lists"]

SIGNS = "\\`*_{}[]()<>#+-.!|&;:=~^\"'/$%,?@ \t\u00a0\u2028\u200b\u202e\u2066"
LETTERS = "abAB019éß漢字кהعไ😀\u0301\u200d"
hostile = st.one_of(
    st.text(SIGNS + LETTERS, max_size=25),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=25),
    st.sampled_from(
        [
            "1. a", "1) a", "- a", "+ a", "# a", "> a", "=== ", "---", "| a | b |", "[a]: b", "[a](b)", "![a](b)", "<b>a</b>",
            "<!-- a -->", "&amp;", "&#65;", "&copy;", "http://a.b", "<http://a.b>", "*a*", "__a__", "`a`", "```", "~~~", "    a",
            "a  ", "a\\", "{: #x}", "{ #x }", "[TOC]", "[^1]", "[^1]: a", "*[a]: b", ": a", "a@b.c", "!", "]:", "1986. Great",
        ]
    ),
)  # fmt: skip


def block_source(text: str) -> str:
    """Markdown that means ``text``, as import writes it."""
    return escape(text)


@st.composite
def documents(draw: st.DrawFn) -> str:
    blocks = []
    for _ in range(draw(st.integers(1, 5))):
        text = block_source(draw(hostile)) or "x"
        kind = draw(st.sampled_from(["{}", "## {}", "> {}", "- {}", "1. {}", "- x\n    - {}", "> - {}", "- x\n\n    {}", "*a {}b*",
                                     "**{}** x", "[{}](http://example.org/é_*(x)?a=1&b=2)", "![{}](p.png) x", "x  \n{}", "x\n{}",
                                     "> > {}", "- > {}", "1. a\n2. {}", "3. {}", "- - {}", "- x\n    1. {}\n- y"]))  # fmt: skip
        blocks.append(kind.format(text))
    return "\n\n".join(blocks)


@st.composite
def woven(draw: st.DrawFn) -> tuple[Prose, list[Layer]]:
    prose, _problems = read_prose(Source("a.md", draw(st.one_of(documents(), hostile))))
    layers = []
    size = len(prose.text)
    for number in range(draw(st.integers(0, 6)) if size else 0):
        start = draw(st.integers(0, size - 1))
        span = Span(start, draw(st.integers(start + 1, size)))
        kind = draw(st.sampled_from(["quote", "claim"]))
        reference = f'<sup class="check">[{number}](#x)</sup>' if kind == "claim" else ""
        layers.append(Layer(f"{kind[0]}-{number}", kind, (span,), reference=reference))
    return prose, layers


def rendered(text: str) -> str:
    return markdown.markdown(text, extensions=EXTENSIONS)


def commonmark(text: str) -> str:
    return pyromark.html(text, options=pyromark.Options.ENABLE_HEADING_ATTRIBUTES)


@settings(max_examples=400, deadline=None)
@given(woven())
def test_the_visible_words_are_the_words_of_the_text(case: tuple[Prose, list[Layer]]) -> None:
    prose, layers = case
    page = weave(prose, layers, target=lambda url: url)
    assert words(rendered(page)) == collapse(prose.text)


@settings(max_examples=400, deadline=None)
@given(woven())
def test_both_renderers_see_the_same_page(case: tuple[Prose, list[Layer]]) -> None:
    prose, layers = case
    page = weave(prose, layers, target=lambda url: url)
    assert tree(rendered(page)) == tree(commonmark(page))


@settings(max_examples=200, deadline=None)
@given(hostile)
def test_escaped_text_shows_itself(text: str) -> None:
    text = text.replace("\r", " ")
    for page in (rendered(escape(text)), commonmark(escape(text))):
        assert words(page) == collapse(text)
