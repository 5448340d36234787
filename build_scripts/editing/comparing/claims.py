"""What changed in checks: verdicts first.

In: the library then and now. Out: an entry for each check that came, went or changed, in the order of their ids.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from build_scripts.checks.since import successor
from build_scripts.editing.comparing.facts import by_id, differing, flat, named, unread_before
from build_scripts.editing.comparing.markdown import Entry, name, plain, shown, was_now
from build_scripts.editing.comparing.wordings import changes
from build_scripts.model import Claim, Library
from build_scripts.reading.schema import Evidence, Rating

_TOLD_APART = frozenset({"rating", "state", "evidence", "corrections", "formerly", "claimant"})


def entries(older: Library, library: Library) -> Iterator[Entry]:
    """What changed."""
    then, now = older.claims, library.claims
    heirs = {was.id: heir.id for was in then.values() if (heir := successor(was, now))}
    earlier = {new: then[old] for old, new in sorted(heirs.items(), reverse=True)}
    for key in sorted({*now, *(key for key in then if key not in heirs)}):
        claim = now[key] if key in now else then[key]
        items = tuple(_items(older, library, earlier.get(key), claim) if key in now else _gone(library, claim))
        if items:
            note = "" if claim.is_public else ", not shown"
            yield Entry(f"{plain(claim.facts.claim_reviewed)} ({name(key)}{note})", items)


def _gone(library: Library, claim: Claim) -> Iterator[str]:
    yield "**Has errors** that `newsgloss check` tells" if claim.path in library.left_out else "**Gone**"


def _items(older: Library, library: Library, was: Claim | None, now: Claim) -> Iterator[str]:
    if was is None:
        yield from unread_before(older, now.path)
        yield f"**New**, {now.facts.state}: {_verdict(library.ratings, now)}"
        yield f"**Summary**: {plain(now.facts.summary)}"
        yield from by_id("Evidence", (), now.facts.evidence, _evidence)
        return
    if was.id != now.id:
        yield f"**Renamed**: {name(was.id)} → {name(now.id)}"
    before, after = _verdict(older.ratings or library.ratings, was), _verdict(library.ratings or older.ratings, now)
    if before != after:
        yield f"**Verdict**: {before} → {after}"
    if was.facts.state is not now.facts.state:
        yield f"**State**: {was.facts.state} → {now.facts.state}"
    names = [", ".join(map(there.name_of, claim.facts.claimant)) for there, claim in ((older, was), (library, now))]
    if names[0] != names[1]:
        yield f"**Claimant**: {was_now(*names)}"
    yield from differing(was.facts, now.facts, _TOLD_APART)
    yield from by_id("Evidence", was.facts.evidence, now.facts.evidence, _evidence)
    yield from _corrections(was, now)
    for change in changes(was.note.text, now.note.text):
        yield f"**Note**, line {now.note.place(change.start).line}: {shown(change.runs)}"


def _verdict(ratings: Mapping[str, Rating], claim: Claim) -> str:
    """The verdict, and whether readers see it."""
    rating = ratings.get(claim.facts.rating)
    words = plain(rating.label) if rating else name(claim.facts.rating)
    return f"**{words}**" if claim.has_verdict else f"{words} (not shown)"


def _evidence(item: Evidence) -> str:
    says = item.passage or item.paraphrase or item.result or ""
    return ", ".join(plain(text) for text in (item.stance, item.kind, item.publisher, item.url, says) if text)


def _corrections(was: Claim, now: Claim) -> Iterator[str]:
    old, new = Counter(was.facts.corrections), Counter(now.facts.corrections)
    for entry in sorted((new - old).elements(), key=flat):
        yield f"**Correction** new: {named(entry)}"
    for entry in sorted((old - new).elements(), key=flat):
        yield f"**Correction** <del>gone</del>: {named(entry)}"
