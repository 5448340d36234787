"""YAML text to plain values, with the place of every value.

In: the text of a YAML file or of a front matter. Out: values of YAML 1.2's core schema and their offsets, or problems.
What YAML 1.1 and 1.2 read differently, what hides another value and what could exhaust the machine is a problem, never
a guess. Only this module and splices know PyYAML.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import yaml

from build_scripts.problems import Problem, Rule, shown
from build_scripts.reading.again import Again
from build_scripts.source import Edit, Place, Source

MAX_DEPTH = 64
MAX_LENGTH = 1_000_000
MAX_DIGITS = 18

Path = tuple[str | int, ...]

YAML_SYNTAX = Rule("yaml-syntax", "The file is not YAML. A text that holds `: ` or ` #` goes in quotation marks.")
YAML_FEATURE = Rule(
    "yaml-feature",
    "Anchors, aliases, merge keys, tags and several documents in a file are not used here: each fact stands once, as it is.",
)
YAML_BOUND = Rule(
    "yaml-bound",
    f"A YAML file has at most {MAX_LENGTH:,} characters and {MAX_DEPTH} levels; a number at most {MAX_DIGITS} digits.",
)
DUPLICATE_KEY = Rule("duplicate-key", "A key stands once in a mapping. YAML alone would keep the last one in silence.")
AMBIGUOUS_VALUE = Rule(
    "ambiguous-value",
    "Some words are one thing to one YAML reader and another to the next: `no`, `010`, `12:30`, `1_000`. Put them in "
    'quotation marks where text is meant: `"no"`; write numbers plainly.',
    mending="puts the word in quotation marks, where a text is expected",
)
CUT_BY_HASH = Rule(
    "cut-by-hash",
    '` #` starts a comment, so `We are #1` reads `We are`. Put the text in quotation marks: `"We are #1"`.',
)
EMPTY_FILE = Rule("empty-file", "The file holds no values.")
TEXT_PROFILE = Rule(
    "text-profile",
    "Text is UTF-8 without a byte order mark, in Unicode's composed form (NFC), without control characters. Anything "
    "else would make offsets and searches disagree between programs.",
    mending="takes out a byte order mark; composes letters and their accents, where they look the same composed",
)
RULES = (YAML_SYNTAX, YAML_FEATURE, YAML_BOUND, DUPLICATE_KEY, AMBIGUOUS_VALUE, CUT_BY_HASH, EMPTY_FILE, TEXT_PROFILE)

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_NULL_TAG = "tag:yaml.org,2002:null"
_BOOL = {word: word.lower() == "true" for word in ("true", "True", "TRUE", "false", "False", "FALSE")}
_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*)([eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+")
_SURPRISE = re.compile(
    r"(?i:y|n|yes|no|on|off)|[-+]?0[0-9_]+|[-+]?[0-9][0-9_]*_[0-9_]*|[-+]?0[box][0-9a-fA-F_]+"
    r"|[-+]?[0-9]+(:[0-5]?[0-9])+(\.[0-9]*)?|[-+]?\.(?i:inf|nan)|="
)
_NUMERIC = frozenset("+-.0123456789")
_LONGEST_SURPRISE = 3
"""Characters of a word that readers disagree about."""
_CUT = re.compile(r"[ \t]+#(?=[^\s#])")
_LOOKS = re.compile("[\uf900-\ufaff\U0002f800-\U0002fa1f]")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_CONTROL_BYTES = bytes(byte for byte in (*range(32), 127) if chr(byte) not in "\t\n")
_OTHERS_START = (b"\xc2", b"\xef\xbf")


@dataclass(frozen=True)
class Values(Again):
    """What a YAML text holds that stands in ``source`` from ``start`` to ``end``. ``offsets`` and ``keys`` lead from a value's path to where it and its key stand.

    ``ends`` lead to where a value that is neither list nor mapping ends.
    """

    LARGE = frozenset({"data", "offsets", "keys", "ends"})

    source: Source
    start: int
    end: int | None
    data: Any
    offsets: Mapping[Path, int] = field(repr=False)
    keys: Mapping[Path, int] = field(repr=False)
    ends: Mapping[Path, int] = field(repr=False)

    def again(self) -> Values:
        """The same, read again."""
        values, _problems = read_values(self.source, self.start, self.end)
        assert values is not None  # noqa: S101 -- it held values
        return values

    def place(self, *path: str | int) -> Place:
        """Where the value at ``path`` stands, or the nearest thing around it that does."""
        return self.source.place(self._offset(self.offsets, path))

    def key_place(self, *path: str | int) -> Place:
        """Where the key of the value at ``path`` stands."""
        return self.source.place(self._offset({**self.offsets, **self.keys}, path))

    def _offset(self, known: Mapping[Path, int], path: Path) -> int:
        while path and path not in known:
            path = path[:-1]
        return known.get(path, 0)


def composition(source: Source, start: int, end: int) -> list[Edit]:
    """The edit that brings the text from ``start`` to ``end`` into composed form; none where that is for a person to do.

    Some ideographs look otherwise when composed, as in the spelling of a name.
    """
    text = source.text[start:end]
    composed = unicodedata.normalize("NFC", text)
    return [Edit(start, end, composed)] if composed != text and not _LOOKS.search(text) else []


def controls(text: str) -> Iterator[re.Match[str]]:
    """Every control character of ``text``; that there is none, as in most texts, its bytes tell sooner."""
    raw = text.encode("utf-8", "surrogatepass")
    has_none = len(raw.translate(None, _CONTROL_BYTES)) == len(raw) and not any(byte in raw for byte in _OTHERS_START)
    return iter(()) if has_none else CONTROL.finditer(text)


def is_number(text: str) -> bool:
    """Whether ``text`` without quotation marks is a number to every reader."""
    return bool(_INT.fullmatch(text) or _FLOAT.fullmatch(text))


def read_values(source: Source, start: int = 0, end: int | None = None) -> tuple[Values | None, list[Problem]]:
    """Read the YAML that stands in ``source`` from ``start`` to ``end``, in code points; no values where it can't be read."""
    nodes: list[yaml.NodeEvent | yaml.CollectionEndEvent] = []
    problems = list(_refusals(source.text[start:end], source, start, nodes))
    if problems:
        return None, problems
    if not nodes or (isinstance(nodes[0], yaml.ScalarEvent) and nodes[0].value in _NULL):
        return None, [
            EMPTY_FILE.problem(source.place(start), "there is nothing here", "fill it in, or delete the file")
        ]
    builder = _Builder(source, start, nodes)
    data = builder.value(builder.next(), ())
    return Values(source, start, end, data, builder.offsets, builder.keys, builder.ends), builder.problems


