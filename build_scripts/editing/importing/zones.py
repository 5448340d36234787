"""Which paragraph is what: headline, byline, dates, dateline, captions, credit, remains of the interface, or the article.

In: what a file holds. Out: the article's paragraphs and facts; every word that does not stand among them is in ``left``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from build_scripts.editing.importing import wordings
from build_scripts.editing.importing.dates import DateLine, date_line
from build_scripts.editing.importing.found import CannotImportError, Facts, Found, Left, Paragraph, Run
from build_scripts.reading.blocks import Style

_TOP = 8
"""A headline, byline and date stand among so many paragraphs at most."""
_FOOT = 4
_MAX_HEADLINE = 250
_EMPHASIS = Style("emphasis", 0)


def recognise(found: Found) -> Found:
    """``found`` with its facts taken out of the paragraphs. Raises CannotImportError for two articles in one file."""
    page = _Page(found)
    page.drop(wordings.is_interface, "left over from the page's controls")
    page.drop(wordings.is_divider, "a divider")
    page.drop(wordings.is_notice, "the page's note on rights")
    refuse_several(page.paragraphs)
    page.take_headline()
    page.take_byline()
    page.take_dates()
    page.take_dateline()
    page.mark_captions()
    page.mark_credit()
    return page.found()


def without_publisher(found: Found, publisher: str) -> Found:
    """``found`` without lines at the top that say only who published it."""
    page = _Page(found)
    page.take_publisher(publisher)
    return page.found() if page.paragraphs else found


def refuse_several(paragraphs: list[Paragraph]) -> None:
    """Raises CannotImportError where a second article starts."""
    titles = [paragraph for paragraph in paragraphs if paragraph.level == 1]
    datelines = [one for one in paragraphs if (line := wordings.dateline(one.text)) and line.is_sure]
    starts = datelines if len(datelines) > 1 else titles if len(titles) > 1 else _starts(paragraphs)
    if len(starts) > 1:
        where = "; ".join(f"{_at(start.line)}“{start.as_line[:50]}…”" for start in starts[:3])
        raise CannotImportError(
            f"{len(starts)} articles in one file? Each starts like one: {where}. Put each into a file of its own; "
            "a heading within an article is written ## in Markdown"
        )


def _at(line: int) -> str:
    return f"line {line}: " if line else ""


def _starts(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Short lines that a byline or date follows, and then prose: each opens an article."""
    starts: list[Paragraph] = []
    has_prose = True
    for at, paragraph in enumerate(paragraphs[1:], 1):
        is_sign = bool(wordings.byline(paragraph.text) or date_line(paragraph.text))
        before = paragraphs[at - 1]
        is_title = not wordings.is_prose(before.text) and not wordings.ends_sentence(before.text)
        follows = any(wordings.is_prose(one.text) for one in paragraphs[at + 1 : at + 4])
        if is_sign and is_title and follows and has_prose:
            starts.append(before)
            has_prose = False
        has_prose = has_prose or wordings.is_prose(paragraph.text)
    return starts


