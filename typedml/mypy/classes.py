"""The classes whose values may have a meaning: a row each, with the stub class that carries it.

A new carrier is a row here and a class in a stub, `typedml/declare/carriers.pyi` or one for the library that
the class is from. What may mean what - no text is in kilometres - is asked of `typedml.declare.fitting`,
which knows the plain type that a class stands for.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from typedml.algebra.catalogue import KINDS
from typedml.algebra.meaning import UNKNOWN, Meaning, Operand

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy.nodes import TypeInfo

STUB: Final = "typedml.declare.carriers"
NUMPY: Final = "typedml.declare.numpy_carriers"
PANDAS: Final = "typedml.declare.pandas_carriers"


class Row(NamedTuple):
    """A class, the stub class that carries its meanings, the plain type it stands for, and what it is."""

    plain: str
    carrier: str
    stands_for: type
    says: str | None = None

    @property
    def name(self) -> str:
        """The class as messages show it."""
        return self.plain.rpartition(".")[2]


ROWS: Final = (
    Row("builtins.float", f"{STUB}.Float", float),
    Row("builtins.int", f"{STUB}.Int", int),
    Row("builtins.bool", f"{STUB}.bool", bool, says="Binary"),
    Row("builtins.complex", f"{STUB}.complex", complex),
    Row("decimal.Decimal", f"{STUB}.Decimal", Decimal),
    Row("fractions.Fraction", f"{STUB}.Fraction", Fraction),
    Row("builtins.str", f"{STUB}.str", str),
    Row("builtins.bytes", f"{STUB}.bytes", bytes),
    Row("datetime.datetime", f"{STUB}.datetime", datetime, says="Timestamp"),
    Row("datetime.date", f"{STUB}.date", date, says="Date"),
    Row("datetime.timedelta", f"{STUB}.timedelta", timedelta, says="Duration"),
    Row("pandas._libs.tslibs.timestamps.Timestamp", f"{PANDAS}.Timestamp", datetime, says="Timestamp"),
    Row("numpy.float64", f"{NUMPY}.float64", float),
    Row("numpy.floating", f"{NUMPY}.floating", float),
    Row("numpy.integer", f"{NUMPY}.integer", int),
    Row("numpy.signedinteger", f"{NUMPY}.signedinteger", int),
    Row("numpy.unsignedinteger", f"{NUMPY}.unsignedinteger", int),
    Row("numpy.complex128", f"{NUMPY}.complex128", complex),
    Row("numpy.complexfloating", f"{NUMPY}.complexfloating", complex),
)
# By full name of the plain class, by that of its carrier, and by the short names that mypy prints.
CARRIERS: Final[Mapping[str, str]] = {row.plain: row.carrier for row in ROWS}
BASES: Final[Mapping[str, str]] = {row.carrier: row.plain for row in ROWS}
ROW_OF: Final[Mapping[str, Row]] = {name: row for row in ROWS for name in (row.plain, row.carrier)}
# Text is compared, joined and formatted; beside it a number says nothing, and it says nothing to a number.
TEXTS: Final = frozenset(row.plain for row in ROWS if row.stands_for in (str, bytes))
WHOLE_NUMBERS: Final = frozenset({"builtins.int", "builtins.bool"})


@lru_cache(maxsize=4096)
def _above(names: tuple[str, ...]) -> Row | None:
    found = next((ROW_OF[name] for name in names if name in ROW_OF), None)
    return ROW_OF["builtins.float"] if found is None and "numpy.generic" in names else found


def family(info: TypeInfo) -> Row | None:
    """Return the row of a class, or of the nearest class above that has one; numpy's others are numbers."""
    # A class that is being analysed has no bases yet, and the daemon gives a class others.
    return ROW_OF.get(info.fullname) or _above(tuple(each.fullname for each in info.mro))


_SAID: Final[Mapping[str, Operand]] = {row.plain: Meaning(KINDS[row.says]) for row in ROWS if row.says}


def said_by(plain: str) -> Operand:
    """Return what a class says by itself of its values: a `datetime` is a point in time."""
    return _SAID.get(plain, UNKNOWN)


def takes(wanted: str, given: str) -> bool:
    """Whether a value of one class may stand where another is declared, as numbers are promoted."""
    if wanted == given or wanted not in ROW_OF or given not in ROW_OF:
        return wanted == given
    row, other = ROW_OF[wanted], ROW_OF[given]
    if row.plain.startswith("numpy."):
        return other.plain.startswith("numpy.") and row.plain in _NUMPY_ABOVE.get(other.plain, ())
    return other.stands_for in _PROMOTED[row.stands_for] and _is_promoted(other)


def _is_promoted(given: Row) -> bool:
    # Of numpy's numbers only these two are classes of Python's own.
    return not given.plain.startswith("numpy.") or given.plain in ("numpy.float64", "numpy.complex128")


_NUMPY_ABOVE: Final = {
    "numpy.float64": ("numpy.floating",),
    "numpy.signedinteger": ("numpy.integer",),
    "numpy.unsignedinteger": ("numpy.integer",),
    "numpy.complex128": ("numpy.complexfloating",),
}
_PROMOTED: Final[Mapping[type, tuple[type, ...]]] = {
    **{row.stands_for: (row.stands_for,) for row in ROWS},
    int: (int, bool),
    float: (float, int, bool),
    complex: (complex, float, int, bool),
    date: (date, datetime),
}
