"""The first promise: the visible words of a page are exactly the words of its text, whatever the text and the spans."""

from __future__ import annotations

from typing import Literal

import markdown
import pyromark
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborNode

from build_scripts.anchoring.anchor import Span
from build_scripts.export.html import as_html, by_the_library
from build_scripts.reading.prose import Prose, read_prose
from build_scripts.rendering.escape import escape
from build_scripts.rendering.weave import Layer, weave
from build_scripts.source import Source
from tests.html import body_of, collapse, tree, words
from tests.texts import hostile
from tests.thoroughness import tries

EXTENSIONS = ["toc", "tables", "fenced_code", "attr_list", "sane_lists"]


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
        kind: Literal["quote", "claim"] = draw(st.sampled_from(["quote", "claim"]))
        reference = f'<sup class="check">[{number}](#x)</sup>' if kind == "claim" else ""
        layers.append(Layer(f"{kind[0]}-{number}", kind, (span,), reference=reference))
    return prose, layers


@st.composite
def linked(draw: st.DrawFn) -> tuple[Prose, list[Layer]]:
    """The same with mentions, one at most in each run of text outside headings and links."""
    prose, layers = draw(woven())
    for block in prose.blocks:
        for piece in block.pieces:
            is_free = piece.kind == "text" and piece.text and not any(style.kind == "link" for style in piece.styles)
            if is_free and not block.is_heading and draw(st.booleans()):
                start = draw(st.integers(piece.start, piece.end - 1))
                span = Span(start, draw(st.integers(start + 1, piece.end)))
                layers.append(Layer(f"m-{start}", "mention", (span,), url="glossary.xhtml#entity-x"))
    return prose, layers


@settings(max_examples=tries(300))
@given(linked())
def test_books_and_feeds_have_what_python_markdown_makes_of_it_letter_for_letter(
    case: tuple[Prose, list[Layer]],
) -> None:
    prose, layers = case
    text = weave(prose, layers, target=lambda url: url)
    assert as_html(text) == by_the_library(text)


def rendered(text: str) -> str:
    return markdown.markdown(text, extensions=EXTENSIONS)


def commonmark(text: str) -> str:
    return pyromark.html(text, options=pyromark.Options.ENABLE_HEADING_ATTRIBUTES)


@settings(max_examples=tries(400), deadline=None)
@given(woven())
def test_the_visible_words_are_the_words_of_the_text(case: tuple[Prose, list[Layer]]) -> None:
    prose, layers = case
    page = weave(prose, layers, target=lambda url: url)
    assert words(rendered(page)) == collapse(prose.text)


@settings(max_examples=tries(400), deadline=None)
@given(woven())
def test_both_renderers_see_the_same_page(case: tuple[Prose, list[Layer]]) -> None:
    prose, layers = case
    page = weave(prose, layers, target=lambda url: url)
    assert tree(rendered(page)) == tree(commonmark(page))


@settings(max_examples=tries(200), deadline=None)
@given(hostile)
def test_escaped_text_shows_itself(text: str) -> None:
    text = text.replace("\r", " ")
    for page in (rendered(escape(text)), commonmark(escape(text))):
        assert words(page) == collapse(text)


@settings(max_examples=tries(200), deadline=None)
@given(hostile)
def test_an_image_keeps_its_words(words_of_image: str) -> None:
    alt = collapse(words_of_image.replace("\n", " ")) or "x"
    prose, _problems = read_prose(Source("a.md", f"![{escape(alt)}](p.png) x"))
    page = weave(prose, target=lambda url: url)
    for html in (rendered(page), commonmark(page)):
        image = body_of(html).css_first("img")
        assert image is not None
        assert collapse(image.attributes["alt"] or "") == alt


@settings(max_examples=tries(300), deadline=None)
@given(woven())
def test_every_layer_is_found_by_its_id_and_covers_its_words(case: tuple[Prose, list[Layer]]) -> None:
    prose, layers = case
    body = body_of(rendered(weave(prose, layers, target=lambda url: url)))
    for layer in layers:
        covered = "".join(node.text() for node in body.css(f'[data-a="{layer.id}"]') if not _inside(node, layer.id))
        wanted = prose.text[layer.spans[0].start : layer.spans[0].end]
        assert "".join(covered.split()) == "".join(wanted.split())
        if wanted.strip():
            assert len(body.css(f"#{layer.id}")) == 1


def _inside(node: LexborNode, layer: str) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.attributes.get("data-a") == layer:
            return True
        parent = parent.parent
    return False


def test_a_number_for_paper_stands_once_at_the_last_words_of_its_layer() -> None:
    prose, _problems = read_prose(Source("a.md", "One *two* three four."))
    layers = [
        Layer("q-a", "quote", (Span(0, 5), Span(8, 13)), number="q1"),
        Layer("c-b", "claim", (Span(2, 10),), reference='<sup class="check">[1](#x)</sup>'),
    ]
    html = rendered(weave(prose, layers, target=lambda _url: None))
    marked = [node for node in body_of(html).css(".quote") if "data-n" in node.attributes]
    assert [(node.attributes["data-n"], node.text()) for node in marked] == [("q1", "ree")]
    assert words(html) == "One two three four."


def test_what_stands_behind_a_claim_stands_once_where_pictures_follow() -> None:
    prose, _problems = read_prose(Source("a.md", "One two![a](p.png)![b](p.png) three."))
    layer = Layer("c-b", "claim", (Span(4, 7),), reference="[1](#x)")
    html = rendered(weave(prose, [layer], target=lambda url: url))
    assert [node.text() for node in body_of(html).css("a")] == ["1"]
