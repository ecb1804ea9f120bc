"""Parse columns of text as a schema declares them; a column that does not parse in full is left as it is."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typedml.boundary.plan import Plan

TIMES: tuple[type, ...] = (datetime.datetime, datetime.date, datetime.time)
ALL: tuple[type, ...] = (*TIMES, float, int, bool, Decimal)

# What programs write for a missing value. In a column of text only an empty cell is missing: "NA" is Namibia.
_MISSING = frozenset({"", "NA", "N/A", "null", "NULL", "None", "nan", "NaN"})
_TRUTHS = {"true": True, "false": False, "t": True, "f": False}


def parse(frame: Any, plan: Plan, bases: tuple[type, ...]) -> Any:
    """A frame whose text columns have the declared types, of those declared as one of `bases`."""
    made: dict[str, Any] = {}
    for column in plan.columns:
        if column.base in bases and column.column in frame.columns:
            quick = _at_once(frame, column.column, column.base)
            if quick is not None:
                made[column.column] = quick
                continue
            texts = _texts(frame, column.column)
            if texts is not None:
                made[column.column] = values_of(texts, column.base)
    return _with_columns(frame, made)


def values_of(texts: Sequence[str | None], base: type) -> list[Any]:
    """The values of some texts, None where one is missing; the texts, if one of them is no value."""
    present = [None if text in _MISSING else text for text in texts]
    for read in _READERS[base]:
        try:
            return [None if text is None else read(text) for text in present]
        except (ValueError, KeyError, InvalidOperation):
            continue
    return present


def _truth(text: str) -> bool:
    return _TRUTHS[text.strip().lower()]


# Whole numbers are also written "12.0": such a column becomes one of floats, and `integral` judges it.
_READERS: dict[type, tuple[Callable[[str], Any], ...]] = {
    int: (int, float),
    float: (float,),
    bool: (_truth,),
    Decimal: (Decimal,),
    datetime.datetime: (datetime.datetime.fromisoformat,),
    datetime.date: (datetime.date.fromisoformat,),
    datetime.time: (datetime.time.fromisoformat,),
}


# Forms that polars reads exactly as Python does, where every text of the column is so many letters long.
_FORMS: dict[type, tuple[str, str, int]] = {
    datetime.date: ("Date", "%Y-%m-%d", 10),
    datetime.datetime: ("Datetime", "%Y-%m-%dT%H:%M:%S", 19),
}
_NUMBERS = {float: "Float64", int: "Int64"}


def _at_once(frame: Any, name: str, base: type) -> Any:
    """A polars column whose texts are all plain numbers or times, many times faster than one by one."""
    polars = sys.modules.get("polars")
    if polars is None or not isinstance(frame, polars.DataFrame) or frame.schema[name] != polars.String:
        return None
    texts = frame[name].replace(dict.fromkeys(_MISSING)) if base in (*_NUMBERS, *_FORMS) else None
    if texts is None or texts.null_count() == len(texts):
        return None
    try:
        if base in _NUMBERS:
            return texts.cast(getattr(polars, _NUMBERS[base])) if _is_plain(texts) else None
        kind, form, length = _FORMS[base]
        # polars knows leap seconds, Python does not.
        if not (texts.str.len_bytes() == length).all() or texts.str.ends_with(":60").any():
            return None
        dtype = polars.Datetime("us") if kind == "Datetime" else polars.Date
        return texts.str.strptime(dtype, form, strict=True)
    except polars.exceptions.PolarsError:
        return None


def _is_plain(texts: Any) -> bool:
    """Whether all texts are digits with a sign, a point and an exponent; Python judges other forms."""
    return bool(texts.str.contains(r"^[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$").all())


def _texts(frame: Any, name: str) -> list[str | None] | None:
    """The texts of a column, or None if it holds something else already."""
    column = frame[name]
    values = column.to_list() if hasattr(column, "to_list") else list(column)
    cleaned = [None if value is None or value != value else value for value in values]
    return cleaned if all(value is None or isinstance(value, str) for value in cleaned) else None


def _with_columns(frame: Any, made: dict[str, Any]) -> Any:
    if hasattr(frame, "assign"):
        import pandas

        return frame.assign(
            **{name: pandas.Series(values, index=frame.index) for name, values in made.items()}
        )
    import polars

    return frame.with_columns(
        values if isinstance(values, polars.Series) else _series(polars, name, values)
        for name, values in made.items()
    )


def _series(polars: Any, name: str, values: list[Any]) -> Any:
    zones = {value.tzinfo is not None for value in values if isinstance(value, datetime.datetime)}
    if zones == {True}:
        moments = [None if value is None else value.astimezone(datetime.UTC) for value in values]
        return polars.Series(name, moments, dtype=polars.Datetime("us", "UTC"))
    if len(zones) == 2:
        return polars.Series(name, values, dtype=polars.Object)
    return polars.Series(name, values, strict=False)
