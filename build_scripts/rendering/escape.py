"""Text to Markdown that shows just that text, to CommonMark and to Python-Markdown alike.

In: untrusted text, addresses. Out: ``Md``, Markdown that is safe to put into a page. Every value that reaches a template
and is no ``Md`` is escaped here.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from build_scripts.addresses import leads_out

_EVERYWHERE = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "\\`*_[]{#"},
        "<": "&lt;",
        "&": "&amp;",
        "\t": "&#9;",
        "\u2028": "&#8232;",
        "\u2029": "&#8233;",
    }
)
_SIGNS = re.compile(r"[\\`*_\[\]{#<&!\t\n\u2028\u2029]")
"""What may have to be escaped anywhere: few texts have any of it."""
_BACKSLASHED_AT_START = "+->!"
_NUMBERED = re.compile(r"([0-9]+)([.)])(?=\s|$)")
_REFERENCE_END = re.compile(r"\\\](?=:|$)")
_EDGE_SPACE = re.compile(r"^\s+|\s+$")
_KEPT_IN_ADDRESS = "/:?#@=+,;.-_~%!$&"
_PLAIN_PATH = re.compile(r"(?!//)[A-Za-z0-9/?#@=+,;.\-_~%!$]*")
"""A path in which nothing has to be quoted."""


class Md(str):
    """Markdown that is safe as it is."""

    __slots__ = ()


def escape(text: str, *, at_start: bool = True, at_end: bool = True) -> Md:
    """Markdown that shows ``text`` in one line; ``at_start``, ``at_end``: whether it opens and closes that line.

    ``text`` holds no LF. What follows directly may be markup of ours, so a last ``!`` or ``]`` is defused too.
    """
    escaped = _without_signs(text) if _SIGNS.search(text) else text
    is_edged = at_end and escaped[-1:].isspace()
    if at_start and not escaped[:1].isalpha():
        escaped = _opening(escaped)
        is_edged = is_edged or escaped[:1].isspace()
    if is_edged:
        escaped = _EDGE_SPACE.sub(lambda edge: _as_references(edge, escaped, at_start, at_end), escaped)
    return Md(escaped)


def _without_signs(text: str) -> str:
    """``text`` in one line, without what is a sign anywhere."""
    escaped = _REFERENCE_END.sub("&#93;", text.replace("\n", " ").translate(_EVERYWHERE))
    return f"{escaped[:-1]}\\!" if escaped.endswith("!") else escaped


def _opening(escaped: str) -> str:
    """Defuse what is a sign only at a line's start."""
    first = escaped[:1]
    if first in _BACKSLASHED_AT_START:
        return escaped if escaped.startswith("\\") else f"\\{escaped}" if first else escaped
    number = _NUMBERED.match(escaped)
    if number:
        return f"{number[1]}\\{number[2]}{escaped[number.end() :]}"
    if first.isascii() and not first.isalnum() and first not in "\\&(\"' ":
        return f"&#{ord(first)};{escaped[1:]}"
    return escaped


def _as_references(edge: re.Match[str], escaped: str, at_start: bool, at_end: bool) -> str:
    if (edge.start() == 0 and at_start) or (edge.end() == len(escaped) and at_end):
        return "".join(f"&#{ord(char)};" for char in edge.group())
    return edge.group()


def address(url: str) -> Md | None:
    """``url`` as the target of a link: http, https, mailto or a relative path; None for anything else."""
    if _PLAIN_PATH.fullmatch(url):
        return Md(url)
    is_path = not (":" in url.partition("/")[0] or url.startswith("//"))
    if not is_path and not leads_out(url):
        return None
    return Md(quote(url, safe=_KEPT_IN_ADDRESS).replace("&", "&amp;"))


def link(label: str, url: str) -> Md:
    """A link; just the label where the target is not allowed."""
    shown = label if isinstance(label, Md) else escape(label, at_end=False)
    target = address(url)
    return Md(f"[{shown}]({target})") if target else Md(shown)
