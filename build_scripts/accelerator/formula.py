"""Formulas: what a program makes of a value, noted once, for other values.

In: a program and the value that it is about. It runs with an unknown in place of the value. What it makes of the unknown by known
functions is noted as steps; where it asks something that decides how it goes on, the true answer is given to it, and noted with the
question. Out: a tree of steps and questions. Any other value for which all answers are the same is put through the steps alone, and
gives what the program would have given. What it makes of each part of a value, one like the other, is a formula of its own, so that it
does not matter how many there are. Whatever else a program tries with an unknown ends the noting, so that nothing is noted that
does not hold. Knows nothing of templates.
"""

from __future__ import annotations

import itertools
import operator
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

Function = Callable[..., Any]
_DECIDED = (type(None), bool, int, float)
"""Kinds of values that are no unknowns: programs decide by them."""
_SLOT = "\0"


class LostError(Exception):
    """A program tried something with an unknown that can't be noted."""


class UnseenError(Exception):
    """Of no value before were the answers to a program's questions the same."""


@dataclass(frozen=True, slots=True)
class _Constant:
    value: Any


_Argument = int | _Constant
"""The number of a value, or a value that is always the same."""
_Step = Callable[[Sequence[Any]], Any]
"""Is called with the values so far."""


class _Node:
    """Steps, and either a ``question``, with what it is asked by, or the result: its ``pieces``, None where it could not be noted."""

    __slots__ = ("branches", "pieces", "question", "steps", "subject")

    def __init__(
        self,
        steps: Sequence[_Step],
        question: _Step | None = None,
        subject: Function | None = None,
        pieces: Sequence[str | int] | None = None,
    ) -> None:
        self.steps = steps
        self.question = question
        self.subject = subject
        self.branches: dict[Hashable, _Node] = {}
        self.pieces = pieces


class Formula:
    """What is noted of a program."""

    def __init__(self) -> None:
        self._root: _Node | None = None
        self.loops: Loops = {}

    def result(self, known: Sequence[Any]) -> str | None:
        """What the program gives; None where it has to run. Raises UnseenError where it is worth noting how it does."""
        values = list(known)
        node = self._root
        while node:
            for step in node.steps:
                values.append(step(values))
            if not node.question:
                return None if node.pieces is None else _joined(node.pieces, values)
            node = node.branches.get(node.question(values))
        raise UnseenError

    def add(self, noted: Noted, pieces: Sequence[str | int] | None) -> None:
        """Add a way through the program, which leads to these pieces; without them one that has to be gone each time."""
        self.loops = noted.loops | self.loops
        top: dict[Hashable, _Node] = {None: self._root} if self._root else {}
        branches, answer = top, None
        for steps, question, subject, given in noted.path:
            node = branches.get(answer)
            if node is None:
                node = branches[answer] = _Node(steps, question, subject)
            elif node.subject != subject or len(node.steps) != len(steps):
                self._root, self.loops = None, {}  # the program does now this, now that
                return
            branches, answer = node.branches, given
        branches[answer] = _Node(noted.steps, pieces=pieces)
        self._root = top[None]


Loops = dict[Hashable, Formula]
"""What a program makes of parts of values, by the place in it."""


