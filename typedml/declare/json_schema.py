"""What a meaning adds to a JSON Schema: its range as bounds, its unit as `x-unit`, its kind as `x-kind`.

>>> from typedml import PERCENT
>>> from typedml.declare.json_schema import keywords
>>> keywords(PERCENT.meaning, "number")["x-kind"]
'Percent'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typedml.algebra.meaning import Meaning
    from typedml.algebra.ranges import Range

UNIT, KIND = "x-unit", "x-kind"
NUMBERS = ("number", "integer")


def keywords(meaning: Meaning, type_name: object) -> dict[str, Any]:
    """The keywords that say a meaning beside a value of that JSON type."""
    bounds = bounds_of_range(meaning.range) if type_name in NUMBERS else {}
    if type_name == "number" and meaning.integral:
        bounds["multipleOf"] = 1
    return bounds | named(meaning)


def named(meaning: Meaning) -> dict[str, str]:
    """Unit and kind by name; the pure number is no unit to speak of."""
    found = {} if meaning.unit.is_number else {UNIT: str(meaning.unit)}
    if meaning.kind is not None:
        found[KIND] = meaning.kind.name
    return found


def bounds_of_range(allowed: Range) -> dict[str, Any]:
    """The ends of a range that are not infinite, as JSON Schema says them."""
    found: dict[str, Any] = {}
    if allowed.low > float("-inf"):
        found["exclusiveMinimum" if allowed.low_open else "minimum"] = plain(allowed.low)
    if allowed.high < float("inf"):
        found["exclusiveMaximum" if allowed.high_open else "maximum"] = plain(allowed.high)
    return found


def plain(bound: float) -> float | int:
    """A bound as JSON spells it best: whole numbers without a point."""
    return int(bound) if bound == int(bound) else bound
