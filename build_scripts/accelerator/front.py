"""What stands before a page's text, as our pages write it: texts in quotes, and structured data line by line.

In: a page's source. Out: its text and what MkDocs' reader of YAML would give for what stands before; nothing where anything else
stands there, which is that reader's. Knows nothing of MkDocs.
"""

from __future__ import annotations

import re

Values = dict[str, str | list[str]]

_BEYOND_ASCII = r"\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff"
_IN_QUOTES = rf"[\x20\x21\x23-\x5b\x5d-\x7e{_BEYOND_ASCII}]*+"
_LINE = rf"    [\x20-\x7e{_BEYOND_ASCII}]++\n"
"""Signs that stand for themselves in YAML, and end no line there."""
_NAME = r"(?!(?:false|n|no|null|off|on|true|y|yes):)[a-z][a-z_]*+"
_FRONT = re.compile(
    rf'---\n((?:{_NAME}: "{_IN_QUOTES}"\n)++)(?:jsonld:\n((?:  - \|\n(?=    [^ ])(?:{_LINE})++)++))?+---\n'
)
_TEXT = re.compile(r'(\w+): "(.*)"\n')
_DATA = re.compile(rf"  - \|\n((?:{_LINE})++)")


def parted(source: str) -> tuple[str, Values] | None:
    """A page's text and what stands before it; None where only a reader of YAML can tell."""
    found = _FRONT.match(source)
    if not found:
        return None
    values: Values = dict(_TEXT.findall(found[1]))
    if found[2]:
        values["jsonld"] = [data[4:].replace("\n    ", "\n") for data in _DATA.findall(found[2])]
    return source[found.end() :].lstrip("\n"), values
