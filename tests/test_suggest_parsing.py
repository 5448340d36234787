"""A parser's second opinion on who speaks, where one is installed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import metadata
from importlib.metadata import EntryPoint
from types import SimpleNamespace

import pytest

from build_scripts.anchoring.anchor import Span
from build_scripts.suggesting import draft as drafting
from build_scripts.suggesting import parsing
from build_scripts.suggesting.draft import draft
from build_scripts.suggesting.parsing import parsed, pipeline, subjects
from build_scripts.suggesting.quotations import quoted


@dataclass(eq=False)
class Word:
    """A token as spaCy has it: ``idx`` is its place, ``head`` what it depends on, ``dep_`` how."""

    text: str
    idx: int
    dep_: str = "dep"
    children: list[Word] = field(default_factory=list)
    _head: list[Word] = field(default_factory=list)

    @property
    def head(self) -> Word:
        return self._head[0] if self._head else self

    @property
    def subtree(self) -> Iterator[Word]:
        return iter(sorted(self._below(), key=lambda word: word.idx))

    def _below(self) -> Iterator[Word]:
        yield self
        for child in self.children:
            yield from child._below()


def sentence(text: str, *relations: tuple[str, str, str]) -> list[Word]:
    """The words of a text that are named in relations: (word, how, head)."""
    names = dict.fromkeys(name for word, _how, head in relations for name in (word, head))
    words = {name: Word(name, text.index(name)) for name in names}
    for word, how, head in relations:
        words[word].dep_ = how
        words[word]._head.append(words[head])
        words[head].children.append(words[word])
    return sorted(words.values(), key=lambda word: word.idx)


def test_the_subject_of_the_governing_verb_is_the_source() -> None:
    text = "“It fell,” the old farmer Dahl said."
    document = sentence(text, ("fell", "ccomp", "said"), ("Dahl", "nsubj", "said"), ("farmer", "compound", "Dahl"))
    assert {number: text[slice(*span)] for number, span in subjects(document, quoted(text)).items()} == {
        0: "farmer Dahl"
    }


def test_a_second_verb_has_the_subject_of_the_first() -> None:
    text = "Dahl sat down and said: “It fell.”"
    document = sentence(text, ("fell", "ccomp", "said"), ("said", "conj", "sat"), ("Dahl", "nsubj", "sat"))
    assert {number: text[slice(*span)] for number, span in subjects(document, quoted(text)).items()} == {0: "Dahl"}


def test_a_verb_that_says_nothing_has_no_speaker() -> None:
    text = "Dahl painted “It fell” on the wall."
    assert subjects(sentence(text, ("fell", "dobj", "painted"), ("Dahl", "nsubj", "painted")), quoted(text)) == {}


def test_without_a_pipeline_the_rules_stand_alone() -> None:
    text = "“It fell,” Dahl said."
    if pipeline() is None:
        assert parsed(text, quoted(text)) == {}


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("“It fell in the night,” Martin Dahl said.", "Martin Dahl"),
        ("“It fell in the night,” said Martin Dahl, a farmer.", "Martin Dahl"),
        ("Martin Dahl told the court: “It fell in the night.”", "Martin Dahl"),
        ("The wall is old. “It fell in the night,” he said.", "he"),
        ("“It fell in the night,” grunted Martin Dahl.", "Martin Dahl"),
        ("Martin Dahl painted the words “great fall” on the wall.", None),
    ],
)
def test_an_installed_pipeline_finds_who_says_it(text: str, source: str | None) -> None:
    if pipeline() is None:
        pytest.skip("needs spaCy and a pipeline for English: see the editing guide")
    found = parsed(text, quoted(text)).get(0)
    assert (source is None and found is None) or (found and source and source in text[slice(*found)])


def test_a_pipeline_that_cannot_be_loaded_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(name: str, **_options: object) -> Pipeline:
        if name == "en_broken":
            raise OSError("made for another version")
        return Pipeline(name)

    entries = [EntryPoint(name, "", "") for name in ("en_whole", "de_whole", "en_broken", "en_a_tagger")]
    monkeypatch.setattr(metadata, "entry_points", lambda **_group: entries)
    monkeypatch.setattr(parsing, "import_module", lambda _name: SimpleNamespace(load=load))
    found = pipeline.__wrapped__()
    assert found is not None
    assert found.name == "en_whole"


def test_without_a_pipeline_spacy_is_not_even_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "entry_points", lambda **_group: [EntryPoint("de_whole", "", "")])
    monkeypatch.setattr(parsing, "import_module", None)
    assert pipeline.__wrapped__() is None


@dataclass
class Pipeline:
    """What ``pipeline`` asks of one."""

    name: str

    def has_pipe(self, name: str) -> bool:
        return name == "parser" and "tagger" not in self.name


def test_a_speaker_whom_only_the_parser_finds_is_marked_so(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "“It is a great loss for all of us,” so Martin Dahl of Westport."
    document = sentence(text, ("loss", "dep", "Westport"), ("Martin", "nsubj", "Westport"))
    span = subjects(document, quoted(text))
    assert span == {}
    place = text.index("Martin")
    monkeypatch.setattr(drafting, "parsed", lambda _text, _passages: {0: Span(place, place + 11)})
    found = draft(text, None).quotations[0]
    assert (found.rule, found.speaker and found.speaker.name) == ("parser", "Martin Dahl")
