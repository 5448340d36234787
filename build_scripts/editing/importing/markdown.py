"""Markdown to paragraphs, by the rules by which articles are read.

In: Markdown, with or without front matter. Out: what a reader would see of it, and facts; what can't stand in an article is
told. Raw HTML and code stand as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from build_scripts.addresses import leads_out
from build_scripts.editing.importing.dates import date_in
from build_scripts.editing.importing.found import Facts, Found, Left, Paragraph, Run, clean, trimmed, unlinked
from build_scripts.editing.plain import normalise
from build_scripts.problems import Problem
from build_scripts.reading.blocks import MAX_NUMBER, Block, Piece
from build_scripts.reading.markdown import NOT_PROSE, RAW_HTML
from build_scripts.reading.prose import Prose, read_prose
from build_scripts.reading.values import read_values
from build_scripts.source import Source

_FRONT_MATTER = re.compile(r"---[ \t]*\n((?:.*\n)*?)---[ \t]*(?:\n|\Z)")
_LARGE_NUMBER = re.compile(rf"^([ >]*[0-9]{{{len(str(MAX_NUMBER)) + 1},9}})([.)])(?=\s)", re.MULTILINE)
"""A year at a line's start, which Markdown takes for a list's number."""
_TITLE = re.compile(r"""\]\(\s*[^\s()]*\s+(?:"([^"\n]*)"|'([^'\n]*)'|\(([^()\n]*)\))\s*\)""")
_TITLE_MESSAGE = "the title of a link: "
_SHOWN_LINES = 5
_KEYS = {
    "headline": ("headline", "title"),
    "publisher": ("publisher", "source"),
    "byline": ("byline", "authors", "author"),
    "dateline": ("dateline",),
    "published": ("published", "date"),
    "url": ("url", "source_url", "link"),
    "language": ("language", "lang"),
}


def read_markdown(text: str) -> Found:
    """What ``text`` holds."""
    source = Source("", _LARGE_NUMBER.sub(r"\1\\\2", normalise(text)))
    fence = _FRONT_MATTER.match(source.text)
    facts, left = _front_matter(source, fence) if fence else (Facts(), [])
    prose, problems = read_prose(source, fence.end() if fence else 0)
    blocks = (_paragraph(prose, block) for block in prose.blocks)
    paragraphs, notes = unlinked(filter(lambda made: made.text, blocks), leads_out)
    return Found(
        "Markdown", paragraphs, facts, (*left, *_images(prose), *_titles(source, problems)), (*_notes(problems), *notes)
    )


def _paragraph(prose: Prose, block: Block) -> Paragraph:
    runs = trimmed(_run(piece) for piece in block.pieces if piece.kind != "image")
    line = prose.place(block.start).line
    return Paragraph(runs, line, block.level, block.containers, block.tight)


def _run(piece: Piece) -> Run:
    if piece.kind == "break":
        return Run("\n")
    return Run(clean(piece.text), piece.styles)


def _images(prose: Prose) -> Iterator[Left]:
    for block in prose.blocks:
        for piece in block.pieces:
            if piece.kind == "image":
                words = clean(f"{piece.text} {piece.url}").strip()
                yield Left(words, "an image: put its file beside article.md", prose.source.place(piece.offset).line)


def _titles(source: Source, problems: Iterable[Problem]) -> Iterator[Left]:
    """The titles of links, which no text has a place for."""
    lines = source.text.split("\n")
    for problem in problems:
        if problem.rule == NOT_PROSE.name and problem.message.startswith(_TITLE_MESSAGE):
            place = problem.place
            found = _TITLE.search(lines[place.line - 1], place.column - 1)
            words = next(filter(None, found.groups()), "") if found else problem.message.removeprefix(_TITLE_MESSAGE)
            yield Left(clean(words).strip(), "the title of a link", place.line)


def _notes(problems: Iterable[Problem]) -> tuple[str, ...]:
    """What is not prose and now stands in the text as it was written."""
    lines = {"HTML": RAW_HTML.name, "code": NOT_PROSE.name}
    notes = []
    for what, rule in lines.items():
        found = [one for one in problems if one.rule == rule and (what == "HTML" or "code" in one.message[:15])]
        at = sorted({problem.place.line for problem in found})
        more = f" and {len(at) - _SHOWN_LINES} more" if len(at) > _SHOWN_LINES else ""
        if at:
            where = ", ".join(map(str, at[:_SHOWN_LINES]))
            notes.append(f"{what} stands in the text as it is written, in line {where}{more}: look at it")
    return tuple(notes)


def _front_matter(source: Source, fence: re.Match[str]) -> tuple[Facts, list[Left]]:
    """The facts in the front matter, and its lines."""
    values, _problems = read_values(source, fence.start(1), fence.end(1)) if fence[1].strip() else (None, [])
    data = values.data if values and isinstance(values.data, dict) else {}
    facts = Facts(
        headline=_text(data, "headline"),
        publisher=_text(data, "publisher"),
        byline=_texts(data, "byline"),
        dateline=_text(data, "dateline"),
        published=date_in(_text(data, "published")),
        url=url if (url := _text(data, "url")).isascii() and leads_out(url) else "",
        language=_text(data, "language"),
    )
    return facts, list(_lines(fence[1], data))


def _lines(text: str, data: Any) -> Iterator[Left]:
    taken = {key for keys in _KEYS.values() for key in keys if key in data}
    key = ""
    for number, line in enumerate(text.split("\n"), 2):
        key = line.partition(":")[0] if line[:1].isalpha() else key
        if line.strip():
            is_taken = key in taken
            reason = "front matter" if is_taken else "front matter that an article has no place for"
            yield Left(line.strip(), reason, number, is_taken)


def _text(data: Any, fact: str) -> str:
    found = (data[key] for key in _KEYS[fact] if isinstance(data.get(key), str | int))
    return clean(str(next(found, ""))).strip()


def _texts(data: Any, fact: str) -> tuple[str, ...]:
    found = next((data[key] for key in _KEYS[fact] if data.get(key)), ())
    items = [found] if isinstance(found, str) else found if isinstance(found, list) else []
    return tuple(clean(item).strip() for item in items if isinstance(item, str) and item.strip())
