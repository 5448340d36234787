"""Values of which few need all: what can be read again is not kept, but read again once somebody asks.

In: a dataclass that names its large fields, and reads itself. Out: the same value, of which little is kept.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any, ClassVar, Self


class Again:
    """The fields named in ``LARGE`` are not kept, nor is what is worked out from fields."""

    LARGE: ClassVar[frozenset[str]]

    @abstractmethod
    def again(self) -> Self:
        """The same, read again from the other fields."""

    def let_go(self) -> None:
        """Have it in memory as it is kept."""
        names = {field.name for field in fields(self)} - self.LARGE  # type: ignore[arg-type]  # a dataclass
        for name in self.__dict__.keys() - names:
            del self.__dict__[name]

    def __reduce__(self) -> tuple[object, ...]:
        """How it is kept."""
        names = (field.name for field in fields(self))  # type: ignore[arg-type]  # a dataclass
        return _kept, (type(self), {name: self.__dict__[name] for name in names if name not in self.LARGE})

    if not TYPE_CHECKING:  # for who reads it is a field like any other

        def __getattr__(self, name: str) -> Any:
            """A large field, the first time that somebody asks for one."""
            if name not in self.LARGE:
                raise AttributeError(name)
            again = self.again()
            self.__dict__.update({large: again.__dict__[large] for large in self.LARGE})
            return self.__dict__[name]


def _kept(kind: type[Again], values: Mapping[str, Any]) -> Again:
    made = object.__new__(kind)
    made.__dict__.update(values)
    return made