class _Page:
    """The paragraphs that are still taken for the article's, and what was found in the others."""

    def __init__(self, found: Found) -> None:
        self._found = found
        self.paragraphs = list(found.paragraphs)
        self._facts = found.facts
        self._left = list(found.left)
        self._notes = list(found.notes)

    def found(self) -> Found:
        """What is known now."""
        left = tuple(sorted(self._left, key=lambda one: one.line))
        return replace(
            self._found, paragraphs=tuple(self.paragraphs), facts=self._facts, left=left, notes=tuple(self._notes)
        )

    def drop(self, is_alien: Callable[[str], bool], reason: str) -> None:
        """Leave out every paragraph whose text ``is_alien``."""
        for paragraph in [one for one in self.paragraphs if is_alien(one.text)]:
            self._leave(paragraph, reason, is_taken=False)

    def take_publisher(self, name: str) -> None:
        """The lines before the text that say who published it and nothing else."""
        for paragraph in [one for one in self._top() if _key(one.text) == _key(name) != ""]:
            self._leave(paragraph, "the publisher")

    def take_headline(self) -> None:
        """The heading of level 1, else the known headline, else a first line that is no sentence and not prose."""
        top = self.paragraphs[:_TOP]
        first = next((one for one in top if one.level == 1), None) or self._known_headline(top)
        if first is None and not self._facts.headline:
            first = self._first_line()
        if first is None:
            return
        self._know(Facts(headline=first.as_line))
        self._leave(first, "the headline")
        for again in [one for one in self.paragraphs[:_TOP] if _key(one.text) == _key(first.text)]:
            self._leave(again, "repeats the headline", is_taken=False)

    def _known_headline(self, top: list[Paragraph]) -> Paragraph | None:
        return next((one for one in top if _key(one.text) == _key(self._facts.headline) != ""), None)

    def _first_line(self) -> Paragraph | None:
        if len(self.paragraphs) < 2:  # noqa: PLR2004 -- a headline and something under it
            return None
        first, second = self.paragraphs[:2]
        is_line = len(first.text) <= _MAX_HEADLINE and not first.containers and not second.text[0].islower()
        is_other = wordings.ends_sentence(first.text) or wordings.byline(first.text) or date_line(first.text)
        is_caption = first.is_caption or wordings.is_caption(first.text) or wordings.dateline(first.text)
        return first if is_line and not is_other and not is_caption and any(map(str.isalpha, first.text)) else None

    def take_byline(self) -> None:
        """The line that says who wrote it."""
        for paragraph in self._top():
            names = wordings.byline(paragraph.text)
            if names:
                self._know(Facts(byline=names))
                self._leave(paragraph, "the byline")
            elif wordings.is_agency(paragraph.text):
                self._leave(paragraph, "the agency", is_taken=False)

    def take_dates(self) -> None:
        """Lines at the top and the foot that say only dates."""
        for paragraph in [*self._top(), *self.paragraphs[-_FOOT:]]:
            dates = date_line(paragraph.text)
            if dates and paragraph in self.paragraphs:
                self._take_date(paragraph, dates)

    def _take_date(self, paragraph: Paragraph, dates: DateLine) -> None:
        known = self._facts.published
        if dates.published and known and dates.published != known:
            self._notes.append(f"{_at(paragraph.line)}{dates.published}, but {known} is known already and stays")
        self._know(Facts(published=dates.published))
        reason = "the date" if dates.published else "the date of a later change"
        self._leave(paragraph, reason, is_taken=bool(dates.published) and dates.published == self._facts.published)

    def take_dateline(self) -> None:
        """The place at the start of the first paragraph of prose."""
        for at, paragraph in enumerate(self.paragraphs[:_TOP]):
            line = wordings.dateline(paragraph.text)
            if line and wordings.is_prose(paragraph.text):
                self._know(Facts(dateline=line.place))
                words = paragraph.text[: line.length].strip()
                self._left.append(Left(words, "the dateline", paragraph.line, is_taken=True))
                self.paragraphs[at] = paragraph.without_start(line.length)
                return

    def mark_captions(self) -> None:
        """Captions stay, once each, in emphasis."""
        first: dict[str, Paragraph] = {}
        for paragraph in list(self.paragraphs):
            if not (paragraph.is_caption or wordings.is_caption(paragraph.text)):
                continue
            known = first.setdefault(_key(paragraph.text), paragraph)
            if known is not paragraph:
                self._leave(
                    paragraph,
                    f"repeats the caption of line {known.line}" if known.line else "repeats a caption",
                    is_taken=False,
                )
                continue
            self._emphasise(paragraph)
            self._notes.append(f"{_at(paragraph.line)}a caption: it stays, in emphasis; put its picture before it")

    def mark_credit(self) -> None:
        """Who else took part in the report: stays at the end, in emphasis."""
        for paragraph in self.paragraphs[-_FOOT:]:
            if wordings.is_credit(paragraph.text):
                self._emphasise(paragraph)
                self._notes.append(f"{_at(paragraph.line)}a credit: it stays, in emphasis")

    def _top(self) -> list[Paragraph]:
        """The lines before the first paragraph of prose that is no caption."""
        top = []
        for paragraph in self.paragraphs[:_TOP]:
            if wordings.is_prose(paragraph.text) and not wordings.is_caption(paragraph.text):
                break
            top.append(paragraph)
        return top

    def _know(self, facts: Facts) -> None:
        """What stands in the text itself counts as the headline; other facts are kept as they were first known."""
        self._facts = replace(self._facts, headline=facts.headline or self._facts.headline).or_else(facts)

    def _emphasise(self, paragraph: Paragraph) -> None:
        at = next(at for at, one in enumerate(self.paragraphs) if one is paragraph)
        self.paragraphs[at] = replace(paragraph, runs=(Run(paragraph.text, (_EMPHASIS,)),), level=0, is_caption=True)

    def _leave(self, paragraph: Paragraph, reason: str, *, is_taken: bool = True) -> None:
        self.paragraphs = [one for one in self.paragraphs if one is not paragraph]
        self._left.append(Left(paragraph.as_line, reason, paragraph.line, is_taken))


def _key(text: str) -> str:
    """The letters and digits of ``text``, by which two lines say the same."""
    return "".join(char for char in text.casefold() if char.isalnum())
