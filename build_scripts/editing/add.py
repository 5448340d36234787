"""A quotation, a claim or a mention added to an article's annotations.yml.

In: an article's id, words as somebody typed them, what they are. Out: the file with one item more, and the item; or nothing new
where it stands there already. Nothing is written that `check` would find fault with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from build_scripts.anchoring.anchor import Descriptions, Span
from build_scripts.anchoring.targets import Target, selected, targets
from build_scripts.checks import check
from build_scripts.checks.originals import STOPS_PUBLISHING
from build_scripts.editing.new import nearest, used
from build_scripts.editing.patches import Patch, extension
from build_scripts.editing.placing import CannotPlaceError, Placed, Wanted, place, without_marks
from build_scripts.editing.suggest import Ids, id_of, quote_ids, segment, selector, write
from build_scripts.problems import Problem, shown
from build_scripts.reading.edits import CannotEditError
from build_scripts.reading.fields import is_id, no_id
from build_scripts.reading.load import ArticleFiles, Sources, load, read_record
from build_scripts.reading.prose import Prose, read_prose
from build_scripts.reading.scalars import block
from build_scripts.reading.schema import AnnotationsFile, QuoteItem
from build_scripts.resolve import resolve
from build_scripts.source import Place, Source

Ask = Callable[[str], str]
"""Asks a person for an id; it is given one to propose."""

LISTS = {"quote": "quotes", "claim": "claims", "mention": "mentions"}
"""The lists of annotations.yml by what they hold."""


class CannotAddError(Exception):
    """Nothing is added; the message says why."""


@dataclass(frozen=True, slots=True)
class Added:
    """``item``: as it is written, empty where it stood there before; ``notes``: what a person should know."""

    path: str
    item: str
    notes: tuple[str, ...] = ()


class Opened:
    """An article with what is needed to add to its annotations."""

    def __init__(self, root: Path, name: str) -> None:
        """Raises CannotAddError."""
        self.root = root
        self.sources, self.problems = load(root)
        self.article = _article(self.sources, name)
        self.path = f"sources/articles/{name}/annotations.yml"
        text = self.article.text
        if text is None:
            raise CannotAddError(f"{self.article.path} can't be read: run `newsgloss check`")
        self.prose = read_prose(text.source, text.body)[0]

    @property
    def facts(self) -> AnnotationsFile:
        """What is annotated, as far as it can be read."""
        return self.article.annotations.facts if self.article.annotations else AnnotationsFile()

    def at(self, *path: str | int) -> Place:
        """Where an item stands."""
        return self.article.annotations.place(*path) if self.article.annotations else Place(self.path)


def add_mention(root: Path, name: str, wanted: Wanted, entity: str) -> Added:
    """Say that words name an entity. Raises CannotAddError, OSError."""
    opened = Opened(root, name)
    _refuse_unknown(opened.sources, "entity", entity)
    (placed,) = _placed(opened.prose, wanted)
    there = _same(opened, "mention", entity, placed.span)
    if not there and (entity, placed.span) in linked(opened):
        return Added(opened.path, "", ("these words are linked to it by its name already: nothing is added",))
    return there or _write(
        opened, "mention", {"entity": entity, **selector(Descriptions(opened.prose.text), placed.span)}, [placed]
    )


def add_claim(root: Path, name: str, wanted: Wanted, claim: str) -> Added:
    """Say that words make a claim. Raises CannotAddError, OSError."""
    opened = Opened(root, name)
    _refuse_unknown(opened.sources, "claim", claim)
    (placed,) = _placed(opened.prose, wanted)
    item = {"claim": claim, **selector(Descriptions(opened.prose.text), placed.span)}
    return _same(opened, "claim", claim, placed.span) or _write(opened, "claim", item, [placed])


def add_quote(root: Path, name: str, wanted: Wanted, facts: Mapping[str, Any], ask: Ask | None) -> Added:
    """Say that words are somebody's. ``facts``: the item without its content; ``ask`` for an id where it has none.

    Raises CannotAddError, OSError.
    """
    opened = Opened(root, name)
    speaker = facts.get("speaker")
    if speaker:
        _refuse_unknown(opened.sources, "entity", speaker)
    placed = _placed(opened.prose, replace(wanted, words=tuple(map(without_marks, wanted.words))))
    spans = [one.span for one in placed]
    if any(later.start < earlier.end for earlier, later in pairwise(spans)):
        raise CannotAddError("the parts of a quotation are given in the order of the text, none over another")
    words = Descriptions(opened.prose.text)
    content = [segment(words, span) for span in spans]
    there = _same_quote(opened, spans, facts)
    if there:
        return there
    chosen = facts.get("id") or _asked(opened, speaker, spans[0], ask)
    _refuse_taken(opened, chosen)
    item = {
        "id": chosen,
        **{key: value for key, value in facts.items() if key not in ("id", "date")},
        "content": content,
    }
    return _write(opened, "quote", item | ({"date": facts["date"]} if facts.get("date") else {}), placed)


def _article(sources: Sources, name: str) -> ArticleFiles:
    article = next((one for one in sources.articles if one.id == name), None)
    if article is None:
        raise CannotAddError(
            f"there is no article {shown(name)}: {nearest(name, [one.id for one in sources.articles])}"
        )
    if article.facts and article.facts.facts.withdrawn:
        raise CannotAddError(f"{name} is taken back: its annotations are not shown")
    return article


def _refuse_unknown(sources: Sources, kind: Literal["entity", "claim"], name: str) -> None:
    ids = list(sources.entities) if kind == "entity" else [claim.id for claim in sources.claims]
    if name not in ids:
        former = used(sources, kind, name)
        start = f"\nOr start it:  newsgloss new {kind} {name}" if is_id(name) and not former else ""
        why = former.partition(";")[0] if former else nearest(name, ids)
        raise CannotAddError(f"there is no {kind} {shown(name)}: {why}{start}")


def _placed(prose: Prose, wanted: Wanted) -> list[Placed]:
    try:
        return place(prose, wanted)
    except CannotPlaceError as error:
        raise CannotAddError(str(error)) from error


# --- what stands there already ----------------------------------------------------------------------------------------


def linked(opened: Opened) -> set[tuple[str, Span]]:
    """The words that name an entity, be it by its name alone or by an item."""
    name = opened.article.id
    article = resolve(replace(opened.sources, articles=(opened.article,)))[0].articles.get(name)
    return {(mention.entity, mention.span) for mention in article.mentions} if article else set()


def spans_of(opened: Opened, target: Target) -> list[Span]:
    """Where the words of an item stand."""
    return selected(opened.prose.text, target.selector, every=target.every)


def _same(opened: Opened, kind: Literal["mention", "claim"], name: str, span: Span) -> Added | None:
    """The answer where an item says of these words what is to be said."""
    items = {"mention": opened.facts.mentions, "claim": opened.facts.claims}[kind]
    for target in targets(opened.facts):
        if (target.kind, target.name) == (kind, name) and span in spans_of(opened, target):
            return _there(opened, name, items[int(target.path[1])].status, *target.path)
    return None


def _same_quote(opened: Opened, spans: Sequence[Span], facts: Mapping[str, Any]) -> Added | None:
    """The answer where these words are a quotation already. Raises CannotAddError where they are another's."""
    for at, quote in enumerate(opened.facts.quotes):
        own = [target for target in targets(opened.facts) if target.kind == "quote" and target.path[1] == at]
        if [spans_of(opened, target) for target in own] != [[span] for span in spans]:
            continue
        if quote.status is None and not _agrees(quote, facts):
            where = opened.at("quotes", at)
            raise CannotAddError(
                f"these words are the quotation {quote.id} at {where}, with other facts: edit it there"
            )
        return _there(opened, quote.id, quote.status, "quotes", at)
    return None


