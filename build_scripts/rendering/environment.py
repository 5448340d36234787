"""Templates to Markdown, with every value escaped unless it is Markdown already.

In: a template's name, the words of the site's language, values. Out: a page. The only module that knows Jinja2.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from functools import cache
from json import JSONEncoder
from typing import Any

import regex
from jinja2 import Environment, PackageLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame

from build_scripts import addresses
from build_scripts.cache import Cache
from build_scripts.compiled import Compiled
from build_scripts.rendering.catalogue import PLACEHOLDER, Catalogue, Said, message
from build_scripts.rendering.escape import Md, escape

_FEEDS = {
    "articles": message("Articles"),
    "claims": message("Checks"),
    "corrections": message("Corrections"),
}
_json = JSONEncoder(ensure_ascii=False).encode
_BLANK_LINES = re.compile("\n\n\n+")  # a pattern that begins with plain signs is looked for fast
_REORDERS = regex.compile(r"[\p{Bidi_Class=R}\p{Bidi_Class=AL}\u202a-\u202e\u2066-\u2069]")


def render(template: str, words: Catalogue, **values: Any) -> str:
    """The page that ``template`` makes of ``values`` in our ``words``; ends with one LF."""
    page = _environment(words).get_template(template).render(**values)
    return _BLANK_LINES.sub("\n\n", page).strip("\n") + "\n"


def compile_once(words: Catalogue, cache: Cache | None) -> None:
    """From here on, templates that say ``words`` are those that an earlier build compiled, as far as ``cache`` has them."""
    _environment(words).bytecode_cache = Compiled(cache, f"pages {words.language}") if cache else None


def text(value: Any) -> Md:
    """Any value as Markdown that shows it; text that could reorder its neighbours is isolated."""
    if isinstance(value, Md):
        return value
    if value is None:
        return Md("")
    if isinstance(value, Said):
        return _filled(value)
    escaped = escape(str(value))
    return Md(f"<bdi>{escaped}</bdi>") if not escaped.isascii() and _REORDERS.search(escaped) else escaped


def _filled(said: Said) -> Md:
    """A message as Markdown: its own words escaped, its parts as ``text`` shows them."""
    own, names = _own_words(said.pattern)
    if not names:
        return own[0]
    shown = [own[0]]
    for name, words in zip(names, own[1:], strict=True):
        shown += (text(said.parts[name]), words)
    return Md("".join(shown))


@cache
def _own_words(pattern: str) -> tuple[list[Md], list[str]]:
    """The words of a message as Markdown, and the names of the parts between them; there are as many messages as our code says."""
    pieces = PLACEHOLDER.split(pattern)
    own, last = pieces[::2], len(pieces) // 2
    words = [
        escape(piece, at_start=bool(piece) and at == 0, at_end=bool(piece) and at == last)
        for at, piece in enumerate(own)
    ]
    return words, pieces[1::2]


def joined(parts: Iterable[Any], separator: str = ", ") -> Md:
    """``parts`` as Markdown, with ``separator`` between."""
    return Md(separator.join(text(part) for part in parts))


def span(kind: str, content: Any) -> Md:
    """``content`` with the class ``kind``."""
    return Md(f'<span class="{kind}">{text(content)}</span>')


def strong(content: Any) -> Md:
    """``content`` in bold type."""
    return Md(f"**{text(content)}**")


def number(value: int) -> Md:
    """The marker of item ``value`` of a numbered list."""
    return Md(f"{value}.".ljust(4))


def front_matter(**values: Any) -> Md:
    """YAML that MkDocs reads; text is HTML-escaped, because themes put it into pages as it is. JSON texts are YAML."""
    lines = [
        f"{key}: {_json(html.escape(value) if isinstance(value, str) else value)}"
        for key, value in values.items()
        if value not in (None, "")
    ]
    return Md("\n".join(["---", *lines, "---"]).replace("\u2028", " ").replace("\u2029", " "))


class Plainly(CodeGenerator):
    """Attributes and calls are Python's own, which takes a fraction of the time: what stands in a mapping is looked up in brackets."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 -- Jinja2's name
        """``object.name``."""
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: ARG002, N802 -- the same
        """``function(given, name=given)``: no function of ours asks for the template's variables besides."""
        self.visit(node.node, frame)
        self.write("(")
        for given in (*node.args, *node.kwargs):
            self.visit(given, frame)
            self.write(", ")
        self.write(")")


class _Templates(Environment):
    """Not for HTML: ``finalize`` escapes for Markdown."""

    code_generator_class = Plainly


@cache
def _environment(words: Catalogue) -> Environment:
    environment = _Templates(
        loader=PackageLoader("build_scripts.rendering"),
        finalize=text,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"day": words.day, "joined": joined, "percent": words.percent}
    environment.globals |= {
        "annotation_page": addresses.annotation_page,
        "claim_feed": lambda name: [[addresses.claim_feed(name), html.escape(words.say("Changes of this check"))]],
        "book": addresses.book,
        "embed": addresses.embed,
        "feeds": lambda *names: [[addresses.feed(name), html.escape(words.say(_FEEDS[name]))] for name in names],
        "front_matter": front_matter,
        "number": number,
        "oembed": addresses.oembed,
        "plain_text": addresses.plain_text,
        "say": words.say,
        "say_count": words.say_count,
        "shared_article": addresses.shared_article,
        "shared_claim": addresses.shared_claim,
        "shared_quote": addresses.shared_quote,
        "site_name": addresses.site_name,
        "span": span,
        "speaker": addresses.speaker,
        "strong": strong,
    }
    return environment
