"""A web page to paragraphs: the lines of its text, of which an extractor says which are the article's.

In: HTML. Out: the article's paragraphs and the page's facts; every other line that a reader sees is in ``left``. Only this
module knows the HTML parser and the extractor; both take a while to load.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin

import trafilatura
from lxml import etree

from build_scripts.addresses import leads_out
from build_scripts.editing.importing.dates import date_in, date_line
from build_scripts.editing.importing.found import (
    CannotImportError,
    Facts,
    Found,
    Left,
    Paragraph,
    Run,
    clean,
    trimmed,
    unlinked,
)
from build_scripts.editing.importing.wordings import byline, is_prose
from build_scripts.reading.blocks import MAX_BLOCK, MAX_NESTING, MAX_NUMBER, Container, Style

MIN_ARTICLE = 100
"""An article has at least so many characters."""
_MAX_TEASER = 500
MAX_LINES = 20_000
"""Lines of text on a page, menus and all."""
_NO_WORDS = frozenset(("head", "script", "style"))
_ASIDE = frozenset(("noscript", "template", "svg", "math", "iframe", "object", "audio", "video", "canvas"))
"""Elements whose words are shown in no line of the text, if at all; they are told."""
_INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
))  # fmt: skip
_STYLES = {"em": "emphasis", "i": "emphasis", "cite": "emphasis", "strong": "strong", "b": "strong"}
_HEADING = re.compile("h([1-6])")
_REGIONS = {
    "nav": "the page's navigation", "header": "the page's head", "footer": "the page's foot", "aside": "beside the article",
    "form": "a form", "button": "a control", "select": "a control", "textarea": "a control", "dialog": "a notice",
}  # fmt: skip
_COOKIES = re.compile(r"cookie|consent|gdpr", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_RUN_OF_WORDS = 3
_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph of the page; ``region``: the part of the page around the article in which it stands, if any.

    ``article`` tells the page's ``article`` elements apart; 0 is none.
    """

    paragraph: Paragraph
    region: str
    article: int


