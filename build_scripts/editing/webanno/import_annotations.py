"""Somebody's annotations into an article's annotations.yml.

In: a root, an article, a file of Web Annotations or of Hypothesis. Out: what of them is to be added, what stands there already,
and for all else why not; then the file, if asked for. Items are added, never changed. What the site itself exported comes back as
it was; what others made is marked as a suggestion, which nobody sees until an editor has looked at it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from build_scripts.anchoring.anchor import Descriptions, Span
from build_scripts.anchoring.targets import targets
from build_scripts.editing.add import LISTS, Opened, faults, linked, quotations, spans_of
from build_scripts.editing.patches import extension
from build_scripts.editing.suggest import Ids, id_of, quote_ids, segment, selector, write
from build_scripts.editing.webanno.addresses import Addresses
from build_scripts.editing.webanno.documents import Given
from build_scripts.editing.webanno.meaning import Meaning, NotTakenError, meaning
from build_scripts.editing.webanno.places import NotPlacedError, Page, Placed, place, shown_page
from build_scripts.problems import Problem, one_line, shown
from build_scripts.reading.scalars import block
from build_scripts.resolve import resolve
from build_scripts.staging import home

Item = dict[str, Any]
_RULE = "web-annotation"
_MARKS = ("status", "suggestion")


@dataclass(frozen=True, slots=True)
class Told:
    """What becomes of one annotation. ``item``: what it adds to the list ``key``; ``why``: what it does not, or what to know."""

    given: Given
    is_taken: bool
    why: str = ""
    key: str = ""
    item: Item | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What becomes of a file of annotations, in its order."""

    opened: Opened
    told: tuple[Told, ...]

    @property
    def items(self) -> dict[str, list[Item]]:
        """What is to be added, by the lists of annotations.yml."""
        found: dict[str, list[Item]] = defaultdict(list)
        for one in self.told:
            if one.item is not None:
                found[one.key].append(one.item)
        return {key: found[key] for key in LISTS.values() if key in found}

    @property
    def left_out(self) -> int:
        """How many annotations are not taken."""
        return sum(not one.is_taken for one in self.told)


def import_annotations(root: Path, name: str, given: Sequence[Given], sources: Iterable[str] = ()) -> Imported:
    """What becomes of annotations; ``sources``: addresses that stand for the article. Raises CannotAddError, OSError, ValueError."""
    opened = Opened(root, name)
    importer = _Importer(opened, Addresses(opened.sources, opened.article, home(root), sources))
    told: list[Told] = []
    for one in given:
        told += importer.take(one)
    return Imported(opened, tuple(_without_faults(opened, told)))


def write_items(imported: Imported) -> list[str]:
    """Add the items; returns the paths written. Raises CannotEditError, OSError, and ValueError for mixed line ends."""
    opened = imported.opened
    if not imported.items:
        return []
    return write(opened.root, [extension(opened.root, opened.path, imported.items)])


def as_yaml(imported: Imported) -> str:
    """What is to be added, to paste."""
    lines: list[str] = []
    for key, items in imported.items.items():
        lines.append(f"{key}:")
        for item in items:
            first, *rest = block(item).split("\n")
            lines += [f"  - {first}", *(f"    {line}" for line in rest)]
    return "".join(f"{line}\n" for line in lines)


def report(imported: Imported) -> Iterator[str]:
    """A line for each annotation that is not taken, or of which something is to be known; then how many there are of each."""
    for one in imported.told:
        if one.why and (not one.is_taken or one.item):
            words = " … ".join(target.exact for target in one.given.targets if target.exact)
            of = " ".join(part for part in (one_line(one.given.name), shown(words) if words else "") if part)
            what = "note" if one.is_taken else "not taken"
            yield one_line(f"annotation {one.given.number}{f' ({of})' if of else ''}: {what}: {one.why}")
    new = sum(len(items) for items in imported.items.values())
    there = len(imported.told) - imported.left_out - new
    count = "1 annotation" if len(imported.told) == 1 else f"{len(imported.told)} annotations"
    yield f"{count}: {new} to add, {there} there already, {imported.left_out} not taken"


