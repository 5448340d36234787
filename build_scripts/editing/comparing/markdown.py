"""Words of a publication as GitHub's Markdown, and the report of a comparison within a bound.

In: untrusted text, entries. Out: Markdown that shows just that text; what changed stands in ``del`` and ``ins``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from build_scripts.editing.comparing.wordings import Run, changes, runs
from build_scripts.rendering.escape import escape

MAX_BYTES = 900_000
"""A step summary holds 1 MiB; GitHub shows nothing of a longer one."""

MAX_ITEMS = 100
"""Lines shown of one article, check or entity."""

MAX_TEXT = 600
"""Letters shown of one text; its middle is left out."""

_SHORT, _LONG = 40, 300
_DOLLARS = re.compile(r"\$+")
"""GitHub takes what stands between two of them for a formula, unless each stands in an element of its own."""

_CALLING = re.compile(r"@(?=\w)|:(?=[\w+\\-]+:)|(?<!&)\\?#(?=\d)")
"""Signs that make a person's name, a picture or a number of an issue of the letters behind them."""

_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""What would turn the rest of the line around, its end and the next words, too."""

_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u2060-\u2064\ufeff]")
_SPACE = re.compile(r"[^\S \n]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that changed: ``title`` and ``items`` are Markdown in one line."""

    title: str
    items: tuple[str, ...]


def plain(text: str) -> str:
    """Markdown that shows ``text`` inside a line: also what GitHub reads beyond CommonMark is just text."""
    shown_text = _TURNING.sub(_number, _shortened(text))
    escaped: str = escape(" ¶ ".join(shown_text.split("\n")).replace(" ¶  ¶ ", " ¶ "), at_start=False, at_end=False)
    escaped = _CALLING.sub(r"<span>\g<0></span>", escaped)
    escaped = _DOLLARS.sub(lambda found: f"<span>{'&#36;' * len(found.group())}</span>", escaped.replace("~", "\\~"))
    return escaped.replace("://", "&#58;//").replace("www.", "www&#46;")


def quoted(text: str) -> str:
    """``text`` in quotation marks."""
    return f"“{plain(text)}”"


def name(text: str) -> str:
    """An id; it holds no sign."""
    return f"`{text}`"


def shown(found: Iterable[Run]) -> str:
    """Runs in one line: what is gone struck out, what is new underlined."""
    return "".join(_run(run) for run in found).strip()


def was_now(old: str, new: str) -> str:
    """What became of a value: both where they are short or one is empty, else the words that changed, of long ones alone."""
    if not old or not new:
        return f"{plain(new)} (new)" if new else f"<del>{plain(old)}</del> (gone)"
    if max(len(old), len(new)) <= _SHORT:
        one, other = _told_apart(old, new)
        return f"{plain(one)} → {plain(other)}"
    if max(len(old), len(new)) <= _LONG:
        return shown(runs(old, new))
    return " / ".join(shown(change.runs) for change in changes(old, new))


def report(title: str, sections: Sequence[tuple[str, Sequence[Entry]]], nothing: str) -> str:
    """The sections that have entries, each entry with its items; what goes beyond the bound is counted, not shown."""
    filled = [(heading, entries) for heading, entries in sections if entries]
    if not filled:
        return f"{nothing}\n"
    parts = [f"## {title}\n"]
    room = MAX_BYTES
    left_out = 0
    for heading, entries in filled:
        texts = [_entry(entry) for entry in entries]
        fitting = list(_fitting([f"\n### {heading}: {len(entries)}\n", *texts], room))
        parts += fitting
        left_out += len(texts) + 1 - max(1, len(fitting))
        room -= sum(len(text.encode()) for text in fitting)
    if left_out:
        parts.append(f"\n**Cut here**: {left_out} more changed, and the summary has no room for them.\n")
    return "".join(parts)


def _fitting(texts: Iterable[str], room: int) -> Iterator[str]:
    for text in texts:
        room -= len(text.encode())
        if room < 0:
            return
        yield text


def _entry(entry: Entry) -> str:
    items = [f"-   {item}\n" for item in entry.items[:MAX_ITEMS]]
    if len(entry.items) > MAX_ITEMS:
        items.append(f"-   **Cut here**: {len(entry.items) - MAX_ITEMS} more lines.\n")
    return f"\n#### {entry.title}\n\n{''.join(items)}"


def _run(run: Run) -> str:
    if run.is_same:
        return plain(run.new)
    old, new = _told_apart(run.old, run.new)
    return (f"<del>{plain(old)}</del>" if old else "") + (f"<ins>{plain(new)}</ins>" if new else "")


def _told_apart(old: str, new: str) -> tuple[str, str]:
    """Both texts; where a reader would see no difference, with the numbers of the signs that make it."""
    if _looks(old) != _looks(new):
        return old, new
    return tuple(_SPACE.sub(_number, _UNSEEN.sub(_number, text)) for text in (old, new))  # type: ignore[return-value]


def _looks(text: str) -> str:
    return " ".join(_UNSEEN.sub("", text).split())


def _number(sign: re.Match[str]) -> str:
    return f"<U+{ord(sign[0]):04X}>"


def _shortened(text: str) -> str:
    half = MAX_TEXT // 2
    return text if len(text) <= MAX_TEXT else f"{text[:half]} […] {text[-half:]}"
