"""A feed as Atom (RFC 4287).

In: a feed. Out: XML. The libraries that write Atom ask the clock where no date is given (feedgen) or have no place for the whole
text of an entry (feedgenerator), and the dozen elements of a feed are an element tree as it is.
"""

from __future__ import annotations

from html import escape
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from build_scripts.export.feeds.entries import Entry, Feed, Here, harmless
from build_scripts.export.published import midnight
from build_scripts.export.structured.nodes import licence

ATOM_TYPE = "application/atom+xml"
JSON_TYPE = "application/feed+json"


def as_atom(feed: Feed, here: Here) -> str:
    """The feed as a file; ends with LF."""
    root = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": here.publication.language})
    _add(root, "id", feed.id)
    _worded(root, "title", feed.title)
    _worded(root, "subtitle", feed.subtitle)
    _add(root, "updated", feed.updated)
    _author(root, here.publication.name, here.publication.url or here.home)
    _worded(root, "rights", here.rights)
    _link(root, "self", f"{here.home}{feed.way}.atom", ATOM_TYPE)
    _link(root, "alternate", feed.page, "text/html")
    _link(root, "alternate", f"{here.home}{feed.way}.json", JSON_TYPE)
    _link(root, "license", licence(here.publication.licence))
    for entry in feed.entries:
        _entry(root, entry, here)
    indent(root, " ")
    return harmless(f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n')


def _entry(root: Element, entry: Entry, here: Here) -> None:
    node = SubElement(root, "entry", {"xml:lang": entry.language})
    _add(node, "id", entry.id)
    _worded(node, "title", entry.title)
    _add(node, "updated", entry.updated)
    if entry.published:
        _add(node, "published", midnight(entry.published))
    for name in entry.authors:
        _author(node, name)
    _worded(node, "rights", entry.rights)
    _link(node, "alternate", entry.url, "text/html")
    _link(node, "via", entry.original)
    _link(node, "license", entry.licence)
    for category in entry.categories:
        values = {"term": category.term, "scheme": category.scheme, "label": category.label}
        SubElement(node, "category", values)
    _worded(node, "summary", entry.summary)
    content = _add(node, "content", entry.html)
    content.attrib |= {"type": "html", "xml:lang": here.publication.language}


def _add(parent: Element, name: str, value: str) -> Element:
    element = SubElement(parent, name)
    element.text = value
    return element


def _worded(parent: Element, name: str, value: str) -> None:
    """Words for readers; what could be taken for markup is said in HTML, where it can't."""
    is_plain = not {"<", "&"} & set(value)
    _add(parent, name, value if is_plain else escape(value, quote=False)).set("type", "text" if is_plain else "html")


def _author(parent: Element, name: str, uri: str = "") -> None:
    person = SubElement(parent, "author")
    _add(person, "name", name)
    if uri:
        _add(person, "uri", uri)


def _link(parent: Element, relation: str, address: str | None, kind: str = "") -> None:
    if address:
        SubElement(parent, "link", {"rel": relation, **({"type": kind} if kind else {}), "href": address})