class Noted:
    """One run of a program. ``given``: unknowns in place of what is ``known``, to whoever starts it, of what it is about.

    ``get`` and ``get_item`` are how the program asks for parts of a value. ``loops``: what is known of its parts.
    """

    def __init__(self, known: Sequence[Any], get: Function, get_item: Function, loops: Loops | None = None) -> None:
        self._values = list(known)
        self._found: dict[object, Any] = {}
        self.get, self.get_item = get, get_item
        self.loops = dict(loops or {})
        self.scopes: list[object] = [object()]
        self.given = [Unknown(self, number) for number in range(len(known))]
        self.path: list[tuple[Sequence[_Step], _Step, Function, Hashable]] = []
        self.steps: list[_Step] = []

    def made(self, function: Function, *about: Any) -> Unknown:
        """What a function gives that always gives the same for the same."""
        step = self._step(function, about)
        self._values.append(_tried(step, self._values))
        self.steps.append(step)
        return Unknown(self, len(self._values) - 1)

    def asked(self, function: Function, *about: Any) -> Any:
        """The true answer to a question, which decides how the program goes on."""
        question = self._step(function, about)
        answer = _tried(question, self._values)
        self.path.append((self.steps, question, function, answer))
        self.steps = []
        return answer

    def seen(self, function: Function, *about: Any) -> Any:
        """What a function gives: itself where programs decide by such values, else an unknown."""
        name = (function, *[(number_of(part),) if type(part) is Unknown else part for part in about])
        if name not in self._found:
            unknown = self.made(function, *about)
            is_decided = isinstance(self.asked(_kind, unknown), tuple)
            self._found[name] = self._values[number_of(unknown)] if is_decided else unknown
        return self._found[name]

    def is_true(self, unknown: Unknown) -> bool:
        """Whether it counts as true."""
        name = bool, number_of(unknown)
        if name not in self._found:
            self._found[name] = self.asked(bool, unknown)
        return bool(self._found[name])

    @property
    def is_inside(self) -> bool:
        """Whether it is about one part of a value now."""
        return len(self.scopes) > 1

    def each(self, program: Callable[[list[Any]], Any], parts: Unknown) -> Unknown:
        """What a program makes of each part of a value by itself, as one text."""
        parts = self.made(tuple, parts)
        number = number_of(parts)
        place = (
            getattr(program, "__code__", program),
            number,
            *(answer for _steps, _question, _subject, answer in self.path),
        )
        formula = self.loops.setdefault(place, Formula())
        for part in self._values[number]:
            try:
                formula.result([*self._values, part])
            except UnseenError:
                self._note_part(formula, program, part)
        self.steps.append(lambda values: _of_each(formula, values, values[number]))
        self._values.append(_tried(self.steps[-1], self._values))
        return Unknown(self, len(self._values) - 1)

    def _note_part(self, formula: Formula, program: Callable[[list[Any]], Any], part: Any) -> None:
        """Run a program for one part. What it gets to see besides is known, and what it makes stays inside."""
        outside = self._values, self._found, self.path, self.steps, self.loops
        self._values, self._found, self.path, self.steps = [*self._values, part], dict(self._found), [], []
        self.loops = dict(formula.loops)
        self.scopes.append(object())
        try:
            made = program([Unknown(self, len(self._values) - 1)])
            formula.add(self, [number_of(made) if type(made) is Unknown else _plain(made)])
        finally:
            self.scopes.pop()
            self._values, self._found, self.path, self.steps, self.loops = outside

    def joined(self, pieces: Sequence[str]) -> Unknown:
        """A text that is put together of pieces."""
        parts = [piece if isinstance(piece, str) else Unknown(self, piece) for piece in self.numbered(pieces)]
        return self.made(_as_text, *parts)

    def numbered(self, pieces: Sequence[str]) -> list[str | int]:
        """The pieces, those next to each other as one, with the numbers of unknowns."""
        found: list[str | int] = []
        for are_unseen, run in itertools.groupby(pieces, is_unseen):
            if are_unseen:
                found.extend(map(self._number, run))
            else:
                found.append(_plain("".join(run)))
        return found

    def _number(self, piece: Any) -> int:
        if type(piece) is Piece:
            return number_of(piece.unknown)
        kind = self.asked(_kind, piece)  # joined without being shown first, so that it has to be a text
        if not (isinstance(kind, type) and issubclass(kind, str)):
            raise LostError
        return number_of(piece)

    def _step(self, function: Function, about: Sequence[Any]) -> _Step:
        return _ready(function, [self._argument(part) for part in about])

    def _argument(self, value: Any) -> _Argument:
        kind = type(value)
        if kind is Unknown:
            return number_of(value)
        if kind in (list, tuple, dict) and has_unknown((value,)):
            parts = (*value, *value.values()) if kind is dict else value
            return number_of(self.made(_together, kind, *parts))
        return _Constant(_plain(value) if isinstance(value, str) else value)


