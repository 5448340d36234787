"""From the folder sources/ to records.

In: a root folder. Out: every file's record with the places of its values, and all problems. Knows nothing of anchors.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import TypeAlias, TypeVar

from build_scripts.cache import Cache, digest
from build_scripts.problems import Problem, Rule
from build_scripts.progress import follow
from build_scripts.reading.fields import is_id
from build_scripts.reading.files import OUTSIDE, UNKNOWN_FILE, UNREADABLE, Files, bad_name, decoded
from build_scripts.reading.lock import LOCK, ORIGINAL, LockFile
from build_scripts.reading.prose import Prose, read_prose
from build_scripts.reading.records import Loaded, to_record, without_broken_items
from build_scripts.reading.schema import (
    AnnotationsFile,
    ArticleFile,
    ClaimFile,
    EntityFile,
    Publication,
    RatingScale,
    Record,
)
from build_scripts.reading.values import read_values
from build_scripts.source import Place, Source

IMAGE_ENDINGS = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp")
"""Images that are published; SVG is not among them, since it can hold script."""

FRONT_MATTER = Rule(
    "front-matter",
    "A Markdown file opens with its facts between two lines `---`; without them it would be published as text.",
)
RULES = (FRONT_MATTER,)

ADDRESSES = "sources/addresses.txt"
"""Every address ever published, one a line: written by `newsgloss addresses`, kept by a check."""

_TOP = frozenset(
    {"README.md", "addresses.txt", "articles", "claims", "entities", "publication.yml", "rating-scale.yml", "schemas"}
)
_ARTICLE_EXTRAS = frozenset({ORIGINAL, LOCK})

_FENCES = re.compile(r"---[ \t]*\n(?P<facts>(?:.*\n)*?)---[ \t]*(?:\n|\Z)")

R = TypeVar("R", bound=Record)
V = TypeVar("V")
_Known: TypeAlias = tuple[V, list[Problem]]


@dataclass(frozen=True)
class MarkdownFile:
    """A Markdown file's text, and where its front matter and its body start, in code points."""

    source: Source
    facts: range
    body: int

    @cached_property
    def prose(self) -> tuple[Prose, tuple[Problem, ...]]:
        """The body as a reader sees it, and what is wrong with it."""
        prose, problems = read_prose(self.source, self.body)
        return prose, tuple(problems)


@dataclass(frozen=True, slots=True)
class ArticleFiles:
    """What an article's folder holds; what could not be read is None. ``original``: of what may not be republished, if it is held."""

    id: str
    facts: Loaded[ArticleFile] | None
    text: MarkdownFile | None
    annotations: Loaded[AnnotationsFile] | None
    images: tuple[str, ...]
    lock: Loaded[LockFile] | None = None
    original: Source | None = None

    @property
    def digest(self) -> bytes:
        """What no other folder has: all of its texts; of images the names, not what they show."""
        texts = (
            self.text.source.digest if self.text else b"",
            self.annotations.digest if self.annotations else b"",
            self.lock.digest if self.lock else b"",
            self.original.digest if self.original else b"",
        )
        return digest(self.id, *texts, *self.images)

    @property
    def path(self) -> str:
        """The article's text file."""
        return f"sources/articles/{self.id}/article.md"


@dataclass(frozen=True, slots=True)
class ClaimFiles:
    """A claim's file."""

    id: str
    facts: Loaded[ClaimFile] | None
    text: MarkdownFile | None

    @property
    def digest(self) -> bytes:
        """What no other claim's file has."""
        return digest(self.id, self.text.source.digest if self.text else b"")

    @property
    def path(self) -> str:
        """The claim's file."""
        return f"sources/claims/{self.id}.md"


@dataclass(frozen=True, slots=True)
class Sources:
    """All of sources/. An entity that could not be read is None: its id exists all the same."""

    publication: Loaded[Publication] | None
    scale: Loaded[RatingScale] | None
    articles: tuple[ArticleFiles, ...]
    entities: Mapping[str, Loaded[EntityFile] | None]
    claims: tuple[ClaimFiles, ...]
    addresses: Mapping[str, Place]


