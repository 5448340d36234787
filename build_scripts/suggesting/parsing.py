"""A second opinion on speakers, by an installed spaCy pipeline for English that parses sentences (extra ``nlp``).

In: a text and the passages in quotation marks. Out: for each passage the words that are the subject of the verb that
governs it, as the parser sees it; nothing where no pipeline is installed. The only module that knows spaCy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module, metadata
from typing import Any

from build_scripts.anchoring.anchor import Span
from build_scripts.suggesting.cues import CUES
from build_scripts.suggesting.quotations import Quoted

_SUBJECTS = frozenset({"nsubj", "csubj"})
_CLAUSES = frozenset({"ccomp", "parataxis", "dep", "advcl", "conj", "relcl", "xcomp"})
_MAX_LENGTH = 100_000
"""Characters beyond which a text is not parsed: a parser's memory grows with it."""


_UNUSED = ("ner", "lemmatizer", "attribute_ruler", "textcat", "entity_linker")
"""Parts of a pipeline that tell nothing of who speaks, and cost time."""


@cache
def pipeline() -> Any | None:
    """The first installed pipeline for English that has a parser, by name; none without spaCy or a pipeline that it can load."""
    names = [entry.name for entry in _installed()]
    try:
        load = import_module("spacy").load if names else None
    except ImportError:
        return None
    loaded = (_loaded(load, name) for name in names)
    return next((found for found in loaded if found is not None and found.has_pipe("parser")), None)


def parsers() -> list[str]:
    """What tells the installed pipelines from others: their names and versions."""
    return [f"{entry.name} {entry.dist.version if entry.dist else ''}" for entry in _installed()]


def _installed() -> list[metadata.EntryPoint]:
    found = (entry for entry in metadata.entry_points(group="spacy_models") if entry.name.startswith("en_"))
    return sorted(found, key=lambda entry: entry.name)


def _loaded(load: Any, name: str) -> Any | None:
    """The pipeline; none where it was made for another version of spaCy or lacks a part."""
    try:
        return load(name, exclude=_UNUSED)
    except (ImportError, OSError, ValueError):
        return None


def parsed(text: str, passages: Sequence[Quoted]) -> dict[int, Span]:
    """The subject of the verb that each passage depends on, by the passage's number; empty without a pipeline."""
    parse = pipeline()
    if parse is None or not passages or len(text) > _MAX_LENGTH:
        return {}
    return subjects(parse(text), passages)


def subjects(document: Any, passages: Sequence[Quoted]) -> dict[int, Span]:
    """As ``parsed``, of a document that was parsed: anything with spaCy's tokens, heads and dependencies."""
    found = {}
    for number, passage in enumerate(passages):
        inside = [token for token in document if passage.inner.start <= token.idx < passage.inner.end]
        subject = next(filter(None, (_subject(verb) for verb in _verbs(inside, passage))), None)
        if subject is not None:
            words = list(subject.subtree)
            found[number] = Span(words[0].idx, words[-1].idx + len(words[-1].text))
    return found


def _verbs(inside: Sequence[Any], passage: Quoted) -> Iterator[Any]:
    """Verbs outside the passage that words in it depend on, or that depend on these: of saying, or with it for an object clause."""
    for token in inside:
        if not _is_inside(token.head, passage) and (token.head.text.lower() in CUES or token.dep_ == "ccomp"):
            yield token.head
        yield from (child for child in token.children if _says(child) and not _is_inside(child, passage))


def _says(token: Any) -> bool:
    return token.dep_ in _CLAUSES and token.text.lower() in CUES


def _is_inside(token: Any, passage: Quoted) -> bool:
    return bool(passage.inner.start <= token.idx < passage.inner.end)


def _subject(verb: Any) -> Any | None:
    """The verb's subject; of a second verb, that of the first."""
    own = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
    if own is None and verb.dep_ in ("conj", "advcl") and verb.head is not verb:
        return next((child for child in verb.head.children if child.dep_ in _SUBJECTS), None)
    return own
