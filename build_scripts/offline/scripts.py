"""ES modules as classic scripts: a browser loads no module from a disk, where each file is a site of its own.

In: a module's text. Out: a script that puts what the module exports into a table, by the module's name, and takes from there
what it imports; whoever includes it includes first what it imports. It is no general translator: modules are read as our
own are written and Pagefind's is, names in braces or a default, at the start of a statement. What is left over is an error.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

TABLE = "window.newsglossModules"

_START = r"(?:^|(?<=[;}\n]))\s*"
_IMPORT = re.compile(_START + r'import\s*(?:\{(?P<names>[^}]*)\}|(?P<default>\w+))\s*from\s*"(?P<module>\./[\w.-]+)";')
_LIST = re.compile(_START + r"export\s*\{(?P<names>\s*\w+(?:\s*,\s*\w+)*\s*)\};?")
_DEFAULT = re.compile(_START + r"export\s+default(?![\w$])\s*")
_NAMED = re.compile(_START + r"export\s+(?=(?:const|class|function|async\s+function)\s+(?P<name>\w+))")
_LEFT = re.compile(
    _START
    + r"(?:(?:import|export)\s*[{*\"']|import\s+\w+[\s,]+(?:from\b|[{*])|export\s+(?:async|class|const|function|let|var)\b)"
    r"|\bimport\s*\(|\bimport\.meta\b"
)


class UnknownModuleError(Exception):
    """A module that can't be made a classic script; the message names it."""


def imports(module: str) -> list[str]:
    """The names of the modules that ``module`` imports, in its order."""
    return [found["module"] for found in _IMPORT.finditer(module)]


def classic(name: str, module: str, given: Mapping[str, str] = MappingProxyType({}), address: str = "") -> str:
    """``module`` as a script that stands in the table as ``name``.

    ``given``: values, by their names, for what the module would take from the browser; ``address``: an expression for the
    module's own address, else where the script is loaded from. Raises UnknownModuleError.
    """
    body = _IMPORT.sub(_taken, module)
    exported = [found["name"] for found in _NAMED.finditer(body)]
    exported += [one.strip() for found in _LIST.finditer(body) for one in found["names"].split(",") if one.strip()]
    exported += ["default: default_" for _found in _DEFAULT.finditer(body)]
    body = _DEFAULT.sub("const default_ = ", _NAMED.sub("", _LIST.sub("", body)))
    body = body.replace("import.meta.url", "address_")
    if _LEFT.search(body):
        raise UnknownModuleError(f"{name} is a module of a kind that can't be read from a disk")
    values = {"address_": address or "document.currentScript.src"} | dict(given)
    return (
        f"({TABLE} ??= {{}})['{name}'] = (({', '.join(values)}) => {{\n\"use strict\";\n{body.strip()}\n"
        f"return {{{', '.join(exported)}}};\n}})({', '.join(values.values())});\n"
    )


def _taken(found: re.Match[str]) -> str:
    """An import as a declaration."""
    names = found["names"]
    wanted = f"{{{names}}}" if names is not None else f"{{default: {found['default']}}}"
    return f"const {wanted} = {TABLE}['{found['module']}'];"
