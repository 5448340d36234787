"""The text of an original: profile newsgloss-original/1.

In: paragraphs of a copy and what each is. Out: one text, in which places are counted. A paragraph is a block: Unicode's composed
form, no control characters, each run of white space one space, none at its edges. Blocks are joined by two LF, and one LF ends
the text; that is original.txt, in UTF-8 without a byte order mark. Places are code points, end excluded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from build_scripts.anchoring.anchor import Span
from build_scripts.originals.shingles import Token, tokens
from build_scripts.reading.lock import Role

PROFILE: Literal["newsgloss-original/1"] = "newsgloss-original/1"
ROLES: tuple[Role, ...] = get_args(Role)
PROTECTED: frozenset[Role] = frozenset({"caption", "body", "credit"})
"""What holds sentences of the publisher's; a headline is what the article is called."""

_BETWEEN = "\n\n"
_HALF = 32


@dataclass(frozen=True, slots=True)
class OriginalBlock:
    """A paragraph of an original, and where it stands."""

    number: int
    role: Role
    span: Span
    text: str

    @property
    def sha256(self) -> str:
        """The hash of its words."""
        return short_hash(self.text)


@dataclass(frozen=True, slots=True)
class Original:
    """The whole text, and its blocks in order."""

    text: str
    blocks: tuple[OriginalBlock, ...]

    @property
    def sha256(self) -> str:
        """The hash of original.txt."""
        return full_hash(self.text)

    def block_at(self, offset: int) -> OriginalBlock | None:
        """The block that holds the code point at ``offset``; none between blocks."""
        return next((block for block in self.blocks if block.span.start <= offset < block.span.end), None)

    @property
    def words(self) -> int:
        """How many words its captions, body and credit have."""
        return sum(map(len, self.stretches()))

    def stretches(self, cut_out: Iterable[Span] = ()) -> Iterator[list[Token]]:
        """The words of its captions, body and credit: without what is cut out, parted there and where the role changes."""
        cuts = sorted(cut_out)
        stretch: list[Token] = []
        role = None
        for block in self.blocks:
            if block.role not in PROTECTED:
                continue
            if role not in (None, block.role):
                yield stretch
                stretch = []
            role = block.role
            for token in tokens(block.text):
                start, end = token.start + block.span.start, token.end + block.span.start
                if any(cut.start < end and start < cut.end for cut in cuts):
                    yield stretch
                    stretch = []
                else:
                    stretch.append(Token(token.form, start, end))
        yield stretch


def original(paragraphs: Sequence[tuple[Role, str]]) -> Original:
    """The text of paragraphs in the profile already but for white space, which is put in order."""
    blocks: list[OriginalBlock] = []
    at = 0
    for role, words in ((role, " ".join(words.split())) for role, words in paragraphs):
        if words:
            blocks.append(OriginalBlock(len(blocks) + 1, role, Span(at, at + len(words)), words))
            at += len(words) + len(_BETWEEN)
    return Original(_BETWEEN.join(block.text for block in blocks) + "\n", tuple(blocks))


def paragraphs_of(text: str) -> list[str]:
    """The blocks of a text that is in the profile."""
    return text.removesuffix("\n").split(_BETWEEN)


def full_hash(text: str) -> str:
    """The SHA-256 of ``text`` in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def short_hash(text: str) -> str:
    """The first half of it: enough for what no one can choose freely."""
    return full_hash(text)[:_HALF]


def held(text: str, roles: Sequence[Role]) -> Original:
    """The original in a text that is in the profile; ``roles``: what its blocks are, as far as that is known."""
    paragraphs = paragraphs_of(text)
    known = [*roles, *["body"] * len(paragraphs)][: len(paragraphs)] if len(roles) != len(paragraphs) else list(roles)
    return original(list(zip(known, paragraphs, strict=True)))  # type: ignore[arg-type]