class Unknown:
    """Stands for a value that a program does not get to see. Whatever it asks is noted, or ends the noting."""

    __slots__ = ("noted", "number", "scope")

    def __init__(self, noted: Noted, number: int) -> None:
        object.__setattr__(self, "noted", noted)
        object.__setattr__(self, "number", number)
        object.__setattr__(self, "scope", noted.scopes[-1])

    def __getattribute__(self, name: str) -> Any:
        if name == "__class__":
            return Unknown
        noted = _noted(self)
        if name.startswith("__"):
            raise LostError
        return noted.seen(noted.get, self, name)

    def __getitem__(self, key: Any) -> Any:
        noted = _noted(self)
        return noted.seen(noted.get_item, self, key)

    def __bool__(self) -> bool:
        return _noted(self).is_true(self)

    def __len__(self) -> int:
        return int(_noted(self).asked(len, self))

    def __eq__(self, other: object) -> bool:
        return other is self or bool(_noted(self).asked(_is_equal, self, other))

    def __lt__(self, other: object) -> bool:
        return bool(_noted(self).asked(operator.lt, self, other))

    def __le__(self, other: object) -> bool:
        return bool(_noted(self).asked(operator.le, self, other))

    def __gt__(self, other: object) -> bool:
        return bool(_noted(self).asked(operator.gt, self, other))

    def __ge__(self, other: object) -> bool:
        return bool(_noted(self).asked(operator.ge, self, other))

    def __add__(self, other: object) -> Unknown:
        return _noted(self).made(operator.add, self, other)

    def __radd__(self, other: object) -> Unknown:
        return _noted(self).made(operator.add, other, self)

    def __contains__(self, part: object) -> bool:
        return bool(_noted(self).asked(operator.contains, self, part))

    def __iter__(self) -> Iterator[Any]:
        noted = _noted(self)
        parts = noted.made(tuple, self)
        return iter([noted.seen(operator.getitem, parts, at) for at in range(len(parts))])

    def __hash__(self) -> int:
        raise LostError

    def _lose(self, *_given: Any, **_named: Any) -> NoReturn:
        raise LostError

    __str__ = __repr__ = __format__ = __index__ = __int__ = __float__ = __bytes__ = __call__ = _lose
    __mul__ = __rmul__ = __mod__ = __rmod__ = _lose
    __setattr__ = __delattr__ = __setitem__ = __delitem__ = _lose


class Piece(str):
    """An unknown as a piece of text. Where it is put into another text, that shows."""

    __slots__ = ("unknown",)
    unknown: Unknown

    def __new__(cls, unknown: Unknown) -> Piece:
        """Hold an unknown."""
        made = super().__new__(cls, _SLOT)
        made.unknown = unknown
        return made

    def __str__(self) -> str:
        return self


def number_of(unknown: Unknown) -> int:
    """Which of the values it stands for. Raises LostError outside the part that it is of."""
    if object.__getattribute__(unknown, "scope") not in _noted(unknown).scopes:
        raise LostError
    number: int = object.__getattribute__(unknown, "number")
    return number


def is_unseen(piece: object) -> bool:
    """Whether it is an unknown, also as a piece of text."""
    return type(piece) in (Piece, Unknown)


def has_unknown(values: Sequence[Any]) -> bool:
    """Whether there is an unknown among them, or in lists and the like."""
    for value in values:
        kind = type(value)
        if kind is Unknown or (kind in (list, tuple) and has_unknown(value)):
            return True
        if kind is dict and has_unknown((*value, *value.values())):
            return True
    return False


def _noted(unknown: Unknown) -> Noted:
    noted: Noted = object.__getattribute__(unknown, "noted")
    return noted


def _tried(step: _Step, values: Sequence[Any]) -> Any:
    try:
        return step(values)
    except Exception as error:
        raise LostError from error


def _of_each(formula: Formula, values: Sequence[Any], parts: Sequence[Any]) -> str:
    made = [formula.result([*values, part]) for part in parts]
    texts = [text for text in made if text is not None]
    if len(texts) < len(made):
        raise LostError
    return "".join(texts)


def _ready(function: Function, about: Sequence[_Argument]) -> _Step:
    if len(about) == 1 and isinstance(about[0], int):
        only = about[0]
        return lambda values: function(values[only])
    if len(about) == 2 and isinstance(about[0], int) and isinstance(about[1], _Constant):  # noqa: PLR2004 -- most are such
        first, second = about[0], about[1].value
        return lambda values: function(values[first], second)
    return lambda values: function(*[values[part] if isinstance(part, int) else part.value for part in about])


def _kind(value: object) -> Any:
    kind = type(value)
    return (kind, value) if kind in _DECIDED else kind


def _is_equal(one: object, other: object) -> bool:
    return bool(one == other)


def _together(kind: type, *parts: Any) -> Any:
    return dict(zip(parts[: len(parts) // 2], parts[len(parts) // 2 :], strict=True)) if kind is dict else kind(parts)


def _as_text(*parts: object) -> str:
    return "".join(map(str, parts))


def _joined(pieces: Sequence[str | int], values: Sequence[Any]) -> str:
    return "".join([piece if isinstance(piece, str) else str(values[piece]) for piece in pieces])


def _plain(text: str) -> str:
    if _SLOT in text:  # a piece was put into a text unseen
        raise LostError
    return text
