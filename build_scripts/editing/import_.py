"""An article's folder from a found text: its words as Markdown, what is known of it as front matter.

In: bytes, facts that a person gave, the day. Out: a proposal that says what it lacks, what it found and what it left out; then
the folder, made whole or not at all. No word of the file is lost in silence.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from build_scripts.editing.importing.decoding import Kind, decoded, kind_of, refined
from build_scripts.editing.importing.emit import to_markdown
from build_scripts.editing.importing.found import CannotImportError, Facts, Found
from build_scripts.editing.importing.front_matter import front_matter
from build_scripts.editing.importing.markdown import read_markdown
from build_scripts.editing.importing.plain_text import read_text
from build_scripts.editing.importing.zones import recognise
from build_scripts.editing.new import CannotCreateError, empty_annotations, make
from build_scripts.problems import one_line
from build_scripts.reading.blocks import MAX_BLOCK, MAX_LENGTH
from build_scripts.reading.fields import MAX_ID, is_id, no_id

_PAGE = re.compile(r"<(?:html|head|body|nav|main|header|footer|article)\b", re.IGNORECASE)
_SPOILT = {
    "\ufffd": "letters were lost before: look for \ufffd",
    "â€": "“â€” looks like UTF-8 that was read as windows-1252: get the text anew",
    "&quot;": "`&quot;` stands in the text: write a quotation mark in its place",
    "&amp;": "`&amp;` stands in the text: write & in its place",
    "&#": "`&#…;` stands in the text: write the character in its place",
}
_ASKED = ("headline", "publisher", "published", "language")


Ask = Callable[[str, str], str]
"""Asks a person for a fact by its name, and says what was wrong with the last answer; returns the answer, a date as YYYY-MM-DD."""


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of an article beside its words; ``name`` is its id, proposed where empty."""

    facts: Facts
    name: str = ""
    rights: Literal["open", "digest"] | None = None
    licence: str = ""

    @property
    def id(self) -> str:
        """The id; empty where none can be proposed yet."""
        return self.name or proposed_id(self.facts)

    @property
    def lacks(self) -> list[str]:
        """The names of the facts that an article must have and that are not known."""
        missing = [name for name in _ASKED if not getattr(self.facts, name)]
        if not self.name and self.facts.headline and not _slug(self.facts.headline):
            missing.append("id")
        if self.rights is None:
            missing.append("rights")
        return [*missing, "licence"] if self.rights == "open" and not self.licence else missing

    def answered(self, name: str, answer: str) -> Given:
        """The same with one fact more."""
        if name in _ASKED:
            value = dt.date.fromisoformat(answer) if name == "published" else answer
            return replace(self, facts=replace(self.facts, **{name: value}))  # type: ignore[arg-type]
        return replace(self, **{"name" if name == "id" else name: answer})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Draft:
    """An article about to be made. ``text`` is empty for a digest."""

    name: str
    front_matter: str
    text: str
    notes: tuple[str, ...]


def read(raw: bytes, name: str = "", encoding: str | None = None) -> Found:
    """What the file holds, and which part of it is what. Raises CannotImportError."""
    known = recognise(held(raw, name, encoding))
    _refuse_sizes(known)
    return replace(known, notes=(*known.notes, *_doubts(known)))


def held(raw: bytes, name: str = "", encoding: str | None = None) -> Found:
    """What the file holds, before anything is told apart. Raises CannotImportError."""
    kind = kind_of(raw, name)
    if kind == "docx":
        return _read_word(raw)
    text, notes = decoded(raw, encoding)
    found = _read_text(refined(kind, text), text)
    return replace(found, notes=(*notes, *_normalised(text), *found.notes))


def complete(given: Given, found: Facts, ask: Ask | None) -> Given:
    """``given`` with what was found and what a person answers. Raises CannotImportError where there is nobody to ask."""
    known = replace(given, facts=given.facts.or_else(found))
    missing = known.lacks
    if missing and ask is None:
        options = [f"--{option}" for option in missing]
        more = ", and with --rights open also --licence" if "rights" in missing and not given.licence else ""
        raise CannotImportError(f"the text does not say it, so give {', '.join(options)}{more}")
    while missing and ask:
        known = _answered(known, missing[0], ask)
        missing = known.lacks
    return known


def _answered(known: Given, name: str, ask: Ask) -> Given:
    """``known`` with a fact more, asked for until it is one that an article can have."""
    why, before = "", _wrong(known)
    while True:
        made = known.answered(name, ask(name, why))
        why = _wrong(made)
        if why in ("", before):
            return made


def _wrong(known: Given) -> str:
    """What is wrong with the facts that are known so far."""
    if known.name and not is_id(known.name):
        return no_id(known.name)
    unknown = Facts("-", "-", published=dt.date(2000, 1, 1), language="en")
    try:
        front_matter(known.facts.or_else(unknown), known.rights or "digest", known.licence or "CC0-1.0")
    except CannotImportError as error:
        return str(error)
    return ""


