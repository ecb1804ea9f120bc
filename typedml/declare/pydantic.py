"""Markers inside pydantic models: the range is validated and shows in the JSON schema.

pydantic calls this when a model is made, so it is loaded already; nothing here imports it before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from typedml.declare.json_schema import keywords, named
from typedml.declare.metadata import claim_of, meaning_of
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

    metadata = dict(inner.get("metadata") or {})
    # pydantic asks each marker alone: those before it are left here, so that contradictions are seen.
    markers = (*metadata.get(_MARKERS, ()), marker)
    for held in _marked_within(inner):
        claim_of((*held, *markers))
    whole = meaning_of(markers) or meaning

    def describe(schema: Any, resolve: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
        return _with_meaning(resolve(schema), whole)

    metadata[_MARKERS] = markers
    metadata["pydantic_js_functions"] = [*metadata.get("pydantic_js_functions", ()), describe]
    if _is_stated_by_pydantic(inner, meaning):
        return {**inner, **_native_bounds(inner, meaning), "metadata": metadata}
    from pydantic_core import core_schema as schemas

    return schemas.no_info_after_validator_function(
        _validator(meaning), inner, metadata={"pydantic_js_functions": [describe], _MARKERS: markers}
    )


# Where a schema of pydantic keeps the schemas of what it holds: of an optional, a list, a mapping, a union.
_HOLDS = ("schema", "items_schema", "values_schema", "choices")


def _marked_within(schema: Any) -> Iterator[tuple[Marker, ...]]:
    """The markers on a value and on whatever it holds: what is said of a list is said of its items."""
    if isinstance(schema, list | tuple):
        for each in schema:
            yield from _marked_within(each)
    if isinstance(schema, dict):
        yield tuple((schema.get("metadata") or {}).get(_MARKERS, ()))
        for key in _HOLDS:
            yield from _marked_within(schema.get(key))


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
    added = keywords(meaning, schema.get("type"))
    return {**schema, **{key: word for key, word in added.items() if key not in schema}, **named(meaning)}


def _inside(schema: Any, meaning: Meaning) -> Any:
    if isinstance(schema, list):
        return [_with_meaning(choice, meaning) for choice in schema]
    return _with_meaning(schema, meaning)
