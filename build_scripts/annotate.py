"""One article with everything that is anchored in it.

In: the article's files, the names of all entities, the ids that exist. Out: the article, and a problem for each item that
does not anchor. What fails is left out; everything else goes on. A function of the article's folder and of what it names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple, TypeAlias

from build_scripts.anchoring.anchor import Span, cuts_cluster
from build_scripts.anchoring.explain import explain
from build_scripts.anchoring.names import NameFinder, NameMatch, Sights
from build_scripts.anchoring.targets import selected, selector_of
from build_scripts.cache import Cache, digest
from build_scripts.model import Appearance, Article, Mention, Quote
from build_scripts.problems import Problem, Rule, shown
from build_scripts.reading import schema
from build_scripts.reading.load import ArticleFiles
from build_scripts.reading.prose import Prose
from build_scripts.reading.records import Loaded
from build_scripts.references import References
from build_scripts.source import Place

CUT_CHARACTER = Rule(
    "cut-character", "An annotation ends inside what a reader sees as one character, such as a letter and its accent."
)
AMBIGUOUS_NAME = Rule(
    "ambiguous-name",
    "A name in an article belongs to two entities. Make it a weak alias of one of them, or say in `mentions` which is meant.",
)
MENTION_OVERLAP = Rule(
    "mention-overlap", "A mention is a link, so it can't lie in a heading, in a link, or over another mention."
)
DUPLICATE_ID = Rule("duplicate-id", "Two things have the same id. Ids are permanent addresses: each names one thing.")
CLAIM_IN_HEADING = Rule(
    "claim-in-heading",
    "A claim is marked where the text makes it: a heading has no room for the number that leads to the check.",
)
RULES = (CUT_CHARACTER, AMBIGUOUS_NAME, MENTION_OVERLAP, CLAIM_IN_HEADING, DUPLICATE_ID)


def annotate(files: ArticleFiles, finder: NameFinder, known: References) -> tuple[Article | None, list[Problem]]:
    """One article with its annotations: a function of its folder and the names and ids that exist."""
    if files.text is None:
        return None, []
    prose, told = files.text.prose
    problems = [*told]
    if files.facts is None:
        return None, problems
    problems += known.check("person", files.facts, "author", files.facts.facts.author)
    problems += known.check("article", files.facts, "translation_of", files.facts.facts.translation_of)
    if files.facts.facts.withdrawn:
        return Article(files.id, files, files.facts, prose, (), (), ()), problems
    annotator = _Annotator(prose, files.annotations, known)
    mentions = annotator.mentions(finder)
    article = Article(files.id, files, files.facts, prose, mentions, annotator.quotes(), annotator.appearances())
    return article, [*problems, *annotator.problems]


def annotate_once(
    files: ArticleFiles, sights: Sights, known: References, cache: Cache
) -> tuple[Article | None, list[Problem]]:
    """The same, from an earlier time where its folder, the names in it and what is known of its references were the same."""
    if files.text is None or files.facts is None:
        return annotate(files, sights.finder, known)
    prose = files.text.prose[0]
    own = files.digest
    key = digest(own, sights.of(prose.text, own), known.answers(_references(files)))
    made: _Made | None = cache.get("annotated", key)
    if made is None:
        article, problems = annotate(files, sights.finder, known)
        if article is None:
            return None, problems
        made = _Made(_found(article), problems, article.digest)
        cache.put("annotated", key, made)
        return cache.same("article", (files, made), lambda: article), problems
    return cache.same("article", (files, made), partial(_article, files, files.facts, prose, made)), made.problems


_Found: TypeAlias = tuple[
    tuple[tuple[str, int, int], ...], tuple[tuple[int, tuple[Span, ...], Place], ...], tuple[Appearance, ...]
]
"""What is anchored in an article, without what its files hold: mentions, quotes by their number in the file, appearances."""


class _Made(NamedTuple):
    """What is kept of an article. ``digest``: its own."""

    found: _Found
    problems: list[Problem]
    digest: bytes


def _found(article: Article) -> _Found:
    numbers = {id(item): at for at, item in enumerate(_facts(article.files).quotes)}
    return (
        tuple((one.entity, *one.span) for one in article.mentions),
        tuple((numbers[id(one.facts)], one.spans, one.place) for one in article.quotes),
        article.appearances,
    )


def _article(files: ArticleFiles, facts: Loaded[schema.ArticleFile], prose: Prose, made: _Made) -> Article:
    mentions, quotes, appearances = made.found
    items = _facts(files).quotes
    article = Article(
        files.id,
        files,
        facts,
        prose,
        numbered((Span(start, end), entity) for entity, start, end in mentions),
        tuple(Quote(f"q-{items[at].id}", items[at], spans, place) for at, spans, place in quotes),
        appearances,
    )
    vars(article)["digest"] = made.digest  # which would be worked out from all of these
    return article


def _facts(files: ArticleFiles) -> schema.AnnotationsFile:
    return files.annotations.facts if files.annotations else schema.AnnotationsFile()


def _references(files: ArticleFiles) -> Iterator[tuple[str, str]]:
    """Every id that an article's files name, with its kind."""
    facts, annotations = files.facts, _facts(files)
    if facts:
        wanted = (("person", facts.facts.author), ("article", facts.facts.translation_of))
        yield from ((kind, name) for kind, name in wanted if name)
    yield from (("entity", item.entity) for item in annotations.mentions if item.entity)
    yield from (("entity", item.speaker) for item in annotations.quotes if item.speaker)
    yield from (("claim", item.claim) for item in annotations.claims)


