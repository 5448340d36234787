"""The lock of an original: everything that can be said of it without its words.

In: an article, its original, what is known of it: who compared it, where editors found claims, the lock before. Out: the lock, and
where each quotation stands. The same input gives the same lock.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from build_scripts.anchoring.anchor import Span
from build_scripts.originals.declared import Said, readable
from build_scripts.originals.locate import Located, by_hash, locate
from build_scripts.originals.profile import PROFILE, Original, OriginalBlock, full_hash, short_hash
from build_scripts.originals.shingles import SURE, Token, tiles, tokens, word_blocks
from build_scripts.reading.lock import Block, EarlierOriginal, LockedItem, LockFile, Passage, Verification

GUESSABLE = SURE + 1
"""Fewer words than these, unknown among known ones, have no hash of their own: a digest tells what they are about."""

_UNSEALED = "0" * 64


@dataclass(frozen=True, slots=True)
class Locking:
    """``quoted``: for each quotation's item where its words stand. ``lost``: items whose passage is not found any more."""

    lock: LockFile
    quoted: Mapping[str, tuple[Located, ...]]
    lost: tuple[str, ...] = ()


def make_lock(
    original: Original,
    said: Said,
    before: LockFile | None = None,
    given: Mapping[str, Sequence[Span]] = MappingProxyType({}),
    verified: Verification | None = None,
) -> Locking:
    """The lock. ``given``: where an editor found claims, and retold quotations, by their items; the others stay where they were."""
    quoted = {item.item: tuple(locate(original, item.words)) for item in said.items if item.words}
    shown = [one.span for found in quoted.values() for one in found if one.span]
    kept = _kept(original, before) if before else {}
    guarded = _Guarded(original, said.grams, tuple(shown))
    located: dict[str, Sequence[Span]] = {**kept, **given}
    locked = [
        LockedItem(
            item=item.item,
            says=item.says,
            passages=tuple(_quoted(original, one) for one in quoted.get(item.item, ()) if one.span)
            or tuple(guarded.retold(span) for span in ([] if item.words else located.get(item.item, ()))),
        )
        for item in said.items
    ]
    lock = LockFile(
        profile=PROFILE,
        sha256=original.sha256,
        length=len(original.text),
        words=original.words,
        verified=verified,
        blocks=tuple(guarded.block(block) for block in original.blocks),
        items=tuple(locked),
        word_blocks=word_blocks([token.form for token in tile] for tile in guarded.tiles()),
        history=_history(original, before),
        seal=_UNSEALED,
    )
    had = {one.item for one in before.items if one.passages} if before else set()
    lost = tuple(one.item for one in locked if one.item in had and not one.passages)
    return Locking(sealed(lock), quoted, lost)


def sealed(lock: LockFile) -> LockFile:
    """The lock with the seal that fits what else it says."""
    return lock.model_copy(update={"seal": seal_of(lock)})


def seal_of(lock: LockFile) -> str:
    """The hash of everything in the lock but its seal. Nobody signs it: it tells an edit by hand, not a forger."""
    facts = lock.model_dump(mode="json", exclude={"seal"}, exclude_none=True)
    return full_hash(json.dumps(facts, ensure_ascii=False, sort_keys=True))


@dataclass(frozen=True, slots=True)
class _Guarded:
    """An original, and what everybody can read of it: ``shown`` in quotations, and runs of words that are ``grams``."""

    original: Original
    grams: frozenset[str]
    shown: tuple[Span, ...]

    def block(self, block: OriginalBlock) -> Block:
        is_told = block.role != "headline" and self._is_guessable(block.span)
        return Block(
            number=block.number,
            role=block.role,
            start=block.span.start,
            end=block.span.end,
            sha256=None if is_told else block.sha256,
        )

    def retold(self, span: Span) -> Passage:
        words = None if self._is_guessable(span) else short_hash(self.original.text[slice(*span)])
        return Passage(block=_number(self.original, span), start=span.start, end=span.end, sha256=words)

    def tiles(self) -> Iterator[Sequence[Token]]:
        """The blocks of words that are hashed. Quotations do not move them, so that no lock has others than the one before."""
        for tile in (tile for stretch in self.original.stretches() for tile in tiles(stretch)):
            if not readable(tile, self.grams) and not any(self._is_shown(word) for word in tile):
                yield tile

    def _is_guessable(self, span: Span) -> bool:
        """Whether so few words of a passage are not to be read anyway that a hash of it would tell them."""
        at = span.start
        words = [Token(word.form, word.start + at, word.end + at) for word in tokens(self.original.text[slice(*span)])]
        known = readable(words, self.grams)
        return sum(not (number in known or self._is_shown(word)) for number, word in enumerate(words)) < GUESSABLE

    def _is_shown(self, word: Token) -> bool:
        return any(span.start < word.end and word.start < span.end for span in self.shown)


