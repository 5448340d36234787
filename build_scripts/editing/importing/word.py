"""A Word document (.docx) to HTML of its text.

In: bytes. Out: HTML, and what the document holds beside its text. Only this module knows the reader of Word documents.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
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
MAX_UNPACKED = 50_000_000
_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
_PARAGRAPH = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"
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
        raise CannotImportError(f"this Word document can't be read ({error}): open it and save it anew") from error
    return str(result.value), left


def _no_image(_image: Any) -> dict[str, str]:
    return {"src": ""}


def _beside(archive: zipfile.ZipFile) -> Iterator[Left]:
    for name in archive.namelist():
        reason = next((why for start, why in _BESIDE.items() if name.startswith(start) and name.endswith(".xml")), None)
        if reason:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            for paragraph in etree.fromstring(archive.read(name), parser).iter(_PARAGRAPH):
                words = clean("".join(text.text or "" for text in paragraph.iter(_TEXT))).strip()
                if words:
                    yield Left(words, reason)
