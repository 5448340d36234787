"""How news pages word what is no sentence of the article: lines of the interface, bylines, datelines, captions, credits.

In: the text of one paragraph. Out: what it is. Knows nothing of what stands around it.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from build_scripts.editing.importing.dates import date_line

_MAX_LABEL = 100
_MAX_BYLINE = 200
_MAX_CAPTION = 700
_PROSE = 120
_SENTENCE = 60
_SCRIPTS_WITHOUT_SPACES = 2.5
"""Han and Kana say in one sign what takes others two or three."""

_INTERFACE = regex.compile(
    r"view all(?: \(\d+\))?|\d+ of \d+|(?:view|see|show|load) (?:more|all|less)(?: .{0,30})?|advertis(?:ement|ing)(?: \d+)?|"
    r"(?:story|article) continues (?:below|after).*|read (?:more|also|next|full (?:story|article))(?:\s*[:»>].*)?|"
    r"(?:click|tap) (?:here|to) .{0,60}|skip to (?:main )?(?:content|navigation)|continue reading|keep reading|"
    r"share(?: (?:this|on|via|with) .{0,40}|\s*\d*)|tweet|print|e-?mail|copy link|save(?: for later)?|listen(?: to this article)?|"
    r"(?:subscribe|sign up|sign in|log in|register)(?: .{0,80})?|follow us .{0,60}|join our .{0,60}|"
    r"related(?: (?:articles?|stories|topics|coverage|news|content))?:?|most (?:read|popular)|trending(?: now)?|recommended(?: for you)?|"
    r"(?:\d+ )?comments?(?: \(\d+\))?|leave a comment|\d+ min(?:ute)?s? read|loading\.*|(?:\d+ )?(?:photos?|videos?)|close|menu|search|home|back to top|"
    r"accept (?:all )?(?:cookies)?|(?:we|this site) uses? cookies.{0,80}|sponsored(?: content)?|"
    r"publicité|lire aussi(?:\s*:.*)?|partager|s'abonner|anzeige|werbung|teilen|mehr zum thema|publicidad|compartir|lea también.*",
    regex.IGNORECASE,
)
_DIVIDER = regex.compile(r"[_*=~•·–—-][_*=~•·–—\s-]{2,}")
_BYLINE = regex.compile(
    r"(?:(?:written |story |report |text )?by|von|par|por)(?::\s*|\s+)(?P<names>\S.*)", regex.IGNORECASE
)
_BETWEEN_NAMES = regex.compile(r"\s*(?:,\s*(?:and|und|et)\s|[,;&|·•]|\s(?:and|und|et)\s)\s*")
_PERSON = regex.compile(
    r"(?:[\p{Lu}\p{Lo}][\p{L}\p{M}.'’-]*|(?i:de|da|del|di|du|van|von|der|den|la|le|bin|al|el|ter|of|the))(?:\s+[\p{L}\p{M}.'’-]+){0,5}"
)
_AGENCIES = frozenset(
    ("ap", "afp", "dpa", "reuters", "associated press", "the associated press", "agence france-presse")
)
_NO_NAME = _AGENCIES | {"staff writer", "staff reporter", "updated"}
_NOTICE = regex.compile(
    r"(?:copyright|©|\(c\)).{0,20}(?:19|20)\d\d\b.*|.*\ball rights reserved\b.*|(?:©|alle rechte vorbehalten|tous droits réservés).*",
    regex.IGNORECASE,
)

_AGENCY = r"\((?:[A-Z][A-Za-z]{1,12}|Associated Press|The Associated Press|Xinhua News Agency)\)"
_CITY = r"\p{Lu}[\p{Lu}\p{M}.'’\- ]{1,40}"
_BESIDE_CITY = r"(?:,\s[\p{L}\p{M}.’' ]{2,30}(?:\d{1,2})?){0,3}"
_WITH_AGENCY = regex.compile(rf"(?P<place>{_CITY}{_BESIDE_CITY})\s{_AGENCY}\s?(?:[—–-]|--)\s?(?=\S)")
_WITHOUT_AGENCY = regex.compile(rf"(?P<place>{_CITY}{_BESIDE_CITY})\s(?:[—–]|--)\s(?=\S)")
_PARENTHETICAL = 150

_CREDIT_AT_END = regex.compile(
    r"\((?:(?:AP|File|Handout|Courtesy)?\s?(?:Photos?|Image|Picture|Foto|Graphic)\b|AP\b|Reuters\b|AFP\b|EPA\b|Getty|Courtesy|Credit)[^()]{0,120}\)\.?|"
    r"(?:[/|©]|\bPhotos?:|\bCredit:)\s?(?:[\p{L}.’'-]+[ /]){0,5}?(?:AP|AFP|EPA|Reuters|Getty Images|Getty|Photos?|via AP)\.?"
)
_CAPTION_START = regex.compile(
    r"(?:FILE\s?[-–—]|(?:FILE )?(?:PHOTO|IMAGE)\s?[:–—-]|(?:Photo|Image|Caption|Picture|Foto|Bild)\s?:)\s?\S"
)
_CREDIT = regex.compile(
    r".{0,200}\bcontributed (?:to this (?:report|story|article)|reporting|from \p{Lu}).{0,60}|\(?(?:additional )?(?:reporting|writing) by \p{Lu}.{0,200}|"
    r"\(?edit(?:ing|ed) by \p{Lu}.{0,200}",
    regex.DOTALL | regex.IGNORECASE,
)
_CLOSERS = "\"'”’»)]"
_TERMINALS = tuple(".!?…。！？।؟۔")


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a report was filed. ``length``: how far it goes at the paragraph's start; ``is_sure``: it names an agency."""

    place: str
    length: int
    is_sure: bool