def load(
    root: Path, instead: Mapping[str, bytes] = MappingProxyType({}), cache: Cache | None = None
) -> tuple[Sources, list[Problem]]:
    """Read everything under ``root``/sources, in an order that does not depend on the file system.

    ``instead``: what some files are taken to hold in place of what they do. ``cache``: has what was read before.
    """
    reader = _Reader(Files(root, instead), cache)
    sources = Sources(
        publication=reader.yaml("sources/publication.yml", Publication),
        scale=reader.yaml("sources/rating-scale.yml", RatingScale),
        articles=tuple(reader.article(name) for name in follow("Reading", reader.folders("sources/articles"))),
        entities={
            name: reader.yaml(f"sources/entities/{name}.yml", EntityFile)
            for name in reader.ids("sources/entities", ".yml")
        },
        claims=tuple(reader.claim(name) for name in reader.ids("sources/claims", ".md")),
        addresses=reader.addresses(),
    )
    reader.unknown("sources", _TOP)
    return sources, reader.problems


def markdown_file(source: Source) -> MarkdownFile | None:
    """The front matter and body of a Markdown file; none where it does not open with a front matter."""
    fences = _FENCES.match(source.text)
    return MarkdownFile(source, range(*fences.span("facts")), fences.end()) if fences else None


def read_record(
    source: Source, kind: type[R], start: int = 0, end: int | None = None
) -> tuple[Loaded[R] | None, list[Problem]]:
    """The record that stands in ``source`` from ``start`` to ``end``; of annotations, the items that are right."""
    values, problems = read_values(source, start, end)
    if values is None:
        return None, problems
    record, schema_problems = to_record(values, kind)
    if record is None and kind is AnnotationsFile:
        record = without_broken_items(values, kind)
    return record, [*problems, *_not_told_yet(schema_problems, problems)]


