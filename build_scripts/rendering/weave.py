"""Weaves annotations into a text: Markdown whose visible words are exactly those of the text.

In: a text's blocks, and layers: named sets of spans that may nest and cross. Out: Markdown of the subset on which
CommonMark and Python-Markdown agree. Boundaries cut the text into segments; each segment wears all its layers; a layer's
first segment bears its id.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Literal, NamedTuple

from build_scripts.anchoring.anchor import Span
from build_scripts.reading.blocks import Block, Container, Piece, Style
from build_scripts.reading.prose import Prose
from build_scripts.rendering.escape import Md, address, escape

Target = Callable[[str], str | None]
"""From an address as written to the address on the page; None where there is none."""


class Layer(NamedTuple):
    """An annotation as it is woven in. ``url``: where a mention leads; ``reference``: what stands behind its last word.

    ``marks``: classes that say more than the kind does; ``number``: what paper prints behind the last word.
    """

    id: str
    kind: Literal["mention", "quote", "claim"]
    spans: tuple[Span, ...]
    url: str = ""
    reference: str = ""
    marks: tuple[str, ...] = ()
    number: str = ""


@dataclass(frozen=True, slots=True)
class _Branch:
    container: Container
    children: list[_Branch | Block] = field(default_factory=list)


def weave(prose: Prose, layers: Iterable[Layer] = (), *, target: Target, top: int = 2, prefix: str = "section") -> Md:
    """The text with its layers as Markdown. Headings start at level ``top``; their ids are ``prefix`` and a number.

    Layers of the kind mention do not overlap one another, a link or a heading.
    """
    weaver = _Weaver(prose, sorted(layers, key=_nesting), target, top, prefix)
    return Md("\n".join(_lines(_tree(prose.blocks), weaver.block, tight=False)))


def _nesting(layer: Layer) -> tuple[int, int, int, str]:
    """Mentions outermost, then the longer span around the shorter."""
    start, end = layer.spans[0]
    return (layer.kind != "mention", start, -end, layer.id)


class _Weaver:
    def __init__(self, prose: Prose, layers: Sequence[Layer], target: Target, top: int, prefix: str) -> None:
        self._prose = prose
        self._here = _by_block(prose.blocks, layers)
        self._target = target
        levels = [block.level for block in prose.blocks if block.is_heading]
        self._shift = top - min(levels) if levels else 0
        headings = [block for block in prose.blocks if block.is_heading]
        texts = [piece for block in prose.blocks for piece in block.pieces if piece.kind == "text"]
        self._starts = [piece.start for piece in texts]
        self._ends = [piece.end for piece in texts]
        self._ids = {block.start: f"{prefix}-{number}" for number, block in enumerate(headings, 1)}

    def block(self, block: Block) -> str:
        """One block, in one line."""
        inline = "".join(self._inline(block))
        if not block.is_heading:
            return inline
        return f"{'#' * max(1, min(6, block.level + self._shift))} {inline} {{ #{self._ids[block.start]} }}"

    def _inline(self, block: Block) -> Iterator[str]:
        here = self._here[block.start, block.end]
        cuts = list(_cut(block.pieces, sorted({edge for _layer, span in here for edge in span})))
        open_styles: tuple[Style, ...] = ()
        waiting: list[str] = []
        for at, (piece, start, end) in enumerate(cuts, 1):
            if waiting or open_styles != piece.styles:
                yield from self._between(open_styles, piece.styles, waiting)
                open_styles = piece.styles
            worn = [
                (layer, end == last and (first, last) == layer.spans[-1])
                for layer, (first, last) in here
                if first <= start < last
            ]
            yield self._segment(piece, start, end, worn, at_start=at == 1, at_end=at == len(cuts))
            if worn and not block.is_heading:
                waiting += [layer.reference for layer, is_last in worn if is_last and layer.reference]
        yield from self._close(open_styles)
        yield from waiting

    def _between(self, before: Sequence[Style], after: Sequence[Style], waiting: list[str]) -> Iterator[str]:
        """What parts two segments: ends of styles, references that are ``waiting`` where no link is open, new styles."""
        common = _common(before, after)
        yield from self._close(before[common:])
        if not any(style.kind == "link" for style in before[:common]):
            yield from waiting
            waiting.clear()
        yield from map(_opening, after[common:])

    def _close(self, styles: Sequence[Style]) -> Iterator[str]:
        for style in reversed(styles):
            if style.kind == "link":
                url = address(self._target(style.url) or "#") or "#"
                yield f"]({url})"
            else:
                yield "</em>" if style.kind == "emphasis" else "</strong>"

    def _segment(  # noqa: PLR0913 -- a segment is all of this
        self, piece: Piece, start: int, end: int, worn: Sequence[tuple[Layer, bool]], *, at_start: bool, at_end: bool
    ) -> str:
        """The text from ``start`` to ``end`` under its layers, each with whether it ends here."""
        if piece.kind == "break":
            return "<br />"
        if piece.kind == "image":
            url = self._target(piece.url)
            return f"![{escape(piece.text, at_end=False)}]({address(url)})" if url else ""
        woven: str = escape(piece.text[start - piece.start : end - piece.start], at_start=at_start, at_end=at_end)
        for layer, is_last in reversed(worn):
            begins = start == layer.spans[0].start or start == self._first_letter(layer)
            name = f' id="{layer.id}"' if begins else ""
            number = f' data-n="{layer.number}"' if is_last and layer.number else ""
            tag = "mark" if layer.kind == "claim" else "span"
            classes = " ".join((layer.kind, *layer.marks))
            woven = f'<{tag}{name} class="{classes}" data-a="{layer.id}"{number}>{woven}</{tag}>'
            if layer.url:
                woven = f"[{woven}]({layer.url})"
        return woven

    def _first_letter(self, layer: Layer) -> int:
        """Where the first visible letter of a layer stands: a span may start in a line break or between two blocks."""
        start = layer.spans[0].start
        at = bisect_right(self._ends, start)
        return max(start, self._starts[at]) if at < len(self._starts) else start


def _by_block(blocks: Sequence[Block], layers: Iterable[Layer]) -> dict[tuple[int, int], list[tuple[Layer, Span]]]:
    """For each block, by its start and end, the layers' spans that reach into it, in the layers' order."""
    here: dict[tuple[int, int], list[tuple[Layer, Span]]] = {(block.start, block.end): [] for block in blocks}
    ends = [block.end for block in blocks]
    for layer in layers:
        for span in layer.spans:
            at = bisect_right(ends, span.start)
            while at < len(blocks) and blocks[at].start < span.end:
                here[blocks[at].start, blocks[at].end].append((layer, span))
                at += 1
    return here


def _opening(style: Style) -> str:
    return {"link": "[", "emphasis": "<em>", "strong": "<strong>"}[style.kind]


def _common(one: Sequence[Style], other: Sequence[Style]) -> int:
    count = 0
    while count < min(len(one), len(other)) and one[count] == other[count]:
        count += 1
    return count


def _cut(pieces: Iterable[Piece], edges: Sequence[int]) -> Iterator[tuple[Piece, int, int]]:
    """Text pieces cut at the edges, which are sorted; runs that the parser split for its own reasons are joined first."""
    for piece in _joined(pieces):
        inner = edges[bisect_right(edges, piece.start) : bisect_left(edges, piece.end)]
        for start, end in pairwise([piece.start, *inner, piece.end]):
            yield piece, start, end


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    for (kind, styles), group in groupby(pieces, key=lambda piece: (piece.kind, piece.styles)):
        run = list(group)
        if kind == "text" and len(run) > 1:
            yield Piece("text", run[0].start, "".join(piece.text for piece in run), run[0].offset, False, styles)
        else:
            yield from run


def _tree(blocks: Iterable[Block]) -> list[_Branch | Block]:
    """Blocks nested as their containers say."""
    root: list[_Branch | Block] = []
    path: list[_Branch] = []
    for block in blocks:
        common = 0
        while common < min(len(path), len(block.containers)) and path[common].container == block.containers[common]:
            common += 1
        del path[common:]
        for container in block.containers[common:]:
            branch = _Branch(container)
            (path[-1].children if path else root).append(branch)
            path.append(branch)
        (path[-1].children if path else root).append(block)
    return root


def _lines(children: Sequence[_Branch | Block], line: Callable[[Block], str], *, tight: bool) -> list[str]:
    lines: list[str] = []
    for before, child in pairwise([None, *children]):
        if before is not None and not tight:
            lines.append("")
            if _run_together(before, child):
                lines += ["<!-- -->", ""]
        if isinstance(child, Block):
            lines.append(line(child))
        elif child is not None:
            lines += _branch_lines(child, line, tight=tight)
    return lines


def _branch_lines(branch: _Branch, line: Callable[[Block], str], *, tight: bool) -> list[str]:
    container = branch.container
    if container.kind == "quote":
        return [f"> {text}".rstrip(" ") for text in _lines(branch.children, line, tight=False)]
    if container.kind == "item":
        return _lines(branch.children, line, tight=tight)
    tight = tight or _is_tight(branch)
    lines: list[str] = []
    for number, item in enumerate(branch.children):
        marker = "-   " if container.kind == "bullets" else f"{container.first if not number else 1}.".ljust(4)
        texts = _lines([item], line, tight=tight)
        lines += [""] if lines and not tight else []
        lines += [f"{marker if not at else '    '}{text}" if text else "" for at, text in enumerate(texts)]
    return lines


def _is_tight(branch: _Branch) -> bool:
    """Whether each item, at every depth, is one line of text and at most one list behind it."""
    for item in branch.children:
        if isinstance(item, Block) or not isinstance(item.children[0], Block) or not item.children[0].tight:
            return False
        lists = item.children[1:]
        if len(lists) > 1 or not all(isinstance(child, _Branch) and child.container.kind != "quote" for child in lists):
            return False
        if not all(isinstance(child, _Branch) and _is_tight(child) for child in lists):
            return False
    return True


def _run_together(before: _Branch | Block | None, child: _Branch | Block | None) -> bool:
    """Whether two neighbours would become one list or one quote."""
    if not isinstance(before, _Branch) or not isinstance(child, _Branch) or child.container.kind == "item":
        return False
    return (before.container.kind == "quote") == (child.container.kind == "quote")