def without_top_level(text: str, names: frozenset[str]) -> str:
    """``text`` of a YAML mapping without the entries of these names; all other characters stay as they are.

    Raises ValueError where ``text`` is not YAML.
    """
    root = _composed(text)
    if not isinstance(root, yaml.MappingNode) or not root.value:
        return text
    if root.flow_style:
        raise ValueError("its entries stand in { }: write each on a line of its own")
    starts = [(key.start_mark.index, key.value) for key, _value in root.value]
    ends = [at for at, _name in starts[1:]] + [len(text)]
    return text[: starts[0][0]] + "".join(
        text[at:end] for (at, name), end in zip(starts, ends, strict=True) if name not in names
    )


def top_level(text: str, name: str, environment: Mapping[str, str]) -> str:
    """The text that stands under ``name`` in a YAML mapping; empty where there is none.

    ``!ENV NAME`` and ``!ENV [NAME, otherwise]`` are what ``environment`` says, as MkDocs reads them.
    Raises ValueError where ``text`` is not YAML.
    """
    root = _composed(text)
    entries = root.value if isinstance(root, yaml.MappingNode) else []
    node = next((value for key, value in entries if key.value == name), None)
    if node is not None and node.tag == "!ENV":
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        names, node = (nodes[:-1], nodes[-1]) if len(nodes) > 1 else (nodes, None)
        for variable in (str(item.value) for item in names):
            if variable in environment:
                return environment[variable]
    return str(node.value) if isinstance(node, yaml.ScalarNode) and node.tag != _NULL_TAG else ""


@lru_cache(maxsize=1024)
def navigation(text: str) -> list[tuple[str, str | list[Any]]]:
    """What stands under ``nav`` in the text of a mkdocs.yml: title and page, or title and entries of the same kind.

    A page without a title is named by its path. Raises ValueError where ``text`` is not YAML.
    """
    root = _composed(text)
    entries = root.value if isinstance(root, yaml.MappingNode) else []
    node = next((value for key, value in entries if key.value == "nav"), None)
    return list(_navigation(node))