class _Importer:
    """Turns annotations into items, one after the other; knows what is there, and what was added before."""

    def __init__(self, opened: Opened, known: Addresses) -> None:
        self._opened = opened
        self._known = known
        self._words = Descriptions(opened.prose.text)
        self._page = _shown(opened)
        self._ids = Ids(quotations(opened))
        self._taken = quote_ids(opened.facts)
        self._there: dict[tuple[str, str], set[tuple[Span, ...]]] = defaultdict(set)
        for target in targets(opened.facts):
            if target.kind != "quote":
                self._there[target.kind, target.name] |= {(span,) for span in spans_of(opened, target)}
        for entity, span in linked(opened):
            self._there["mention", entity].add((span,))
        for at, quote in enumerate(opened.facts.quotes):
            own = [one for one in targets(opened.facts) if one.kind == "quote" and one.path[1] == at]
            self._there["quote", quote.id].add(tuple(span for one in own for span in spans_of(opened, one)))

    def take(self, given: Given) -> Iterator[Told]:
        """What becomes of an annotation: one item, or for a name or a claim one for each target."""
        try:
            base = self._base(given)
            found = meaning(given, self._known, base)
            placed = [place(self._opened.prose, self._page, target) for target in given.targets]
        except (NotTakenError, NotPlacedError) as error:
            yield Told(given, False, str(error))
            return
        own = self._known.own(given.name, base)
        if found.kind == "quote":
            yield self._quote(given, found, placed, own)
        else:
            yield from (self._anchored(given, found, one, own) for one in placed)

    def _base(self, given: Given) -> str:
        """How the addresses of the annotation's site begin. Raises NotTakenError."""
        if given.fault or not given.targets:
            raise NotTakenError(given.fault or "it has no target")
        refusals = [why for target in given.targets for why in [self._known.refusal(target.source)] if why]
        if refusals:
            raise NotTakenError(refusals[0])
        return next(iter([base for target in given.targets for base in [self._known.base(target.source)] if base]), "")

    def _anchored(self, given: Given, found: Meaning, placed: Placed, own: str | None) -> Told:
        (name,) = found.facts.values()
        if not self._is_new(found.kind, name, (placed.span,)):
            return Told(given, True, "it stands there already")
        item = {**found.facts, **selector(self._words, placed.span), **_mark(given, own)}
        return Told(given, True, placed.note, LISTS[found.kind], item)

    def _quote(self, given: Given, found: Meaning, placed: Sequence[Placed], own: str | None) -> Told:
        spans = tuple(one.span for one in placed)
        wanted = (own or "").removeprefix("q-")
        if any(spans in there for (kind, _name), there in self._there.items() if kind == "quote"):
            return Told(given, True, "it stands there already")
        if wanted in self._taken:
            return Told(
                given, False, f"there is a quotation `{wanted}` of other words, or was one: no id is used twice"
            )
        facts = found.facts
        name = wanted or self._ids.new(id_of(facts.get("speaker") or "unnamed", self._words.text[slice(*spans[0])]))
        self._taken.add(name)
        self._there["quote", name].add(spans)
        content = [segment(self._words, span) for span in spans]
        order = {key: facts[key] for key in ("speaker", "anonymous", "cue", "kind") if key in facts}
        rest = {key: facts[key] for key in ("date", "formerly") if key in facts}
        item = {"id": name, **order, "content": content, **rest, **_mark(given, own)}
        return Told(given, True, "; ".join(one.note for one in placed if one.note), LISTS["quote"], item)

    def _is_new(self, kind: str, name: str, spans: tuple[Span, ...]) -> bool:
        is_new = spans not in self._there[kind, name]
        self._there[kind, name].add(spans)
        return is_new


def _shown(opened: Opened) -> Page:
    """The article as its page shows it."""
    library = resolve(replace(opened.sources, articles=(opened.article,)))[0]
    article = library.articles.get(opened.article.id)
    places = library.public_appearances(article) if article else []
    numbers = {name: str(number) for number, name in enumerate(dict.fromkeys(one.claim for one in places), 1)}
    return shown_page(opened.prose, [(one.span.end, numbers[one.claim]) for one in places])


def _mark(given: Given, own: str | None) -> Mapping[str, Any]:
    """What marks an item of others as a suggestion, with where it comes from."""
    if own is not None:
        return {}
    note = one_line(", ".join(part for part in (given.name, given.creator) if part))
    origin = {"rule": _RULE, "confidence": "medium", **({"note": note} if note else {})}
    return {"status": "suggested", "suggestion": origin}


def _without_faults(opened: Opened, told: Sequence[Told]) -> Iterator[Told]:
    """The same, without items that `check` would find fault with: all at once where there is none, else one after the other."""
    good: dict[str, list[Item]] = defaultdict(list)
    every: dict[str, list[Item]] = defaultdict(list)
    for one in told:
        if one.item is not None:
            every[one.key].append(one.item)
    if not _errors(opened, every):
        yield from told
        return
    for one in told:
        if one.item is None:
            yield one
            continue
        found = _errors(opened, dict(good) | {one.key: [*good[one.key], one.item]})
        if found:
            yield Told(one.given, False, f"`newsgloss check` would say: {found[0].message} ({found[0].rule})")
        else:
            good[one.key].append(one.item)
            yield one


def _errors(opened: Opened, items: Mapping[str, Sequence[Item]]) -> list[Problem]:
    """The errors that items bring: of names and claims, also those that show once their mark is taken out."""
    bare: dict[str, Sequence[Item]] = dict(items)
    for key in (LISTS["mention"], LISTS["claim"]):
        bare[key] = [{name: item[name] for name in item if name not in _MARKS} for item in items.get(key, [])]
    return [problem for problem in faults(opened, bare) if problem.is_error]
