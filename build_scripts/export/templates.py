"""Templates to HTML and SVG, with every value escaped.

In: a template's name and values. Out: text. Pages in Markdown have an environment of their own, which escapes for Markdown.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from build_scripts.cache import Cache
from build_scripts.compiled import Compiled
from build_scripts.rendering.catalogue import Said
from build_scripts.rendering.environment import Plainly


def fill(template: str, **values: Any) -> str:
    """What ``template`` makes of ``values``; ends with one LF."""
    return _environment().get_template(template).render(**values).strip() + "\n"


def compile_once(cache: Cache | None) -> None:
    """From here on, templates are those that an earlier build compiled, as far as ``cache`` has them."""
    _environment().bytecode_cache = Compiled(cache, "files") if cache else None


class _Templates(Environment):
    """For HTML, SVG and XHTML."""

    code_generator_class = Plainly


@cache
def _environment() -> Environment:
    environment = _Templates(
        autoescape=True,
        loader=PackageLoader("build_scripts.export"),
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["in_html"] = _in_html
    return environment


def _in_html(said: Said) -> Markup:
    """A message as HTML: its own words escaped, and those of its parts that are not HTML."""
    return Markup.escape(said.pattern).format(**said.parts)
