"""An article with gold annotations as the sources of a site.

In: the folder of the test data. Out: the article's body, the gold annotations moved to it, and the files of a root. Gold
offsets count code points of the file as it was found, with headline and photo gallery; the body leaves these out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from build_scripts.anchoring.anchor import Span, describe
from build_scripts.editing.plain import to_markdown
from tests.site.building import article_facts, claim_facts, write_markdown, write_yaml

ARTICLE = "seed"
_LEFT_OUT = ("headline", "caption-duplicate", "gallery-counter")
_AMBIGUOUS = ("kharkiv-region", "belgorod-region")
"""Regions named like their cities: where they are meant, the annotations say so."""
_TYPES = {"PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "PRODUCT": "weapon"}


@dataclass(frozen=True)
class Seed:
    """The body as canonical text, and where its lines stand in the file as found: (start in file, start in body, length)."""

    gold: dict[str, Any]
    body: str
    lines: tuple[tuple[int, int, int], ...]

    def moved(self, item: dict[str, Any]) -> Span | None:
        """Where words of the file stand in the body; None where they were left out."""
        for found, here, length in self.lines:
            if found <= item["start"] and item["end"] <= found + length:
                return Span(item["start"] - found + here, item["end"] - found + here)
        return None

    def mentions(self, *, optional: bool) -> dict[Span, str]:
        """The gold mentions of the body, by place; ``optional``: also those that may be linked or not."""
        places = ((self.moved(item), item) for item in self.gold["mentions"])
        return {span: item["entity"] for span, item in places if span and (optional or not item.get("optional"))}


def read_seed(testdata: Path) -> Seed:
    folder = testdata / "seed"
    gold = yaml.safe_load((folder / "gold.yaml").read_text(encoding="utf-8"))
    text = (folder / gold["meta"]["file"]).read_text(encoding="utf-8")
    left_out = [zone for zone in gold["zones"] if zone["kind"] in _LEFT_OUT]
    lines: list[tuple[int, int, int]] = []
    kept: list[str] = []
    for start, line in _lines(text):
        if line and not any(zone["start"] <= start < zone["end"] for zone in left_out):
            lines.append((start, sum(len(other) + 2 for other in kept), len(line)))
            kept.append(line)
    return Seed(gold, "\n\n".join(kept), tuple(lines))


def write_seed(seed: Seed, root: Path) -> None:
    sources = root / "sources"
    headline = next(zone["text"] for zone in seed.gold["zones"] if zone["kind"] == "headline")
    folder = sources / "articles" / ARTICLE
    write_markdown(folder / "article.md", article_facts(headline=headline), to_markdown(seed.body))
    write_yaml(folder / "annotations.yml", _annotations(seed))
    for entity in seed.gold["entities"]:
        write_yaml(sources / "entities" / f"{entity['id']}.yml", _entity(entity))
    for claim in seed.gold["claims"]:
        write_markdown(sources / "claims" / f"{claim['id']}.md", claim_facts(claim_reviewed=claim["text"]), "")


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _entity(gold: dict[str, Any]) -> dict[str, Any]:
    key = "weak_aliases" if gold["id"] in _AMBIGUOUS else "aliases"
    aliases = [name for name in gold["aliases"] if name != gold["name"]]
    kind = _TYPES.get(gold["type"], "group")
    return {"type": kind, "name": gold["name"], key: aliases, "description": "A description."}


def _annotations(seed: Seed) -> dict[str, Any]:
    mentions = [
        {"entity": entity} | _selector(seed, span)
        for span, entity in seed.mentions(optional=False).items()
        if entity in _AMBIGUOUS
    ]
    claims = [{"claim": claim["id"]} | _selector(seed, _place(seed, claim)) for claim in seed.gold["claims"]]
    return {"mentions": mentions, "quotes": [*_direct(seed), *_indirect(seed)], "claims": claims}


def _direct(seed: Seed) -> Iterator[dict[str, Any]]:
    """Quotations without their outer marks; those that go on after their cue are one."""
    items = seed.gold["direct_quotes"]
    for item in items:
        if "continues" not in item:
            parts = [item, *(other for other in items if other.get("continues") == item["id"])]
            inner = [Span(start + 1, end - 1) for start, end in (_place(seed, part) for part in parts)]
            kind = "direct" if item["kind"] == "full" else "mixed"
            content = [_selector(seed, span) for span in inner]
            yield {"id": item["id"], "kind": kind, "content": content, "cue": item["cue"]["text"]} | _who(seed, item)


def _indirect(seed: Seed) -> Iterator[dict[str, Any]]:
    for item in seed.gold["indirect_statements"]:
        span = seed.moved(item)
        if span:
            content = [_selector(seed, span)]
            yield {"id": item["id"], "kind": "indirect", "content": content, "cue": item["cue"]["text"]} | _who(
                seed, item
            )


def _who(seed: Seed, item: dict[str, Any]) -> dict[str, Any]:
    name = item["speaker"] if "speaker" in item else item["speakers"][0]
    if name in {entity["id"] for entity in seed.gold["entities"]}:
        return {"speaker": name}
    return {"anonymous": {"description": item["source"]["text"]}}


def _place(seed: Seed, item: dict[str, Any]) -> Span:
    span = seed.moved(item)
    assert span is not None, item
    return span


def _selector(seed: Seed, span: Span) -> dict[str, Any]:
    selector = describe(seed.body, span)
    parts = {"exact": selector.exact, "prefix": selector.prefix, "suffix": selector.suffix}
    return {name: words for name, words in parts.items() if words} | (
        {"occurrence": selector.occurrence} if selector.occurrence else {}
    )
