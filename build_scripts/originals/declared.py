"""What an article says of its original: the words that it quotes, and what it retells.

In: an article and the library. Out: its quotations and claims, each with the words that must stand in the original letter by
letter, if any, and with a hash of what it says.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from build_scripts.model import Article, Library, Quote, oldest_id
from build_scripts.originals.profile import full_hash
from build_scripts.originals.published import texts
from build_scripts.originals.shingles import Token, forms
from build_scripts.reading.lock import LockFile
from build_scripts.reading.schema import QuoteKind
from build_scripts.source import Place

READABLE = 6
"""Words in a row that a text of ours shares with an original: from so many, the two that a block lacks are guessed; for three, a
dictionary of 50,000 words has 10¹⁴ guesses."""
_SAYS = 16
_QUOTED = re.compile(r"“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|»([^«»]+)«|‘([^‘]+?)’(?!\w)|\"([^\"]+)\"")
_OPENING = "“„«»‘\"'"
_INSERTED = re.compile(r"\s*\[[^\[\]]*\]\s*")


@dataclass(frozen=True, slots=True)
class Declared:
    """A quotation or claim. ``words``: what of it stands in the original; empty where it is retold in our own words."""

    item: str
    what: str
    words: tuple[str, ...]
    says: str
    place: Place


@dataclass(frozen=True, slots=True)
class Said:
    """What an article says of its original; ``grams``: every ``READABLE`` words in a row that everybody can read anyway."""

    items: tuple[Declared, ...]
    grams: frozenset[str]


def said(article: Article, library: Library) -> Said:
    """Everything that a lock is made from, but the original."""
    readable = (forms(text.words) for text in texts(library))
    grams = frozenset(gram for words in readable for gram in _grams(words))
    return Said(tuple(declared(article, library)), grams)


def readable(words: Sequence[Token], grams: frozenset[str]) -> set[int]:
    """The numbers of the words that stand in a run that everybody can read."""
    found = enumerate(_grams([word.form for word in words]))
    return {at + number for at, gram in found if gram in grams for number in range(READABLE)}


def _grams(words: Sequence[str]) -> Iterator[str]:
    return (" ".join(words[at : at + READABLE]) for at in range(len(words) - READABLE + 1))


def declared(article: Article, library: Library) -> Iterator[Declared]:
    """Everything that an article says its original says, in text order."""
    for quote in article.quotes:
        facts = quote.facts
        texts = [article.prose.text[slice(*span)] for span in quote.spans]
        speaker = _speaker(quote, library)
        says = _hash([facts.kind.value, speaker, *texts])
        yield Declared(quote.id, f"quotation `{facts.id}`", quoted_words(article, quote), says, quote.place)
    for found in article.appearances:
        claim = library.claims.get(found.claim)
        says = _hash([article.prose.text[slice(*found.span)], claim.facts.claim_reviewed if claim else ""])
        yield Declared(found.id, f"claim `{found.id.removeprefix('c-')}`", (), says, found.place)


def _speaker(quote: Quote, library: Library) -> str:
    """Who speaks: an entity by the id that it had first, so that a renaming is no edit."""
    entity = library.entities.get(quote.facts.speaker or "")
    if entity:
        return oldest_id(entity)
    return quote.facts.speaker or (quote.facts.anonymous.description if quote.facts.anonymous else "")


def as_named_now(lock: LockFile, article: Article, library: Library) -> LockFile:
    """The lock with the present names of quotations and claims that were renamed since."""
    names = {f"q-{old}": quote.id for quote in article.quotes for old in quote.facts.formerly}
    for found in article.appearances:
        claim = library.claims.get(found.claim)
        suffix = found.id.removeprefix(f"c-{found.claim}")
        names |= {f"c-{old}{suffix}": found.id for old in (claim.facts.formerly if claim else ())}
    items = tuple(item.model_copy(update={"item": names.get(item.item, item.item)}) for item in lock.items)
    return lock.model_copy(update={"items": items})


def quoted_words(article: Article, quote: Quote) -> tuple[str, ...]:
    """The speaker's own words: of a direct quotation all, of a mixed one what stands in quotation marks.

    What an editor put in square brackets is not the speaker's: it parts the words.
    """
    if quote.facts.kind is QuoteKind.INDIRECT:
        return ()
    text = article.prose.text
    parts: list[str] = []
    for span in quote.spans:
        words = text[slice(*span)]
        inner = [next(filter(None, found)) for found in _QUOTED.findall(words)]
        is_whole = quote.facts.kind is QuoteKind.DIRECT or (
            not inner and text[: span.start].rstrip()[-1:] in tuple(_OPENING)
        )
        parts += [words] if is_whole else inner
    return tuple(piece for part in parts for piece in _INSERTED.split(part) if any(map(str.isalnum, piece)))


def _hash(says: list[str]) -> str:
    return full_hash(json.dumps(says, ensure_ascii=False))[:_SAYS]
