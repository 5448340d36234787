"""What the pages of an article show: its text with marks, notes in several orders, and the same for a classroom.

In: an article and the view of the page that is made. Out: values for the templates. Each note has a number of its kind: a
check's stands in the text, the others' (``q4``, ``n7``) are told in attributes, for paper.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from build_scripts import addresses
from build_scripts.anchoring.anchor import Span
from build_scripts.model import Appearance, Article, Claim, Entity
from build_scripts.permanence import former_anchors
from build_scripts.reading.schema import Evidence, QuoteKind
from build_scripts.rendering.catalogue import Said
from build_scripts.rendering.context import Context, direction
from build_scripts.rendering.dates import annotated
from build_scripts.rendering.digests import retold
from build_scripts.rendering.environment import joined, text
from build_scripts.rendering.escape import Md, escape
from build_scripts.rendering.kinds import grouped
from build_scripts.rendering.weave import Layer, weave

Named = tuple[str, Said, list[tuple[Entity, int, str]]]
"""Entities of one type: the group's id and label; each with how often it is named and its first mention's id."""
LONGEST = 60
"""Code points of an annotation's words that the list of all notes shows."""


@dataclass(frozen=True, slots=True)
class Check:
    """A claim of an article: its number there, its places in text order, the evidence that tells most."""

    number: int
    claim: Claim
    places: tuple[Appearance, ...]
    best: Evidence | None

    @property
    def anchors(self) -> list[str]:
        """The ids of the claim's places."""
        return [place.id for place in self.places]


@dataclass(frozen=True, slots=True)
class Note:
    """One line of the list of all notes: what the note is, its id, and the words in the text that it stands behind."""

    label: str
    id: str
    place: str
    words: Md
    speaker: str = ""


def article_values(article: Article, here: Context) -> dict[str, Any]:
    """What article.md.j2 shows."""
    checks = checks_of(article, here)
    groups = grouped(here.named(article), lambda row: row[0], here.words)
    marks = _marks(article, groups)
    folder = article.path.rpartition("/")[0]
    images = {f"{folder}/{name}": name for name in article.files.images}
    layers = _layers(article, here, marks, {check.claim.id: check.number for check in checks})
    return {
        "article": article,
        "text": weave(article.prose, layers, target=here.target(article.path, images)),
        "checks": checks,
        "groups": groups,
        "marks": marks,
        "retold": retold(article, here.index),
        "gone": former_anchors(article, here.index.library),
        "notes": _in_text_order(article, here, checks, groups),
        "worksheet": addresses.worksheet(article.id) if here.index.library.verdicts_in(article) else None,
        "answers": addresses.answers(article.id),
        "modified": annotated(article, here.index.library),
        "versions": _versions(article, here),
        "alternates": [[item.facts.language, _served(item)] for item in here.index.translations.get(article.id, ())],
        "dir": direction(article.facts.language),
    }


def _served(article: Article) -> str:
    """Where the page of an article is, below the site's address."""
    return addresses.full("", addresses.article(article.id))


def _versions(article: Article, here: Context) -> Md:
    """Links to the article in other languages, by what each is called in itself."""
    group = here.index.translations.get(article.id, ())
    links = [(item, here.version(item)) for item in group if item.id != article.id]
    return joined(
        words if item.facts.translation_of else here.words.say("{language} (original)", language=words)
        for item, words in links
    )


def worksheet_values(article: Article, here: Context) -> dict[str, Any]:
    """What worksheet.md.j2 and answers.md.j2 show: the checks that have a verdict, by their numbers in the article."""
    checks = checks_of(article, here)
    return {
        "article": article,
        "tasks": [check for check in checks if check.claim.has_verdict],
        "left_out": [check.number for check in checks if not check.claim.has_verdict],
        "page": addresses.article(article.id),
        "ratings": list(here.index.library.ratings.values()),
        "worksheet": addresses.worksheet(article.id),
        "answers": addresses.answers(article.id),
    }


def checks_of(article: Article, here: Context) -> list[Check]:
    """The claims of an article that have a page, in the order of their first places."""
    places: dict[str, list[Appearance]] = defaultdict(list)
    for appearance in here.index.library.shown_appearances(article):
        places[appearance.claim].append(appearance)
    claims = [here.index.library.claims[name] for name in places]
    return [
        Check(number, claim, tuple(places[claim.id]), _best_evidence(claim)) for number, claim in enumerate(claims, 1)
    ]