def lock_text(lock: LockFile) -> str:
    """The lock as a file."""
    facts = lock.model_dump(mode="json", exclude_none=True)
    lines = [
        "# yaml-language-server: $schema=../../schemas/original-lock.schema.json",
        "# Written by `newsgloss attach`: not edited by hand. What it holds and hides: docs/originals.md.",
        f"profile: {lock.profile}",
        f'sha256: "{lock.sha256}"',
        f"length: {lock.length}",
        f"words: {lock.words}",
        f"verified: {_flow(facts['verified']) if lock.verified else 'null'}",
        "blocks:",
        *(f"  - {_flow(block)}" for block in facts["blocks"]),
    ]
    for name in ("items", "history"):
        lines += [f"{name}:" if facts[name] else f"{name}: []", *(f"  - {_flow(one)}" for one in facts[name])]
    lines += ["word_blocks:" if lock.word_blocks else "word_blocks: []"]
    lines += [f'  - "{one}"' for one in lock.word_blocks]
    return "\n".join([*lines, f'seal: "{lock.seal}"']) + "\n"


def _flow(value: object) -> str:
    """Plain values in YAML's flow style; a text in quotation marks but where it is a word."""
    if isinstance(value, dict):
        inner = (f"{key}: {_flow(one)}" for key, one in value.items() if one != [])
        return "{" + ", ".join(inner) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    is_word = isinstance(value, str) and value.replace("-", "").isalpha() and value.isascii()
    return str(value) if is_word and value not in ("true", "false", "null") else json.dumps(value, ensure_ascii=False)


def _quoted(original: Original, found: Located) -> Passage:
    span = found.span or Span(0, 0)
    theirs = original.text[slice(*span)]
    return Passage(
        block=_number(original, span),
        start=span.start,
        end=span.end,
        sha256=short_hash(theirs),
        ours=None if found.is_exact else short_hash(found.words),
    )


def _number(original: Original, span: Span) -> int:
    block = original.block_at(span.start)
    return block.number if block else 1


def _kept(original: Original, before: LockFile) -> dict[str, Sequence[Span]]:
    """Where the passages of the lock before stand now: by their block, if it is as it was, else by their own hash."""
    found = {item.item: [_same_place(original, before, passage) for passage in item.passages] for item in before.items}
    return {item: [span for span in spans if span] for item, spans in found.items() if all(spans)}


def _same_place(original: Original, before: LockFile, passage: Passage) -> Span | None:
    if before.sha256 == original.sha256:
        return Span(passage.start, passage.end)
    block = next((one for one in before.blocks if one.number == passage.block), None)
    same = [one for one in original.blocks if block and block.sha256 == one.sha256]
    if block and len(same) == 1:
        moved = same[0].span.start - block.start
        return Span(passage.start + moved, passage.end + moved)
    return by_hash(original, passage.end - passage.start, passage.sha256) if passage.sha256 else None


def _history(original: Original, before: LockFile | None) -> tuple[EarlierOriginal, ...]:
    if before is None or before.sha256 == original.sha256:
        return before.history if before else ()
    hashes = tuple(block.sha256 for block in before.blocks if block.sha256)
    earlier = EarlierOriginal(sha256=before.sha256, length=before.length, verified=before.verified, blocks=hashes)
    return (earlier, *before.history)
