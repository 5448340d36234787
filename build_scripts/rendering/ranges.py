"""What the parts of a long list are called: by the days, or the names, with which they begin and end.

In: groups and their parts. Out: names in the site's words.
"""

from __future__ import annotations

from typing import Any

from build_scripts.rendering.catalogue import Catalogue
from build_scripts.rendering.parts import OTHER, UNDATED, Group, Part


def group_name(group: Group[Any], words: Catalogue) -> str:
    """A year, or a letter."""
    if group.name == UNDATED:
        return words.say("Without a date")
    return words.say("Other letters and signs") if group.name == OTHER else group.name.upper()


def part_name(part: Part[Any], group: Group[Any], words: Catalogue) -> str:
    """The same for one of its parts."""
    if part.is_whole:
        return group_name(group, words)
    first, last = part.ends
    if first == last:
        name = (words.day(first) if group.is_year else first) or group_name(group, words)
        return words.say("{name}, part {number}", name=name, number=part.number)
    return words.days(first, last) if group.is_year else words.say("{first} to {last}", first=first, last=last)
