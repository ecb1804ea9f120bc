"""What a column can hold, told alike for every library, and which of it a declared type accepts."""

from __future__ import annotations

import datetime
import decimal
import re
from enum import Enum
from typing import final

import attrs


class Family(Enum):
    """The plain type of the values of a column, whatever library stores them."""

    BOOL = "bool"
    INT = "int"
    FLOAT = "float"
    DECIMAL = "Decimal"
    STR = "str"
    DATE = "date"
    DATETIME = "datetime"
    TIME = "time"
    TIMEDELTA = "timedelta"
    NOTHING = "no values"
    MIXED = "mixed values"
    OTHER = "other values"


@final
@attrs.frozen
class Found:
    """What an engine found a column to be: its family, the library's name for it, and a reason against it.

    `note` says what is in a column of mixed or unknown values; `zoned` whether datetimes have a time zone;
    `single` whether floats have 32 bits or fewer; `fine` whether times are finer than Python's microseconds.
    """

    family: Family
    dtype: str
    note: str = ""
    zoned: bool = False
    single: bool = False
    fine: bool = False


NUMBERS = frozenset({Family.INT, Family.FLOAT, Family.DECIMAL})

# Integers flow into float carriers. A float column serves as int where every value is whole (the rule
# `integral` counts those that are not), because pandas turns an int column with nulls into floats.
# bool is never a number. A column without a value has no type to be wrong.
ACCEPTED: dict[type, frozenset[Family]] = {
    float: frozenset({Family.FLOAT, Family.INT, Family.NOTHING}),
    int: frozenset({Family.INT, Family.FLOAT, Family.NOTHING}),
    bool: frozenset({Family.BOOL, Family.NOTHING}),
    str: frozenset({Family.STR, Family.NOTHING}),
    datetime.datetime: frozenset({Family.DATETIME, Family.NOTHING}),
    datetime.date: frozenset({Family.DATE, Family.NOTHING}),
    datetime.time: frozenset({Family.TIME, Family.NOTHING}),
    datetime.timedelta: frozenset({Family.TIMEDELTA, Family.NOTHING}),
    decimal.Decimal: frozenset({Family.DECIMAL, Family.INT, Family.NOTHING}),
}

_FAMILY_OF_TYPE: dict[type, Family] = {
    bool: Family.BOOL,
    int: Family.INT,
    float: Family.FLOAT,
    str: Family.STR,
    datetime.datetime: Family.DATETIME,
    datetime.date: Family.DATE,
    datetime.time: Family.TIME,
    datetime.timedelta: Family.TIMEDELTA,
    decimal.Decimal: Family.DECIMAL,
}


# What polars calls its types, and narwhals those of every library.
FAMILIES_BY_NAME = {
    "Boolean": Family.BOOL,
    "Float16": Family.FLOAT,
    "Float32": Family.FLOAT,
    "Float64": Family.FLOAT,
    "Decimal": Family.DECIMAL,
    "String": Family.STR,
    "Categorical": Family.STR,
    "Enum": Family.STR,
    "Date": Family.DATE,
    "Datetime": Family.DATETIME,
    "Time": Family.TIME,
    "Duration": Family.TIMEDELTA,
    **{f"{sign}Int{bits}": Family.INT for sign in ("", "U") for bits in (8, 16, 32, 64, 128)},
    "Null": Family.NOTHING,
}


def accepts(base: type, found: Found) -> bool:
    """Whether a column found so may carry values declared as `base`."""
    accepted = ACCEPTED.get(base)
    return accepted is None or found.family in accepted


_ARROW_WIDTHS = {"halffloat": "float16", "float": "float32", "double": "float64"}


def width_of(dtype: str) -> str:
    """The width of stored numbers as numpy names it, whatever a library calls it: "Int16" is int16.

    >>> width_of("double[pyarrow]"), width_of("category of Int16"), width_of("object")
    ('float64', 'int16', '')
    """
    named = re.search(r"(?:u?int|float)\d+", dtype.lower())
    if named is not None:
        return named.group(0)
    return _ARROW_WIDTHS.get(dtype.lower().removeprefix("category of ").partition("[")[0], "")


def family_of_value(kind: type) -> Family:
    """The family of one Python value, by its type; subclasses count as their parents."""
    exact = _FAMILY_OF_TYPE.get(kind)
    if exact is not None:
        return exact
    if kind.__module__ == "numpy":
        return _family_of_numpy(kind.__name__)
    return next(
        (family for parent, family in _FAMILY_OF_TYPE.items() if issubclass(kind, parent)), Family.OTHER
    )


def _family_of_numpy(name: str) -> Family:
    for start, family in (
        ("bool", Family.BOOL),
        ("int", Family.INT),
        ("uint", Family.INT),
        ("float", Family.FLOAT),
        ("str", Family.STR),
        ("datetime64", Family.DATETIME),
        ("timedelta64", Family.TIMEDELTA),
    ):
        if name.startswith(start):
            return family
    return Family.OTHER


def merge(families: set[Family]) -> Family:
    """The family of a column that holds values of these families."""
    if not families:
        return Family.NOTHING
    if len(families) == 1:
        return next(iter(families))
    if families == {Family.INT, Family.FLOAT}:
        return Family.FLOAT
    if families == {Family.INT, Family.DECIMAL}:
        return Family.DECIMAL
    return Family.MIXED
