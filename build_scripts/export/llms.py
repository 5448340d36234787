"""The site in one page for language models: what it is, what there is, where programs read it.

In: the index, the site's address. Out: llms.txt, a file in Markdown (llmstxt.org).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from build_scripts import addresses
from build_scripts.export.structured.reviews import REVIEWS
from build_scripts.model import Claim
from build_scripts.rendering.catalogue import words_of
from build_scripts.rendering.dates import changed
from build_scripts.rendering.environment import render, text
from build_scripts.rendering.escape import Md, link
from build_scripts.rendering.index import Index
from build_scripts.site import Asset

LATEST = 200
"""Articles and checks at most, of each: the lists of all are linked."""


def llms(index: Index, home: str) -> Iterator[Asset]:
    """The file; none where ``home``, the site's address, is not known."""
    library = index.library
    if not home or not library.publication:
        return
    values = {
        "publication": library.publication.facts,
        "articles": index.articles[:LATEST],
        "checks": _checks(index),
        "home": home,
        "out": _out,
        "full": partial(addresses.full, home),
        "page": addresses.article,
        "check": addresses.claim,
        "reviews": REVIEWS,
        "annotations": addresses.ANNOTATIONS,
    }
    yield Asset("llms.txt", content=render("llms.txt.j2", words_of(library), **values))


def _checks(index: Index) -> list[tuple[Claim, str]]:
    """The checks that changed last, with their verdicts in words."""
    claims = [claim for claim in index.claims if claim.has_verdict]
    claims.sort(key=lambda claim: str(changed(claim)), reverse=True)
    return [(claim, index.library.verdict_of(claim)) for claim in claims[:LATEST]]


def _out(label: str, url: str) -> Md:
    return link(text(label), url)
