"""The whole text of a feed's entries, as HTML.

In: articles and checks. Out: HTML without script, style or frames, whose addresses are full ones, since a feed reader shows it
anywhere. Our Markdown is turned into HTML by the library that the site's renderer uses.
"""

from __future__ import annotations

from markupsafe import Markup

from build_scripts import addresses
from build_scripts.cache import digest
from build_scripts.export.feeds.entries import Here
from build_scripts.export.html import as_html
from build_scripts.export.templates import fill
from build_scripts.model import Article, Claim
from build_scripts.rendering.context import direction
from build_scripts.rendering.weave import weave


def article_html(article: Article, here: Here) -> str:
    """The text without notes, and what was found about its claims."""
    if here.cache is None:
        return _article_html(article, here)
    found = (claim.digest for claim in here.library.verdicts_in(article))
    key = digest(article.digest, here.library.common_digest, here.home, *found)
    return here.cache.kept("in feeds", key, lambda: _article_html(article, here))


def _article_html(article: Article, here: Here) -> str:
    page, folder = addresses.article(article.id), article.path.rpartition("/")[0]
    images = {f"{folder}/{name}": here.address(page) + name for name in article.files.images}
    target = addresses.ways_from(article.path, here.address, images, here.address(page))
    found = here.library.verdicts_in(article)
    return fill(
        "feed_article.html.j2",
        say=here.words.say,
        facts=article.facts,
        dir=direction(article.facts.language),
        text=_html(weave(article.prose, target=target)),
        checks=[(claim, here.library.verdict_of(claim), here.address(addresses.claim(claim.id))) for claim in found],
        url=here.address(page),
    )


def claim_html(claim: Claim, here: Here) -> str:
    """Verdict, finding and evidence of a check that has a verdict."""
    facts, page, say = claim.facts, addresses.claim(claim.id), here.words.say
    stances = {
        "supports": say("Evidence for"),
        "undermines": say("Evidence against"),
        "context": say("Context"),
    }
    target = addresses.ways_from(claim.path, here.address, here=here.address(page))
    return fill(
        "feed_claim.html.j2",
        say=say,
        day=here.words.day,
        facts=facts,
        label=here.library.verdict_of(claim),
        names=[here.library.name_of(name) for name in facts.claimant],
        note=_html(weave(claim.note, target=target, top=2, prefix="note")),
        evidence=[
            (label, [item for item in facts.evidence if item.stance == stance]) for stance, label in stances.items()
        ],
        results=claim.results,
        url=here.address(page),
    )


def change_html(told: str, label: str, url: str) -> str:
    """What happened, and where to read of it."""
    return fill("feed_change.html.j2", told=told, label=label, url=url)


def _html(text: str) -> Markup:
    """Markdown of our own making, in which everything that others wrote is escaped."""
    return Markup(as_html(text))  # noqa: S704 -- as the docstring says
