"""Drafts of an article's annotations: what is proposed to be added to sources/, each item marked as a suggestion.

In: the sources and an article's id. Out: items for annotations.yml and files for new entities; nothing that stands there
is changed, nothing that is covered already is proposed again. An item that a person edited is theirs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from build_scripts.anchoring.anchor import Selector, Span, candidates, describe
from build_scripts.anchoring.targets import selected, targets
from build_scripts.editing.patches import Patch, patch, write_new
from build_scripts.editing.patches import write as replaced
from build_scripts.editing.registering import Entry, by_name, entries, slug
from build_scripts.reading.edits import extended
from build_scripts.reading.load import ArticleFiles, Sources, load
from build_scripts.reading.prose import Prose, read_prose
from build_scripts.reading.schema import ArticleFile
from build_scripts.source import Source
from build_scripts.suggesting.clusters import Thing
from build_scripts.suggesting.draft import Draft, Quotation, draft
from build_scripts.suggesting.names import Name
from build_scripts.suggesting.wordlists import listed

_HEAD = "# yaml-language-server: $schema=../../schemas/annotations.schema.json\n"
_MAX_WORDS = 3
"""Words of a quotation that its id is made of."""

_SMALL = listed("the a an and or of to in on at for with that this it is was are be we i he she they not have has you")

Item = dict[str, Any]


class CannotSuggestError(Exception):
    """Nothing can be drafted; the message says why."""


@dataclass(frozen=True)
class Suggestions:
    """What is proposed for one article. ``items``: by the key of annotations.yml; ``notes``: what could not be settled."""

    article: ArticleFiles
    prose: Prose
    found: Draft
    entries: tuple[Entry, ...]
    items: Mapping[str, Sequence[Item]]
    notes: tuple[str, ...] = ()

    @property
    def new_entities(self) -> tuple[Entry, ...]:
        """Those that have no file, in the order in which the text names them."""
        return tuple(entry for entry in self.entries if entry.is_new)


def suggest(root: Path, name: str) -> Suggestions:
    """Draft the annotations of the article with this id. Raises CannotSuggestError."""
    sources, _problems = load(root)
    article = next((one for one in sources.articles if one.id == name), None)
    if article is None:
        known = ", ".join(one.id for one in sources.articles) or "none"
        raise CannotSuggestError(f"there is no article {name!r}; there is: {known}")
    if article.text is None:
        raise CannotSuggestError(f"{article.path} can't be read: run `newsgloss check`")
    prose, _problems = read_prose(article.text.source, article.text.body)
    if not prose.text.strip():
        raise CannotSuggestError(f"{article.path} holds no text")
    return suggestions(sources, article, prose)


def suggestions(sources: Sources, article: ArticleFiles, prose: Prose) -> Suggestions:
    """What is proposed for an article that was read."""
    facts = article.facts.facts if article.facts else None
    found = draft(prose.text, facts.published if facts else None, facts.language if facts else "en")
    speakers = [one.speaker for one in found.quotations if one.speaker]
    known = entries(found.things, sources, speakers)
    there = _Existing(article, prose)
    items = {
        "mentions": list(_mentions(prose, known, there)),
        "quotes": list(_quotes(prose.text, found.quotations, known, there)),
    }
    return Suggestions(article, prose, found, tuple(known), items, tuple(_notes(facts)))


def patches(root: Path, proposed: Suggestions) -> list[Patch]:
    """The change to annotations.yml, and the new files. Raises CannotEditError, OSError, and ValueError for mixed line ends."""
    path = f"sources/articles/{proposed.article.id}/annotations.yml"
    made = [Patch(entry.path, "", entry.text) for entry in proposed.new_entities]
    if not any(proposed.items.values()):
        return made
    if not (root / path).exists():
        return [*made, Patch(path, "", extended(Source(path, _HEAD), proposed.items))]
    text = (root / path).read_text(encoding="utf-8")
    return [*made, patch(root, path, extended(Source(path, text), proposed.items))]


def write(root: Path, made: Sequence[Patch]) -> list[str]:
    """Write the changes; a new file never over another, and annotations.yml last. Returns the paths. Raises OSError."""
    written = []
    for one in (change for change in made if not change.before and not (root / change.path).exists()):
        write_new(root / one.path, one.after)
        written.append(one.path)
    return [*written, *replaced(root, [change for change in made if change.path not in written])]


def _notes(facts: ArticleFile | None) -> Iterator[str]:
    if facts is None:
        yield "the front matter can't be read: no day of publication, so weekdays and the like stay open"
    elif not facts.language.lower().startswith("en"):
        yield f"the rules are for English; of a text in {facts.language} only the words in quotation marks are found"


class _Existing:
    """What is annotated already."""

    def __init__(self, article: ArticleFiles, prose: Prose) -> None:
        facts = article.annotations.facts if article.annotations else None
        self._spans: dict[str, list[Span]] = {"mention": [], "quote": [], "claim": []}
        for target in targets(facts) if facts else ():
            self._spans[target.kind] += selected(prose.text, target.selector, every=target.every)
        quotes = facts.quotes if facts else ()
        self.quote_ids = {one for quote in quotes for one in (quote.id, *quote.formerly)}
        self.quote_ids |= {one.id.removeprefix("q-") for one in facts.withdrawn} if facts else set()

    def covers(self, kind: str, spans: Iterable[Span]) -> bool:
        """Whether an item of this kind has one of the words."""
        return any(own.start < span.end and span.start < own.end for span in spans for own in self._spans[kind])


# --- mentions ---------------------------------------------------------------------------------------------------------


def _mentions(prose: Prose, known: Sequence[Entry], there: _Existing) -> Iterator[Item]:
    """Names that the register does not link by itself."""
    closed = _closed(prose)
    for entry in known:
        for form in entry.thing.forms:
            if form in entry.names:
                continue
            spans = [name.span for name in entry.thing.names if name.text == form and not _touches(name.span, closed)]
            free = [span for span in spans if not there.covers("mention", [span])]
            yield from _mention_items(prose.text, entry, form, free)


def _mention_items(text: str, entry: Entry, form: str, spans: Sequence[Span]) -> Iterator[Item]:
    """One item for all places, where these are all places where the words stand; else one each."""
    if not spans:
        return
    name = next(name for name in entry.thing.names if name.text == form)
    origin = {
        "status": "suggested",
        "suggestion": {"rule": name_rule(entry, name), "confidence": confidence(entry, name)},
    }
    if len(spans) > 1 and len(candidates(text, Selector(form))) == len(spans):
        yield {"entity": entry.id, "exact": form, "all": True, **origin}
        return
    for span in spans:
        yield {"entity": entry.id, **selector(text, span), **origin}


def name_rule(entry: Entry, name: Name) -> str:
    """What speaks for a name being the entity's."""
    if not entry.is_new and name.text in entry.names:
        return "register"
    return "full-name" if name.text == entry.thing.name else "short-name"


