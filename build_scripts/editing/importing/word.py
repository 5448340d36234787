"""A Word document (.docx) to HTML of its text.

In: bytes. Out: HTML, and what the document holds beside its text. Only this module knows the reader of Word documents.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import mammoth
from lxml import etree

from build_scripts.editing.importing.found import CannotImportError, Left, clean

_STYLES = "\n".join(
    (
        "p[style-name='Title'] => h1:fresh",
        *(f"p[style-name='heading {level}'] => h{min(level + 1, 6)}:fresh" for level in range(1, 7)),
        "p[style-name='Quote'] => blockquote > p:fresh",
        "p[style-name='Intense Quote'] => blockquote > p:fresh",
        "p[style-name='caption'] => figcaption:fresh",
    )
)
"""A document's title is the headline; its headings are an article's headings, also where there is no title."""
_WORD = re.compile(r"\w+")
MAX_UNPACKED = 50_000_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_TEXT, _PARAGRAPH = f"{_W}t", f"{_W}p"
_SPACES = frozenset(f"{_W}{name}" for name in ("tab", "br", "cr", "noBreakHyphen", "softHyphen", "sym"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_UNREAD = {
    f"{_W}del": "deleted, as a tracked change",
    f"{_W}moveFrom": "moved from here, as a tracked change",
    f"{_M}oMath": "a formula",
    f"{_W}rt": "a reading aid",
    f"{_W}fldSimple": "a field",
}
_NOTES = re.compile(r"""<a href="#(?:foot|end)note-(?P<back>ref-)?[^"]*"[^>]*>(?P<sign>[^<]*)</a>""")
_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_BESIDE = {"word/header": "a page's head", "word/footer": "a page's foot", "word/comments.": "a comment"}


def read_word(raw: bytes) -> tuple[str, tuple[Left, ...]]:
    """HTML of the document's text, and the words of its other parts. Raises CannotImportError."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
                raise CannotImportError("the document unpacks to more than 50 MB: save its text only")
            left = tuple(_beside(archive))
        result: Any = mammoth.convert_to_html(
            io.BytesIO(raw), style_map=_STYLES, convert_image=mammoth.images.img_element(_no_image)
        )
    except CannotImportError:
        raise
    except Exception as error:  # the reader lets through whatever a broken document makes its parsers raise
        raise _unreadable(error) from error
    return _NOTES.sub(lambda note: "" if note["back"] else note["sign"], str(result.value)), left


def unread(raw: bytes, shown: Iterable[str]) -> Iterator[Left]:
    """The words of a readable document that ``shown``, the words that were read, lacks: some parts the reader leaves out."""
    groups = list(_groups(raw))
    found = Counter(word for text in shown for word in _WORD.findall(text))
    for text, reason in sorted(groups, key=lambda group: bool(group[1])):
        words = Counter(_WORD.findall(text))
        if words - found:
            yield Left(text, reason or "left out by the reader of Word documents")
        found -= words


def _groups(raw: bytes) -> Iterator[tuple[str, str]]:
    """The words of each paragraph of a document's text, in a part for each reason for which they may not be read."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for name in (name for name in _PARTS if name in archive.namelist()):
            runs = filter(None, map(_run, _xml(archive, name).iter()))
            for (_paragraph, reason), group in groupby(runs, lambda run: run[:2]):
                text = clean("".join(run[2] for run in group)).strip()
                if text:
                    yield text, reason


def _run(element: Any) -> tuple[Any, str, str] | None:
    """The paragraph, the reason for which it may not be read, and the words of an element that holds some."""
    is_text = element.tag in (_TEXT, f"{_W}delText", f"{_M}t")
    above = list(element.iterancestors()) if is_text or element.tag in _SPACES else []
    tags = [one.tag for one in above]
    if _PARAGRAPH not in tags or _FALLBACK in tags:
        return None
    inner = tags[: tags.index(_PARAGRAPH)]
    reason = next((_UNREAD[tag] for tag in inner if tag in _UNREAD), "")
    return above[len(inner)], reason, element.text or "" if is_text else " "


def _no_image(_image: Any) -> dict[str, str]:
    return {"src": ""}


def _xml(archive: zipfile.ZipFile, name: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        return etree.fromstring(archive.read(name), parser)
    except etree.XMLSyntaxError as error:
        raise _unreadable(error) from error


def _unreadable(error: Exception) -> CannotImportError:
    return CannotImportError(f"this Word document can't be read ({error}): open it and save it anew")


def _beside(archive: zipfile.ZipFile) -> Iterator[Left]:
    for name in archive.namelist():
        reason = next((why for start, why in _BESIDE.items() if name.startswith(start) and name.endswith(".xml")), None)
        if reason:
            for paragraph in _xml(archive, name).iter(_PARAGRAPH):
                words = clean("".join(text.text or "" for text in paragraph.iter(_TEXT))).strip()
                if words:
                    yield Left(words, reason)
