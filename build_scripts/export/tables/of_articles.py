"""What one article gives to the tables.

In: an article, the library that it names things of. Out: rows. Suggestions and what is not published give none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from build_scripts import addresses
from build_scripts.anchoring.anchor import Span
from build_scripts.export.tables.declared import Row, Rows, Value
from build_scripts.model import Article, Library, Quote
from build_scripts.permanence import former_anchors
from build_scripts.reading.schema import ReadPage


def of_article(article: Article, library: Library, home: str) -> Rows:
    """``home``: the site's address, which ends with a slash; empty where it is not known."""
    facts = article.facts
    quotations = [(_quotation(quote, article, library, home), quote) for quote in article.quotes]
    return {
        "articles": [_article(article, library, home)],
        "bylines": [_row(article, number=number, name=name) for number, name in enumerate(facts.byline, 1)],
        "article_sources": [{"article": article.id, **row} for row in pages_read(facts.sources)],
        "mentions": [
            _row(article, id=item.id, url=_at(article, item.id, home), entity=item.entity, **_words(item.span, article))
            for item in article.mentions
        ],
        "quotations": [row for row, _quote in quotations],
        "segments": [
            _row(article, quotation=quote.id, number=number, **_words(span, article))
            for _row_of, quote in quotations
            for number, span in enumerate(quote.spans, 1)
        ],
        "appearances": [
            _row(article, id=item.id, url=_at(article, item.id, home), claim=item.claim, **_words(item.span, article))
            for item in library.public_appearances(article)
        ],
        "withdrawals": list(_taken_out(article, home)),
        "former_addresses": list(_moved(article, library, home)),
    }


def of_withdrawn_article(article: Article, home: str) -> Rows:
    """All that is left of an article that was taken back."""
    withdrawn, address = article.facts.withdrawn, below(addresses.article(article.id))
    row: Row = {
        "address": address,
        "url": full(home, address),
        "kind": "article",
        "title": article.facts.headline,
        "date": str(withdrawn.date) if withdrawn else None,
        "why": withdrawn.why if withdrawn else None,
    }
    former = [moved(addresses.article(old), address, home) for old in article.facts.formerly]
    return {"withdrawals": [row], "former_addresses": former}


def pages_read(pages: Iterable[ReadPage]) -> Iterator[Row]:
    """What was read, numbered from 1."""
    for number, page in enumerate(pages, 1):
        yield {
            "number": number,
            "source_url": page.url,
            "title": page.title,
            "publisher": page.publisher,
            "published": page.published,
            "accessed": str(page.accessed),
            "read": page.read,
            "says": page.says,
        }


def below(uri: str, fragment: str = "") -> str:
    """The address of a page below the site's own: ``claims/x/``."""
    return addresses.full("", uri, fragment)


def full(home: str, address: str) -> str | None:
    """The full address; None where the site's own is not known."""
    return f"{home}{address}" if home else None


def moved(uri: str, present: str, home: str, fragment: str = "") -> Row:
    """A former address and where it leads now."""
    return {"former": below(uri, fragment), "present": present, "url": full(home, present)}


def _article(article: Article, library: Library, home: str) -> Row:
    facts = article.facts
    return {
        "id": article.id,
        "url": full(home, below(addresses.article(article.id))),
        "headline": facts.headline,
        "publisher": facts.publisher,
        "dateline": facts.dateline,
        "author": facts.author if facts.author in library.people else None,
        "published": str(facts.published),
        "updated": str(facts.updated) if facts.updated else None,
        "original_url": facts.url,
        "language": facts.language,
        "summary": facts.summary,
        "text_kind": facts.rights.text,
        "rights_holder": facts.rights.holder,
        "licence": facts.rights.licence,
        "rights_basis": facts.rights.basis,
        "text": article.prose.text or None,
        "max_share": facts.rights.max_share,
        "max_run": facts.rights.max_run,
        "translation_of": facts.translation_of if facts.translation_of in library.articles else None,
    }


def _quotation(quote: Quote, article: Article, library: Library, home: str) -> Row:
    facts = quote.facts
    pieces = (" ".join(article.prose.text[span.start : span.end].split("\n")) for span in quote.spans)
    return _row(
        article,
        id=quote.id,
        url=_at(article, quote.id, home),
        speaker=facts.speaker,
        speaker_name=library.speaker_of(quote),
        is_anonymous=int(facts.anonymous is not None),
        anonymous_reason=facts.anonymous.reason if facts.anonymous else None,
        cue=facts.cue,
        kind=facts.kind.value,
        date=facts.date,
        text=" … ".join(pieces),
    )


def _row(article: Article, **values: Value) -> Row:
    return {"article": article.id, **values}


def _words(span: Span, article: Article) -> dict[str, Value]:
    return {"start": span.start, "end": span.end, "exact": article.prose.text[span.start : span.end]}


def _at(article: Article, anchor: str, home: str) -> str | None:
    return full(home, below(addresses.article(article.id), anchor))


def _taken_out(article: Article, home: str) -> Iterator[Row]:
    for item in article.taken_out:
        address = below(addresses.article(article.id), item.id)
        yield {
            "address": address,
            "url": full(home, address),
            "kind": "annotation",
            "title": article.facts.headline,
            "date": str(item.date),
            "why": item.why,
        }


def _moved(article: Article, library: Library, home: str) -> Iterator[Row]:
    page = addresses.article(article.id)
    for old in article.facts.formerly:
        yield moved(addresses.article(old), below(page), home)
    for old, present in former_anchors(article, library):
        yield moved(page, below(page, present), home, old)
