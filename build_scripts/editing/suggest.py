"""Drafts of an article's annotations: what is proposed to be added to sources/, each item marked as a suggestion.

In: the sources and an article's id. Out: items for annotations.yml and files for new entities; nothing that stands there
is changed, nothing that is covered already is proposed again. An item that a person edited is theirs.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import Any

from build_scripts.anchoring.anchor import Descriptions, Span
from build_scripts.anchoring.targets import selected, selector_of, targets
from build_scripts.cache import digest
from build_scripts.editing.patches import Patch, extension, write_new
from build_scripts.editing.patches import write as replaced
from build_scripts.editing.registering import Entry, by_name, entries, slug
from build_scripts.reading.load import ArticleFiles, Sources, load
from build_scripts.reading.prose import Prose, read_prose
from build_scripts.reading.schema import AnnotationsFile
from build_scripts.reading.values import read_values
from build_scripts.suggesting.clusters import Thing
from build_scripts.suggesting.draft import Draft, Quotation, draft
from build_scripts.suggesting.names import Name
from build_scripts.suggesting.parsing import parsers
from build_scripts.suggesting.wordlists import listed
from build_scripts.timings import stage

_MAX_WORDS = 3
"""Words of a quotation that its id is made of."""

_SENTENCE = 240
"""Characters of a sentence around a source in which the reason for not naming it is looked for."""

_UNNAMED = re.compile(
    r"\b(?:asked not to be (?:named|identified)|(?:spoke|speaking|talked) on (?:the )?condition of anonymity"
    r"|(?:declined|refused) to (?:be named|give (?:his|her|their) (?:full )?name)"
    r"|(?:was|were) not authori[sz]ed to (?:speak|talk|comment|discuss)|did not want to be (?:named|identified))"
    r"[^,.;:”\"\n]{0,160}",
    re.IGNORECASE,
)

_SMALL = listed("the a an and or of to in on at for with that this it is was are be we i he she they not have has you")

Item = dict[str, Any]


class CannotSuggestError(Exception):
    """Nothing can be drafted; the message says why."""


@dataclass(frozen=True)
class Suggestions:
    """What is proposed for one article. ``items``: by the key of annotations.yml; ``notes``: what could not be settled."""

    article: ArticleFiles
    prose: Prose
    words: Descriptions
    found: Draft
    entries: tuple[Entry, ...]
    items: Mapping[str, Sequence[Item]]
    notes: tuple[str, ...] = ()

    @property
    def new_entities(self) -> tuple[Entry, ...]:
        """Those that have no file, in the order in which the text names them."""
        return tuple(entry for entry in self.entries if entry.is_new)


@dataclass(frozen=True)
class Asked:
    """A text to draft annotations for, and all that its draft depends on."""

    text: str
    published: dt.date | None
    language: str

    @property
    def key(self) -> bytes:
        """What tells it from others, and the parser that is installed."""
        return digest(self.text, str(self.published), self.language, *parsers())

    def drafted(self) -> Draft:
        """The draft, without a look at what is annotated already."""
        return draft(self.text, self.published, self.language)


def suggest(root: Path, name: str) -> Suggestions:
    """Draft the annotations of the article with this id. Raises CannotSuggestError."""
    return next(suggest_all(root, [name], lambda _texts: Asked.drafted))


def suggest_all(
    root: Path, names: Sequence[str], drafts: Callable[[Sequence[Asked]], Callable[[Asked], Draft]]
) -> Iterator[Suggestions]:
    """Draft the annotations of these articles; without ``names``, of all that hold a text.

    ``drafts`` is told of all texts first, and gives what drafts one. An entity that is proposed for one article is taken for
    written when the next comes. Raises CannotSuggestError before the first.
    """
    with stage("load"):
        sources, _problems = load(root)
    found = [find(sources, name) for name in names] if names else list(_with_text(sources))
    with stage("draft"):
        drafted = drafts([asked(article, prose) for article, prose in found])
    for article, prose in found:
        with stage("draft"):
            proposed = suggestions(sources, article, prose, drafted(asked(article, prose)))
        yield proposed
        new = {entry.id: None for entry in proposed.new_entities}
        sources = replace(sources, entities={**sources.entities, **new}) if new else sources


def _with_text(sources: Sources) -> Iterator[tuple[ArticleFiles, Prose]]:
    for article in sources.articles:
        with suppress(CannotSuggestError):
            yield article, _read(article)


def find(sources: Sources, name: str) -> tuple[ArticleFiles, Prose]:
    """The article with this id, and its text. Raises CannotSuggestError."""
    article = next((one for one in sources.articles if one.id == name), None)
    if article is None:
        known = ", ".join(one.id for one in sources.articles) or "none"
        raise CannotSuggestError(f"there is no article {name!r}; there is: {known}")
    return article, _read(article)


def _read(article: ArticleFiles) -> Prose:
    if article.text is None:
        raise CannotSuggestError(f"{article.path} can't be read: run `newsgloss check`")
    prose, _problems = read_prose(article.text.source, article.text.body)
    if not prose.text.strip():
        raise CannotSuggestError(f"{article.path} holds no text")
    return prose


def asked(article: ArticleFiles, prose: Prose) -> Asked:
    """What a draft for an article that was read depends on."""
    return Asked(prose.text, _published(article), _language(article))


def suggestions(sources: Sources, article: ArticleFiles, prose: Prose, found: Draft) -> Suggestions:
    """What is proposed for an article that was read, of what was drafted for its text."""
    speakers = [one.speaker for one in found.quotations if one.speaker]
    there, words = _Existing(article, prose), Descriptions(prose.text)
    known = [one for one in entries(found.things, sources, speakers) if not (one.is_new and there.denies(one.thing))]
    items = {
        "mentions": list(_mentions(prose, words, known, there)),
        "quotes": list(_quotes(words, found.quotations, known, there)),
    }
    return Suggestions(
        article, prose, words, found, tuple(known), items, tuple(_notes(_published(article), _language(article)))
    )


def patches(root: Path, proposed: Suggestions) -> list[Patch]:
    """The change to annotations.yml, and the new files. Raises CannotEditError, OSError, and ValueError for mixed line ends."""
    path = f"sources/articles/{proposed.article.id}/annotations.yml"
    made = [Patch(entry.path, "", entry.text) for entry in proposed.new_entities]
    if not any(proposed.items.values()):
        return made
    return [*made, extension(root, path, proposed.items)]


def write(root: Path, made: Sequence[Patch]) -> list[str]:
    """Write the changes; a new file never over another, and annotations.yml last. Returns the paths. Raises OSError."""
    written = []
    for one in (change for change in made if not change.before and not (root / change.path).exists()):
        write_new(root / one.path, one.after)
        written.append(one.path)
    return [*written, *replaced(root, [change for change in made if change.path not in written])]


def _published(article: ArticleFiles) -> dt.date | None:
    """The day of publication, also where other facts of the front matter are still missing."""
    if article.facts:
        return article.facts.facts.published
    try:
        return dt.date.fromisoformat(str(_written(article).get("published")))
    except ValueError:
        return None


def _language(article: ArticleFiles) -> str:
    return article.facts.facts.language if article.facts else str(_written(article).get("language") or "en")


def _written(article: ArticleFiles) -> Mapping[str, Any]:
    """The front matter as it was written, right or wrong."""
    text = article.text
    values, _problems = read_values(text.source, text.facts.start, text.facts.stop) if text else (None, [])
    return values.data if values and isinstance(values.data, dict) else {}


def _notes(published: dt.date | None, language: str) -> Iterator[str]:
    if published is None:
        yield "the front matter gives no day of publication that can be read, so weekdays and the like stay open"
    if not language.lower().startswith("en"):
        yield f"the rules are for English; of a text in {language} only the words in quotation marks are found"


def quote_ids(facts: AnnotationsFile) -> set[str]:
    """The ids that quotations of an article have or had."""
    present = {one for quote in facts.quotes for one in (quote.id, *quote.formerly)}
    return present | {one.id.removeprefix("q-") for one in facts.withdrawn}


class _Existing:
    """What is annotated already."""

    def __init__(self, article: ArticleFiles, prose: Prose) -> None:
        facts = article.annotations.facts if article.annotations else None
        spans: dict[str, list[Span]] = {"mention": [], "quote": [], "claim": []}
        for target in targets(facts, with_rejected=True) if facts else ():
            spans[target.kind] += selected(prose.text, target.selector, every=target.every)
        self._taken = {kind: _Taken(found) for kind, found in spans.items()}
        denied = [one for one in facts.mentions if one.entity is None or one.status == "rejected"] if facts else []
        self._denied = {
            span for one in denied for span in selected(prose.text, selector_of(one), every=one.all is True)
        }
        self.quote_ids = quote_ids(facts) if facts else set()

    def denies(self, thing: Thing) -> bool:
        """Whether somebody turned the thing's full name down, or said that it is none."""
        return any(name.text == thing.name and name.span in self._denied for name in thing.names)

    def covers(self, kind: str, spans: Iterable[Span]) -> bool:
        """Whether an item of this kind has one of the words."""
        return any(self._taken[kind].touches(span) for span in spans)


