"""What original.lock.yml holds: the proof of an original that is not here. `newsgloss attach` writes it.

In: plain values. Out: frozen records, or errors with the path of the value. No word of the original stands in it.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from build_scripts.reading.fields import Anchor, Day, Record, Text

LOCK = "original.lock.yml"
ORIGINAL = "original.txt"

Role = Literal["headline", "byline", "date", "agency", "caption", "interface", "notice", "body", "credit"]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
WordHash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{14}$")]
Offset = Annotated[int, Field(ge=0)]
Count = Annotated[int, Field(ge=1)]


class Verification(Record):
    """Who compared the quotations and claims with the original, and when."""

    by: Text = Field(description="Who vouches for it: id of publication.yml, or a name.")
    date: Day = Field(description="The day it was compared.")


class Block(Record):
    """A paragraph of the original."""

    number: Count = Field(description="Which one, counted from 1.")
    role: Role = Field(description="What it is in the original.")
    start: Offset = Field(description="Its first code point.")
    end: Offset = Field(description="The code point behind its last.")
    sha256: Hash | None = Field(
        None, description="The first half of the SHA-256 of its words; none where so few words could be guessed."
    )


class Passage(Record):
    """Where words stand in the original."""

    block: Count = Field(description="The number of the block.")
    start: Offset = Field(description="The first code point, counted in the whole text.")
    end: Offset = Field(description="The code point behind the last.")
    sha256: Hash | None = Field(
        None, description="The first half of the SHA-256 of the passage; none where so few words could be guessed."
    )
    ours: Hash | None = Field(
        None, description="The same of the quotation as it is written here, where only glyphs of signs differ."
    )


class LockedItem(Record):
    """A quotation or claim as it was when it was last compared with the original."""

    item: Anchor = Field(description="The end of its address: q-kirby-tactical, c-aid-delay.")
    says: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")] = Field(
        description="The start of the SHA-256 of what it says: an edit shows."
    )
    passages: tuple[Passage, ...] = Field(
        (), strict=False, description="Where it stands in the original, in order; none: not located."
    )


class EarlierOriginal(Record):
    """What was locked before the publisher edited the story."""

    sha256: Sha256 = Field(description="The SHA-256 of the earlier original.txt.")
    length: Count = Field(description="Its length in code points.")
    verified: Verification | None = Field(None, description="Who had compared it, and when.")
    blocks: tuple[Hash, ...] = Field(strict=False, description="The hashes of its blocks, in order.")


class LockFile(Record):
    """original.lock.yml: an original that may not be republished, by its hashes."""

    profile: Literal["newsgloss-original/1"] = Field(description="How the text was made and counted.")
    sha256: Sha256 = Field(description="The SHA-256 of original.txt.")
    length: Count = Field(description="The length of original.txt in code points.")
    words: Offset = Field(description="How many words its captions, body and credit have: what shares are counted of.")
    verified: Verification | None = Field(description="Who compared it last, and when; null: nobody vouches for it.")
    blocks: tuple[Block, ...] = Field(min_length=1, strict=False, description="The paragraphs of the original.")
    items: tuple[LockedItem, ...] = Field((), strict=False, description="The quotations and claims, as compared.")
    word_blocks: tuple[WordHash, ...] = Field(
        (), strict=False, description="Hashes of eight words each, sorted; none of them shares a word with another."
    )
    history: tuple[EarlierOriginal, ...] = Field(
        (), strict=False, description="Earlier originals, the latest first, where the publisher edited the story."
    )
    seal: Sha256 = Field(description="The SHA-256 of everything above: an edit by hand shows.")