def read_page(html: str) -> Found:
    """The article of a web page. Raises CannotImportError where there is none."""
    lines, hidden = _lines(html)
    _refuse_sizes(lines)
    _refuse_several(lines)
    extracted: Any = trafilatura.bare_extraction(
        html,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    facts = _facts(extracted, html) if extracted else Facts()
    is_kept = _kept(lines, str(extracted.text or "") if extracted else "", facts.headline)
    kept = [line for line, is_article in zip(lines, is_kept, strict=True) if is_article]
    paragraphs = [line.paragraph for line in kept]
    if sum(len(paragraph.text) for paragraph in paragraphs) < MIN_ARTICLE:
        raise CannotImportError("no article is found in this page; copy its text into a plain text file")
    left = (
        Left(line.paragraph.as_line, line.region or "outside the article", line.paragraph.line)
        for line, kept in zip(lines, is_kept, strict=True)
        if not kept
    )
    linked, notes = unlinked(_resolved(paragraphs, facts.url), leads_out)
    return Found("a web page", linked, facts, (*left, *hidden), tuple(notes))


def read_fragment(html: str) -> Found:
    """All of a piece of HTML that has nothing around the article."""
    lines, hidden = _lines(html)
    paragraphs, notes = unlinked([line.paragraph for line in lines], leads_out)
    return Found("a web page", paragraphs, left=tuple(hidden), notes=tuple(notes))


def _refuse_sizes(lines: list[_Line]) -> None:
    """Raises CannotImportError for what no news page is, and what the extractor would take minutes for."""
    longest = max((len(line.paragraph.text) for line in lines), default=0)
    if longest > MAX_BLOCK or len(lines) > MAX_LINES:
        what = f"a paragraph of {longest:,} characters" if longest > MAX_BLOCK else f"{len(lines):,} lines of text"
        raise CannotImportError(f"the page has {what}; copy the article's text into a plain text file")


def _refuse_several(lines: list[_Line]) -> None:
    """Raises CannotImportError where several ``article`` elements have a heading and more text than a teaser."""
    lengths: Counter[int] = Counter()
    for line in lines:
        lengths[line.article] += len(line.paragraph.text) if is_prose(line.paragraph.text) and not line.region else 0
    titles = {line.article for line in lines if line.article and line.paragraph.level}
    articles = [article for article in titles if lengths[article] >= _MAX_TEASER]
    if len(articles) > 1:
        raise CannotImportError(f"{len(articles)} articles are on this page: save the page of one of them")


def _facts(extracted: Any, html: str) -> Facts:
    url = str(extracted.url or "")
    language = re.search(
        r"""<html\b[^<>]{0,300}?\blang\s*=\s*["']?([A-Za-z]+(?:-[A-Za-z0-9]+)*)""", html, re.IGNORECASE
    )
    names = tuple(clean(name).strip() for name in str(extracted.author or "").split(";") if name.strip())
    return Facts(
        headline=clean(str(extracted.title or "")).strip(),
        publisher=clean(str(extracted.sitename or "")).strip(),
        byline=names,
        published=date_in(str(extracted.date or "")),
        url=url if leads_out(url) and url.isascii() else "",
        language=language[1] if language else "",
    )


def _kept(lines: list[_Line], extracted: str, headline: str) -> list[bool]:
    """Which lines are the article's: those that the extractor took, and headline, byline and captions among them."""
    wanted = Counter(_key(line) for line in extracted.split("\n"))
    words = _runs(extracted)
    kept = []
    for line in lines:
        key = _key(line.paragraph.text)
        runs = _runs(line.paragraph.text)
        is_same = wanted[key] > 0
        wanted[key] -= is_same
        kept.append(bool(key) and (is_same or (len(runs) > 2 and len(runs & words) >= _SHARE * len(runs))))  # noqa: PLR2004
    titles = [
        at
        for at, line in enumerate(lines)
        if _key(line.paragraph.text) == _key(headline) != "" and line.paragraph.level
    ]
    first = min([*titles[:1], *(at for at, is_kept in enumerate(kept) if is_kept)], default=0)
    last = max((at for at, is_kept in enumerate(kept) if is_kept), default=-1)
    return [
        is_kept or at in titles[:1] or (first <= at <= last and _is_of_article(line))
        for at, (line, is_kept) in enumerate(zip(lines, kept, strict=True))
    ]


def _is_of_article(line: _Line) -> bool:
    """Whether a line between the article's lines is one of its own that an extractor takes for no text."""
    text = line.paragraph.text
    return line.paragraph.is_caption or (not line.region and bool(byline(text) or date_line(text)))


def _key(text: str) -> str:
    return "".join(_WORD.findall(text.casefold()))


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return {tuple(words[at : at + _RUN_OF_WORDS]) for at in range(len(words) - _RUN_OF_WORDS + 1)}


def _resolved(paragraphs: Iterable[Paragraph], base: str) -> tuple[Paragraph, ...]:
    """``paragraphs`` with full addresses; a link that has none is only its words."""
    return tuple(
        replace(one, runs=tuple(replace(run, styles=_with_base(run.styles, base)) for run in one.runs))
        for one in paragraphs
    )


def _with_base(styles: Iterable[Style], base: str) -> tuple[Style, ...]:
    return tuple(replace(style, url=_joined(base, style.url)) if style.kind == "link" else style for style in styles)


def _joined(base: str, url: str) -> str:
    try:
        return urljoin(base, url)
    except ValueError:
        return url


def _lines(html: str) -> tuple[list[_Line], list[Left]]:
    """The lines of a page, and the words that stand in none."""
    root = _parsed(html)
    if root is None:
        return [], []
    walk = _Walk()
    hidden: list[Left] = []
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        if event == "start" and element.tag in _NO_WORDS | _ASIDE:
            hidden += _hidden(element)
            events.skip_subtree()
        elif event == "start":
            walk.open(element)
        if event == "end":
            walk.close(element)
    walk.flush()
    return walk.lines, hidden


def _parsed(html: str) -> Any:
    """The root element. Raises CannotImportError where the parser would leave out what follows."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    root = etree.fromstring(html.encode("utf-8", "replace"), parser)
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise CannotImportError("the page's elements lie too deep in one another; copy its text into a plain text file")
    return root


def _hidden(element: Any) -> Iterator[Left]:
    """The words of an element that the text goes on around."""
    texts = element.xpath(".//text()[not(ancestor::script or ancestor::style)]") if element.tag in _ASIDE else ()
    words = clean(" ".join(texts)).strip()
    if words:
        yield Left(words, f"in <{element.tag}>, which is no text", element.sourceline or 0)


class _Walk:
    """Goes through the elements in their order; a block's edge ends a line."""

    def __init__(self) -> None:
        self.lines: list[_Line] = []
        self._runs: list[Run] = []
        self._styles: list[Style] = []
        self._depths: Counter[str] = Counter()
        self._containers: list[Container] = []
        self._regions: list[str] = [""]
        self._level = 0
        self._captions = 0
        self._count = 0
        self._articles: list[int] = []
        self._line = 0

    def open(self, element: Any) -> None:
        """An element starts, with the text before its first child."""
        tag = str(element.tag)
        self._count += 1
        if tag not in _INLINE and tag != "br":
            self.flush()
        self._line = self._line or (element.sourceline or 0)
        kind = _style(element, tag)
        self._depths[kind] += 1
        if kind and self._depths[kind] == 1:
            self._styles.append(Style(kind, self._count, element.get("href", "").strip()))  # type: ignore[arg-type]
        self._open_block(element, tag)
        if tag == "br":
            self._runs.append(Run("\n"))
        self._say(element.text)

    def _open_block(self, element: Any, tag: str) -> None:
        heading = _HEADING.fullmatch(tag)
        if heading:
            self._level = int(heading[1])
        elif tag in ("ul", "ol"):
            first = element.get("start", "") if tag == "ol" else ""
            number = int(first) if first.isascii() and first.isdigit() and len(first) <= len(str(MAX_NUMBER)) else 1
            self._containers.append(Container("bullets" if tag == "ul" else "numbers", self._count, number))
        elif tag == "li" and self._containers and self._containers[-1].kind in ("bullets", "numbers"):
            self._containers.append(Container("item", self._count))
        elif tag == "blockquote":
            self._containers.append(Container("quote", self._count))
        self._captions += tag == "figcaption"
        self._articles += [self._count] if tag == "article" else []
        self._regions.append(_region(element, tag) or self._regions[-1])

    def close(self, element: Any) -> None:
        """An element ends; the text behind it follows."""
        tag = str(element.tag)
        if tag not in _NO_WORDS | _ASIDE:
            self._close(element, tag)
        self._say(element.tail)

    def _close(self, element: Any, tag: str) -> None:
        if tag not in _INLINE and tag != "br":
            self.flush()
        kind = _style(element, tag)
        self._depths[kind] -= 1
        self._styles = [style for style in self._styles if self._depths[style.kind]]
        if _HEADING.fullmatch(tag):
            self._level = 0
        kinds = {"ul": ("bullets",), "ol": ("numbers",), "li": ("item",), "blockquote": ("quote",)}.get(tag, ())
        if kinds and self._containers and self._containers[-1].kind in kinds:
            self._containers.pop()
        self._captions -= tag == "figcaption"
        if tag == "article":
            self._articles.pop()
        self._regions.pop()

    def _say(self, text: str | None) -> None:
        if text:
            self._runs.append(Run(clean(text), tuple(self._styles)))

    def flush(self) -> None:
        """End the line under way; two line breaks in a row end one too."""
        for runs in _parted(self._runs):
            self._add(trimmed(runs))
        self._runs, self._line = [], 0

    def _add(self, runs: tuple[Run, ...]) -> None:
        if any(run.text.strip() for run in runs):
            # What lies deeper than an article may nest stands alone in it: where exactly says nothing.
            containers = tuple(self._containers[: MAX_NESTING + 1])
            made = Paragraph(runs, self._line, self._level, containers, True, self._captions > 0)
            self.lines.append(_Line(made, self._regions[-1], self._articles[-1] if self._articles else 0))


def _style(element: Any, tag: str) -> str:
    return _STYLES.get(tag) or ("link" if tag == "a" and element.get("href") else "")


def _region(element: Any, tag: str) -> str:
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return "a notice on cookies" if _COOKIES.search(names) and tag not in ("html", "body") else _REGIONS.get(tag, "")


def _parted(runs: Iterable[Run]) -> Iterator[list[Run]]:
    part: list[Run] = []
    breaks = 0
    for run in runs:
        breaks = breaks + 1 if run.text == "\n" else breaks if not run.text.strip() else 0
        part.append(run)
        if breaks > 1:
            yield part
            part, breaks = [], 0
    yield part
