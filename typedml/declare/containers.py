"""What holds the values at a call, compared with what is declared to: a list is no Series.

>>> from typing import Annotated
>>> from typedml import Unit, checked
>>> @checked
... def total(legs: list[Annotated[float, Unit("km")]]) -> float:
...     return sum(legs)
>>> total(3.0)
Traceback (most recent call last):
    ...
typedml.errors.CheckError: total, parameter "legs": a float, where a list is declared.
Hint: Give a list: list(values), or [value].
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from typedml.declare.declared import DeclaredParameter
from typedml.declare.expression import Expression
from typedml.declare.plain import carrier_of
from typedml.errors import CheckError

_TEXTS = (str, bytes)


def require_container(declared: DeclaredParameter, value: object, owner: str) -> None:
    """Refuse what is held by something else than declared: a list as a Series, pandas as polars.

    What derives from the declared class passes, and so does what behaves as an array where one is declared.
    A missing value is left to the check of values, a column of a schema is an expression of any length.

    Raises: CheckError.
    """
    fits = _FITS.get(declared.carrier)
    if fits is None or value is None or isinstance(value, Expression) or fits(declared, value):
        return
    found = carrier_of(type(value))
    library = "" if found is None or found[1] is None else f"{found[1]} "
    given = f"{library}{type(value).__name__}"
    fact = f"{owner}: {_article(given)} {given}, where {_name(declared)} is declared."
    code = "typedml-column" if declared.carrier == "frame" else "typedml-value"
    raise CheckError(fact, _hint(declared, found and (found[0], found[1])), code=code)


def _fits_list(declared: DeclaredParameter, value: object) -> bool:
    if declared.container is None:
        return True
    if isinstance(value, _TEXTS) or not isinstance(value, Iterable):
        # What yields its items later is watched as they pass.
        return hasattr(value, "__anext__")
    is_column = carrier_of(type(value)) is not None or hasattr(value, "__array__")
    return isinstance(value, declared.container) or not (is_column or isinstance(value, Mapping))


def _fits_array(declared: DeclaredParameter, value: object) -> bool:
    found = carrier_of(type(value))
    return hasattr(value, "__array__") if found is None else found[0] == "array"


def _fits_holder(declared: DeclaredParameter, value: object) -> bool:
    found = carrier_of(type(value))
    if declared.library is None:
        return declared.carrier == "frame" or (found is not None and found[0] == declared.carrier)
    return found == (declared.carrier, declared.library)


_FITS: dict[str, Callable[[DeclaredParameter, object], bool]] = {
    "list": _fits_list,
    "array": _fits_array,
    "series": _fits_holder,
    "frame": _fits_holder,
}
CONTAINERS = frozenset(_FITS)
"""The carriers that are compared."""


def _name(declared: DeclaredParameter) -> str:
    if declared.carrier == "list" and declared.container is not None:
        name = declared.container.__name__
    elif declared.carrier == "frame":
        name = f"frame of {declared.library}"
    else:
        noun = {"array": "array", "series": "Series"}[declared.carrier]
        name = f"{declared.library} {noun}" if declared.library else noun
    return f"{_article(name)} {name}"


def _article(name: str) -> str:
    return "an" if name[0] in "aeiouAEIOU" else "a"


def _hint(declared: DeclaredParameter, found: tuple[str, str | None] | None) -> str:
    if declared.carrier == "frame" and found is not None and found[0] == "frame":
        known = _CONVERSIONS.get((found[1], declared.library))
        return known or f"Give a frame of {declared.library}."
    return _HINTS.get((declared.carrier, declared.library), _HINTS[declared.carrier, None])


_CONVERSIONS: dict[tuple[str | None, str | None], str] = {
    ("polars", "pandas"): "Convert it: frame.to_pandas() (of a LazyFrame frame.collect().to_pandas()).",
    ("pandas", "polars"): "Convert it: pl.from_pandas(frame).",
}
_HINTS: dict[tuple[str, str | None], str] = {
    ("list", None): "Give a list: list(values), or [value].",
    ("array", None): "Give an array: np.asarray(values).",
    ("series", None): 'Give a Series: pd.Series(values), or frame["column"].',
    ("series", "pandas"): 'Give a Series: pd.Series(values), or frame["column"].',
    ("series", "polars"): 'Give a Series: pl.Series(values), or frame["column"].',
    ("frame", None): "Give a frame.",
    ("frame", "pandas"): "Give a frame of pandas: pd.DataFrame(data).",
    ("frame", "polars"): "Give a frame of polars: pl.DataFrame(data).",
}
