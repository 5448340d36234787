"""The files that others read annotations from.

In: the library, the site's address. Out: for each article its annotations and the text that they count in, for the site a
collection that leads through them page by page. The same sources give the same bytes.

A page says of the collection what it is, not how many annotations it has, nor at which of them the page begins (the model's
``total`` and ``startIndex``, which it may leave out): one annotation more would change them on the pages of a whole archive.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from build_scripts import addresses
from build_scripts.export.annotations.annotation import count, of_article
from build_scripts.export.annotations.bodies import Json, Publisher
from build_scripts.export.json_text import in_lines, member
from build_scripts.jobs import Job, apart
from build_scripts.model import Article, Library
from build_scripts.site import Asset
from build_scripts.timings import stage

CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"assessing": "oa:assessing"}]
"""The model's own context, and the one of its motivations that this context forgot."""


def annotation_files(library: Library, home: str) -> Iterator[Asset]:
    """All files; none where ``home``, the site's address, is not known: an annotation is named by its full address."""
    if not home:
        return
    publisher = Publisher(library, home)
    articles = list(library.articles.values())
    yield Asset(addresses.ANNOTATIONS, content=_text(_collection(articles, publisher)))
    for before, article, after in zip([None, *articles], articles, [*articles[1:], None], strict=False):
        uri = addresses.annotation_page(article.id)
        items = Job(uri, partial(_items, article, publisher), within=addresses.article(article.id), brief=apart)
        yield Asset(uri, content=items, around=_around(article, {"prev": before, "next": after}, publisher))
        yield Asset(addresses.plain_text(article.id), content=article.prose.text)


def _collection(articles: list[Article], publisher: Publisher) -> Json:
    ends = {"first": articles[0], "last": articles[-1]} if articles else {}
    return {
        **_named(publisher),
        "creator": publisher.agent,
        **publisher.rights,
        "total": sum(count(article, publisher) for article in articles),
        **{name: _address(article, publisher) for name, article in ends.items()},
    }


def _named(publisher: Publisher) -> Json:
    """What the collection is, whatever is in it."""
    publication = publisher.library.publication
    return {
        "id": publisher.home + addresses.ANNOTATIONS,
        "type": "AnnotationCollection",
        "label": publisher.words.say("Annotations of {name}", name=publication.facts.name if publication else ""),
    }


def _items(article: Article, publisher: Publisher) -> str:
    """What the page of one article holds: it stays when another article has more."""
    with stage("annotations"):
        return member(of_article(article, publisher))


def _around(article: Article, near: Mapping[str, Article | None], publisher: Publisher) -> tuple[str, str]:
    """The page around it; ``near``: the articles whose pages come before and after."""
    ways = {name: _address(other, publisher) for name, other in near.items() if other}
    head = {"id": _address(article, publisher), "type": "AnnotationPage", "partOf": _named(publisher), **ways}
    before, _nothing, after = _text({**head, "items": []}).rpartition("[]")
    return before, after


def _address(article: Article, publisher: Publisher) -> str:
    return publisher.home + addresses.annotation_page(article.id)


def _text(values: Json) -> str:
    return in_lines({"@context": CONTEXT, **values})
