"""Values of which few need all: what is kept of them stays packed until somebody asks.

In: a dataclass that names its large fields. Out: the same value, quickly read again.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any, ClassVar

_PACKED = "_packed"


class Packed:
    """The fields named in ``LARGE`` are packed by themselves; what is worked out from fields is not kept."""

    LARGE: ClassVar[frozenset[str]]

    def __reduce__(self) -> tuple[object, ...]:
        """How it is kept."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}  # type: ignore[arg-type]  # a dataclass
        large = {name: values.pop(name) for name in self.LARGE}
        return _unpacked, (type(self), values, pickle.dumps(large, protocol=5))

    if not TYPE_CHECKING:  # for who reads it is a field like any other

        def __getattr__(self, name: str) -> Any:
            """A large field, the first time that somebody asks for one."""
            if name not in self.LARGE or _PACKED not in self.__dict__:
                raise AttributeError(name)
            # Part of what was unpickled: whoever vouched for it vouched for this.
            self.__dict__.update(pickle.loads(self.__dict__.pop(_PACKED)))  # noqa: S301
            return self.__dict__[name]


def _unpacked(kind: type[Packed], values: Mapping[str, Any], packed: bytes) -> Packed:
    made = object.__new__(kind)
    made.__dict__.update(values, **{_PACKED: packed})
    return made