def is_interface(text: str) -> bool:
    """Whether a line is left over from a page's controls."""
    return len(text) <= _MAX_LABEL and bool(_INTERFACE.fullmatch(text.strip()))


def is_alone(line: str) -> bool:
    """Whether a line says by itself what it is, whatever stands above and below."""
    return bool(is_interface(line) or is_caption(line) or byline(line) or date_line(line))


def is_notice(text: str) -> bool:
    """Whether a line says to whom the page belongs."""
    return len(text) <= _MAX_BYLINE and bool(_NOTICE.fullmatch(text.strip()))


def is_agency(text: str) -> bool:
    """Whether a line is nothing but the name of an agency."""
    return text.strip().lower() in _AGENCIES


def is_divider(text: str) -> bool:
    """Whether a line only parts what stands around it."""
    return bool(_DIVIDER.fullmatch(text.strip()))


def ends_sentence(text: str) -> bool:
    """Whether ``text`` ends as a sentence does; closing quotation marks count nothing."""
    return text.rstrip().rstrip(_CLOSERS).endswith(_TERMINALS)


def is_prose(text: str) -> bool:
    """Whether a paragraph reads as part of a report, not as a line beside it."""
    dense = len(regex.findall(r"[\p{Han}\p{Hiragana}\p{Katakana}]", text))
    length = len(text) + dense * _SCRIPTS_WITHOUT_SPACES
    return length >= _PROSE or (length >= _SENTENCE and ends_sentence(text))


def byline(text: str) -> tuple[str, ...]:
    """The names in a line that says who wrote it; none in any other line."""
    found = _BYLINE.fullmatch(text.strip()) if len(text) <= _MAX_BYLINE else None
    names = [name.strip(" .") for name in _BETWEEN_NAMES.split(found["names"])] if found else []
    people = tuple(name for name in names if name.lower() not in _NO_NAME)
    is_byline = bool(people) and all(_PERSON.fullmatch(name) and " " in name for name in people)
    return people if is_byline or not names else tuple(names) if not people else ()


def dateline(text: str) -> Dateline | None:
    """The place that a report's first paragraph opens with: ``WASHINGTON (AP) —``."""
    found = _WITH_AGENCY.match(text)
    if found:
        return Dateline(found["place"].strip(), found.end(), True)
    found = _WITHOUT_AGENCY.match(text)
    if not found or regex.search(r"\s(?:[—–]|--)\s", text[found.end() : found.end() + _PARENTHETICAL]):
        return None
    return Dateline(found["place"].strip(), found.end(), False)


def is_caption(text: str) -> bool:
    """Whether a paragraph describes a picture and says whose it is."""
    if len(text) > _MAX_CAPTION:
        return False
    endings = list(_CREDIT_AT_END.finditer(text[-160:]))
    return bool(_CAPTION_START.match(text) or (endings and endings[-1].end() == len(text[-160:])))


def is_credit(text: str) -> bool:
    """Whether a paragraph says who else took part in the report."""
    return bool(_CREDIT.fullmatch(text.strip()))
