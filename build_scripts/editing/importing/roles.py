"""What each paragraph of an original is, by what `import` makes of it.

In: what a file holds. Out: every paragraph in the order of the file, with what it is. None is left out.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from build_scripts.editing.importing import wordings
from build_scripts.editing.importing.found import Found, Paragraph
from build_scripts.editing.importing.zones import recognise
from build_scripts.reading.lock import Role

_BY_REASON: Mapping[str, Role] = MappingProxyType(
    {
        "the headline": "headline",
        "repeats the headline": "headline",
        "the byline": "byline",
        "the agency": "agency",
        "the date": "date",
        "the date of a later change": "date",
        "left over from the page's controls": "interface",
        "a divider": "interface",
        "the page's note on rights": "notice",
    }
)
_CAPTIONS = ("repeats the caption", "repeats a caption")


def with_roles(found: Found) -> list[tuple[Role, str]]:
    """The paragraphs and what they are. Raises CannotImportError for two articles in one file."""
    known = recognise(found)
    paragraphs = list(_roles(found, known))
    headline = known.facts.headline
    is_there = any(role == "headline" for role, _text in paragraphs)
    return paragraphs if is_there or not headline else [("headline", headline), *paragraphs]


def _roles(found: Found, known: Found) -> Iterator[tuple[Role, str]]:
    kept = deque(known.paragraphs)
    reasons: dict[str, deque[str]] = {}
    for left in known.left:
        reasons.setdefault(left.text, deque()).append(left.reason)
    for paragraph in found.paragraphs:
        # What stays is as it was, but for a dateline that was taken from its start.
        if kept and kept[0].text and paragraph.text.endswith(kept[0].text):
            yield _of_kept(kept.popleft()), paragraph.as_line
        else:
            waiting = reasons.get(paragraph.as_line)
            yield _of_left(waiting.popleft() if waiting else ""), paragraph.as_line


def _of_kept(paragraph: Paragraph) -> Role:
    if wordings.is_credit(paragraph.text):
        return "credit"
    return "caption" if paragraph.is_caption else "body"


def _of_left(reason: str) -> Role:
    """What was left out for a reason; for one that is not known here, what is guarded most."""
    return "caption" if reason.startswith(_CAPTIONS) else _BY_REASON.get(reason, "body")
