"""What the templates of a site may show, as far as their texts tell: of another theme than Material anything.

In: the settings. Out: whether pages show more than themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from jinja2 import Environment, TemplateNotFound
from mkdocs.config.defaults import MkDocsConfig

_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_EVERYTHING = re.compile(r"\{[{%][^}]*\b(?:pages|build_date_utc)\b")
"""What shows something of all pages, or the day."""
_UNSTEADY = re.compile(
    r"\{[{%][^}]*(?:\b(?:pages|build_date_utc|random|lipsum|cycler|joiner|_current_page)\b"
    r"|\.(?:append|changed|clear|extend|insert|pop|popitem|remove|reverse|setdefault|sort|update)\s*\()"
)
"""What may show other than what was asked for: chance, the page before, or what was done to something that pages or
items share."""
_TEXT = re.compile(r"\{[{%][^}]*\b(?:markdown|content_string|content_bytes)\b")
"""What shows a page's Markdown."""


def shows_all(config: MkDocsConfig) -> bool:
    """Whether pages may show something of all others, or the day."""
    return config.theme.name != "material" or _have(_own_templates(config), _EVERYTHING)


def shows_others(env: Environment, config: MkDocsConfig) -> bool:
    """Whether any template may show something of all pages, so that they must all be there for it."""
    if shows_all(config) or config.extra_templates or not env.loader:
        return True
    try:
        return _have((env.loader.get_source(env, name)[0] for name in config.theme.static_templates), _EVERYTHING)
    except TemplateNotFound:  # which MkDocs warns of
        return True


def shows_texts(config: MkDocsConfig) -> bool:
    """Whether any template may show a page's Markdown."""
    return config.theme.name != "material" or bool(config.extra_templates) or _have(_own_templates(config), _TEXT)


def is_steady(config: MkDocsConfig) -> bool:
    """Whether templates show the same of what is the same."""
    return config.theme.name == "material" and not any(map(is_unsteady, _own_templates(config)))


def is_unsteady(template: str) -> bool:
    """Whether a template may show other than what was asked for."""
    return _have((template,), _UNSTEADY)


def _own_templates(config: MkDocsConfig) -> list[str]:
    own = Path(config.theme.custom_dir) if config.theme.custom_dir else None
    return [path.read_text(encoding="utf-8") for path in sorted(own.rglob("*.html"))] if own else []


def _have(templates: Iterable[str], sign: re.Pattern[str]) -> bool:
    return any(sign.search(_COMMENT.sub("", template)) for template in templates)