def _agrees(quote: QuoteItem, facts: Mapping[str, Any]) -> bool:
    """Whether all that is given is what a quotation says."""
    written = quote.model_dump(mode="json")
    anonymous = {key: value for key, value in (written["anonymous"] or {}).items() if value is not None}
    return all(value == (anonymous if key == "anonymous" else written[key]) for key, value in facts.items())


def _there(opened: Opened, name: str, status: str | None, *path: str | int) -> Added:
    where = opened.at(*path)
    if status is not None:
        raise CannotAddError(
            f"a suggestion at {where} has these words: look at it, then write  "
            f"newsgloss accept {opened.article.id} {name}"
        )
    return Added(opened.path, "", (f"it stands there already, at {where}: nothing is added",))


def _asked(opened: Opened, speaker: str | None, span: Span, ask: Ask | None) -> str:
    """The id that a person chooses. Raises CannotAddError where there is nobody to ask."""
    loaded = opened.sources.entities.get(speaker) if speaker else None
    is_person = loaded is not None and loaded.facts.type == "person"
    who = (speaker.rpartition("-")[2] if is_person else speaker) if speaker else "unnamed"
    proposed = Ids(quotations(opened)).new(id_of(who, opened.prose.text[slice(*span)]))
    if ask is None:
        raise CannotAddError(
            f"a quotation needs an id, part of its address for good: give --id, for example --id {proposed}"
        )
    return ask(proposed)


