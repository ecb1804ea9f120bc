"""One part of a pandera schema as a schema of its own, and the rows that break it.

What typedml does not read as a rule of its own, pandera runs itself, piece by piece, so that each has its
name, its count and its rows. Validation is switched on whatever the environment says.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any, final

import attrs
from pandera.config import ValidationDepth, config_context
from pandera.errors import SchemaError, SchemaErrors

from typedml.declare.plain import is_pandera, named
from typedml.errors import DeclarationError


@final
@attrs.frozen(eq=False)
class Piece:
    """A pandera schema that demands one thing; `whole` where no rows are to blame."""

    schema: Any
    whole: bool = False

    def __call__(self, frame: Any) -> Sequence[int] | None:
        """The positions of the rows that break it, or None where the frame does as a whole."""
        if not self.whole and hasattr(frame, "reset_index"):
            # pandera tells rows by their label, which need not be one row's alone.
            frame = frame.reset_index(drop=True)
        with config_context(validation_enabled=True, validation_depth=ValidationDepth.SCHEMA_AND_DATA):
            try:
                errors = _errors(self.schema, frame, lazy=True)
            except Exception:  # noqa: BLE001  # it cannot show every value, such as the durations of polars
                errors = _errors(self.schema, frame, lazy=False)
        return [] if not errors else None if self.whole else _positions(errors, len(frame))


def _errors(schema: Any, frame: Any, *, lazy: bool) -> Sequence[Any]:
    try:
        schema.validate(frame, lazy=lazy)
    except SchemaErrors as errors:
        return errors.schema_errors
    except SchemaError as error:
        return [error]
    return []


def of_column(column: Any, **demand: Any) -> Any:
    """The column of a pandera schema with one demand and no other."""
    made: Any = type(column)(name=column.name, nullable=True, required=False, **demand)
    return made


def as_it_is(column: Any) -> Any:
    """The column with all that it demands, but nothing is coerced."""
    made = copy.copy(column)
    made.coerce = False
    return made


def of_check(check: Any) -> Any:
    """The check, so that it fails instead of warning, and names all of its rows."""
    made = copy.copy(check)
    made.raise_warning, made.n_failure_cases = False, None
    return made


def _positions(errors: Sequence[Any], length: int) -> list[int] | None:
    found: set[int] = set()
    for error in errors:
        rows = _failing(error.check_output, length)
        if rows is None:
            rows = _listed(error.failure_cases)
        if rows is None:
            return None
        found |= rows
    return sorted(found)


def _failing(output: Any, length: int) -> set[int] | None:
    """The rows for which a check said no; None where it gave one answer for all."""
    if hasattr(output, "collect"):
        output = output.collect()
    if hasattr(output, "to_series") and hasattr(output, "columns"):
        # One answer for all is a frame of one row on polars.
        kept = output.to_series().fill_null(False)
        return set((~kept).arg_true().to_list()) if len(kept) == length else None
    if not hasattr(output, "index") or not hasattr(output, "dtypes"):
        return None
    kept = output.astype(bool)
    kept = kept.all(axis=1) if hasattr(kept, "columns") else kept
    return set(map(int, kept.index[~kept]))


def _listed(cases: Any) -> set[int] | None:
    """The rows that a table of failure cases names, None where it names none."""
    if not hasattr(cases, "columns") or "index" not in list(cases.columns):
        return None
    named = list(cases["index"])
    return (
        None if not named or any(label is None or label != label for label in named) else set(map(int, named))
    )


def refuse_other(schema: Any) -> None:
    """Refuse what pandera did not make.

    Raises: DeclarationError.
    """
    if is_pandera(schema):
        return
    shown = f"the class {schema.__name__}" if isinstance(schema, type) else named(schema)
    fact = f"from_pandera is given {shown}, which is no schema of pandera."
    hint = (
        "Give a pandera DataFrameModel or DataFrameSchema; to_pandera(Flight) makes one of a FeatureSchema."
    )
    raise DeclarationError(fact, hint, code="typedml-unread")
