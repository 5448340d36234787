"""A site with hostile strings in every field that readers see.

In: strings. Out: the files of a root with as many articles, entities and claims as there are strings; over all of them each
string stands in each field once. ``Sown`` remembers what must stand on which page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from build_scripts.editing.plain import normalise, to_markdown
from tests.site.building import article_facts, claim_facts, write_markdown, write_yaml

OUR_STRINGS = (
    "\"><script>hacked('attribute')</script>",
    "'><img src=x onerror=\"hacked('quote')\">",
    "\" onmouseover=\"hacked('handler')\" autofocus onfocus=\"hacked('focus')\" x=\"",
    "</title><script>hacked('title')</script>",
    "</h1></article></main><script>hacked('block')</script>",
    "</script><script>hacked('json')</script>",
    "</textarea></style></noscript></template><svg onload=hacked('raw')>",
    "--><script>hacked('comment')</script><!--",
    "<!-- text --><script>hacked('marker')</script><!-- end of text -->",
    "<img src=x onerror=hacked('image')>",
    "<svg><script>hacked('svg')</script></svg>",
    "<iframe srcdoc=\"<script>parent.hacked('frame')</script>\"></iframe>",
    "<details open ontoggle=hacked('toggle')>",
    "<a href=\"javascript:hacked('link')\">words</a>",
    "[words](javascript:hacked('markdown'))",
    "[words](<java\tscript:hacked('tab')>)",
    "![words](x\"onerror=\"hacked('alt'))",
    "<javascript:hacked('autolink')>",
    "[a]: javascript:hacked('definition')",
    "javascript:hacked('scheme')",
    "data:text/html,<script>parent.hacked('data')</script>",
    "<meta http-equiv=\"refresh\" content=\"0;url=javascript:hacked('refresh')\">",
    "<base href=\"https://elsewhere.example/\">",
    "<link rel=\"stylesheet\" href=\"https://elsewhere.example/x.css\">",
    "<style>@import 'https://elsewhere.example/y.css'; body { display: none }</style>",
    "<form action=\"https://elsewhere.example/\"><button>words</button></form>",
    "&lt;script&gt;hacked('entity')&lt;/script&gt;",
    "&amp;lt;img src=x onerror=hacked('twice')&amp;gt;",
    "&#60;script&#62;hacked('number')&#60;/script&#62;",
    "{{ 7*7 }} {{ config.__class__ }} ${7*7} #{7*7}",
    "{% raw %}{% include 'main.html' %}{# comment #}",
    "{: onclick=hacked('list') } { #x onclick=hacked('brace') }",
    "`code` **bold** _em_ ~~~ --- *** | a | b |",
    "# heading <x onclick=hacked('heading')>",
    "\\\" \\x22 \\u003cscript\\u003ehacked('escape')\\u003c/script\\u003e",
    "first line\n\n---\n\ntitle: <script>hacked('line')</script>",
    "words\u2028</script>\u2029<script>hacked('separator')</script>",
    "\u202e<script>hacked('reordered')</script>\u2066",
    "=HYPERLINK(\"https://elsewhere.example/\",\"words\")",
)  # fmt: skip
"""A page on which one of these works calls ``hacked`` or asks another host for something."""

URL = "https://elsewhere.example/'onclick='hacked(1)?a=(b)&c=*d*_e_&lt;!--#[TOC]"
"""An address that is allowed, and must stay one."""
PUBLICATION = "</title><script>hacked('name')</script>\"><img src=x onerror=hacked('name')>{{ 7*7 }}"


@dataclass
class Sown:
    """What was written where: the strings that each page must show, and the descriptions in its head."""

    shown: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    descriptions: dict[str, str] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)


def usable(strings: Iterable[str]) -> list[str]:
    """The strings as text that files may hold; a no-break space in place of a tag's own would only defuse them."""
    texts = (" ".join(normalise(text).replace("\u00a0", " ").split(" ")).strip() for text in strings)
    return list(dict.fromkeys(text for text in texts if text))


def sow(strings: list[str], root: Path) -> Sown:
    sown = Sown()
    _sow_publication(strings, root / "sources")
    for number in range(len(strings)):
        fields = count()

        def take(number: int = number, fields: Iterator[int] = fields) -> str:
            return strings[(number + next(fields)) % len(strings)]

        _sow_entity(number, take, root / "sources", sown)
        _sow_claim(number, take, root / "sources", sown)
        _sow_withdrawn(number, take, root / "sources", sown)
        _sow_article(number, take, root / "sources", sown)
    return sown


def _sow_publication(strings: list[str], sources: Path) -> None:
    people = [
        {"id": f"person-{number}", "name": text, "description": text} for number, text in enumerate([*strings, "Other"])
    ]
    publication = {"name": PUBLICATION, "description": PUBLICATION, "language": "en", "licence": PUBLICATION}
    write_yaml(sources / "publication.yml", publication | {"people": people})
    ratings = [
        {"id": f"rating-{number}", "label": f"Verdict {number} {text}", "meaning": text, "colour": "#333333"}
        for number, text in enumerate(strings)
    ]
    for value, rating in enumerate(ratings[:2], 1):
        rating["value"] = value  # type: ignore[assignment]
    write_yaml(sources / "rating-scale.yml", {"ratings": ratings})