def confidence(entry: Entry, name: Name) -> str:
    """High for a name in the register, and where title or gazetteer agree with the form of the name on what it names."""
    if name.text in entry.names:
        return "high"
    is_borne_out = bool(entry.thing.titles or entry.thing.gender or len(entry.thing.forms) > 1)
    return "high" if is_borne_out and entry.thing.type not in ("other", "") else "medium"


def _closed(prose: Prose) -> list[Span]:
    """Headings and links, where no mention can stand."""
    headings = [Span(block.start, block.end) for block in prose.blocks if block.is_heading]
    links = (
        piece for block in prose.blocks for piece in block.pieces if any(style.kind == "link" for style in piece.styles)
    )
    return [*headings, *(Span(piece.start, piece.end) for piece in links)]


def _touches(span: Span, others: Sequence[Span]) -> bool:
    return any(other.start < span.end and span.start < other.end for other in others)


# --- quotations -------------------------------------------------------------------------------------------------------


def _quotes(text: str, found: Sequence[Quotation], known: Sequence[Entry], there: _Existing) -> Iterator[Item]:
    named = by_name(known)
    taken = set(there.quote_ids)
    for one in found:
        if there.covers("quote", one.content):
            continue
        entry = named.get(one.speaker.name) if one.speaker else None
        name = _quote_id(text, one, taken)
        taken.add(name)
        yield _quote_item(text, one, entry, name)


def _quote_item(text: str, one: Quotation, entry: Entry | None, name: str) -> Item:
    item: Item = {"id": name}
    if entry:
        item["speaker"] = entry.id
    elif one.described:
        item["anonymous"] = {"description": text[slice(*one.described)].replace("\n", " ")}
    if one.cue:
        item["cue"] = text[slice(*one.cue)]
    item["kind"] = one.kind
    item["content"] = [_segment(text, span) for span in one.content]
    if one.date:
        item["date"] = one.date
    origin = {"rule": one.rule, "confidence": str(one.confidence), **({"note": one.note} if one.note else {})}
    return {**item, "status": "suggested", "suggestion": origin}


def _segment(text: str, span: Span) -> str | Item:
    item = selector(text, span)
    return text[slice(*span)] if len(item) == 1 else item


def _quote_id(text: str, one: Quotation, taken: set[str]) -> str:
    """The speaker's last name and the first telling words; a person may choose another before it is published."""
    who = slug(_last_name(one.speaker)) if one.speaker else "somebody"
    words = [word for word in slug(text[slice(*one.content[0])]).split("-") if word not in _SMALL and len(word) > 1]
    stem = "-".join([who, *words[:_MAX_WORDS]])[:60].strip("-") or "quote"
    counts = Counter({stem: 1})
    name = stem
    while name in taken:
        counts[stem] += 1
        name = f"{stem}-{counts[stem]}"
    return name


def _last_name(thing: Thing) -> str:
    return thing.name.split()[-1] if thing.type == "person" else thing.name


def selector(text: str, span: Span) -> Item:
    """The keys that select a span."""
    found = describe(text, span)
    item: Item = {"exact": found.exact}
    item |= {key: value for key, value in (("prefix", found.prefix), ("suffix", found.suffix)) if value}
    return item | ({"occurrence": found.occurrence} if found.occurrence else {})
