"""What changed in what all pages share: who publishes, and the scale of verdicts.

In: the library then and now. Out: an entry for each of the two that changed.
"""

from __future__ import annotations

from collections.abc import Iterator

from build_scripts.editing.comparing.facts import by_id, differing, named
from build_scripts.editing.comparing.markdown import Entry, name
from build_scripts.model import Library


def entries(older: Library, library: Library) -> Iterator[Entry]:
    """What changed; nothing where one of the two can't be read."""
    if older.publication and library.publication:
        was, now = older.publication.facts, library.publication.facts
        items = (*differing(was, now, {"people"}), *by_id("Person", was.people, now.people, named))
        if items:
            yield Entry("Publication", items)
    if older.scale and library.scale:
        before, after = older.scale.facts.ratings, library.scale.facts.ratings
        items = tuple(by_id("Verdict", before, after, named))
        if not items and before != after:
            items = ("**Order**: " + ", ".join(name(rating.id) for rating in after),)
        if items:
            yield Entry("Scale of verdicts", items)
