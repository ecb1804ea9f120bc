"""Tells classes apart without importing the libraries they come from.

A class of pandas, polars or numpy is known by the name and top module of a class in its `__mro__`, so that
subclasses (GeoDataFrame) count and nothing is imported.
"""

from __future__ import annotations

import dataclasses
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, get_args

from typedml.declare.declared import Carrier, Library

# The order matters: a bool is an int, a datetime is a date.
BASES: tuple[type, ...] = (
    bool,
    int,
    float,
    str,
    bytes,
    datetime,
    date,
    time,
    timedelta,
    Decimal,
    Fraction,
    complex,
)

HOLDERS: dict[tuple[str, str], tuple[Carrier, Library | None]] = {
    ("numpy", "ndarray"): ("array", "numpy"),
    ("torch", "Tensor"): ("array", None),
    ("pandas", "Series"): ("series", "pandas"),
    ("pandas", "Index"): ("series", "pandas"),
    ("pandas", "DataFrame"): ("frame", "pandas"),
    ("polars", "Series"): ("series", "polars"),
    ("polars", "Expr"): ("series", "polars"),
    ("polars", "DataFrame"): ("frame", "polars"),
    ("polars", "LazyFrame"): ("frame", "polars"),
}

_NUMPY_BASES: dict[str, type] = {
    "floating": float,
    "integer": int,
    "bool": bool,
    "bool_": bool,
    "str_": str,
    "datetime64": datetime,
    "timedelta64": timedelta,
}


def top_names(cls: type) -> list[tuple[str, str]]:
    """Top module and name of a class and of everything it inherits from."""
    return [(above.__module__.partition(".")[0], above.__name__) for above in cls.__mro__]


def carrier_of(cls: type) -> tuple[Carrier, Library | None] | None:
    """What an instance of this class holds values in (array, Series, frame), None for a single value."""
    for name in top_names(cls):
        if name in HOLDERS:
            return HOLDERS[name]
    return None


def named(value: object) -> str:
    """What a value is, by its class and library, without what it holds: "a polars DataFrame"."""
    kind = type(value)
    library = kind.__module__.partition(".")[0].removeprefix("_")
    name = kind.__name__ if library == "builtins" else f"{library} {kind.__name__}"
    return f"{'an' if name[0] in 'aeiouAEIOU' else 'a'} {name}"


def plain_base(cls: type) -> type:
    """The plain type that a class is, or stands for; object where there is none."""
    for module, name in top_names(cls):
        if module == "numpy" and name in _NUMPY_BASES:
            return _NUMPY_BASES[name]
    return next((base for base in BASES if issubclass(cls, base)), object)


def array_of(element: Any) -> Any:
    """The scalar class inside a numpy dtype, anything else as it is."""
    names = top_names(getattr(element, "__origin__", object))
    return get_args(element)[0] if ("numpy", "dtype") in names else element


def is_typed_dict(cls: type) -> bool:
    """True for a TypedDict of typing or typing_extensions."""
    return hasattr(cls, "__required_keys__") and hasattr(cls, "__total__")


def is_named_tuple(cls: type) -> bool:
    """True for a typing.NamedTuple."""
    return issubclass(cls, tuple) and hasattr(cls, "_fields")


def is_attrs(cls: type) -> bool:
    """True for a class made by attrs."""
    return "__attrs_attrs__" in cls.__dict__


def is_pydantic(cls: type) -> bool:
    """True for a pydantic model."""
    return ("pydantic", "BaseModel") in top_names(cls)


def is_schema(cls: type) -> bool:
    """True for a subclass of FeatureSchema."""
    return ("typedml", "FeatureSchema") in top_names(cls)


def is_pandera(declaration: object) -> bool:
    """True for a model of pandera and for a schema that it made: of pandas, polars or another library."""
    kind = declaration if isinstance(declaration, type) else type(declaration)
    wanted = "DataFrameModel" if kind is declaration else "DataFrameSchema"
    return ("pandera", wanted) in top_names(kind)


def is_record(cls: type) -> bool:
    """True for a class that declares fields and that `read` can therefore read."""
    tests = (
        is_schema,
        is_pydantic,
        is_attrs,
        dataclasses.is_dataclass,
        is_typed_dict,
        is_named_tuple,
        is_pandera,
    )
    return any(test(cls) for test in tests)