class _Taken:
    """Looks up whether one of many spans has characters of another, in time that hardly grows with their number."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [span.start for span in ordered]
        self._ends = list(accumulate((span.end for span in ordered), max))

    def touches(self, span: Span) -> bool:
        """Whether one of the spans has a character of this one."""
        before = bisect_left(self._starts, span.end)
        return before > 0 and self._ends[before - 1] > span.start


# --- mentions ---------------------------------------------------------------------------------------------------------


def _mentions(prose: Prose, words: Descriptions, known: Sequence[Entry], there: _Existing) -> Iterator[Item]:
    """Names that the register does not link by itself."""
    closed = _closed(prose)
    for entry in known:
        for form in entry.thing.forms:
            if form in entry.names:
                continue
            spans = [name.span for name in entry.thing.names if name.text == form and not closed.touches(name.span)]
            free = [span for span in spans if not there.covers("mention", [span])]
            yield from _mention_items(words, entry, form, free)


def _mention_items(words: Descriptions, entry: Entry, form: str, spans: Sequence[Span]) -> Iterator[Item]:
    """One item for all places, where these are all places where the words stand; else one each."""
    if not spans:
        return
    name = next(name for name in entry.thing.names if name.text == form)
    origin = {
        "status": "suggested",
        "suggestion": {"rule": name_rule(entry, name), "confidence": confidence(entry, name)},
    }
    if len(spans) > 1 and words.count(form) == len(spans):
        yield {"entity": entry.id, "exact": form, "all": True, **origin}
        return
    for span in spans:
        yield {"entity": entry.id, **selector(words, span), **origin}


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


def _closed(prose: Prose) -> _Taken:
    """Headings and links, where no mention can stand."""
    headings = [Span(block.start, block.end) for block in prose.blocks if block.is_heading]
    links = (
        piece for block in prose.blocks for piece in block.pieces if any(style.kind == "link" for style in piece.styles)
    )
    return _Taken([*headings, *(Span(piece.start, piece.end) for piece in links)])


# --- quotations -------------------------------------------------------------------------------------------------------


def _quotes(
    words: Descriptions, found: Sequence[Quotation], known: Sequence[Entry], there: _Existing
) -> Iterator[Item]:
    named = by_name(known)
    ids = Ids(there.quote_ids)
    for one in found:
        if there.covers("quote", one.content):
            continue
        entry = named.get(one.speaker.name) if one.speaker else None
        who = slug(_last_name(one.speaker)) if one.speaker else "somebody"
        yield _quote_item(words, one, entry, ids.new(id_of(who, words.text[slice(*one.content[0])])))


def _quote_item(words: Descriptions, one: Quotation, entry: Entry | None, name: str) -> Item:
    text = words.text
    item: Item = {"id": name}
    if entry:
        item["speaker"] = entry.id
    elif one.described:
        item["anonymous"] = {
            "description": text[slice(*one.described)].replace("\n", " "),
            **_reason(text, one.described),
        }
    if one.cue:
        item["cue"] = text[slice(*one.cue)]
    item["kind"] = one.kind
    item["content"] = [segment(words, span) for span in one.content]
    if one.date:
        item["date"] = one.date
    origin = {"rule": one.rule, "confidence": str(one.confidence), **({"note": one.note} if one.note else {})}
    return {**item, "status": "suggested", "suggestion": origin}


def _reason(text: str, described: Span) -> Item:
    """Why the article does not name the source, in its own words, where the sentence says so."""
    start = max(text.rfind(". ", 0, described.start), text.rfind("\n", 0, described.start), described.start - _SENTENCE)
    ahead = [found[0] for found in _UNNAMED.finditer(text, max(0, start), described.start)]
    behind = _UNNAMED.search(text, described.end, described.end + _SENTENCE)
    is_same = behind is not None and "\n" not in text[described.end : behind.start()]
    words = (
        behind[0] if behind and is_same and ". " not in text[described.end : behind.start()] else "".join(ahead[-1:])
    )
    return {"reason": words.strip()} if words else {}


def segment(words: Descriptions, span: Span) -> str | Item:
    """A span as an entry of ``content``: its words alone, where they stand once."""
    item = selector(words, span)
    return words.text[slice(*span)] if len(item) == 1 else item


def id_of(who: str, said: str) -> str:
    """An id of who speaks and the first telling words; a person may choose another before it is published."""
    words = [word for word in slug(said).split("-") if word not in _SMALL and len(word) > 1]
    return "-".join([who, *words[:_MAX_WORDS]])[:60].strip("-") or "quote"


class Ids:
    """Gives out ids that nothing bears: a name, else the name with the next number."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._next = Counter[str]()

    def new(self, stem: str) -> str:
        """An id that starts with ``stem``."""
        name = stem
        while name in self._taken:
            self._next[stem] = max(self._next[stem], 1) + 1
            name = f"{stem}-{self._next[stem]}"
        self._taken.add(name)
        return name


def _last_name(thing: Thing) -> str:
    return thing.name.split()[-1] if thing.type == "person" else thing.name


def selector(words: Descriptions, span: Span) -> Item:
    """The keys that select a span."""
    found = words.of(span)
    item: Item = {"exact": found.exact}
    item |= {key: value for key, value in (("prefix", found.prefix), ("suffix", found.suffix)) if value}
    return item | ({"occurrence": found.occurrence} if found.occurrence else {})
