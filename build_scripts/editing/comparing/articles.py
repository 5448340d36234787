"""What changed in articles, as a reader of each sees it.

In: the library then and now. Out: an entry for each article that came, went or changed, in the order of their ids.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from itertools import zip_longest

from build_scripts.anchoring.reanchor import Answer
from build_scripts.anchoring.targets import targets
from build_scripts.checks.since import successor
from build_scripts.editing.comparing.facts import differing, unread_before
from build_scripts.editing.comparing.markdown import Entry, name, plain, quoted, shown, was_now
from build_scripts.editing.comparing.wordings import changes, runs
from build_scripts.editing.older import Older
from build_scripts.editing.reanchor import Finding, reanchor
from build_scripts.model import Appearance, Article, Library, Quote

_KINDS = {"mention": "name", "quote": "quotation", "claim": "check"}


def entries(older: Library, library: Library, changed: Set[str]) -> Iterator[Entry]:
    """What changed; ``changed``: the files that did, for images."""
    then, now = articles(older), articles(library)
    heirs = {was.id: heir.id for was in then.values() if (heir := successor(was, now))}
    earlier = {new: then[old] for old, new in sorted(heirs.items(), reverse=True)}
    for key in sorted({*now, *(key for key in then if key not in heirs)}):
        if key in now:
            items = tuple(_Compared(older, library, earlier.get(key), now[key]).items(changed))
            if items:
                yield Entry(f"{plain(now[key].facts.headline)} ({name(key)})", items)
        else:
            is_unread = then[key].path in library.left_out
            why = "**Has errors** that `newsgloss check` tells" if is_unread else "**Gone**"
            yield Entry(f"{plain(then[key].facts.headline)} ({name(key)})", (why,))


def articles(library: Library) -> dict[str, Article]:
    """All articles, those that were taken back too."""
    return {**library.articles, **library.withdrawn}


class _Compared:
    """One article then and now; without a former version, everything is new."""

    def __init__(self, older: Library, library: Library, was: Article | None, now: Article) -> None:
        self._older, self._library, self._was, self._now = older, library, was, now

    def items(self, changed: Set[str]) -> Iterator[str]:
        was, now = self._was, self._now
        yield from self._standing()
        if now.facts.withdrawn:
            return
        if was:
            yield from differing(was.facts, now.facts, {"formerly", "withdrawn"})
            yield from self._text(was)
        yield from self._images(changed)
        yield from self._quotes()
        yield from self._appearances()
        yield from self._mentions()
        if was and was.prose.text != now.prose.text:
            yield from self._anchors(was)

    def _standing(self) -> Iterator[str]:
        was, now = self._was, self._now
        if was is None:
            yield from unread_before(self._older, now.path)
            count = len(now.prose.text.split())
            yield f"**New**: {plain(now.facts.publisher)}, {now.facts.published.isoformat()}, {count} words"
        elif was.id != now.id:
            yield f"**Renamed**: {name(was.id)} → {name(now.id)}"
        if now.facts.withdrawn and (was is None or was.facts.withdrawn != now.facts.withdrawn):
            yield f"**Taken back** on {now.facts.withdrawn.date.isoformat()}: {plain(now.facts.withdrawn.why)}"
        if was and was.facts.withdrawn and not now.facts.withdrawn:
            yield "**Shown again**: it was taken back"
        broken = [path for path in (now.path, _annotations(now)) if path in self._library.left_out]
        for path in broken:
            yield f"**Has errors**, so that what follows may not be all: {plain(path)}"

    def _text(self, was: Article) -> Iterator[str]:
        prose = self._now.prose
        for change in changes(was.prose.text, prose.text):
            line = prose.place(change.start).line
            yield f"**Text**, line {line}: {shown(change.runs)}"

    def _images(self, changed: Set[str]) -> Iterator[str]:
        old, new = set(self._was.files.images if self._was else ()), set(self._now.files.images)
        folder = f"sources/articles/{self._now.id}/"
        for file in sorted(old | new):
            if file not in old:
                yield f"**Image** {plain(file)}: new"
            elif file not in new:
                yield f"**Image** {plain(file)}: <del>gone</del>"
            elif folder + file in changed:
                yield f"**Image** {plain(file)}: another picture"

    def _quotes(self) -> Iterator[str]:
        old = {quote.facts.id: quote for quote in self._was.quotes} if self._was else {}
        for quote in self._now.quotes:
            key = quote.facts.id
            before = next((old.pop(each) for each in (key, *quote.facts.formerly) if each in old), None)
            if before is None:
                yield f"**Quotation** {name(key)} new: {self._told(quote, self._library, self._now)}"
            else:
                differences = list(self._quote(before, quote))
                if differences:
                    yield f"**Quotation** {name(key)} changed: {'; '.join(differences)}"
        for key, quote in sorted(old.items()):
            if self._was and not self._is_unanchored("quote", key):
                yield f"**Quotation** {name(key)} <del>gone</del>: {self._told(quote, self._older, self._was)}"

    def _told(self, quote: Quote, library: Library, article: Article) -> str:
        source = plain(library.speaker_of(quote)) + (" (anonymous)" if quote.facts.anonymous else "")
        return f"{quoted(_words(article, quote))}, {source}, {quote.facts.kind}"

    def _quote(self, before: Quote, quote: Quote) -> Iterator[str]:
        if before.facts.id != quote.facts.id:
            yield f"renamed from {name(before.facts.id)}"
        one, other = (_words(article, item) for article, item in ((self._was or self._now, before), (self._now, quote)))
        if one != other:
            yield shown(runs(one, other))
        speakers = self._older.speaker_of(before), self._library.speaker_of(quote)
        if speakers[0] != speakers[1]:
            yield f"**Speaker**: {was_now(*speakers)}"
        yield from differing(before.facts, quote.facts, {"id", "formerly", "content", "speaker"})

    def _appearances(self) -> Iterator[str]:
        old = Counter(self._places(self._was, self._older)) if self._was else Counter[tuple[str, str]]()
        new = Counter(self._places(self._now, self._library))
        came = _by_claim((new - old).elements())
        gone = _by_claim(place for place in (old - new).elements() if not self._is_unanchored("claim", place[0]))
        for claim in sorted({*came, *gone}):
            pairs = zip_longest(gone.get(claim, ()), came.get(claim, ()), fillvalue="")
            for before, after in pairs:
                yield f"**Check** {name(claim)}{self._unseen(claim)}: {was_now(before, after)}"

    def _places(self, article: Article, library: Library) -> list[tuple[str, str]]:
        """The checks that stand in an article, by their present ids, and the words that each stands at."""
        return [
            (self._present(found, library), article.prose.text[slice(*found.span)]) for found in article.appearances
        ]

    def _present(self, found: Appearance, library: Library) -> str:
        claim = library.claims.get(found.claim)
        heir = successor(claim, self._library.claims) if claim else None
        return heir.id if heir else found.claim

    def _unseen(self, claim: str) -> str:
        known = self._library.claims.get(claim)
        return "" if known is None or known.is_public else f" ({known.facts.state}: not shown)"

    def _is_unanchored(self, kind: str, key: str) -> bool:
        """Whether an annotation is still written but does not hold: it is no news that it is gone."""
        has_errors = _annotations(self._now) in self._library.left_out
        written = targets(self._now.files.annotations.facts) if self._now.files.annotations and has_errors else ()
        return any((target.kind, target.name) == (kind, key) for target in written)

    def _mentions(self) -> Iterator[str]:
        old = _counted(self._was, self._older, self._library)
        new = _counted(self._now, self._library, self._library)
        rows = sorted((self._library.name_of(key), key) for key in {*old, *new} if old[key] != new[key])
        if rows:
            yield "**Named**: " + "; ".join(
                f"{plain(label)} ({name(key)}) {old[key]} → {new[key]}" for label, key in rows
            )

    def _anchors(self, was: Article) -> Iterator[str]:
        had = targets(was.files.annotations.facts) if was.files.annotations else ()
        older = Older(was.id, was.prose.text, frozenset(target.identity for target in had))
        for finding in reanchor(self._now.files, older):
            if finding.proposal.answer is not Answer.UNCHANGED:
                yield _anchor(finding)


def _by_claim(places: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The words that each check stands at, in alphabetical order."""
    found: dict[str, list[str]] = {}
    for claim, words in sorted(places):
        found.setdefault(claim, []).append(words)
    return found


def _annotations(article: Article) -> str:
    return f"sources/articles/{article.id}/annotations.yml"


def _words(article: Article, quote: Quote) -> str:
    return " … ".join(article.prose.text[slice(*span)] for span in quote.spans)


def _counted(article: Article | None, library: Library, present: Library) -> Mapping[str, int]:
    """How often an article names each entity, by its present id."""
    counts: Counter[str] = Counter()
    for mention in article.mentions if article else ():
        entity = library.entities.get(mention.entity)
        heir = successor(entity, present.entities) if entity else None
        counts[heir.id if heir else mention.entity] += 1
    return counts


def _anchor(finding: Finding) -> str:
    proposal, target = finding.proposal, finding.target
    what = f"**Anchor** of {_KINDS[target.kind]} {name(target.name or 'null')}: {proposal.answer} ({plain(proposal.reason)})"
    if proposal.span is None:
        return f"{what}: {quoted(finding.was)}"
    return f"{what}, line {finding.in_text(proposal.span).line}: {shown(runs(finding.was, finding.now))}"
