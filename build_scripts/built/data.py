"""Data for programs as such: they can be read, speak one language, and lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from build_scripts.built.pages import Block, BuiltPage, things
from build_scripts.built.site import BuiltSite
from build_scripts.problems import Problem, Rule, shown

UNREADABLE = Rule(
    "data-unreadable",
    "On the built site, data for programs are JSON: one object with `@type`, in the terms of https://schema.org and no other.",
)
NOWHERE = Rule(
    "data-leads-nowhere",
    "On the built site, every address of the site's own that data for programs give, those of policies, pages and pictures, is "
    "that of a file of the site, and of a place on the page.",
)
RULES = (UNREADABLE, NOWHERE)
CONTEXT = "https://schema.org"


def check(page: BuiltPage, site: BuiltSite) -> Iterator[Problem]:
    """Everything wrong with the page's data, whatever they say."""
    for block in page.blocks:
        fault = block.error or _fault(block.value)
        if fault:
            yield UNREADABLE.problem(
                page.place(block, "@context"), f"data for programs: {fault}", "build the site again"
            )
        for address in dict.fromkeys(_own(block.value, site)):
            if not site.leads_somewhere(address):
                yield from _nowhere(page, block, address, site)


def _fault(value: Any) -> str:
    """What is wrong with a document; empty if nothing is."""
    if not isinstance(value, dict):
        return "not one object"
    if value.get("@context") != CONTEXT:
        return f"the context is {shown(str(value.get('@context')))}"
    if "@type" not in value:
        return "the object has no `@type`"
    if sum("@context" in thing for thing in things(value)) > 1:
        return "a second context inside"
    return ""


def _own(value: Any, site: BuiltSite) -> Iterator[str]:
    """Every text that is an address of the site."""
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        if isinstance(part, str):
            if site.is_own(part):
                yield part
        else:
            yield from _own(part, site)


def _nowhere(page: BuiltPage, block: Block, address: str, site: BuiltSite) -> Iterator[Problem]:
    below = address.removeprefix(site.home)
    hint = "write the page, or the heading with that id, in docs/" if "#" in below else "build the site again"
    yield NOWHERE.problem(page.place(block, address), f"nothing is at {shown(below, 100)}", hint)
