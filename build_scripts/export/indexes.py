"""Records as what the search of the site is made of.

In: records. Out: the files that a browser loads, by path; the same records give the same bytes. Many records are in shards, an
index each in a folder of its own, with a list of them on top, so that what a browser needs first does not grow with them. Two
things differ from Pagefind's ways. Its filters come in another order at each run, so what records can be filtered by stands in
a file of ours. Every index is without word stems, whatever the language: merged ones would share one language's stems, and a
phrase would find other words than its own.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from build_scripts.cache import Cache, digest
from build_scripts.export.pagefind import Pagefind
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


@dataclass(frozen=True, slots=True)
class Made:
    """An index. ``files``: by path; ``words``: how many it has; ``tag``: tells it from what it was before."""

    files: Files
    words: int
    tag: str


def search_files(records: Sequence[Record], cache: Cache | None = None, bound: int = BOUND) -> Files:
    """The files of the search, in the order of their paths; in shards where there are more than ``bound`` records.

    ``cache``: holds what need not be made again. Raises IndexingError.
    """
    found = shards(records, bound)
    with Pagefind() as pagefind:
        if len(found) == 1:
            return _kept(found[0], cache, pagefind).files
        made = {shard.name: _kept(shard, cache, pagefind) for shard in found}
        files = _on_top(cache, pagefind).files | {FACETS: _json(_list_of(found, made))}
    for name, index in made.items():
        files |= {f"{name}/{path}": content for path, content in index.files.items() if path not in _ENGINE}
    return dict(sorted(files.items()))


def _list_of(found: Sequence[Shard], made: Mapping[str, Made]) -> dict[str, Any]:
    """What a browser is told of the shards: folder, first day, number of records, their languages, and a tag of what they hold."""
    return {
        "words": sum(index.words for index in made.values()),
        "shards": [
            [shard.name, shard.since, len(shard.records), shard.languages, made[shard.name].tag] for shard in found
        ],
    }


def _kept(shard: Shard, cache: Cache | None, pagefind: Pagefind) -> Made:
    """The index of a shard, out of ``cache`` where it is there."""
    key = cache.same("shard", shard.records, partial(_key, shard), bool(shard.name)) if cache else _key(shard)
    return cache.kept("search", key, lambda: _made(shard, key, pagefind)) if cache else _made(shard, key, pagefind)


def _on_top(cache: Cache | None, pagefind: Pagefind) -> Made:
    """Pagefind's programs, with an index of nothing: it has none without a record, and this one no shard knows."""
    nothing = Shard("top", "", (Record("", "", "nothing", ABOUT, _LANGUAGE),))
    return _kept(nothing, cache, pagefind)


def _key(shard: Shard) -> bytes:
    """A digest of everything that the files of a shard depend on."""
    return digest(str(bool(shard.name)), *(json.dumps(_facts(record)) for record in shard.records))


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


def _made(shard: Shard, key: bytes, pagefind: Pagefind) -> Made:
    made, words = pagefind.index([_payload(record) for record in shard.records])
    files = _needed(made)
    shown = {record.url: record for record in shard.records}
    ids: dict[str, str] = {}
    for path in [path for path in files if path.endswith(_FRAGMENT)]:
        fragment = json.loads(zlib.decompress(files[path], _GZIP).removeprefix(_SIGNATURE))
        ids[fragment["url"]] = path.rpartition("/")[2].removesuffix(_FRAGMENT)
        files[path] = _with_notes(fragment, shown[fragment["url"]])
    files[FACETS] = _json(_facets(shard, ids, words))
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
    return _SIGNATURE + json.dumps({**fragment, "meta": fragment["meta"] | shown}, ensure_ascii=False).encode()


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


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _needed(files: Files) -> Files:
    """Those that the site's own search page uses: not the interfaces that Pagefind brings along."""
    return {path: files[path] for path in files if path in _ENGINE or path.endswith(_DATA)}
