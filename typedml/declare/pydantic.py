"""Markers inside pydantic models: the range is validated and shows in the JSON schema.

pydantic calls this when a model is made, so it is loaded already; nothing here imports it before.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from typedml.declare.metadata import claim_of
from typedml.declare.values import described, first_failure

if TYPE_CHECKING:
    from typedml.algebra.meaning import Meaning
    from typedml.declare.markers import Marker

_MARKERS = "typedml_markers"


def core_schema(marker: Marker, source: Any, handler: Callable[[Any], Any]) -> Any:
    """The schema of `source` with the range of the marker, and its meaning in the JSON schema.

    Where pydantic can state the range itself it does, so that `Field(le=0.9)` beside it narrows it.

    Raises: DeclarationError if the markers of one value contradict one another.
    """
    inner, meaning = handler(source), marker.meaning
    if meaning is None:
        return inner

    def describe(schema: Any, resolve: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
        return _with_meaning(resolve(schema), meaning)

    metadata = dict(inner.get("metadata") or {})
    # pydantic asks each marker alone: those before it are left here, so that contradictions are seen.
    markers = (*metadata.get(_MARKERS, ()), marker)
    claim_of(markers)
    metadata[_MARKERS] = markers
    metadata["pydantic_js_functions"] = [*metadata.get("pydantic_js_functions", ()), describe]
    if _is_stated_by_pydantic(inner, meaning):
        return {**inner, **_native_bounds(inner, meaning), "metadata": metadata}
    from pydantic_core import core_schema as schemas

    return schemas.no_info_after_validator_function(
        _validator(meaning), inner, metadata={"pydantic_js_functions": [describe], _MARKERS: markers}
    )


def _validator(meaning: Meaning) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        failure = first_failure(value, meaning, nullable=value is None)
        if failure is not None:
            raise ValueError(f"{described(failure)} Hint: {failure.hint}")
        return value

    return check


def _is_stated_by_pydantic(inner: Any, meaning: Meaning) -> bool:
    """True for a number whose range has two ends: a nan is outside of it, and pydantic can say so."""
    ends = (meaning.range.low, meaning.range.high)
    if inner["type"] == "int":
        return all(end.is_integer() for end in ends)
    return inner["type"] == "float" and not meaning.integral and max(map(abs, ends)) < float("inf")


def _native_bounds(inner: Any, meaning: Meaning) -> dict[str, Any]:
    allowed = meaning.range
    low, high = "gt" if allowed.low_open else "ge", "lt" if allowed.high_open else "le"
    found: dict[str, Any] = {
        low: max(allowed.low, inner.get(low, allowed.low)),
        high: min(allowed.high, inner.get(high, allowed.high)),
    }
    if inner["type"] == "int":
        return {name: int(bound) for name, bound in found.items()}
    return {**found, "allow_inf_nan": False}


def _with_meaning(schema: dict[str, Any], meaning: Meaning) -> dict[str, Any]:
    for key in ("anyOf", "items"):
        if key in schema:
            return {**schema, key: _inside(schema[key], meaning)}
    if schema.get("type") == "null":
        return schema
    named = {} if meaning.unit.is_number else {"x-unit": str(meaning.unit)}
    if meaning.kind is not None:
        named["x-kind"] = meaning.kind.name
    bounds = _bounds(meaning) if schema.get("type") in ("number", "integer") else {}
    return {**schema, **{key: bound for key, bound in bounds.items() if key not in schema}, **named}


def _inside(schema: Any, meaning: Meaning) -> Any:
    if isinstance(schema, list):
        return [_with_meaning(choice, meaning) for choice in schema]
    return _with_meaning(schema, meaning)


def _bounds(meaning: Meaning) -> dict[str, Any]:
    allowed, found = meaning.range, {}
    if allowed.low > float("-inf"):
        found["exclusiveMinimum" if allowed.low_open else "minimum"] = _plain(allowed.low)
    if allowed.high < float("inf"):
        found["exclusiveMaximum" if allowed.high_open else "maximum"] = _plain(allowed.high)
    return found


def _plain(bound: float) -> float | int:
    return int(bound) if bound == int(bound) else bound
