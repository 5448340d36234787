"""Printed numbers as what they can mean: an interval, since the last digit is rounded.

In: digits as an English text prints them. Out: intervals. ``20`` is 19.5 to 20.5; where zeros at the end may be rounding,
too, 18 to 22.
"""

from __future__ import annotations

from typing import NamedTuple

import regex

NUMBER = r"(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,12})(?:\.\d{1,6})?"
SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
ABOUT = (
    r"(?:about|around|nearly|almost|roughly|some|approximately|over|under|more than|less than|at least|up to|just|only"
    r"|an estimated|close to|~|≈)"
)
"""Words that say that a number is none to the last digit."""

ROUNDED = 0.1
"""How much of a number its zeros at the end, or a word such as ``about``, may hide."""

_ABOUT_BEFORE = regex.compile(rf"{ABOUT}[ \u00a0]?(?:just |the |a )?[-–−$€£]?$", regex.IGNORECASE)
_REACH = 24


class Interval(NamedTuple):
    """From ``low`` to ``high``, both included."""

    low: float
    high: float

    def meets(self, other: Interval) -> bool:
        """Whether the two have a value in common; a hair's breadth of floating point does not count."""
        hair = 1e-9 * max(1.0, abs(self.low), abs(self.high))
        return self.low <= other.high + hair and other.low <= self.high + hair

    def wider(self, share: float) -> Interval:
        """The same with a share of the value more on either side."""
        more = share * abs(self.low + self.high) / 2
        return Interval(self.low - more, self.high + more)


def interval(digits: str, *, round_zeros: bool = False) -> Interval:
    """What printed digits can stand for; ``round_zeros``: zeros at the end may be rounding, a tenth of the value at most."""
    plain = digits.replace(",", "")
    value = float(plain)
    whole, _point, decimals = plain.partition(".")
    half = 0.5 * 10 ** -len(decimals)
    if round_zeros and not decimals:
        zeros = len(whole) - len(whole.rstrip("0"))
        half = max(half, min(0.5 * 10**zeros, ROUNDED * value))
    return Interval(value - half, value + half)


def is_about(text: str, at: int) -> bool:
    """Whether a word right before ``at`` says that the number there is approximate."""
    return _ABOUT_BEFORE.search(text, max(0, at - _REACH), at) is not None