def _best_evidence(claim: Claim) -> Evidence | None:
    """The first item that tells for or against a claim; a secondary one only where there is no other, none where no finding is told."""
    telling = [item for item in claim.facts.evidence if claim.tells_finding and item.stance != "context"]
    return min(telling, key=lambda item: item.kind == "secondary", default=None)


def _marks(article: Article, groups: list[Named]) -> dict[str, str]:
    """The numbers that only paper shows, by the id of the quotation or of an entity's first mention."""
    quotes = {quote.id: f"q{number}" for number, quote in enumerate(article.quotes, 1)}
    first = [first for _id, _label, rows in groups for _entity, _count, first in rows]
    return quotes | {mention: f"n{number}" for number, mention in enumerate(first, 1)}


def _layers(article: Article, here: Context, marks: Mapping[str, str], numbers: Mapping[str, int]) -> Iterator[Layer]:
    """The annotations as they are woven in; ``numbers``: of the checks, by claim.

    A mention of what its section named before is marked ``again``.
    """
    headings = [block.start for block in article.prose.blocks if block.is_heading]
    seen: set[tuple[int, str]] = set()
    leads = {name: _lead(name, here) for name in {mention.entity: None for mention in article.mentions}}
    for mention in article.mentions:
        lead = leads[mention.entity]
        if lead is None:
            continue  # its file can't be read: there is no page to lead to
        url, kind = lead
        place = (bisect_right(headings, mention.span.start), mention.entity)
        classes = (kind, "again") if place in seen else (kind,)
        seen.add(place)
        yield Layer(mention.id, "mention", (mention.span,), url, marks=classes, number=marks.get(mention.id, ""))
    for quote in article.quotes:
        yield Layer(quote.id, "quote", quote.spans, number=marks[quote.id])
    for appearance in here.index.library.shown_appearances(article):
        number = numbers[appearance.claim]
        reference = f'<sup class="check">[{number}](#check-{number})</sup>'
        yield Layer(appearance.id, "claim", (appearance.span,), reference=reference)


def _lead(name: str, here: Context) -> tuple[str, str] | None:
    """The way to an entity's page, and the class of its mentions."""
    entity = here.index.library.entities.get(name)
    return (here.to(addresses.entity(name)), f"mention-{entity.facts.type.value}") if entity else None


def _in_text_order(article: Article, here: Context, checks: list[Check], groups: list[Named]) -> list[Note]:
    """Every note of an article once, in the order of the words that it stands behind first."""
    rows = [*_check_notes(article, here, checks), *_quote_notes(article, here), *_name_notes(article, here, groups)]
    return [note for _span, note in sorted(rows, key=lambda row: row[0])]


def _check_notes(article: Article, here: Context, checks: list[Check]) -> Iterator[tuple[Span, Note]]:
    for check in checks:
        place = check.places[0]
        words = here.foreign(article, escape(_shortened(article, [place.span])))
        label = here.words.say("Check {number} of {all}", number=check.number, all=len(checks))
        yield place.span, Note(label, f"check-{check.number}", place.id, words)


def _quote_notes(article: Article, here: Context) -> Iterator[tuple[Span, Note]]:
    for number, quote in enumerate(article.quotes, 1):
        words = escape(_shortened(article, quote.spans))
        is_direct = quote.facts.kind is QuoteKind.DIRECT
        shown = here.foreign(article, text(here.words.say("“{words}”", words=words)) if is_direct else words)
        label = here.words.say("Quotation {number} of {all}", number=number, all=len(article.quotes))
        yield quote.spans[0], Note(label, f"note-{quote.id}", quote.id, shown, here.index.library.speaker_of(quote))


def _name_notes(article: Article, here: Context, groups: list[Named]) -> Iterator[tuple[Span, Note]]:
    """What the text calls an entity where it names it first, if that is not its name."""
    spans = {mention.id: mention.span for mention in article.mentions}
    for entity, _count, first in (row for _id, _label, rows in groups for row in rows):
        words = _shortened(article, [spans[first]])
        is_name = words == entity.facts.name
        shown = text(here.words.say("in the text")) if is_name else here.foreign(article, escape(words))
        yield spans[first], Note(entity.facts.name, f"named-{entity.id}", first, shown)


def _shortened(article: Article, spans: Sequence[Span]) -> str:
    """The words of ``spans`` in one line; a long run ends at a word."""
    words = " … ".join(" ".join(article.prose.text[span.start : span.end].split()) for span in spans)
    return words if len(words) <= LONGEST else (words[:LONGEST].rpartition(" ")[0] or words[:LONGEST]) + "…"