class _Reader:
    """Reads files and collects what is wrong with them."""

    def __init__(self, files: Files, cache: Cache | None) -> None:
        self._files = files
        self._cache = cache
        self._held: Mapping[str, bytes] = {}
        self.problems: list[Problem] = []

    def yaml(self, path: str, kind: type[R]) -> Loaded[R] | None:
        return self._once([path], lambda: self._yaml(path, kind))

    def article(self, name: str) -> ArticleFiles:
        folder = f"sources/articles/{name}"
        entries = self._names(folder)
        images = tuple(name for name in entries if name.lower().endswith(IMAGE_ENDINGS))
        self._check_images(folder, images)
        self._tell_unknown(folder, entries, frozenset({"article.md", "annotations.yml", *images}) | _ARTICLE_EXTRAS)
        read = [entry for entry in ("annotations.yml", LOCK, ORIGINAL) if entry in entries]
        paths = [f"{folder}/{entry}" for entry in ("article.md", *read)]
        return self._once(paths, lambda: self._article(name, folder, read, images), *images)

    def _article(self, name: str, folder: str, read: Container[str], images: tuple[str, ...]) -> ArticleFiles:
        text, facts = self._markdown(f"{folder}/article.md", ArticleFile)
        annotations = self._yaml(f"{folder}/annotations.yml", AnnotationsFile) if "annotations.yml" in read else None
        lock = self._yaml(f"{folder}/{LOCK}", LockFile) if LOCK in read else None
        original = self._text(f"{folder}/{ORIGINAL}") if ORIGINAL in read else None
        return ArticleFiles(name, facts, text, annotations, images, lock, original)

    def claim(self, name: str) -> ClaimFiles:
        path = f"sources/claims/{name}.md"
        return self._once([path], lambda: self._claim(name, path))

    def _claim(self, name: str, path: str) -> ClaimFiles:
        text, facts = self._markdown(path, ClaimFile)
        return ClaimFiles(name, facts, text)

    def _once(self, paths: Sequence[str], read: Callable[[], V], *besides: str) -> V:
        """What ``read`` gives of the files, from an earlier time where they held the same; it adds to the problems."""
        if self._cache is None:
            return read()
        known: _Known[V] | None
        facts = [self._files.facts(path) for path in paths] if self._cache.is_held else [None]
        if None in facts:
            known = self._kept(self._cache, paths, read, besides)
        else:
            make = partial(self._kept, self._cache, paths, read, besides)
            known = self._cache.same("file", (), make, (*paths, *facts, *besides))
        if known is None:
            return read()
        self.problems += known[1]
        return known[0]

    def _kept(
        self, cache: Cache, paths: Sequence[str], read: Callable[[], V], besides: Sequence[str]
    ) -> _Known[V] | None:
        """The same with the problems; None where not all files can be read."""
        contents = [self._files.content(path) for path in paths]
        raw = [content for content in contents if isinstance(content, bytes)]
        if len(raw) < len(contents):
            return None
        key = digest(*paths, "", *raw, *besides)
        known: _Known[V] | None = cache.get("read", key)
        if known is None:
            before, self.problems = self.problems, []
            self._held = dict(zip(paths, raw, strict=True))  # read once: a file may change meanwhile
            known = _with_prose(read()), self.problems
            self.problems, self._held = before, {}
            cache.put("read", key, known)
        return known

    def _yaml(self, path: str, kind: type[R]) -> Loaded[R] | None:
        source = self._text(path)
        return self._record(source, 0, None, kind) if source else None

    def addresses(self) -> dict[str, Place]:
        source = self._text(ADDRESSES) if "addresses.txt" in self._names("sources", quiet=True) else None
        lines = enumerate(source.text.split("\n"), 1) if source else ()
        return {line.strip(): Place(ADDRESSES, number) for number, line in lines if line.strip()}

    def folders(self, parent: str) -> list[str]:
        names = self._names(parent)
        folders = [name for name in names if self._files.is_folder(f"{parent}/{name}")]
        for name in names:
            self.problems += bad_name(f"{parent}/{name}", name)
        for name in names if len(folders) < len(names) else ():
            if name not in folders:
                self.problems.append(
                    UNREADABLE.problem(Place(f"{parent}/{name}"), "this is not a folder", "an article is a folder")
                )
        return [name for name in folders if is_id(name)]

    def ids(self, parent: str, ending: str) -> list[str]:
        names = self._names(parent)
        found = [name.removesuffix(ending) for name in names if name.endswith(ending)]
        for stem in found:
            self.problems += bad_name(f"{parent}/{stem}{ending}", stem)
        self.unknown(parent, frozenset(f"{stem}{ending}" for stem in found), ending)
        return [stem for stem in found if is_id(stem)]

    def unknown(self, folder: str, known: frozenset[str], ending: str = "") -> None:
        self._tell_unknown(folder, self._names(folder, quiet=True), known, ending)

    def _tell_unknown(self, folder: str, names: Iterable[str], known: frozenset[str], ending: str = "") -> None:
        for name in names:
            if name not in known:
                hint = (
                    f"rename it to {PurePosixPath(name).stem}{ending}, or move it"
                    if ending
                    else "move it, or delete it"
                )
                self.problems.append(UNKNOWN_FILE.problem(Place(f"{folder}/{name}"), "nothing reads this file", hint))

    def _names(self, folder: str, *, quiet: bool = False) -> list[str]:
        names, problems = self._files.names(folder)
        if not quiet:
            self.problems += problems
        return names

    def _text(self, path: str) -> Source | None:
        held = self._held.get(path)
        source, problems = self._files.text(path) if held is None else decoded(path, held)
        self.problems += problems
        return source

    def _check_images(self, folder: str, images: tuple[str, ...]) -> None:
        for name in images:
            if not self._files.is_inside(f"{folder}/{name}"):
                self.problems.append(
                    OUTSIDE.problem(Place(f"{folder}/{name}"), "this leads out of sources/", "put a copy in its place")
                )

    def _markdown(self, path: str, kind: type[R]) -> tuple[MarkdownFile | None, Loaded[R] | None]:
        source = self._text(path)
        if source is None:
            return None, None
        text = markdown_file(source)
        if text is None:
            self.problems.append(
                FRONT_MATTER.problem(Place(path), "no front matter", "open the file with `---`, the facts, `---`")
            )
            return None, None
        return text, self._record(source, text.facts.start, text.facts.stop, kind)

    def _record(self, source: Source, start: int, end: int | None, kind: type[R]) -> Loaded[R] | None:
        record, problems = read_record(source, kind, start, end)
        self.problems += problems
        return record


def _with_prose(read: V) -> V:
    """The same with the texts read, so that they are kept, too."""
    text = getattr(read, "text", None)
    if isinstance(text, MarkdownFile):
        text.prose  # noqa: B018 -- a cached property
    return read


def _not_told_yet(problems: list[Problem], told: list[Problem]) -> list[Problem]:
    """What a value's own problem did not say already, at the same place."""
    places = {problem.place for problem in told}
    return [problem for problem in problems if problem.place not in places]
