"""Whether two words are one word, spelled right and wrong; the only module that knows the dictionaries.

In: two words, a language. Out: yes only where no other word can be meant: a slip inside the word that a dictionary tells
from a word of its own. Two words that both exist (casual and causal, immoral and immortal) are never one.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from rapidfuzz.distance import OSA
from spellchecker import SpellChecker

MIN_LENGTH = 5
LONG = 9
"""Letters from which on two slips are borne, else one (Damerau, 1964: four of five misspellings are one slip)."""


def is_same_word(one: str, other: str, language: str) -> bool:
    """Whether just one of two words is in the dictionary of ``language`` (BCP 47) and the other a slip inside it."""
    shorter = min(len(one), len(other))
    if shorter < MIN_LENGTH or not (one.isalpha() and other.isalpha()):
        return False
    if one[0] != other[0] or one[-1] != other[-1]:  # inflection and prefixes, which change the meaning, are at the ends
        return False
    if _bare(one) == _bare(other):  # hacia and hacía, seria and sería: the dictionaries know one of the two
        return False
    slips = OSA.distance(one, other, score_cutoff=2)
    if slips > (2 if shorter >= LONG else 1):
        return False
    dictionary = _dictionary(language.partition("-")[0].lower())
    return dictionary is not None and (one in dictionary) != (other in dictionary)


def _bare(word: str) -> str:
    """A word without the marks on its letters."""
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))


@lru_cache(maxsize=4)
def _dictionary(language: str) -> SpellChecker | None:
    return SpellChecker(language=language, distance=1) if language in SpellChecker.languages() else None
