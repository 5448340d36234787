"""Properties of re-anchoring: on articles that no one wrote, on hostile text, and on a table of changed meanings."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import chain, pairwise
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.fuzz import ratio

from build_scripts.anchoring.anchor import Span
from build_scripts.anchoring.follow import Texts
from build_scripts.anchoring.meaning import Subject
from build_scripts.anchoring.reanchor import Answer, Proposal, propose
from tests.articles import WORDS, Article, article, part
from tests.texts import hostile

CLAIM = Subject("en", is_statement=True)
articles = st.builds(article, st.integers(0, 10_000), st.sampled_from(sorted(WORDS)))
chances = st.integers(0, 10_000).map(random.Random)
subjects = st.builds(Subject, st.sampled_from(["en", "de", "uk", "ar", "xx", ""]), st.booleans(), st.booleans())


def parts(of: Article, choice: random.Random) -> list[list[Span]]:
    """A span of each sentence, by paragraph."""
    return [
        [Span(start + span.start, start + span.end) for start, sentence in zip(starts, paragraph, strict=True)
         for span in [part(sentence, choice)]]
        for starts, paragraph in zip(of.starts(), of.paragraphs, strict=True)
    ]  # fmt: skip


@given(articles, chances, subjects)
def test_what_nobody_edited_is_unchanged(old: Article, choice: random.Random, subject: Subject) -> None:
    texts = Texts(old.text, old.text)
    for span in chain.from_iterable(parts(old, choice)):
        found = propose(texts, span, subject)
        assert (found.answer, found.span) == (Answer.UNCHANGED, span)


@given(articles, chances, subjects)
def test_each_annotation_goes_with_its_paragraph(old: Article, choice: random.Random, subject: Subject) -> None:
    order = choice.sample(range(len(old.paragraphs)), len(old.paragraphs))
    new = old.with_paragraphs([old.paragraphs[number] for number in order])
    texts = Texts(old.text, new.text)
    for number, spans in enumerate(parts(old, choice)):
        shift = new.starts()[order.index(number)][0] - old.starts()[number][0]
        for span in spans:
            found = propose(texts, span, subject)
            assert found.span == Span(span.start + shift, span.end + shift), found
            assert found.answer in (Answer.UNCHANGED, Answer.MOVED)
    if all(one > other for one, other in pairwise(order)):
        answers = {propose(texts, span, subject).answer for spans in parts(old, choice) for span in spans}
        assert Answer.MOVED in answers


@given(articles, chances, subjects)
def test_what_went_with_its_paragraph_is_lost(old: Article, choice: random.Random, subject: Subject) -> None:
    number = choice.randrange(len(old.paragraphs))
    new = old.with_paragraphs([*old.paragraphs[:number], *old.paragraphs[number + 1 :]])
    texts = Texts(old.text, new.text)
    for span in parts(old, choice)[number]:
        assert propose(texts, span, subject).answer is Answer.LOST


@given(articles, chances)
def test_a_paragraph_that_stands_twice_now_is_lost_with_both_places(old: Article, choice: random.Random) -> None:
    number = choice.randrange(len(old.paragraphs))
    new = old.with_paragraphs([*old.paragraphs[:number], *[old.paragraphs[number]] * 2, *old.paragraphs[number + 1 :]])
    span = Span(old.starts()[number][0], old.starts()[number][-1] + len(old.paragraphs[number][-1]))
    found = propose(Texts(old.text, new.text), span, CLAIM)
    twins = [Span(starts[0], starts[-1] + len(new.paragraphs[at][-1])) for at, starts in enumerate(new.starts())]
    assert (found.answer, list(found.others)) == (Answer.LOST, twins[number : number + 2])


def check(old: str, new: str, span: Span, found: Proposal) -> None:
    """What holds of every proposal, whatever the texts."""
    assert (found.span is None) == (found.answer is Answer.LOST)
    assert found.reason
    for place in (*found.others, *([found.span] if found.span else [])):
        assert 0 <= place.start < place.end <= len(new)
    if found.span and found.answer is Answer.UNCHANGED:
        assert new[slice(*found.span)] == old[slice(*span)]
    if found.span and found.answer is Answer.MOVED:
        was, now = (filter(str.isnumeric, text) for text in (old[slice(*span)], new[slice(*found.span)]))
        assert list(was) == list(now)


texts_of_lines = st.lists(hostile, max_size=6).map("\n\n".join)


@given(texts_of_lines.filter(bool), texts_of_lines, chances, subjects)
def test_no_text_breaks_a_promise(old: str, new: str, choice: random.Random, subject: Subject) -> None:
    start = choice.randrange(len(old))
    span = Span(start, choice.randint(start + 1, len(old)))
    for other in (new, old + new, new + "\n\n" + old, old[: span.start] + new + old[span.end :], old):
        check(old, other, span, propose(Texts(old, other), span, subject))


@given(articles, chances, st.lists(hostile, min_size=1, max_size=3), subjects)
def test_no_edit_breaks_a_promise(old: Article, choice: random.Random, junk: list[str], subject: Subject) -> None:
    text = old.text
    for line in junk:
        at = choice.randrange(len(text))
        text = text[:at] + line + text[at + choice.randrange(30) :]
    texts = Texts(old.text, text)
    for span in chain.from_iterable(parts(old, choice)):
        check(old.text, text, span, propose(texts, span, subject))


class Slot(NamedTuple):
    """Words of a sentence and others that say something else, by what they change."""

    kind: str
    words: str
    others: tuple[str, ...]


SENTENCES: dict[str, tuple[str, tuple[Slot, ...]]] = {
    "en": (
        "On Tuesday the inspectors told reporters in the capital that Harrison could not explain why 20 of the ferries that had "
        "been built with 40 million dollars of public money were kept in a harbour 60 miles from the islands that they should serve.",
        (
            Slot("day", "Tuesday", ("Wednesday", "Thursday")),
            Slot("name", "Harrison", ("Garrison", "Morrison")),
            Slot("negation", "could not explain", ("could explain",)),
            Slot("number", "20", ("200", "2", "21", "some 20,000")),
            Slot("magnitude", "million", ("billion", "thousand")),
            Slot("currency", "dollars", ("euros",)),
            Slot("unit", "miles", ("km", "metres")),
            Slot("figure", "40", ("4.0", "40.5", "-40")),
            Slot("modality", "should", ("could", "must")),
            Slot("word", "harbour", ("market",)),
        ),
    ),
    "de": (
        "Am Dienstag sagte die Ministerin den Journalisten in der Hauptstadt, dass Hartmann nicht erklären konnte, warum 20 der "
        "Fähren, die für 40 Millionen Euro gebaut wurden, in einem Hafen lagen, der 60 Kilometer von den Inseln entfernt sein soll.",
        (
            Slot("day", "Dienstag", ("Samstag", "Sonntag")),
            Slot("name", "Hartmann", ("Hermann", "Hartwig")),
            Slot("negation", "nicht erklären", ("erklären",)),
            Slot("number", "20", ("200", "2", "21")),
            Slot("magnitude", "Millionen", ("Milliarden",)),
            Slot("currency", "Euro", ("Dollar",)),
            Slot("unit", "Kilometer", ("Meter", "Meilen")),
            Slot("modality", "soll", ("muss", "kann")),
        ),
    ),
    "uk": (
        "У вівторок інспектори сказали журналістам у столиці, що Петренко не міг пояснити, чому 20 поромів, які збудували за 40 "
        "мільйонів гривень державних коштів, стояли в порту за 60 кілометрів від островів, яким вони повинні служити щодня.",
        (
            Slot("day", "вівторок", ("четвер", "понеділок")),
            Slot("name", "Петренко", ("Павленко", "Петрук")),
            Slot("negation", "не міг", ("міг",)),
            Slot("number", "20", ("200", "2", "21")),
            Slot("magnitude", "мільйонів", ("мільярдів",)),
            Slot("currency", "гривень", ("рублів",)),
            Slot("unit", "кілометрів", ("метрів",)),
            Slot("modality", "повинні", ("можуть",)),
        ),
    ),
    "ar": (
        "قال المفتشون للصحفيين في العاصمة يوم الثلاثاء إن سليم لم يستطع أن يشرح لماذا بقيت 20 عبارة بنيت بمبلغ 40 مليون دولار من "
        "المال العام في ميناء يبعد 60 كيلومتر عن الجزر التي يجب أن تخدمها هذه العبارات كل صباح طوال أشهر الشتاء.",
        (
            Slot("day", "الثلاثاء", ("الأربعاء",)),
            Slot("name", "سليم", ("سليمان", "كريم")),
            Slot("negation", "لم يستطع", ("استطاع",)),
            Slot("number", "20", ("200", "2", "٢١")),
            Slot("magnitude", "مليون", ("مليار",)),
            Slot("currency", "دولار", ("دينار",)),
            Slot("unit", "كيلومتر", ("متر",)),
            Slot("modality", "يجب", ("يمكن",)),
        ),
    ),
}
"""A sentence in each language and what may be exchanged in it."""

MIN_ALIKE = 0.95


def changes() -> Iterator[tuple[str, str, str, str]]:
    """Language, kind, a sentence, and what it is after one exchange that hardly shows."""
    for language, (sentence, slots) in SENTENCES.items():
        for slot in slots:
            assert sentence.count(slot.words) == 1, slot
            for other in slot.others:
                yield language, f"{slot.kind}: {other}", sentence, sentence.replace(slot.words, other)


CHANGES = list(changes())


@pytest.mark.parametrize(("language", "change", "old", "new"), CHANGES, ids=[f"{row[0]}: {row[1]}" for row in CHANGES])
def test_a_changed_meaning_is_told_however_alike_the_sentences(language: str, change: str, old: str, new: str) -> None:
    assert ratio(old, new) / 100 > MIN_ALIKE, change
    around = article(7, language).paragraphs[:3]
    before, behind = " ".join(around[0]) + "\n\n", "\n\n" + " ".join(around[1])
    texts = Texts(before + old + behind, before + new + behind)
    for is_verbatim in (False, True):
        found = propose(texts, Span(len(before), len(before) + len(old)), Subject(language, True, is_verbatim))
        assert (found.answer, found.span) == (Answer.MEANING_CHANGED, Span(len(before), len(before) + len(new)))
