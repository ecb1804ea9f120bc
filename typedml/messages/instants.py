"""Numbers that are to be instants or times, where seconds are easily taken for milliseconds.

>>> from typedml.algebra.catalogue import KINDS
>>> print(counted(Meaning(KINDS["EpochMillis"]), "x"))
, if x is in "millisecond"; in "second" it is convert(EPOCH_SECONDS(x), "second", "millisecond")
"""

from __future__ import annotations

from typedml.algebra.catalogue import DAY, HOUR, MINUTE, SECOND
from typedml.algebra.conversion import converted
from typedml.algebra.kind import Sort
from typedml.algebra.meaning import Literal, Meaning, Operand
from typedml.messages.code import ARGUMENT, SUM, grouped
from typedml.messages.wording import describe

LENGTHS = (MINUTE, HOUR, DAY)
"""What everybody knows by heart in seconds."""


def counted(target: Meaning, text: str, carrier: str = "float") -> str:
    """Return in what a plain number must count that is made an instant, and the code where it is seconds."""
    if not is_instant(target):
        return ""
    words = f', if {grouped(text, SUM)} is in "{target.unit}"'
    other = converted(target, target.unit, SECOND)
    if not isinstance(other, Meaning) or other.kind in (None, target.kind) or target.unit == SECOND:
        return words
    assert other.kind is not None
    code = conversion(f"{other.kind.marker}({grouped(text, ARGUMENT)})", target, whole=carrier == "int")
    return f'{words}; in "{SECOND}" it is {code}'


def is_instant(meaning: Meaning) -> bool:
    """Whether a meaning is a point in time, and none that comes round again."""
    is_time = meaning.sort is Sort.TORSOR and meaning.unit.dimension == SECOND.dimension
    return is_time and meaning.kind is not None and meaning.kind.period is None


def conversion(text: str, target: Meaning, *, whole: bool) -> str:
    """Return the code that converts seconds, to a whole number where such are wanted."""
    code = f'convert({text}, "{SECOND}", "{target.unit}")'
    return f"round({code})" if whole else code


def seconds(number: Operand | None, target: Meaning, carrier: str) -> str:
    """Return the hint for a number that is a day in seconds where a finer unit is wanted, or nothing."""
    if not isinstance(number, Literal) or target.unit.is_point or target.unit.dimension != SECOND.dimension:
        return ""
    value = abs(float(number.value))
    length = next((each for each in LENGTHS if float(each.ratio(SECOND)) == value), None)
    # 60 minutes are an hour: only of what is finer than a second is nobody to count so many.
    if length is None or float(target.unit.ratio(SECOND)) >= 1:
        return ""
    code = conversion(repr(number.value), target, whole=carrier == "int")
    made = describe(Meaning(None, target.unit), carrier)
    return f"{code} makes it {made}, if it is one {length} in seconds"