def quotations(opened: Opened) -> set[str]:
    """The ids that quotations of the article have or had."""
    start = f"articles/{opened.article.id}/#q-"
    return quote_ids(opened.facts) | {address.removeprefix(start) for address in opened.sources.addresses}


def _refuse_taken(opened: Opened, name: str) -> None:
    if not is_id(name):
        raise CannotAddError(no_id(name))
    if name in quotations(opened):
        now = [quote.id for quote in opened.facts.quotes]
        where = f"at {opened.at('quotes', now.index(name))}" if name in now else "before"
        raise CannotAddError(f"{name} is a quotation of this article {where}, and no id is used twice: choose another")


# --- writing ----------------------------------------------------------------------------------------------------------


def _write(opened: Opened, kind: str, item: Mapping[str, Any], placed: Sequence[Placed]) -> Added:
    """Write the file with the item, unless `check` would find more than before. Raises CannotAddError, OSError."""
    try:
        change = extension(opened.root, opened.path, {LISTS[kind]: [item]})
    except (CannotEditError, ValueError) as error:
        raise CannotAddError(str(error)) from error
    notes = (*(one.note for one in placed if one.note), *refuse_faults(opened, change))
    write(opened.root, [change])
    return Added(opened.path, block(item), notes)


def refuse_faults(opened: Opened, change: Patch) -> list[str]:
    """What is left to do, were the annotations changed so. Raises CannotAddError where `check` would find more than before."""
    left = []
    for problem in _faults(opened, change):
        if problem.rule in STOPS_PUBLISHING:  # the next step, which no other item would spare
            left.append(f"{problem.message}: {problem.hint}")
            continue
        hint = f"\n    hint: {problem.hint}" if problem.hint else ""
        raise CannotAddError(
            f"not written, since `newsgloss check` would say: {problem.message} ({problem.rule}){hint}"
        )
    return left


def faults(opened: Opened, items: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[Problem]:
    """What `check` would find besides, were these items added. Raises CannotAddError, OSError."""
    try:
        change = extension(opened.root, opened.path, items)
    except (CannotEditError, ValueError) as error:
        raise CannotAddError(str(error)) from error
    return list(_faults(opened, change))


def _faults(opened: Opened, change: Patch) -> Iterator[Problem]:
    record, problems = read_record(Source(opened.path, change.after.replace("\r\n", "\n")), AnnotationsFile)
    article = replace(opened.article, annotations=record)
    known = {(problem.rule, problem.message) for problem in (*opened.problems, *_found(opened, opened.article))}
    for problem in (*problems, *_found(opened, article)):
        if (problem.rule, problem.message) not in known:
            yield problem


def _found(opened: Opened, article: ArticleFiles) -> Iterator[Problem]:
    """What is wrong in the article's folder, seen by itself."""
    library, problems = resolve(replace(opened.sources, articles=(article,)))
    folder = opened.path.rpartition("/")[0]
    for problem in (*problems, *check(library)):
        if problem.place.path.startswith(f"{folder}/"):
            yield problem