def _navigation(node: yaml.Node | None) -> Iterator[tuple[str, str | list[Any]]]:
    for item in node.value if isinstance(node, yaml.SequenceNode) else []:
        pairs = item.value if isinstance(item, yaml.MappingNode) else [(item, item)]
        for title, target in pairs:
            yield title.value, list(_navigation(target)) if isinstance(target, yaml.SequenceNode) else target.value


def plain_tag(text: str, *, is_in_flow: bool) -> str | None:
    """The YAML 1.1 type of ``text`` without quotation marks, within { } and [ ] or in a block; None if not read as a text."""
    entries = (f"{{key: {text}}}", f"[{text}]") if is_in_flow else (f"key: {text}", f"- {text}")
    for entry, wanted in zip(entries, ({"key": text}, [text]), strict=True):
        values, problems = read_values(Source("", entry))
        if problems or values is None or values.data != wanted:
            return None
    root = _composed(entries[1])
    return str(root.value[0].tag) if isinstance(root, yaml.SequenceNode) else None


def _composed(text: str) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise ValueError(f"not YAML: {error}") from error


def _refusals(
    text: str, source: Source, start: int, nodes: list[yaml.NodeEvent | yaml.CollectionEndEvent]
) -> Iterator[Problem]:
    """Walk the parser's events, which cost no more than the text, before anything is built from ``nodes``, which gets them."""
    if len(text) > MAX_LENGTH:
        yield YAML_BOUND.problem(source.place(start), f"{len(text):,} characters of YAML", "split the file")
        return
    depth = documents = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.NodeEvent):
                nodes.append(event)
                depth += isinstance(event, yaml.CollectionStartEvent)
                if depth > MAX_DEPTH:
                    message = f"more than {MAX_DEPTH} levels of nesting"
                    yield YAML_BOUND.problem(_place(event, source, start), message, "quote the text, if it is one")
                    return
                if event.anchor is not None or getattr(event, "tag", None) is not None:
                    yield from _features(event, source, start)
            elif isinstance(event, yaml.CollectionEndEvent):
                nodes.append(event)
                depth -= 1
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    message, hint = "a second document starts here", "one file, one document: delete `---`"
                    yield YAML_FEATURE.problem(_place(event, source, start), message, hint)
    except yaml.YAMLError as error:
        yield _syntax_problem(error, source, start)


def _place(event: yaml.Event, source: Source, start: int) -> Place:
    mark: Any = event.start_mark
    return source.place(start + mark.index)


def _features(event: yaml.NodeEvent, source: Source, start: int) -> Iterator[Problem]:
    if isinstance(event, yaml.AliasEvent):
        yield YAML_FEATURE.problem(_place(event, source, start), f"alias *{event.anchor}", "write the value out")
        return
    if event.anchor is not None:
        hint = "quote the text, if it is one; else write the value out"
        yield YAML_FEATURE.problem(_place(event, source, start), f"anchor &{event.anchor}", hint)
    tag = getattr(event, "tag", None)
    if tag is not None:
        hint = "quote the text, if it is one; else delete the tag"
        yield YAML_FEATURE.problem(_place(event, source, start), f"tag {tag}", hint)


def _syntax_problem(error: yaml.YAMLError, source: Source, start: int) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    what = getattr(error, "problem", None) or "it holds a character that YAML does not allow"
    hint = "put text that holds `: `, ` #` or starts with a sign in quotation marks; indent with spaces"
    return YAML_SYNTAX.problem(source.place(start + (mark.index if mark else 0)), f"this is not YAML: {what}", hint)


