"""Plain text to the Markdown of article.md that shows just that text.

In: text as found. Out: paragraphs in profile newsgloss-text/1 (NFC, LF, no control characters), every sign that Markdown
could read escaped. Whoever calls tells the editor what was normalised.
"""

from __future__ import annotations

import re
import unicodedata

from build_scripts.reading.values import CONTROL
from build_scripts.rendering.escape import escape

_LINE_ENDS = re.compile(r"\r\n|[\r\x85\u2028\u2029\x0b\x0c]")
_GAP = re.compile(r"\n[^\S\n]*\n\s*")


def normalise(text: str) -> str:
    """``text`` in NFC, with LF line ends, without a byte order mark, lone surrogates and control characters."""
    text = _LINE_ENDS.sub("\n", text.removeprefix("\ufeff"))
    text = CONTROL.sub("", text).encode("utf-8", "ignore").decode("utf-8")
    return unicodedata.normalize("NFC", text)


def to_markdown(text: str) -> str:
    """Markdown with one paragraph for each block of ``text`` between blank lines; a line stays a line."""
    blocks = (block for block in _GAP.split(normalise(text)) if block.strip())
    return (
        "\n\n".join("\n".join(escape(line.strip()) for line in block.split("\n") if line.strip()) for block in blocks)
        + "\n"
    )
