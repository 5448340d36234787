"""Records as what the search of the site is made of.

In: records. Out: the files that a browser loads, by path; the same records give the same bytes. Many records are in shards, an
index each in a folder of its own, with a list of them on top, so that what a browser needs first does not grow with them. Two
things differ from Pagefind's ways. Its filters come in another order at each run, so what records can be filtered by stands in
a file of ours. Every index is without word stems, whatever the language: merged ones would share one language's stems, and a
phrase would find other words than its own.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from build_scripts.cache import Cache, digest, same
from build_scripts.export.json_text import compact, read
from build_scripts.export.pagefind import Index, Pagefind
from build_scripts.export.search import ABOUT, Choice, Record
from build_scripts.export.shards import BOUND, Shard, shards, undated
from build_scripts.export.words import has_words, indexed

FACETS = "facets.json"

_LANGUAGE = "mul"
_ENGINE = frozenset({"pagefind.js", "pagefind-worker.js", "wasm.unknown.pagefind"})
_FRAGMENT = ".pf_fragment"
_DATA = (".pf_meta", ".pf_index", _FRAGMENT, ".json")
_SIGNATURE = b"pagefind_dcd"
_GZIP = 31

Files = dict[str, bytes]
_TOP = Shard("top", "", (Record("", "", "nothing", ABOUT, _LANGUAGE),))
"""Pagefind has its programs only with an index, and none without a record; this one no browser is told of."""


@dataclass(frozen=True, slots=True)
class Made:
    """An index. ``files``: by path; ``words``: how many it has; ``tag``: tells it from what it was before."""

    files: Files
    words: int
    tag: str


def search_files(records: Sequence[Record], cache: Cache | None = None, bound: int = BOUND) -> Files:
    """As ``Search`` gives them."""
    with search_begun(records, cache, bound) as search:
        return search.files()


@contextmanager
def search_begun(records: Sequence[Record], cache: Cache | None = None, bound: int = BOUND) -> Iterator[Search]:
    """The search of ``records``, in the making while whoever asked goes on; in shards where there are more than ``bound``.

    ``cache``: holds what need not be made again. Raises IndexingError.
    """
    with Pagefind() as pagefind:
        yield Search(shards(records, bound), cache, pagefind)


class Search:
    """The search in the making."""

    def __init__(self, found: Sequence[Shard], cache: Cache | None, pagefind: Pagefind) -> None:
        self._shards, self._cache = found, cache
        wanted = found if len(found) == 1 else [*found, _TOP]
        self._keys = {shard.name: _key_in(cache, shard) for shard in wanted}
        kept = {name: cache.get("search", key) if cache else None for name, key in self._keys.items()}
        self._made: dict[str, Made] = {name: made for name, made in kept.items() if made}
        new = [shard for shard in wanted if shard.name not in self._made]
        self._new = list(zip(new, pagefind.begin([map(_payload, shard.records) for shard in new]), strict=True))

    def files(self) -> Files:
        """The files, in the order of their paths. Raises IndexingError."""
        while self._new:
            self._end(*self._new.pop(0))
        if len(self._shards) == 1:
            return self._made[self._shards[0].name].files
        files = self._made[_TOP.name].files | {FACETS: compact(_list_of(self._shards, self._made))}
        for shard in self._shards:
            own = self._made[shard.name].files.items()
            files |= {f"{shard.name}/{path}": content for path, content in own if path not in _ENGINE}
        return dict(sorted(files.items()))

    def _end(self, shard: Shard, index: Index) -> None:
        key = self._keys[shard.name]
        made = self._made[shard.name] = _made(shard, key, *index.made())
        if self._cache:
            self._cache.put("search", key, made)


def _list_of(found: Sequence[Shard], made: Mapping[str, Made]) -> dict[str, Any]:
    """What a browser is told of the shards: folder, first day, number of records, their languages, and a tag of what they hold."""
    return {
        "words": sum(made[shard.name].words for shard in found),
        "shards": [
            [shard.name, shard.since, len(shard.records), shard.languages, made[shard.name].tag] for shard in found
        ],
    }


def _key_in(cache: Cache | None, shard: Shard) -> bytes:
    return same(cache, "shard", shard.records, partial(_key, shard), bool(shard.name))


def _key(shard: Shard) -> bytes:
    """A digest of everything that the files of a shard depend on."""
    return digest(str(bool(shard.name)), *(compact(_facts(record)) for record in shard.records))


def _facts(record: Record) -> list[Any]:
    choices = [[[one.id, one.label, one.rank] for one in several] for several in record.choices.values()]
    return [
        record.url,
        record.title,
        record.text,
        record.kind.label,
        record.language,
        record.note,
        record.date,
        choices,
    ]


def _made(shard: Shard, key: bytes, made: Files, words: int) -> Made:
    """``made``: what Pagefind gives."""
    files = _needed(made)
    shown = {record.url: record for record in shard.records}
    ids: dict[str, str] = {}
    for path in [path for path in files if path.endswith(_FRAGMENT)]:
        fragment = read(zlib.decompress(files[path], _GZIP).removeprefix(_SIGNATURE))
        ids[fragment["url"]] = path.rpartition("/")[2].removesuffix(_FRAGMENT)
        files[path] = _with_notes(fragment, shown[fragment["url"]])
    files[FACETS] = compact(_facets(shard, ids, words))
    return Made(dict(sorted(files.items())), words, key.hex()[:8])


def _payload(record: Record) -> dict[str, Any]:
    """A record as Pagefind takes it. One without a word is not kept, so a title stands in for text that says none."""
    return {
        "url": record.url,
        "content": indexed(record.text if has_words(record.text) else record.title),
        "language": _LANGUAGE,
        "meta": {"title": indexed(record.title)},
    }


def _with_notes(fragment: Mapping[str, Any], record: Record) -> bytes:
    """What the index keeps of a record, with what is shown of it beside; the index itself would find it by those words, too.

    It is not compressed again, since that differs between machines: a browser reads it either way.
    """
    shown = {"kind": record.kind.label, "lang": record.language, "note": record.note}
    return _SIGNATURE + compact({**fragment, "meta": fragment["meta"] | shown})


def _facets(shard: Shard, ids: Mapping[str, str], words: int) -> dict[str, Any]:
    """For each filter its choices, and for each record the numbers of its choices; the newest record first.

    What only shards need beside: the rank of each choice, the words in all records, the order of those without a date.
    """
    newest = sorted(shard.records, key=lambda record: record.date, reverse=True)
    chosen = {record.url: record.choices for record in newest}
    names = list(newest[0].choices) if newest else []
    offered = {name: _offered(choices[name] for choices in chosen.values()) for name in names}
    number = {name: {choice: place for place, choice in enumerate(offered[name])} for name in names}
    facets: dict[str, Any] = {
        "choices": {name: [_shown(choice, shard) for choice in offered[name]] for name in names},
        "records": {
            ids[url]: [[number[name][choice] for choice in choices[name]] for name in names]
            for url, choices in chosen.items()
            if url in ids
        },
    }
    if shard.name:
        facets |= {"words": words, "undated": undated(one for one in newest if one.url in ids)}
    return facets


def _offered(several: Iterable[Iterable[Choice]]) -> list[Choice]:
    return sorted(
        {choice for choices in several for choice in choices},
        key=lambda choice: (choice.rank, choice.label.casefold(), choice.id),
    )


def _shown(choice: Choice, shard: Shard) -> list[str | int]:
    return [choice.id, choice.label, choice.rank] if shard.name else [choice.id, choice.label]


def _needed(files: Files) -> Files:
    """Those that the site's own search page uses: not the interfaces that Pagefind brings along."""
    return {path: files[path] for path in files if path in _ENGINE or path.endswith(_DATA)}
