"""What annotations.yml holds: names, quotations and claims, each by its words, and what was taken out.

In: plain values. Out: frozen records, or errors with the path of the value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import BeforeValidator, Field, model_validator

from build_scripts.reading.fields import Anchor, Day, Exact, Id, PartialDate, Record, Text, Words


class Withdrawal(Record):
    """When and why something is no longer published. Its address stays and says so."""

    date: Day = Field(description="The day it was taken back.")
    why: Text = Field(description="Why; readers see it.")


class Selector(Record):
    """Words of the text, exactly as they stand: W3C TextQuoteSelector, and which occurrence."""

    exact: Exact = Field(description="The words, exactly as a reader sees them.")
    prefix: Words | None = Field(None, description="What stands directly before them.")
    suffix: Words | None = Field(None, description="What stands directly after them.")
    occurrence: Annotated[int, Field(ge=1)] | None = Field(None, description="Which one, counted from 1.")


Status = Literal["suggested", "rejected"]
_STATUS = "suggested: a draft, checked but never shown. rejected: a draft that was turned down, kept so that it does not come back."


class Suggestion(Record):
    """Where a suggestion comes from: taken out with `status` once a person has looked at the item."""

    rule: Text = Field(description="What found it.")
    confidence: Literal["high", "medium", "low"] = Field(description="high: two independent methods agree.")
    note: Text | None = Field(None, description="What is left for a person to find out.")


def _only_suggested(status: str | None, suggestion: Suggestion | None) -> None:
    if suggestion is not None and status is None:
        raise ValueError(
            "`suggestion` on an item that is none\ndelete `suggestion`, too: it says where a draft came from"
        )


class AnchoredItem(Selector):
    """A selector that is an annotation by itself, in one place or in every place."""

    all: Literal[True] | None = Field(None, description="Every place where the words stand.")
    status: Status | None = Field(None, description=_STATUS)
    suggestion: Suggestion | None = Field(None, description="For a suggestion: where it comes from.")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        _only_suggested(self.status, self.suggestion)
        if self.all and self.occurrence is not None:
            raise ValueError("`all` and `occurrence` exclude each other\ndelete one of them")
        return self


class MentionItem(AnchoredItem):
    """Words that name an entity where names and aliases are not enough."""

    entity: Id | None = Field(description="The entity, or null where words that look like a name are none.")


class ClaimItem(AnchoredItem):
    """Words that make a claim."""

    claim: Id = Field(description="The claim: the name of its file in sources/claims.")


class Anonymous(Record):
    """A source without a name."""

    description: Text = Field(description="As the article describes the source.")
    reason: Text | None = Field(
        None, description="Why the article gives no name, in its own terms; null if it doesn't say."
    )


def _segment(value: Any) -> Any:
    return {"exact": value} if isinstance(value, str) else value


Segment = Annotated[Selector, BeforeValidator(_segment, json_schema_input_type=Exact | Selector)]


class QuoteKind(StrEnum):
    """How the words are given."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class QuoteItem(Record):
    """What somebody said."""

    id: Id = Field(description="A name of its own within the article; part of its address for good.")
    speaker: Id | None = Field(None, description="The entity that speaks.")
    anonymous: Anonymous | None = Field(None, description="In place of speaker: a source without a name.")
    cue: Text | None = Field(None, description="How the article attributes it: said, warned, according to.")
    kind: Annotated[QuoteKind, Field(strict=False)] = Field(
        description="direct: the speaker's words. indirect: retold. mixed: retold with words of the speaker in quotation marks."
    )
    content: tuple[Segment, ...] = Field(
        min_length=1,
        strict=False,
        description="The words, without the outer quotation marks; two or more where the cue interrupts them.",
    )
    date: PartialDate | None = Field(None, description="When it was said, where known.")
    formerly: tuple[Id, ...] = Field((), strict=False, description="Earlier ids; their addresses stay.")
    status: Status | None = Field(None, description=_STATUS)
    suggestion: Suggestion | None = Field(None, description="For a suggestion: where it comes from.")

    @model_validator(mode="after")
    def _one_speaker(self) -> Self:
        _only_suggested(self.status, self.suggestion)
        if self.status is not None and self.speaker is None and self.anonymous is None:
            return self
        if (self.speaker is None) == (self.anonymous is None):
            raise ValueError("a quote has either `speaker` or `anonymous`\nwrite one of the two")
        return self


_Item = TypeVar("_Item", MentionItem, QuoteItem, ClaimItem)


def kept(items: Iterable[_Item]) -> Iterator[tuple[int, _Item]]:
    """The items that stand for something, with their numbers in the list: none that was turned down."""
    return ((at, item) for at, item in enumerate(items) if item.status != "rejected")


class TakenOut(Withdrawal):
    """An annotation that stood here; its address says when it was taken out, and why."""

    id: Anchor = Field(description="What stands after the # in its address: q-kirby-tactical.")


class AnnotationsFile(Record):
    """annotations.yml: everything anchored in the article's text."""

    mentions: tuple[MentionItem, ...] = Field(
        (), strict=False, description="Words that name something where names and aliases are not enough."
    )
    quotes: tuple[QuoteItem, ...] = Field((), strict=False, description="What somebody said.")
    claims: tuple[ClaimItem, ...] = Field((), strict=False, description="Words that make a claim that is checked.")
    withdrawn: tuple[TakenOut, ...] = Field((), strict=False, description="Quotations and claims that stood here.")
