"""What may not be republished is not; what is said of it is what was compared with it.

With the original at hand everything is compared with it. Without it, as on a server, the lock tells what was edited since
somebody who holds it looked, and finds copied sentences by their hashes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from build_scripts.model import Article, Library
from build_scripts.originals.budget import budget
from build_scripts.originals.changes import changes
from build_scripts.originals.copies import protected
from build_scripts.originals.declared import Declared, as_named_now, declared
from build_scripts.originals.locate import glyphs, locate, slip
from build_scripts.originals.locking import seal_of
from build_scripts.originals.profile import Original, full_hash, held, short_hash
from build_scripts.originals.published import texts
from build_scripts.originals.shingles import windows
from build_scripts.problems import Problem, Rule, Severity, shown
from build_scripts.reading.load import ArticleFiles
from build_scripts.reading.lock import LOCK, ORIGINAL, LockedItem, LockFile
from build_scripts.reading.records import Loaded
from build_scripts.source import Place

LOCK_BROKEN = Rule(
    "lock-broken",
    "An original.lock.yml contradicts itself, its article or the original: places outside their block, hashes of other words, a "
    "lock of a text that may be shown. `newsgloss attach` writes it anew.",
)
NEEDS_VERIFICATION = Rule(
    "needs-verification",
    "A quotation, a claim or the lock itself was edited since it was compared with the original. Somebody who holds the text runs "
    "`newsgloss attach`. A pull request may stand like this; the site is not published until it is done.",
    Severity.WARNING,
)
UNVERIFIED = Rule(
    "original-unverified",
    "Nobody vouches for what a digest says of its original: there is no lock, or its `verified` is empty. Readers are told.",
    Severity.NOTICE,
)
NOT_IN_ORIGINAL = Rule(
    "not-in-original",
    "Words that are quoted do not stand in the original letter by letter. What an editor adds goes in square brackets.",
)
ORIGINAL_CHANGED = Rule(
    "original-changed",
    "The original.txt at hand is another text than the one that is locked: the publisher edited the story, or the file was.",
)
COPIED = Rule(
    "original-copied",
    "Words in a row that stand in an original that may not be republished, and in no quotation: ten where the original is at hand, "
    "names of entities not counted; else every run of 15, and some from eight on. Say it in your own words, or quote it.",
)
BUDGET = Rule(
    "excerpt-budget",
    "The quotations of a digest show more of the original than `max_share` or `max_run` of its `rights` allow.",
)
PUBLISHED = Rule(
    "original-published",
    "An original that may not be republished lies where it would be: git tracks it, or it is among the site's files.",
)
RULES = (
    LOCK_BROKEN,
    NEEDS_VERIFICATION,
    UNVERIFIED,
    NOT_IN_ORIGINAL,
    ORIGINAL_CHANGED,
    COPIED,
    BUDGET,
    PUBLISHED,
)
STOPS_PUBLISHING = frozenset({NEEDS_VERIFICATION.name})
"""Rules whose problems are warnings while somebody works, and errors for a site that is published."""


def check(library: Library) -> Iterator[Problem]:
    """All of it."""
    for article in library.articles.values():
        lock = article.files.lock
        if article.facts.rights.text == "open":
            yield from _needless(article)
        elif lock is None:
            yield from _missing(article, library)
        else:
            items = list(declared(article, library))
            broken = list(_contradictions(lock))
            yield from broken
            named = as_named_now(lock.facts, article, library)
            yield from _edited(article, lock, named, items)
            yield from _budget(article, named)
            if article.files.original and not broken:
                yield from _with_original(article, lock, named, items)
    yield from _copies(library)


def among_published(folder: Path, library: Library) -> Iterator[Problem]:
    """Hand-written files that are an original: they would be copied into the site."""
    hashes = {article.files.lock.facts.sha256 for article in library.articles.values() if article.files.lock}
    for path in sorted(folder.rglob("*")) if hashes else ():
        if path.is_file() and (path.name == ORIGINAL or hashlib.sha256(path.read_bytes()).hexdigest() in hashes):
            place = Place(f"{folder.name}/{path.relative_to(folder).as_posix()}")
            yield PUBLISHED.problem(place, "an original among the site's files", "take it out")


def tracked(paths: Iterable[str]) -> Iterator[Problem]:
    """Originals among the files that git tracks."""
    for path in paths:
        hint = f"git rm --cached {path}; it stays in the history: see docs/originals.md"
        yield PUBLISHED.problem(Place(path), "git tracks the text of an original", hint)


def _attach(article: Article) -> str:
    return f"newsgloss attach {article.id} FILE"


def _needless(article: Article) -> Iterator[Problem]:
    if article.files.lock:
        place = article.files.lock.place()
        yield LOCK_BROKEN.problem(place, "a lock of a text that may be shown", "delete it, or write `text: digest`")


def _missing(article: Article, library: Library) -> Iterator[Problem]:
    if f"{_folder(article.files)}/{LOCK}" not in library.left_out:
        message = "the original is not locked: nobody can tell whether the quotations are right"
        yield UNVERIFIED.problem(article.loaded.place("rights"), message, f"who holds it runs `{_attach(article)}`")


def _folder(files: ArticleFiles) -> str:
    return files.path.rpartition("/")[0]


def _contradictions(lock: Loaded[LockFile]) -> Iterator[Problem]:
    """Places that can't be: blocks out of order, passages outside their block."""
    facts, hint = lock.facts, "attach the original again"
    end = 0
    for at, block in enumerate(facts.blocks):
        if block.number != at + 1 or not end <= block.start < block.end <= facts.length:
            yield LOCK_BROKEN.problem(lock.place("blocks", at), f"block {block.number} can't stand there", hint)
        end = block.end
    blocks = {block.number: block for block in facts.blocks}
    for at, item in enumerate(facts.items):
        for number, passage in enumerate(item.passages):
            inside = blocks.get(passage.block)
            if inside is None or not inside.start <= passage.start < passage.end <= inside.end:
                message = f"the passage of `{item.item}` lies outside block {passage.block}"
                yield LOCK_BROKEN.problem(lock.place("items", at, "passages", number), message, hint)