class _Annotator:
    """Anchors the items of one article's annotations."""

    def __init__(self, prose: Prose, loaded: Loaded[schema.AnnotationsFile] | None, known: References) -> None:
        self._prose = prose
        self._loaded = loaded
        self._facts = loaded.facts if loaded else schema.AnnotationsFile()
        self._known = known
        self.problems: list[Problem] = []

    def mentions(self, finder: NameFinder) -> tuple[Mention, ...]:
        """The mentions that editors wrote, and the names that stand elsewhere in the text."""
        written: list[tuple[Span, str | None]] = []
        for at, item in schema.kept(self._facts.mentions):
            spans = self._anchored(item, "mentions", at)
            if item.entity is not None and not self._refers("entity", item.entity, "mentions", at, "entity"):
                continue
            if item.status is None:
                written += ((span, item.entity) for span in spans if self._is_free(span, written, "mentions", at))
        found = finder.find(self._prose, [span for span, _entity in written])
        self._report_ambiguous(match for match in found if len(match.entities) > 1)
        named = [(match.span, match.entities[0]) for match in found if len(match.entities) == 1]
        return numbered([*((span, entity) for span, entity in written if entity), *named])

    def quotes(self) -> tuple[Quote, ...]:
        """The quotations, each with all its segments."""
        quotes = []
        seen: set[str] = set()
        for at, item in schema.kept(self._facts.quotes):
            place = self._place("quotes", at, "id")
            if item.id in seen:
                self.problems.append(
                    DUPLICATE_ID.problem(place, f"a second quote `{item.id}`", "give it an id of its own")
                )
            spans = [
                span
                for n, segment in enumerate(item.content)
                for span in self._anchored(segment, "quotes", at, "content", n)
            ]
            knows = item.speaker is None or self._refers("entity", item.speaker, "quotes", at, "speaker")
            if knows and len(spans) == len(item.content) and item.id not in seen and item.status is None:
                quotes.append(Quote(f"q-{item.id}", item, tuple(spans), place))
            seen.add(item.id)
        return tuple(sorted(quotes, key=lambda quote: (quote.spans, quote.id)))

    def appearances(self) -> tuple[Appearance, ...]:
        """The places where claims stand."""
        found: list[tuple[Span, str, Place]] = []
        for at, item in schema.kept(self._facts.claims):
            spans = [
                span for span in self._anchored(item, "claims", at) if not self._touches_heading(span, "claims", at)
            ]
            if self._refers("claim", item.claim, "claims", at, "claim") and item.status is None:
                found += ((span, item.claim, self._place("claims", at, "exact")) for span in spans)
        counts: Counter[str] = Counter()
        appearances = []
        for span, claim, place in sorted(found):
            counts[claim] += 1
            # Two hyphens, which no id holds: the second place of a claim can't take the address of another claim.
            suffix = f"--{counts[claim]}" if counts[claim] > 1 else ""
            appearances.append(Appearance(f"c-{claim}{suffix}", claim, span, place))
        return tuple(appearances)

    def _touches_heading(self, span: Span, *path: str | int) -> bool:
        first, last = (self._prose.block_number(at) for at in (span.start, span.end - 1))
        touches = any(block.is_heading for block in self._prose.blocks[first : last + 1])
        if touches:
            place = self._place(*path, "exact")
            self.problems.append(
                CLAIM_IN_HEADING.problem(place, "these words stand in a heading", "anchor the claim in the text")
            )
        return touches

    def _refers(self, kind: str, name: str, *path: str | int) -> bool:
        known = self._known.has(kind, name)
        if not known:
            self.problems.append(self._known.problem(kind, name, self._place(*path)))
        return known

    def _place(self, *path: str | int) -> Place:
        assert self._loaded is not None  # noqa: S101 -- items come from nowhere else
        return self._loaded.place(*path)

    def _anchored(self, item: schema.Selector, *path: str | int) -> list[Span]:
        """The spans of an item; none, and a problem, where it does not select what it should."""
        selector = selector_of(item)
        text = self._prose.text
        spans = selected(text, selector, every=isinstance(item, schema.AnchoredItem) and item.all is True)
        if not spans:
            self.problems.append(explain(self._prose, selector, self._place(*path, "exact")))
        for span in spans:
            if cuts_cluster(text, span):
                place, message = self._place(*path, "exact"), f"{shown(item.exact)} ends inside a character"
                self.problems.append(CUT_CHARACTER.problem(place, message, "take the whole character in"))
        return spans

    def _is_free(self, span: Span, written: list[tuple[Span, str | None]], *path: str | int) -> bool:
        over = next((other for other, _entity in written if other.start < span.end and span.start < other.end), None)
        if over:
            message, hint = (
                f"this mention lies over another at {self._prose.place(over.start)}",
                "delete one of the two",
            )
        elif _is_linked(self._prose, span):
            message, hint = "these words stand in a link or a heading", "delete the mention"
        else:
            return True
        self.problems.append(MENTION_OVERLAP.problem(self._place(*path, "exact"), message, hint))
        return False

    def _report_ambiguous(self, matches: Iterable[NameMatch]) -> None:
        told: set[str] = set()
        for match in matches:
            if match.name not in told:
                told.add(match.name)
                first, second = match.entities[:2]
                message = f"{shown(match.name)} names {' and '.join(match.entities)}"
                hint = (
                    f"make it one of `weak_aliases` in sources/entities/{second}.yml, or write in annotations.yml: "
                    f'mentions: [{{entity: {first}, exact: "{match.name}", all: true}}]'
                )
                self.problems.append(AMBIGUOUS_NAME.problem(self._prose.place(match.span.start), message, hint))


def numbered(mentions: Iterable[tuple[Span, str]]) -> tuple[Mention, ...]:
    """Mentions in text order, each with its number among those of its entity in its address."""
    counts: defaultdict[str, int] = defaultdict(int)
    numbered = []
    for span, entity in sorted(mentions):
        counts[entity] += 1
        numbered.append(Mention(f"m-{entity}-{counts[entity]}", entity, span))
    return tuple(numbered)


def _is_linked(prose: Prose, span: Span) -> bool:
    for block in prose.blocks:
        if block.end <= span.start or span.end <= block.start:
            continue
        linked = (piece for piece in block.pieces if any(style.kind == "link" for style in piece.styles))
        if block.is_heading or any(piece.start < span.end and span.start < piece.end for piece in linked):
            return True
    return False
