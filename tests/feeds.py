"""Feeds as a feed reader and its checks see them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import feedparser
import jsonschema
from selectolax.lexbor import LexborHTMLParser

from build_scripts.export.feeds.files import feeds
from build_scripts.pipeline import understand
from build_scripts.rendering.index import make_index

GOLDEN = Path(__file__).parent / "golden"
HOME = "https://news.example/site/"
SCHEMA = json.loads((Path(__file__).parent / "cases/feeds/jsonfeed-1.1.schema.json").read_text(encoding="utf-8"))
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d\d(-\d\d)?)?:[A-Za-z0-9/_.~-]+")
ELEMENTS = {"a", "blockquote", "br", "code", "div", "em", "h2", "h3", "h4", "h5", "h6", "hr", "img", "li", "ol", "p"}
ELEMENTS |= {"span", "strong", "ul"}
ATTRIBUTES = {"alt", "dir", "href", "id", "lang", "src", "start"}
_FORMATS = jsonschema.FormatChecker(formats=())


def _is_instant(value: object) -> bool:
    return not isinstance(value, str) or bool(INSTANT.fullmatch(value))


def _is_full_address(value: object) -> bool:
    return not isinstance(value, str) or bool(re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", value))


_FORMATS.checks("date-time")(_is_instant)
_FORMATS.checks("uri")(_is_full_address)


def made(root: Path = GOLDEN, home: str = HOME) -> dict[str, str]:
    """The feeds of a publication, by address."""
    index = make_index(understand(root)[0])
    return {asset.uri: asset.data.decode() for asset in feeds(index, home)}


def atom(text: str) -> Any:
    """A feed as a feed reader takes it, without its mending what it finds."""
    return feedparser.parse(text.encode(), sanitize_html=False, resolve_relative_uris=False)


def faults_of_atom(text: str, address: str) -> list[str]:
    """What the validator of the W3C would complain about."""
    feed = atom(text)
    entries = feed.entries
    found = [f"not well-formed: {feed.bozo_exception}"] if feed.bozo else []
    own = [link.href for link in feed.feed.links if link.rel == "self"]
    found += [] if own == [address] else [f"self is {own}"]
    for name in ("id", "updated"):
        values = [entry[name] for entry in entries]
        found += [f"{name} twice: {value}" for value in set(values) if values.count(value) > 1]
    found += [f"no tag: {thing.id}" for thing in (feed.feed, *entries) if not TAG.fullmatch(thing.id)]
    found += [f"no instant: {thing.updated}" for thing in (feed.feed, *entries) if not INSTANT.fullmatch(thing.updated)]
    found += [f"no {name}: {entry.id}" for entry in entries for name in _NEEDED if not entry.get(name)]
    found += [f"nobody wrote {entry.id}" for entry in entries if not all(who.get("name") for who in entry.authors)]
    found += [f"controls in {address}"] if re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", text) else []
    return found + [fault for entry in entries for fault in faults_of_html(entry.content[0].value)]


_NEEDED = ("title", "link", "summary", "content", "authors", "rights")


def faults_of_json(text: str, address: str) -> list[str]:
    """What the format's schema says, its forms of dates and addresses included."""
    feed = json.loads(text)
    validator = jsonschema.Draft7Validator(SCHEMA, format_checker=_FORMATS)
    found = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(feed)]
    found += [] if feed.get("feed_url") == address else ["not its own address"]
    return found + [fault for item in feed["items"] for fault in faults_of_html(item["content_html"])]


def faults_of_html(text: str) -> list[str]:
    """Elements and attributes that do something, and addresses that lead nowhere from elsewhere."""
    nodes = [node for node in LexborHTMLParser(f"<body>{text}").css("body *") if node.tag != "-text"]
    found = [f"<{node.tag}>" for node in nodes if node.tag not in ELEMENTS]
    found += [f"{name}=" for node in nodes for name in node.attributes if name not in ATTRIBUTES]
    addresses = [node.attributes.get(name) for node in nodes for name in ("href", "src") if name in node.attributes]
    return found + [f"leads nowhere: {url}" for url in addresses if not re.match(r"(https?://.|mailto:.)", url or "")]