def _edited(article: Article, lock: Loaded[LockFile], named: LockFile, items: list[Declared]) -> Iterator[Problem]:
    """What was edited since the lock was made, as far as can be told without the original."""
    hint = f"who holds the original runs `{_attach(article)}`"
    if seal_of(lock.facts) != lock.facts.seal:
        yield NEEDS_VERIFICATION.problem(lock.place("seal"), "the lock was edited by hand", hint)
    if lock.facts.verified is None:
        message = "nobody vouches for it that the quotations are right"
        told = f"{hint} with `--verified-by` and `--verified`"
        yield UNVERIFIED.problem(lock.place("verified"), message, told)
    known = {item.item: item for item in named.items}
    for item in items:
        locked = known.get(item.item)
        if locked is None:
            yield NEEDS_VERIFICATION.problem(item.place, f"the {item.what} is new since the original was locked", hint)
        elif locked.says != item.says or not _hashes_fit(item, locked):
            message = f"the {item.what} was edited since it was compared with the original"
            yield NEEDS_VERIFICATION.problem(item.place, message, hint)


def _hashes_fit(item: Declared, locked: LockedItem) -> bool:
    """Whether the words of a quotation are those that were found in the original."""
    ours = [short_hash(words) for words in item.words]
    return not ours or ours == [passage.ours or passage.sha256 for passage in locked.passages]


def _budget(article: Article, named: LockFile) -> Iterator[Problem]:
    found = budget(article, named)
    place, hint = article.loaded.place("rights"), "retell some of it in your own words"
    if found.share > found.max_share:
        message = f"quotations show {found.shown} of {found.words} words of the original, {found.share} %"
        yield BUDGET.problem(place, f"{message}: more than `max_share: {found.max_share:g}`", hint)
    if found.longest > found.max_run:
        message = f"a quotation shows {found.longest} words in a row: more than `max_run: {found.max_run}`"
        yield BUDGET.problem(place, message, hint)


def _with_original(
    article: Article, lock: Loaded[LockFile], named: LockFile, items: list[Declared]
) -> Iterator[Problem]:
    text = article.files.original.text if article.files.original else ""
    original = held(text, [block.role for block in lock.facts.blocks])
    if full_hash(text) != lock.facts.sha256:
        what = "; ".join(changes(lock.facts, original)) or "white space differs"
        hint = f"see what that means for the digest, then `{_attach(article)}`"
        yield ORIGINAL_CHANGED.problem(Place(f"{_folder(article.files)}/{ORIGINAL}"), what, hint)
    else:
        yield from _misfits(lock, original)
    for item in items:
        yield from _words(article, original, item, named)


def _misfits(lock: Loaded[LockFile], original: Original) -> Iterator[Problem]:
    """What the lock says and the original does not."""
    facts, hint = lock.facts, "attach the original again"
    for at, block in enumerate(facts.blocks):
        span = (block.start, block.end)
        if block.sha256 and short_hash(original.text[slice(*span)]) != block.sha256:
            yield LOCK_BROKEN.problem(lock.place("blocks", at), f"block {block.number} holds other words", hint)
    for at, item in enumerate(facts.items):
        for number, passage in enumerate(item.passages):
            words = original.text[passage.start : passage.end]
            if passage.sha256 and short_hash(words) != passage.sha256:
                message = f"the passage of `{item.item}` holds other words"
                yield LOCK_BROKEN.problem(lock.place("items", at, "passages", number), message, hint)
    known = {found for stretch in original.stretches() for _at, found in windows([word.form for word in stretch])}
    if (len(original.text), original.words) != (facts.length, facts.words) or not known.issuperset(facts.word_blocks):
        yield LOCK_BROKEN.problem(lock.place("word_blocks"), "the lock counts or hashes other words", hint)


def _words(article: Article, original: Original, item: Declared, lock: LockFile) -> Iterator[Problem]:
    """Quoted words that the original does not have to the letter."""
    locked = next((one for one in lock.items if one.item == item.item), None)
    told = {passage.ours for passage in locked.passages} if locked else set()
    for found in locate(original, item.words):
        if found.span is None:
            other = slip(original, found.words)
            message = f"{shown(found.words)} does not stand in the original{f', which has {other}' if other else ''}"
            yield NOT_IN_ORIGINAL.problem(item.place, message, "copy the speaker's words to the letter")
        elif not found.is_exact and short_hash(found.words) not in told:
            message = f"{shown(found.words)}: the original writes {glyphs(original, found)}"
            hint = f"write it so, or `{_attach(article)}`: the lock then says that glyphs differ"
            yield NEEDS_VERIFICATION.problem(item.place, message, hint)


def _copies(library: Library) -> Iterator[Problem]:
    """Words in a row, in anything that editors write."""
    guarded = protected(library)
    for text in texts(library) if guarded else ():
        for copy in guarded.copies(text.words):
            words = shown(text.words[slice(*copy.span)])
            message = f"{words} stands in the original of {copy.article} and is no quotation"
            yield COPIED.problem(
                text.place(copy.span.start), message, "say it in your own words, or declare the quotation"
            )