def _sow_entity(number: int, take: Callable[[], str], sources: Path, sown: Sown) -> None:
    name, other, another = (take().replace("\n", " ") for _ in range(3))
    alias, weak, description = f"Alias {number} {other}", f"Weak {number} {another}", take()
    kinds = ("person", "organisation", "place", "weapon", "document", "event", "group", "other")
    entity = {"type": kinds[number % len(kinds)], "name": name, "description": description, "same_as": [URL]}
    names = {"aliases": [alias], "weak_aliases": [weak], "formerly": [f"former-{number}"]}
    fact = {"says": take(), "url": URL, "publisher": take(), "accessed": "2024-06-05", "read": "whole"}
    write_yaml(sources / "entities" / f"entity-{number}.yml", entity | names | {"facts": [fact]})
    for uri in (f"entities/former-{number}.md", f"quotes/entity-{number}.md", f"quotes/former-{number}.md"):
        sown.shown[uri] += [name]
    uri = f"entities/entity-{number}.md"
    sown.shown[uri] += [name, alias, weak, description, "Elsewhere: elsewhere.example", fact["says"]]
    sown.shown["entities/index.md"] += [name, description]
    sown.descriptions[uri], sown.headings[uri] = description, name


def _sow_claim(number: int, take: Callable[[], str], sources: Path, sown: Sown) -> None:
    words, summary = take(), take()
    told = {
        name: take()
        for name in ("selection_reason", "method_note", "primary_unavailable_reason", "single_source_reason")
    }
    correction = {name: take() for name in ("was", "now", "why")}
    evidence = {name: take() for name in ("title", "publisher", "passage", "paraphrase", "interests")}
    links = {"url": URL, "archive_url": URL, "accessed": "2024-06-05", "read": "in part"}
    note, left_out = take(), take()
    facts = claim_facts(
        claim_reviewed=words,
        summary=summary,
        rating=f"rating-{number}",
        claimant=[f"entity-{number}"],
        author=f"person-{number}",
        reviewed_by=f"person-{number + 1}",
        state="published",
        published="2024-06-05",
        checked="2024-06-05",
        corrections=[{"date": "2024-06-06"} | correction],
        evidence=[
            {"id": f"e-{stance}", "kind": "secondary", "stance": stance} | evidence | links
            for stance in ("supports", "undermines", "context")
        ],
        not_checked=[left_out],
        **told,
    )
    write_markdown(sources / "claims" / f"claim-{number}.md", facts, to_markdown(note))
    uri = f"claims/claim-{number}.md"
    sown.shown[uri] += [words, summary, note, left_out, *told.values(), *correction.values(), *evidence.values()]
    sown.shown["claims/index.md"] += [words, summary]
    sown.shown["corrections.md"] += [words, *correction.values()]
    sown.descriptions[uri], sown.headings[uri] = summary, words


def _sow_withdrawn(number: int, take: Callable[[], str], sources: Path, sown: Sown) -> None:
    words = take()
    correction = {name: take() for name in ("was", "now", "why")}
    facts = claim_facts(claim_reviewed=words, rating="rating-0", author="person-0", state="withdrawn")
    facts["corrections"] = [{"date": "2024-06-06"} | correction]
    write_markdown(sources / "claims" / f"withdrawn-{number}.md", facts, "")
    sown.shown[f"claims/withdrawn-{number}.md"] += [words, *correction.values()]


def _sow_article(number: int, take: Callable[[], str], sources: Path, sown: Sown) -> None:
    parts = ("headline", "publisher", "summary", "dateline")
    texts = {name: take() for name in parts}
    byline = [take(), take()]
    rights = {"text": "digest" if number % 2 else "open", "holder": take(), "licence": take(), "basis": take()}
    source = {"title": take(), "publisher": take(), "says": take()}
    anonymous = {"description": take(), "reason": take()}
    cue, body = take(), take()
    facts = article_facts(
        **texts,
        byline=byline,
        rights=rights,
        url=URL,
        author=f"person-{number}",
        sources=[source | {"url": URL, "accessed": "2024-06-05", "read": "whole"}],
    )
    folder = sources / "articles" / f"article-{number}"
    write_markdown(
        folder / "article.md", facts, to_markdown(f"{body}\n\nWords of claim {number}, words of quote {number}.")
    )
    quote = {"cue": cue, "kind": "indirect", "content": [f"words of quote {number}"]}
    quotes = [quote | {"id": "one", "anonymous": anonymous}, quote | {"id": "other", "speaker": f"entity-{number}"}]
    claim = {"claim": f"claim-{number}", "exact": f"Words of claim {number}"}
    mention = {"entity": f"entity-{number}", "exact": f"of quote {number}"}
    write_yaml(folder / "annotations.yml", {"mentions": [mention], "quotes": quotes, "claims": [claim]})
    uri = f"articles/article-{number}/index.md"
    sown.shown[uri] += [*texts.values(), *byline, rights["holder"], *source.values(), *anonymous.values(), cue, body]
    sown.shown[uri].remove(texts["summary"])
    sown.shown["articles/index.md"] += [texts["headline"], texts["publisher"], texts["summary"]]
    sown.shown["quotes.md"] += [*anonymous.values(), texts["headline"]]
    sown.shown[f"quotes/entity-{number}.md"] += [texts["headline"]]
    sown.descriptions[uri], sown.headings[uri] = texts["summary"], texts["headline"]