class _Builder:
    """Builds values from events and notes where each stands; what it refuses stays text in the data."""

    def __init__(self, source: Source, start: int, nodes: Iterable[yaml.NodeEvent | yaml.CollectionEndEvent]) -> None:
        self._source = source
        self._start = start
        self._nodes = iter(nodes)
        self.offsets: dict[Path, int] = {}
        self.keys: dict[Path, int] = {}
        self.ends: dict[Path, int] = {}
        self.problems: list[Problem] = []

    def next(self) -> yaml.NodeEvent | yaml.CollectionEndEvent:
        """The event that comes next."""
        return next(self._nodes)

    def value(self, node: yaml.NodeEvent | yaml.CollectionEndEvent, path: Path) -> Any:
        self.offsets[path], end = self._span(node)
        if isinstance(node, yaml.ScalarEvent):
            self.ends[path] = end
            return self._scalar(node, end)
        if isinstance(node, yaml.MappingStartEvent):
            return self._mapping(path)
        assert isinstance(node, yaml.SequenceStartEvent)  # noqa: S101 -- there are three kinds of node; aliases are refused
        return [self.value(item, (*path, at)) for at, item in enumerate(self._until_end())]

    def _until_end(self) -> Iterator[yaml.NodeEvent | yaml.CollectionEndEvent]:
        """The events that begin what a list or mapping holds; whoever asks takes those within."""
        while not isinstance(node := self.next(), yaml.CollectionEndEvent):
            yield node

    def _pass(self, node: yaml.NodeEvent | yaml.CollectionEndEvent) -> None:
        """Pass over a value."""
        if isinstance(node, yaml.CollectionStartEvent):
            for inner in self._until_end():
                self._pass(inner)

    def _mapping(self, path: Path) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key in self._until_end():
            inside = (*path, key.value) if isinstance(key, yaml.ScalarEvent) else path
            if not isinstance(key, yaml.ScalarEvent):
                self._pass(key)
                self._refuse(
                    YAML_FEATURE, key, "a key that is no text", "put values with { } or [ ] in quotation marks"
                )
            elif key.value == "<<" and not key.style:
                self._refuse(YAML_FEATURE, key, "merge key <<", "write the values out")
            elif key.value in data:
                first = self._source.place(self.keys[inside])
                self._refuse(DUPLICATE_KEY, key, f"`{key.value}` stands here again, first at {first}", "keep one")
            else:
                self.keys[inside] = self._span(key)[0]
                data[key.value] = self.value(self.next(), inside)
                continue
            self._pass(self.next())
        return data

    def _scalar(self, node: yaml.ScalarEvent, end: int) -> Any:
        text: str = node.value
        if node.style:  # '' is plain
            return self._text(node, text)
        if _CUT.match(self._source.text, end) and text:
            self._refuse(
                CUT_BY_HASH, node, f"the text ends at the hash: {shown(text)}", "quote it, or put a space after #"
            )
        if text in _NULL:
            return None
        if text in _BOOL:
            return _BOOL[text]
        if text[0] not in _NUMERIC and len(text) > _LONGEST_SURPRISE:
            return self._text(node, text)
        if _SURPRISE.fullmatch(text):
            fix = [Edit(*self._span(node), json.dumps(text))]
            message, hint = f"YAML readers disagree about {shown(text)}", f"write {shown(text)}"
            self._refuse(AMBIGUOUS_VALUE, node, message, hint, fix)
            return text
        return self._number(node, text) if is_number(text) else self._text(node, text)

    def _number(self, node: yaml.ScalarEvent, text: str) -> Any:
        if len(text) > MAX_DIGITS or not math.isfinite(float(text)):
            self._refuse(YAML_BOUND, node, f"too long or too large a number: {shown(text)}", "quote it, if it is text")
            return text
        return int(text) if _INT.fullmatch(text) else float(text)

    def _text(self, node: yaml.ScalarEvent, text: str) -> str:
        if text.isascii() and text.isprintable():
            return text
        if CONTROL.search(text):
            self._refuse(TEXT_PROFILE, node, f"control characters in {shown(text)}", "delete them")
        elif not unicodedata.is_normalized("NFC", text):
            fix = composition(self._source, *self._span(node))
            self._refuse(
                TEXT_PROFILE, node, f"{shown(text)} is not in composed form (NFC)", "type the letters anew", fix
            )
        return text

    def _span(self, node: yaml.Event) -> tuple[int, int]:
        first: Any = node.start_mark
        last: Any = node.end_mark
        return self._start + first.index, self._start + last.index

    def _refuse(self, rule: Rule, node: yaml.Event, message: str, hint: str, fix: Sequence[Edit] = ()) -> None:
        self.problems.append(rule.problem(self._source.place(self._span(node)[0]), message, hint, fix))
