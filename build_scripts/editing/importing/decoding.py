"""Bytes to text, and what kind of file they are, by what they hold; the name only breaks ties.

In: bytes, a file name, a named encoding. Out: kind and text, or CannotImportError: binary, empty, too large, not UTF-8.
"""

from __future__ import annotations

import codecs
import re
from itertools import pairwise
from pathlib import PurePath
from typing import Literal

from build_scripts.editing.importing import wordings
from build_scripts.editing.importing.found import CannotImportError

MAX_BYTES = 10_000_000
_BINARY = {
    b"%PDF": "a PDF: copy its text into a file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\xd0\xcf\x11\xe0": "an old Word document (.doc): save it as .docx",
    b"{\\rtf": "a rich text file (.rtf): save it as .docx",
    b"PK\x03\x04": "an archive, but no Word document (.docx)",
    b"\x1f\x8b": "compressed: unpack it first",
}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""<meta[^<>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{1,40})""", re.IGNORECASE)
_AS_BROWSERS_DO = {"iso-8859-1": "windows-1252", "latin1": "windows-1252", "us-ascii": "windows-1252"}
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_PAGE = re.compile(
    r"\s*(?:<\?xml[^<>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|article|main)\b",
    re.IGNORECASE | re.DOTALL,
)
_BLOCK_END = re.compile(r"</(?:p|div|h[1-6]|li|article|section|blockquote)\s*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?>", re.IGNORECASE)
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:.*\n)*?---[ \t]*(?:\n|\Z)")
_MARKDOWN = re.compile(r"^#{1,6} \S|\[[^\[\]\n]+\]\((?:https?://|mailto:)[^\s()]+\)|^```", re.MULTILINE)

_MANY_BLOCKS = 3

Kind = Literal["plain", "markdown", "html", "docx"]


def kind_of(raw: bytes, name: str = "") -> Kind:
    """What kind of file ``raw`` is, before it is decoded. Raises CannotImportError for what is no text."""
    if len(raw) > MAX_BYTES:
        raise CannotImportError(
            f"more than {MAX_BYTES // 1_000_000} MB: no article is that long; cut it down to its text"
        )
    if not raw.strip():
        raise CannotImportError("the file is empty")
    if raw.startswith(b"PK\x03\x04") and b"word/document.xml" in raw:
        return "docx"
    for start, what in _BINARY.items():
        if raw.startswith(start):
            raise CannotImportError(f"this is {what}")
    ending = PurePath(name).suffix.lower()
    return (
        "html" if ending in (".html", ".htm", ".xhtml") else "markdown" if ending in (".md", ".markdown") else "plain"
    )


def refined(kind: Kind, text: str) -> Kind:
    """The kind by the text itself."""
    if _FRONT_MATTER.match(text):
        return "markdown"
    if _PAGE.match(text) or len(_BLOCK_END.findall(text)) >= _MANY_BLOCKS or (kind == "html" and _TAG.search(text)):
        return "html"
    return "markdown" if kind == "markdown" or (_MARKDOWN.search(text) and not _is_scraped(text)) else "plain"


def _is_scraped(text: str) -> bool:
    """Whether lines are paragraphs, which in Markdown would run together: a byline or a control stands right above another."""
    lines = [line.strip() for line in text.split("\n")]
    return any(line and following and wordings.is_alone(line) for line, following in pairwise(lines))


def decoded(raw: bytes, encoding: str | None = None) -> tuple[str, list[str]]:
    """The text, and what was assumed about its encoding. Raises CannotImportError."""
    marked = next((name for mark, name in _MARKS if raw.startswith(mark)), None)
    if encoding or marked:
        return _sound(_decode(raw, encoding or marked or "")), []
    text, notes = _by_content(raw)
    return _sound(text), notes


def _sound(text: str) -> str:
    """``text``, if it is one."""
    controls = len(_CONTROLS.findall(text))
    if "\x00" in text or controls > len(text) // 100 + 3:
        ending = "be" if text[::2].count("\x00") > text[1::2].count("\x00") else "le"
        raise CannotImportError(
            f"this is no text but a binary file (or UTF-16 without its mark: --encoding utf-16-{ending})"
        )
    if not any(char.isalnum() for char in text):
        raise CannotImportError("there are no words in the file")
    return text


def _by_content(raw: bytes) -> tuple[str, list[str]]:
    try:
        return raw.decode("utf-8"), []
    except UnicodeDecodeError as error:
        declared = _DECLARED.search(raw[:4096])
        name = declared[1].decode("ascii", "replace").lower() if declared else "utf-8"
        # A page whose declaration can be read byte by byte is in no other form of Unicode, whatever it says.
        if declared and not name.startswith(("utf", "ucs")):
            encoding = _AS_BROWSERS_DO.get(name, name)
            return _decode(raw, encoding), [f"read as {encoding}, as the page says"]
        if b"\x00" in raw:
            return _sound(raw.decode("latin-1")), []
        line = raw.count(b"\n", 0, error.start) + 1
        raise CannotImportError(
            f"line {line}: byte 0x{raw[error.start]:02X} is not UTF-8; save the file as UTF-8, or name its encoding, "
            "for example --encoding windows-1252"
        ) from error


def _decode(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except LookupError as error:
        raise CannotImportError(f"{encoding!r} is no encoding that is known here") from error
    except (UnicodeError, AssertionError) as error:
        raise CannotImportError(f"this is not text in {encoding}: name its encoding with --encoding") from error
