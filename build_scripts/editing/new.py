"""New files under sources/, to be filled in: an article's folder, an entity, a claim.

In: an id, and what is known already. Out: files with every field of the schema; never over something that exists, never under
an id that was used before.
"""

from __future__ import annotations

import datetime as dt
import difflib
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from build_scripts.editing.patches import ANNOTATIONS_HEAD, write_new
from build_scripts.editing.templates import Value, lists, template
from build_scripts.problems import Problem, shown
from build_scripts.reading import values
from build_scripts.reading.fields import is_id, no_id
from build_scripts.reading.load import Sources, load, read_record
from build_scripts.reading.schema import AnnotationsFile, ArticleFile, ClaimFile, EntityFile, Record
from build_scripts.source import Source

Kind = Literal["article", "entity", "claim"]
Given = Mapping[values.Path, Value]

PATHS: Mapping[Kind, str] = {
    "article": "sources/articles/{}/article.md",
    "entity": "sources/entities/{}.yml",
    "claim": "sources/claims/{}.md",
}
_FOLDERS: Mapping[Kind, str] = {"article": "articles", "entity": "entities", "claim": "claims"}
_RECORDS: Mapping[Kind, type[Record]] = {"article": ArticleFile, "entity": EntityFile, "claim": ClaimFile}
_NEAR = 3
"""Ids shown in place of one that there is not."""


class CannotCreateError(Exception):
    """Nothing can be started; the message says why."""


def empty_annotations() -> str:
    """annotations.yml of a new article."""
    return (
        f"{ANNOTATIONS_HEAD}"
        "# `newsgloss add` writes items with just enough context. By hand: take the # away from an item, and the [] above it.\n"
        "\n"
        f"{lists(AnnotationsFile)}"
    )


def start(root: Path, kind: Kind, name: str, given: Given) -> list[str]:
    """Write the files of a new article, entity or claim; returns their paths from the root.

    ``given``: values by path. Raises CannotCreateError and OSError; then nothing is written.
    """
    _refuse_no_id(name)
    sources, _problems = load(root)
    path = PATHS[kind].format(name)
    problem = used(sources, kind, name)
    if problem or (root / path).exists():
        raise CannotCreateError(problem or f"{path} exists already; choose another id, or edit that file")
    _refuse_unknown(sources, given)
    text = text_of(sources, kind, given)
    for wrong in _wrong(path, text, kind, given):
        raise CannotCreateError(f"{wrong.message} ({wrong.hint})")
    if kind == "article":
        return make(root, name, {"article.md": text, "annotations.yml": empty_annotations()})
    write_new(root / path, text)
    return [path]


def text_of(sources: Sources, kind: Kind, given: Given) -> str:
    """The text of a new file; what the publication settles stands in it."""
    people = _people(sources)
    ratings = [rating.id for rating in sources.scale.facts.ratings] if sources.scale else []
    known = {"author": people, "reviewed_by": people, "rating": ratings}
    usual = dict(_usual(sources, kind))
    is_dated = kind != "entity" or given.get(("type",), "event") == "event"
    facts = template(_RECORDS[kind], {**usual, **given}, known, frozenset() if is_dated else frozenset({"date", "end"}))
    if kind == "entity":
        return f"# yaml-language-server: $schema=../schemas/entity.schema.json\n{facts}"
    return f"---\n{facts}# Below the next line goes the {'text' if kind == 'article' else 'note'}.\n---\n"


def _usual(sources: Sources, kind: Kind) -> Iterator[tuple[values.Path, Value]]:
    """What a new file holds unless something else is given."""
    if kind == "article":
        yield ("language",), sources.publication.facts.language if sources.publication else "en"
        yield ("rights", "text"), "digest"
    elif kind == "claim":
        yield ("state",), "draft"


def used(sources: Sources, kind: Kind, name: str) -> str:
    """What a former bearer of an id is, where there is one; empty for an id that is free."""
    for path, former in _former(sources, kind):
        if name in former:
            return f"{name} was the id of {path} before and still leads there; choose another"
    address = sources.addresses.get(f"{_FOLDERS[kind]}/{name}/")
    return f"{name} was published before ({address}), and no id is used twice; choose another" if address else ""


def nearest(name: str, ids: Sequence[str]) -> str:
    """The ids that are most like one that there is not, as part of a sentence."""
    near = difflib.get_close_matches(name, ids, n=_NEAR)
    return f"did you mean {' or '.join(near)}?" if near else "none is like it"


def _former(sources: Sources, kind: Kind) -> Iterator[tuple[str, Sequence[str]]]:
    if kind == "article":
        yield from ((one.path, one.facts.facts.formerly) for one in sources.articles if one.facts)
    elif kind == "claim":
        yield from ((one.path, one.facts.facts.formerly) for one in sources.claims if one.facts)
    else:
        entities = ((name, loaded) for name, loaded in sources.entities.items() if loaded)
        yield from ((PATHS["entity"].format(name), loaded.facts.formerly) for name, loaded in entities)


def _refuse_no_id(name: str) -> None:
    if not is_id(name):
        raise CannotCreateError(no_id(name))


def _people(sources: Sources) -> list[str]:
    return [person.id for person in sources.publication.facts.people] if sources.publication else []


def _refuse_unknown(sources: Sources, given: Given) -> None:
    """Claimants and authors are ids of something that there is."""
    for key, what, ids in (
        ("claimant", "entity", list(sources.entities)),
        ("author", "person in sources/publication.yml", _people(sources)),
    ):
        named = given.get((key,), ())
        for name in [named] if isinstance(named, str) else () if isinstance(named, dt.date) else named:
            if name not in ids:
                remedy = f" Or start it: newsgloss new entity {name}" if key == "claimant" and is_id(name) else ""
                raise CannotCreateError(f"there is no {what} {shown(name)}: {nearest(name, ids)}{remedy}")


def _wrong(path: str, text: str, kind: Kind, given: Given) -> Iterator[Problem]:
    """What is wrong with the values given; what a person fills in later is not wrong yet."""
    source = Source(path, text)
    start, end = (4, len(text) - 4) if text.startswith("---\n") else (0, len(text))
    read, problems = values.read_values(source, start, end)
    _record, found = read_record(source, _RECORDS[kind], start, end)
    places = {read.place(*at) for at in read.offsets if any(at[: len(one)] == one for one in given)} if read else set()
    yield from (problem for problem in (*problems, *found) if problem.place in places)


def make(root: Path, name: str, texts: Mapping[str, str]) -> list[str]:
    """Make sources/articles/<name> with these files; returns the paths written, from the root.

    Raises CannotCreateError, and OSError; then nothing is written.
    """
    _refuse_no_id(name)
    folder = root / "sources" / "articles" / name
    if folder.exists():
        raise CannotCreateError(f"{folder.relative_to(root)} exists")
    folder.parent.mkdir(parents=True, exist_ok=True)
    # All or nothing: the folder gets its name when both files are in it.
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".") as temporary:
        for file, text in texts.items():
            (Path(temporary) / "made" / file).parent.mkdir(exist_ok=True)
            (Path(temporary) / "made" / file).write_text(text, encoding="utf-8")
        shutil.move(Path(temporary) / "made", folder)
    return [(folder / file).relative_to(root).as_posix() for file in texts]
