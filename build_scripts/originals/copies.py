"""Runs of an original's words that stand somewhere else, and are no declared quotation.

In: the library, texts. Out: where a run begins and ends, and whose words they are. Where the original is held a run of ``RUN``
words is found, names not counted; else a block of the lock, which every run of ``SURE`` words holds. A look-up for each word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from build_scripts.anchoring.anchor import Span
from build_scripts.cache import digest
from build_scripts.model import Article, Library
from build_scripts.originals.declared import quoted_words
from build_scripts.originals.locate import locate
from build_scripts.originals.profile import Original, full_hash, held
from build_scripts.originals.shingles import SIZE, Token, block_hash, forms, tokens

RUN = 10
"""Words in a row that are no chance, nor a name."""


@dataclass(frozen=True, slots=True)
class Copy:
    """Words ``span`` of a text that stand in the original of ``article``, ``words`` of them in a row."""

    article: str
    span: Span
    words: int


@dataclass(frozen=True, slots=True)
class Protected:
    """What must not be copied: runs of words of the originals that are held, hashes of blocks of the others."""

    runs: dict[str, str] = field(default_factory=dict)
    blocks: dict[str, str] = field(default_factory=dict)
    names: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.runs or self.blocks)

    @property
    def digest(self) -> bytes:
        """What nothing else that must not be copied has."""
        hashes = [f"{words}\n{article}" for words, article in (*self.runs.items(), *self.blocks.items())]
        names = {" ".join(name) for bearing in self.names.values() for name in bearing} if self.runs else ()
        return digest(f"{len(self.runs)}", *sorted(hashes), *sorted(names))

    def copies(self, text: str) -> Iterator[Copy]:
        """The copied runs of a text, in order."""
        words = tokens(text)
        at = 0
        while at < len(words):
            end = self._run_end(words, at)
            if end:
                run = [word.form for word in words[at:end]]
                if len(run) - self._in_names(run) >= RUN:
                    span = Span(words[at].start, words[end - 1].end)
                    yield Copy(self.runs[_joined(words[at : at + RUN])], span, len(run))
            elif article := self._block(words, at):
                end = at + SIZE
                while self._block(words, end) == article:
                    end += SIZE
                yield Copy(article, Span(words[at].start, words[end - 1].end), end - at)
            at = end or at + 1

    def _run_end(self, words: Sequence[Token], at: int) -> int:
        """Where the run ends that begins with the word ``at``; 0 where none does."""
        if not self.runs or _joined(words[at : at + RUN]) not in self.runs:
            return 0
        end = at + RUN
        while end < len(words) and _joined(words[end - RUN + 1 : end + 1]) in self.runs:
            end += 1
        return end

    def _block(self, words: Sequence[Token], at: int) -> str | None:
        """Whose the block is that begins with the word ``at``."""
        if not self.blocks or at + SIZE > len(words):
            return None
        return self.blocks.get(block_hash([word.form for word in words[at : at + SIZE]]))

    def _in_names(self, run: Sequence[str]) -> int:
        """How many words of a run belong to names of entities."""
        count = at = 0
        while at < len(run):
            lengths = [len(name) for name in self.names.get(run[at], ()) if tuple(run[at : at + len(name)]) == name]
            count += max(lengths, default=0)
            at += max(lengths, default=1)
        return count


def locked_blocks(library: Library) -> dict[str, frozenset[str]]:
    """For every article with a lock the hashes of its original's blocks of words."""
    articles = (*library.articles.values(), *library.withdrawn.values())
    return {one.id: frozenset(one.files.lock.facts.word_blocks) for one in articles if one.files.lock}


def protected(library: Library) -> Protected:
    """What no text of ours may hold."""
    found = Protected(names=_names(library))
    blocks = locked_blocks(library)
    for article in (*library.articles.values(), *library.withdrawn.values()):
        original = held_original(article)
        if original:
            found.runs.update(dict.fromkeys(_runs(article, original), article.id))
        else:
            found.blocks.update(dict.fromkeys(blocks.get(article.id, ()), article.id))
    return found


def held_original(article: Article) -> Original | None:
    """The original of an article, where the one that is locked is held."""
    source, lock = article.files.original, article.files.lock
    if source is None or lock is None or full_hash(source.text) != lock.facts.sha256:
        return None
    return held(source.text, [block.role for block in lock.facts.blocks])


def _runs(article: Article, original: Original) -> Iterator[str]:
    """Every ``RUN`` words in a row outside declared quotations, but those of the headline."""
    shown = list(_shown(article, original))
    titles = [forms(block.text) for block in original.blocks if block.role == "headline"]
    free = {" ".join(title[at : at + RUN]) for title in titles for at in range(len(title) - RUN + 1)}
    for stretch in original.stretches(shown):
        for at in range(len(stretch) - RUN + 1):
            run = _joined(stretch[at : at + RUN])
            if run not in free:
                yield run


def _shown(article: Article, original: Original) -> Iterator[Span]:
    """Where declared quotations stand, and stood when they were locked: a slip in a quotation makes it no copied sentence."""
    lock = article.files.lock
    locked = {item.item: item.passages for item in lock.facts.items} if lock else {}
    for quote in article.quotes:
        words = quoted_words(article, quote)
        yield from (one.span for one in locate(original, words) if one.span)
        yield from (Span(one.start, one.end) for one in locked.get(quote.id, ()) if words)


def _joined(words: Iterable[Token]) -> str:
    return " ".join(word.form for word in words)


def _names(library: Library) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for entity in library.entities.values():
        for name in (entity.facts.name, *entity.facts.aliases, *entity.facts.weak_aliases):
            words = tuple(forms(name))
            if words:
                found.setdefault(words[0], []).append(words)
    return found
