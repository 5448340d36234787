"""Python-Markdown as MkDocs uses it: the same steps, whose results can be kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import markdown
from markdown.extensions.toc import nest_toc_tokens
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import _ExtractAnchorsTreeprocessor, _ExtractTitleTreeprocessor, _RawHTMLPreprocessor

from build_scripts.accelerator.links import Links
from build_scripts.accelerator.markdown import Heading, Rendered


def rendered(text: str, config: MkDocsConfig, links: Links) -> Rendered:
    """A page's text, with its links resolved."""
    converter = markdown.Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs or {})
    raw = _RawHTMLPreprocessor()
    anchors = _ExtractAnchorsTreeprocessor(links.file, links.files, config)
    title = _ExtractTitleTreeprocessor()
    for part in (raw, anchors, links, title):
        part._register(converter)
    html = converter.convert(text)
    headings = tuple(_flat(getattr(converter, "toc_tokens", [])))
    return Rendered(html, headings, title.title, frozenset(anchors.present_anchor_ids | raw.present_anchor_ids))


def nested(headings: Iterable[Heading]) -> list[Any]:
    """The headings as the table of contents has them, each with those below it."""
    tokens: list[Any] = [{"level": heading.level, "id": heading.id, "name": heading.name} for heading in headings]
    return nest_toc_tokens(tokens)


def _flat(tokens: Iterable[Any]) -> Iterator[Heading]:
    for token in tokens:
        yield Heading(token["level"], token["id"], token["name"])
        yield from _flat(token["children"])
