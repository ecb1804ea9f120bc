"""Strategies of Hypothesis that follow from declarations: values, records and frames of pandas and polars.

>>> from hypothesis import given, settings
>>> from typedml import FeatureSchema, Probability, field
>>> from typedml.hypothesis import strategy
>>> class Score(FeatureSchema):
...     name: str = field(unique=True, pattern="[a-z]{1,3}")
...     p: Probability | None
>>> @settings(max_examples=20, deadline=None)
... @given(strategy(Score, library="records"))
... def test(rows):
...     assert Score.check(rows).ok
>>> test()

Where typedml is installed, `hypothesis.strategies.from_type(Probability)`, `builds` and `@given(...)` draw
what annotations with meanings declare: Hypothesis imports this module by its entry point "hypothesis".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_origin

from hypothesis.strategies import SearchStrategy, composite

from typedml.declare.markers import Marker
from typedml.errors import DeclarationError

Library = Literal["pandas", "polars", "records"]
ROWS = (0, 20)


def strategy(
    declaration: Any,
    *,
    library: Library | None = None,
    rows: tuple[int, int] = ROWS,
    references: Mapping[Any, object] | None = None,
) -> SearchStrategy[Any]:
    """What a schema or an annotation declares, as a strategy.

    A schema gives frames of `library` (pandas, where nothing is said) or lists of records, with at least and
    at most so many `rows`; another class with fields gives its instances; `Annotated[float, Unit("km")]`,
    `Probability` and `Annotated[pl.LazyFrame, Flight]` give what they annotate. Foreign keys are those of the
    tables in `references`: a frame or a strategy by the schema that it has.

    Values are built from bounds, members, patterns, kinds, keys and orders. Rules that compare two columns,
    or one with a constant, are kept by construction; for any other rule across columns single rows are drawn
    again, eight times at most, and then left out.

    Raises: DeclarationError for what cannot be drawn from.
    """
    from typedml.declare.declared import DeclaredSchema
    from typedml.declare.plain import is_record, is_schema
    from typedml.declare.reader import is_record_like, read
    from typedml.laws.strategies import drawn

    least, most = rows
    if not 0 <= least <= most:
        raise DeclarationError(f"rows={rows!r} are not numbers of rows.", "Write rows=(0, 20).")
    if library not in (None, "pandas", "polars", "records"):
        fact = f"library={library!r} is unknown."
        raise DeclarationError(fact, 'Write library="pandas", "polars" or "records".')
    known = {
        schema.source if isinstance(schema, DeclaredSchema) else schema: given
        for schema, given in (references or {}).items()
    }
    is_class = isinstance(declaration, type)
    if (
        isinstance(declaration, DeclaredSchema)
        or (is_class and is_schema(declaration))
        or library is not None
    ):
        schema = read(declaration)
        if isinstance(schema, DeclaredSchema):
            return drawn.table(schema, library or "pandas", rows, known)
    if (is_class and is_record(declaration)) or is_record_like(declaration):
        return drawn.record(read(declaration))
    return drawn.annotated(_parameter(declaration), lazy="LazyFrame" in str(declaration), rows=rows)


def tables(
    *schemas: Any, library: Library = "pandas", rows: tuple[int, int] = ROWS
) -> SearchStrategy[dict[Any, Any]]:
    """Tables of several schemas, by schema, whose foreign keys stand in one another.

    Raises: DeclarationError for what cannot be drawn from, or schemas that refer to one another in a circle.
    """
    from typedml.declare.reader import read
    from typedml.laws.links import references_of

    wanted = {schema: {r.schema for r in references_of(read(schema))} - {None, schema} for schema in schemas}
    order: list[Any] = []
    while len(order) < len(schemas):
        free = [s for s in schemas if s not in order and not (wanted[s] & set(schemas)) - set(order)]
        if not free:
            names = ", ".join(schema.__name__ for schema in schemas if schema not in order)
            raise DeclarationError(f"{names} refer to one another.", "Draw one of them with references=.")
        order += free

    @composite
    def drawn(draw: Any) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        for schema in order:
            found[schema] = draw(strategy(schema, library=library, rows=rows, references=found))
        return {schema: found[schema] for schema in schemas}

    return drawn()


def _register() -> None:
    """Let `from_type`, `builds` and `@given(...)` draw what annotations with meanings declare."""
    from hypothesis.strategies._internal import types

    # The only hook of Hypothesis that sees annotations as a whole; without it `strategy` is to be called.
    hooks = getattr(types, "_global_extra_lookup", None)
    if hooks is not None:
        hooks["typedml"] = _resolved


def _resolved(thing: Any) -> SearchStrategy[Any] | None:
    """The strategy of an annotation that carries a meaning or a schema; None for any other."""
    if get_origin(thing) is not Annotated or not any(map(_is_ours, thing.__metadata__)):
        return None
    if any(isinstance(each, SearchStrategy) for each in thing.__metadata__):
        return None
    return strategy(thing)


def _is_ours(metadata: Any) -> bool:
    from typedml.declare.plain import is_schema

    return isinstance(metadata, Marker) or (isinstance(metadata, type) and is_schema(metadata))


def _parameter(annotation: Any) -> Any:
    from typedml.declare.reader import read

    def drawn(value: Any) -> None: ...

    drawn.__annotations__ = {"value": annotation, "return": None}
    return read(drawn).parameter("value")


_register()