def proposed_id(facts: Facts) -> str:
    """An id of the date and the headline; empty where they give none, so that a person must choose."""
    words = _slug(facts.headline)
    if not words or not facts.published:
        return ""
    name = facts.published.isoformat()
    for word in words:
        if len(name) + 1 + len(word) > MAX_ID:
            break
        name += f"-{word}"
    return name


def _slug(headline: str) -> list[str]:
    """The words of a headline in the letters of an id."""
    plain = unicodedata.normalize("NFKD", headline.replace("’", "'")).encode("ascii", "ignore").decode().lower()
    return re.findall("[a-z0-9]+", re.sub(r"(?<=[a-z])'(?=[a-z])", "", plain))


def draft(found: Found, known: Given, today: dt.date) -> Draft:
    """The article as it will be written. Raises CannotImportError."""
    day = known.facts.published
    if day and day > today:
        raise CannotImportError(f"published {day} lies in the future: today is {today}; give --published")
    if not is_id(known.id):
        raise CannotImportError(f"{no_id(known.id)}; give --id")
    head = front_matter(known.facts, known.rights or "digest", known.licence)
    if known.rights != "open":
        note = "a digest: none of these words are written; summarise them in your own words under the front matter"
        return Draft(known.id, head, "", (note,))
    text, simplified = to_markdown(found.paragraphs)
    notes = (
        (f"emphasis or links that Markdown can't write there are left out, in paragraphs: {simplified}",)
        if simplified
        else ()
    )
    return Draft(known.id, head, text, notes)


def write(root: Path, article: Draft) -> list[str]:
    """Make sources/articles/<id>; returns the paths written, from the root. Raises CannotImportError, and writes nothing."""
    body = f"\n{article.text}" if article.text else ""
    try:
        return make(
            root, article.name, {"article.md": article.front_matter + body, "annotations.yml": empty_annotations()}
        )
    except CannotCreateError as error:
        raise CannotImportError(f"{error}; give another --id") from error
    except OSError as error:
        raise CannotImportError(f"sources/articles can't be written: {error.strerror}") from error


def report(found: Found, article: Draft) -> list[str]:
    """What was found, left out and assumed, a line each."""
    words = sum(len(paragraph.text.split()) for paragraph in found.paragraphs)
    lines = [f"read as {found.kind}; paragraphs: {len(found.paragraphs)}, words: {words}"]
    lines += [
        f"{'found' if left.is_taken else 'dropped'}{_line(left.line)}: {left.text} ({left.reason})"
        for left in found.left
    ]
    lines += [f"note: {note}" for note in (*found.notes, *article.notes)]
    return [one_line(line) for line in [*lines, "fill in `summary` and what else `newsgloss check` asks for"]]


def _line(number: int) -> str:
    return f" line {number}" if number else ""


def _read_word(raw: bytes) -> Found:
    # These libraries take up to 0.2 s to load, which plain text need not wait for.
    from build_scripts.editing.importing.pages import read_fragment  # noqa: PLC0415
    from build_scripts.editing.importing.word import read_word, unread  # noqa: PLC0415

    html, left = read_word(raw)
    found = read_fragment(html)
    left += tuple(unread(raw, (paragraph.text for paragraph in found.paragraphs)))
    if not found.paragraphs:
        raise CannotImportError("there are no words in the document")
    # The lines of the HTML in between say nothing to an editor.
    paragraphs = tuple(replace(paragraph, line=0) for paragraph in found.paragraphs)
    return Found("a Word document", paragraphs, found.facts, left, found.notes)


def _read_text(kind: Kind, text: str) -> Found:
    return _read_html(text) if kind == "html" else read_markdown(text) if kind == "markdown" else read_text(text)


def _read_html(text: str) -> Found:
    from build_scripts.editing.importing.pages import read_fragment, read_page  # noqa: PLC0415

    return read_page(text) if _PAGE.search(text) else read_fragment(text)


def _normalised(text: str) -> list[str]:
    """What reading changes of the characters."""
    controls = sum(unicodedata.category(char) == "Cc" and char not in "\t\n\r\x0b\x0c\x85" for char in text)
    notes = [f"control characters are left out: {controls}"] if controls else []
    return notes if unicodedata.is_normalized("NFC", text) else [*notes, "letters are put into composed form (NFC)"]


def _doubts(found: Found) -> list[str]:
    """Signs that the text was spoilt before it came here."""
    text = "\n".join([found.facts.headline, *(paragraph.text for paragraph in found.paragraphs)])
    return [note for sign, note in _SPOILT.items() if sign in text]


def _refuse_sizes(found: Found) -> None:
    longest = max(found.paragraphs, key=lambda one: len(one.text), default=None)
    if longest is None:
        raise CannotImportError("no text is left for the article once headline, dates and controls are taken away")
    if len(longest.text) > MAX_BLOCK:
        raise CannotImportError(f"a paragraph of {len(longest.text):,} characters: part it by blank lines")
    if sum(len(one.text) for one in found.paragraphs) > MAX_LENGTH:
        raise CannotImportError(f"more than {MAX_LENGTH:,} characters of text: import it in parts")
