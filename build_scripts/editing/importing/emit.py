"""Paragraphs to the Markdown of article.md, which shows just their words.

In: paragraphs. Out: CommonMark prose, and how many paragraphs lost emphasis or links because the words next to them leave
no way to write it. What is written is read again: it shows the words of the paragraphs, or is not given out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from build_scripts.editing.importing.found import CannotImportError, Paragraph, Run
from build_scripts.reading.blocks import MAX_NESTING, MAX_NUMBER, Container, Style
from build_scripts.reading.prose import read_prose
from build_scripts.rendering.escape import address, escape
from build_scripts.source import Source

_MARKS = {"emphasis": "*", "strong": "**"}
_INDENT = "    "


def to_markdown(paragraphs: Sequence[Paragraph]) -> tuple[str, int]:
    """The text, and how many paragraphs were simplified. Raises CannotImportError."""
    sound = [_sound(paragraph) for paragraph in paragraphs]
    without_lists = [replace(paragraph, containers=()) for paragraph in sound]
    for candidate in (sound, without_lists):
        text = _laid_out(candidate)
        if shows(text, candidate):
            return text, sum(old.runs != new.runs for old, new in zip(paragraphs, candidate, strict=True))
    raise CannotImportError("the text can't be written as Markdown so that it reads the same; import plain text")


def shows(text: str, paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a reader of the Markdown ``text`` sees just these paragraphs."""
    prose, problems = read_prose(Source("", text))
    seen = [prose.text[block.start : block.end] for block in prose.blocks]
    return not problems and seen == [paragraph.text for paragraph in paragraphs]


def _sound(paragraph: Paragraph) -> Paragraph:
    """The paragraph, simplified as far as its Markdown would not show its words."""
    if paragraph.level:
        paragraph = replace(
            paragraph, runs=tuple(replace(run, text=run.text.replace("\n", " ")) for run in paragraph.runs)
        )
    if paragraph.level and paragraph.containers:
        paragraph = replace(paragraph, level=0)
    if len(paragraph.containers) > MAX_NESTING:
        paragraph = replace(paragraph, containers=())
    if not any(run.styles for run in paragraph.runs):
        return paragraph
    alone = replace(paragraph, containers=())
    return paragraph if shows(_block(alone), [alone]) else paragraph.plain()


def _laid_out(paragraphs: Sequence[Paragraph]) -> str:
    layout = _Layout()
    return "".join(layout.placed(paragraph) for paragraph in paragraphs) + "\n" if paragraphs else ""


def _block(paragraph: Paragraph) -> str:
    lines = "\\\n".join(_line(line) for line in _lines(paragraph.runs))
    return f"{'#' * max(2, paragraph.level)} {lines}" if paragraph.level else lines


def _lines(runs: Sequence[Run]) -> list[list[Run]]:
    """The runs of each line."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *rest = run.text.split("\n")
        lines[-1].append(replace(run, text=first))
        lines += [[replace(run, text=text)] for text in rest]
    return [[run for run in line if run.text] for line in lines]


def _line(runs: Sequence[Run]) -> str:
    return _inline(_outside_spaces(runs), 0, at_start=True, at_end=True)


def _outside_spaces(runs: Sequence[Run]) -> list[Run]:
    """The runs with white space at the edges of emphasis and links put outside, where Markdown wants it."""
    moved: list[Run] = []
    for at, run in enumerate(runs):
        before = runs[at - 1].styles if at else ()
        after = runs[at + 1].styles if at + 1 < len(runs) else ()
        core = run.text.strip()
        lead, trail = run.text[: len(run.text) - len(run.text.lstrip())], run.text[len(run.text.rstrip()) :]
        if core:
            moved += [
                Run(lead, _shared(before, run.styles)),
                Run(core, run.styles),
                Run(trail, _shared(run.styles, after)),
            ]
        else:
            moved.append(Run(run.text, _shared(_shared(before, run.styles), after)))
    return [run for run in moved if run.text]


def _shared(one: tuple[Style, ...], other: tuple[Style, ...]) -> tuple[Style, ...]:
    length = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[:length]


def _inline(runs: Sequence[Run], depth: int, *, at_start: bool, at_end: bool) -> str:
    """Markdown of runs that share their first ``depth`` styles."""
    groups = [(style, list(group)) for style, group in groupby(runs, lambda run: run.styles[depth : depth + 1])]
    parts = []
    for at, (style, group) in enumerate(groups):
        starts, ends = at_start and at == 0, at_end and at == len(groups) - 1
        if style:
            parts.append(_styled(style[0], _inline(group, depth + 1, at_start=False, at_end=False)))
        else:
            parts.append(escape("".join(run.text for run in group), at_start=starts, at_end=ends))
    return "".join(parts)


def _styled(style: Style, inner: str) -> str:
    if style.kind == "link":
        target = address(style.url)
        return f"[{inner}]({target})" if target else inner
    return f"{_MARKS[style.kind]}{inner}{_MARKS[style.kind]}"


class _Layout:
    """Puts each paragraph into its lists and quotes, after the one before it."""

    def __init__(self) -> None:
        self._before: Paragraph | None = None
        self._counts: dict[int, int] = {}
        self._signs: dict[int, str] = {}

    def placed(self, paragraph: Paragraph) -> str:
        """The paragraph's lines with what stands between it and the one before."""
        gap = self._gap(paragraph)
        first, rest = self._prefixes(paragraph)
        self._before = paragraph
        return gap + first + _block(paragraph).replace("\n", f"\n{rest}")

    def _gap(self, paragraph: Paragraph) -> str:
        if self._before is None:
            return ""
        before, now = self._before.containers, paragraph.containers
        shared = [one for one, other in zip(before, now, strict=False) if one == other]
        is_close = self._before.is_tight and paragraph.is_tight and shared and now[-1] not in before
        if is_close and all(container.kind != "quote" for container in (*before, *now)):
            return "\n"
        quotes = "".join("> " if one.kind == "quote" else _INDENT if one.kind == "item" else "" for one in shared)
        return f"\n{quotes.rstrip()}\n"

    def _prefixes(self, paragraph: Paragraph) -> tuple[str, str]:
        before = self._before.containers if self._before else ()
        first = rest = ""
        for at, container in enumerate(paragraph.containers):
            if container.kind == "quote":
                first, rest = f"{first}> ", f"{rest}> "
            elif container.kind == "item":
                inside = container in before
                first += _INDENT if inside else self._marker(paragraph.containers[at - 1])
                rest += _INDENT
            elif container not in before:
                self._signs[container.number] = self._sign(container, before[at : at + 1])
        return first, rest

    def _sign(self, container: Container, before: tuple[Container, ...]) -> str:
        """The list's sign; another than that of a list of its kind directly before it, else the two would be one."""
        usual, other = ("-", "+") if container.kind == "bullets" else (".", ")")
        neighbour = before[0] if before else None
        is_same = neighbour is not None and self._signs.get(neighbour.number) == usual
        return other if is_same else usual

    def _marker(self, container: Container) -> str:
        sign = self._signs.get(container.number, "-")
        if container.kind != "numbers":
            return sign.ljust(len(_INDENT))
        first = container.first if container.first <= MAX_NUMBER else 1
        number = self._counts.get(container.number, first)
        self._counts[container.number] = number + 1
        return f"{number}{sign}".ljust(len(_INDENT)) if number <= MAX_NUMBER else f"{number}{sign} "
