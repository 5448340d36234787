"""What differs between an old and a new text, told in an editor's words.

In: old words that went and new ones that came. Out: which kind of words they are, and a difference that matters or does not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from build_scripts.anchoring.follow import Texts
from build_scripts.anchoring.forms import QUOTATION_MARKS
from build_scripts.anchoring.weighty import KINDS, kinds_of

_MEASURES = frozenset("%‰°$€£¥₴₽₪₹")
_ORDER = ("digits", *(name for name, _words in KINDS))


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs, in an editor's words; ``matters``: it can change the meaning."""

    what: str
    matters: bool


@dataclass(frozen=True, slots=True)
class Exchange:
    """Numbers of old words that went and of new ones that came in their place."""

    texts: Texts
    gone: Sequence[int]
    come: Sequence[int]

    def __bool__(self) -> bool:
        return bool(self.gone or self.come)

    def __str__(self) -> str:
        was, now = self.texts.old.shown(self.gone), self.texts.new.shown(self.come)
        if not self.gone or not self.come:
            return f"“{now}” came" if self.come else f"“{was}” went"
        if was == now:
            return f"these may be other words than they were, though they look the same: “{now}”"
        return f"“{was}” became “{now}”"

    @property
    def forms(self) -> list[str]:
        """The forms of all the words."""
        old, new = self.texts.old.words, self.texts.new.words
        return [old[at].form for at in self.gone] + [new[at].form for at in self.come]

    @property
    def kind(self) -> str:
        """What kind of words were exchanged: the one that most of them are of, of several the weightiest."""
        if set(self.forms) <= QUOTATION_MARKS:
            return "quotation marks"
        counts = Counter(kind for form in self.forms for kind in (["units"] if form in _MEASURES else kinds_of(form)))
        has_name = any(map(self.texts.old.is_name, self.gone)) or any(map(self.texts.new.is_name, self.come))
        return max(_ORDER, key=lambda kind: counts[kind]) if counts else "names" if has_name else "other words"
