"""Evidence that is a computation: from its specification to its result.

In: a specification of schema.py and the coordinates of places. Out: the result in words, or why there is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from build_scripts.computing.distance import nearest_border_point
from build_scripts.reading.schema import BorderDistance, Computation, Coordinates, UnitConversion, Weekday

if TYPE_CHECKING:
    import pint


class NotComputableError(Exception):
    """The specification asks for what can't be computed."""

    def __init__(self, why: str, hint: str) -> None:
        """``why`` and ``hint`` are told to an editor."""
        super().__init__(why)
        self.hint = hint


def compute(computation: Computation, places: Mapping[str, Coordinates]) -> str:
    """What ``computation`` gives; ``places``: coordinates of entities by id. Raises NotComputableError."""
    match computation:
        case UnitConversion():
            return _converted(computation)
        case Weekday():
            return f"{computation.date.isoformat()} is a {_WEEKDAYS[computation.date.weekday()]}"
        case BorderDistance():
            if computation.place not in places:
                hint = f"add `coordinates` to sources/entities/{computation.place}.yml"
                raise NotComputableError(f"`{computation.place}` has no coordinates", hint)
            at = places[computation.place]
            return str(nearest_border_point(at.latitude, at.longitude, computation.border))


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def in_unit(value: float, unit: str, to: str) -> float:
    """A quantity in another unit, both named as pint names them. Raises NotComputableError."""
    import pint  # noqa: PLC0415 -- takes a second, and what was computed before needs none

    try:
        return float(_units().Quantity(value, unit).to(to).magnitude)
    except (pint.PintError, ValueError, AttributeError, TypeError) as error:
        why = f"{unit} can't be converted to {to}: {error}"
        raise NotComputableError(why, "write units of one kind, such as kilometer and mile") from error


def _converted(conversion: UnitConversion) -> str:
    value = in_unit(conversion.value, conversion.unit, conversion.to)
    return f"{conversion.value:g} {conversion.unit} = {value:.{conversion.digits}f} {conversion.to}"


@cache
def _units() -> pint.UnitRegistry[float]:
    import pint  # noqa: PLC0415 -- as above

    return pint.UnitRegistry()
