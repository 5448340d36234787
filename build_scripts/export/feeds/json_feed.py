"""A feed as JSON Feed 1.1.

In: a feed. Out: JSON. Dates are days of the sources at their first instant. What the format has no place for, rights, stands under
a name of our own.
"""

from __future__ import annotations

import json
from typing import Any

from build_scripts.export.feeds.entries import Entry, Feed, Here, harmless
from build_scripts.export.published import midnight

VERSION = "https://jsonfeed.org/version/1.1"


def as_json(feed: Feed, here: Here) -> str:
    """The feed as a file; ends with LF."""
    values = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": f"{here.home}{feed.way}.json",
        "description": feed.subtitle,
        "language": here.publication.language,
        "authors": [{"name": here.publication.name, "url": here.publication.url or here.home}],
        "items": [_item(entry) for entry in feed.entries],
    }
    return harmless(json.dumps(values, ensure_ascii=False, indent=1)) + "\n"


def _item(entry: Entry) -> dict[str, Any]:
    values = {
        "id": entry.id,
        "url": entry.url,
        "external_url": entry.original,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.html,
        "date_published": midnight(entry.published) if entry.published else None,
        "date_modified": midnight(entry.day),
        "authors": [{"name": name} for name in entry.authors],
        "tags": [category.label for category in entry.categories],
        "language": entry.language,
        "_newsgloss": {"rights": entry.rights} | ({"licence": entry.licence} if entry.licence else {}),
    }
    return {name: value for name, value in values.items() if value not in (None, [])}
