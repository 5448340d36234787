"""The timeline at a glance, as SVG that stands in the page: a column for each date, a mark for each kind of thing on it.

In: the timeline's days. Out: an HTML block without blank lines, the same to CommonMark and to Python-Markdown. Columns are
equally wide however far their dates lie apart; where time is left out between two, the line that joins them is broken.
"""

from __future__ import annotations

import datetime as dt
import html
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from build_scripts.rendering.catalogue import Catalogue, counted, message
from build_scripts.rendering.escape import Md
from build_scripts.rendering.timeline import Day

MOST = 60
"""Columns at most; where there are more dates, a column holds a month, a year, ten years."""
STEPS = (10, 7, 4, 3)
"""How many signs of their dates the days of a column share."""

_PER_ROW = 12
_WIDTH = 44
"""Of a column; on the narrowest screens it is still as wide as a finger needs, 24 CSS pixels."""
_STEP = 24
"""From one mark up to the next."""
_LINE = 18
_FOOT = 3 * _LINE + 14
"""The height below the line: day, month, year."""
_NO_MORE = 99


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of mark: what one of them is, how many are counted, and its shape around 0, 0."""

    name: str
    forms: tuple[str, str]
    shape: str


KINDS = (
    Kind(message("event"), counted("{n} event", "{n} events"), "M-2.5-8H2.5V-2.5H8V2.5H2.5V8H-2.5V2.5H-8V-2.5H-2.5Z"),
    Kind(message("statement"), counted("{n} statement", "{n} statements"), "M-7 0a7 7 0 1 0 14 0a7 7 0 1 0-14 0Z"),
    Kind(message("article"), counted("{n} article", "{n} articles"), "M-6.5-6.5H6.5V6.5H-6.5Z"),
    Kind(message("check"), counted("{n} check", "{n} checks"), "M0-9 9 0 0 9-9 0Z"),
    Kind(message("correction"), counted("{n} correction", "{n} corrections"), "M0-8 8.5 7H-8.5Z"),
)


@dataclass(frozen=True, slots=True)
class Column:
    """The days whose dates begin with ``date``: YYYY-MM-DD, YYYY-MM, YYYY or YYY. ``first`` is the earliest of them."""

    date: str
    first: str
    counts: Counter[str]

    def name(self, words: Catalogue) -> str:
        """What the column holds, in our words."""
        kinds = (words.say_count(self.counts[kind.name], *kind.forms) for kind in self.kinds)
        return f"{self.year(words) if len(self.date) < len('YYYY') else words.day(self.date)}: {', '.join(kinds)}"

    @property
    def kinds(self) -> list[Kind]:
        """The kinds of mark in it."""
        return [kind for kind in KINDS if self.counts[kind.name]]

    def year(self, words: Catalogue) -> str:
        """The line at the bottom: a year, or ten of them."""
        return self.date[:4] if len(self.date) >= len("YYYY") else words.say("{year}s", year=f"{self.date}0")


def on_this_page(date: str) -> str:
    """The way to a day on the page itself."""
    return f"#day-{date}"


def draw_strip(days: Sequence[Day], words: Catalogue, to: Callable[[str], str] = on_this_page) -> Md:
    """The figure in our ``words``; empty where there is no day. ``to``: the way to a day on the timeline."""
    if not days:
        return Md()
    found = columns(days)
    body, height = [], 0
    for start in range(0, len(found), _PER_ROW):
        row = found[start : start + _PER_ROW]
        height += _STEP * max(len(column.kinds) for column in row) + 10
        marks = (_column(column, at, height, words, to(column.first)) for at, column in enumerate(row))
        body += [*_axis(row, height, words), *marks]
        height += _FOOT
    name = words.say("All dates at a glance.")
    lines = [
        '<figure class="ng-strip" id="strip">',
        f'<svg viewBox="0 0 {_PER_ROW * _WIDTH} {height}" role="group" aria-labelledby="strip-name">',
        *body,
        "</svg>",
        f'<figcaption><span id="strip-name">{_shown(name)}</span> {_legend(found, words)}</figcaption>',
        "</figure>",
    ]
    return Md("\n".join(lines))


def columns(days: Sequence[Day]) -> list[Column]:
    """``days``, which are in order, in columns as fine as there is room for."""
    for length in STEPS:
        found = [(date, list(group)) for date, group in groupby(days, key=lambda day: day.date[:length])]
        if len(found) <= MOST:
            break
    return [Column(date, group[0].date, sum(map(_counts, group), Counter())) for date, group in found]


def _counts(day: Day) -> Counter[str]:
    """How much of each kind a day holds."""
    events = len(day.events) + len(day.ended)
    held = (events, len(day.said), len(day.articles), len(day.claims), len(day.corrections))
    return Counter({kind.name: number for kind, number in zip(KINDS, held, strict=True)})


def _column(column: Column, at: int, line: int, words: Catalogue, way: str) -> str:
    """The marks of a column above ``line``, and the day below it, as one link, ``way``."""
    x, kinds = _middle(at), column.kinds
    top = line - _STEP * len(kinds) - 4
    marks = "".join(_mark(kind, column.counts[kind.name], x, line - _STEP * n - 16) for n, kind in enumerate(kinds))
    room = f'<rect class="ng-room" x="{at * _WIDTH}" y="{top}" width="{_WIDTH}" height="{line + _LINE + 6 - top}"/>'
    number = _text(str(int(column.date[8:])), x, line + _LINE) if len(column.date) == len("YYYY-MM-DD") else ""
    title = f"<title>{_shown(column.name(words))}</title>"
    # Zensical takes `href` in HTML for a way between source files; it leaves this older name of it alone.
    return f'<a role="link" xlink:href="{way}">{title}{room}{marks}{number}</a>'


def _mark(kind: Kind, number: int, x: int, y: int) -> str:
    shift = 10 if number > 1 else 0
    shape = f'<path class="ng-{kind.name}" transform="translate({x - shift} {y})" d="{kind.shape}"/>'
    shown = str(number) if number <= _NO_MORE else f"{_NO_MORE}+"
    return shape + (f'<text x="{x + 1}" y="{y}" dy=".35em">{shown}</text>' if number > 1 else "")


def _axis(row: Sequence[Column], line: int, words: Catalogue) -> Iterator[str]:
    """The line, and below the days the months and years where they change."""
    for at, (one, other) in enumerate(pairwise(row)):
        kind = "ng-next" if _position(other.date) == _position(one.date) + 1 else "ng-later"
        yield f'<path class="{kind}" d="M{_middle(at)} {line}H{_middle(at + 1)}"/>'
    for at, column in enumerate(row):
        before, date, x = row[at - 1].date if at else "", column.date, _middle(at)
        if len(date) >= len("YYYY-MM") and date[:7] != before[:7]:
            yield _text(_shown(words.month(date)), x, line + 2 * _LINE)
        if date[:4] != before[:4]:
            yield _text(_shown(column.year(words)), x, line + 3 * _LINE)


def _position(date: str) -> float:
    """The number of a day, month, year or ten years among its like; two of unlike length are never neighbours."""
    if len(date) == len("YYYY-MM-DD"):
        return dt.date.fromisoformat(date).toordinal()
    if len(date) == len("YYYY-MM"):
        return int(date[:4]) * 12 + int(date[5:]) + 0.1
    return int(date) + 0.1 * len(date)


def _middle(at: int) -> int:
    return at * _WIDTH + _WIDTH // 2


def _text(words: str, x: int, y: int) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="middle">{words}</text>'


def _legend(found: Sequence[Column], words: Catalogue) -> str:
    """What the shapes and the broken line say."""
    used = [kind for kind in KINDS if any(column.counts[kind.name] for column in found)]
    keys = ", ".join(f"{_key(kind)} {_shown(words.say(kind.name))}" for kind in used)
    told = words.say(
        "a number says how many. Each column leads to its dates below. Where the line is broken, time is left out."
    )
    return f"{keys}; {_shown(told)}"


def _shown(words: str) -> str:
    """Our words as HTML."""
    return html.escape(words, quote=False)


def _key(kind: Kind) -> str:
    return f'<svg viewBox="-9 -9 18 18" aria-hidden="true"><path class="ng-{kind.name}" d="{kind.shape}"/></svg>'
