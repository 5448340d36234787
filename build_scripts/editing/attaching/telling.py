"""What a person should know of an original that was attached.

In: the original, its lock, the digest. Out: a line for each thing, without a sentence of the original.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from build_scripts.anchoring.anchor import Span
from build_scripts.anchoring.follow import Texts
from build_scripts.anchoring.meaning import Subject
from build_scripts.anchoring.reanchor import Answer, propose
from build_scripts.model import Article, Library
from build_scripts.originals.changes import changes
from build_scripts.originals.declared import Said, as_named_now
from build_scripts.originals.locate import glyphs
from build_scripts.originals.locking import Locking, seal_of
from build_scripts.originals.profile import Original, full_hash
from build_scripts.originals.shingles import tokens
from build_scripts.problems import shown
from build_scripts.reading.lock import LockFile


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest, and what it says of its original."""

    article: Article
    library: Library
    said: Said

    @property
    def before(self) -> LockFile | None:
        """The lock that there is, with the present names of what was renamed since."""
        lock = self.article.files.lock
        return as_named_now(lock.facts, self.article, self.library) if lock else None

    @property
    def is_sealed(self) -> bool:
        """Whether there is a lock that nobody edited by hand."""
        lock = self.article.files.lock
        return lock is not None and seal_of(lock.facts) == lock.facts.seal

    @property
    def folder(self) -> str:
        """Where its files lie."""
        return self.article.path.rpartition("/")[0]


def told(made: Original, locking: Locking, opened: Digest) -> Iterator[str]:
    """What was found, a line each."""
    roles = list(dict.fromkeys(block.role for block in made.blocks))
    for role in roles:
        yield f"{role}: {_numbers([block.number for block in made.blocks if block.role == role])}"
    before = opened.before
    if before and before.sha256 != made.sha256:
        yield from (f"since it was locked: {change}" for change in changes(before, made))
    for item in opened.said.items:
        for found in locking.quoted.get(item.item, ()):
            if found.span and not found.is_exact:
                yield f"{item.what}: the original writes {glyphs(made, found)}; the lock says that glyphs differ"
    unlocated = [item.item for item in locking.lock.items if not item.passages]
    if unlocated:
        yield f"not located: {', '.join(unlocated)}; --passage {unlocated[0]}=BLOCK[:FIRST-LAST] says where, by numbers"
    verified = locking.lock.verified
    yield (
        f"verified by {verified.by}, {verified.date}"
        if verified
        else "nobody vouches for it: give --verified-by and --verified"
    )


def missing(locking: Locking, opened: Digest) -> Iterator[str]:
    """Quoted words that the original does not have."""
    for item in opened.said.items:
        for found in locking.quoted.get(item.item, ()):
            if found.span is None:
                yield f"{item.place}: {shown(found.words)} does not stand in the original"


def lost(opened: Digest, made: Original, locking: Locking) -> Iterator[str]:
    """Passages that changed with the story, each with the place that re-anchoring proposes where the old copy is still here."""
    before, old = opened.before, opened.article.files.original
    texts = Texts(old.text, made.text) if before and old and full_hash(old.text) == before.sha256 else None
    places = {one.item: one.passages[0] for one in before.items if one.passages} if before else {}
    for item in locking.lost:
        words = ""
        if texts and item in places:
            proposal = propose(
                texts,
                Span(places[item].start, places[item].end),
                Subject(opened.article.facts.language, is_statement=True),
            )
            words = f": {proposal.reason}"
            if proposal.span and proposal.answer is not Answer.LOST:
                words += f"; if it is meant, give --passage {_as_passage(made, item, proposal.span)}"
        yield f"{item} is no longer where it was{words}"


def _as_passage(made: Original, item: str, span: Span) -> str:
    block = made.block_at(span.start)
    if block is None:
        return f"{item}=BLOCK"
    words = [
        number
        for number, word in enumerate(tokens(block.text), 1)
        if block.span.start + word.end > span.start and block.span.start + word.start < span.end
    ]
    return f"{item}={block.number}:{words[0]}-{words[-1]}" if words else f"{item}={block.number}"


def _numbers(numbers: Sequence[int]) -> str:
    """``blocks 1, 3 to 9``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = ", ".join(f"{run[0]} to {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
    return f"block{'s' if len(numbers) > 1 else ''} {told}"
