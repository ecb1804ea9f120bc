"""Rules and types of typedml inside a pandera schema: the engines of typedml answer, pandera reports.

A check carries the name and the statistics that pandera's own would have, where there is one, so that the
schema reads as pandera's; its answer is that of a boundary, missing values, single precision and all.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, Literal, final

import attrs
from pandera import dtypes

from typedml.boundary.options import Options
from typedml.boundary.plan import Plan
from typedml.boundary.session import Session
from typedml.declare.declared import DeclaredRule

Library = Literal["pandas", "polars"]


@final
@attrs.frozen(eq=False)
class Judge:
    """The function of a check: one rule of a plan, asked of a column or of a frame.

    `stated` is what `field` says for this rule, or the class of the table; `declared` the rule across columns
    that it is; `references` are the frames that it looks into.
    """

    plan: Plan
    key: tuple[str | None, str]
    stated: dict[str, Any] = attrs.field(factory=dict)
    declared: DeclaredRule | None = None
    references: Mapping[Any, object] = attrs.field(factory=dict)

    @property
    def __name__(self) -> str:
        # pandera puts a function of its own in the place of one that has the name of its own.
        return f"typedml_{self.key[1]}"

    def __call__(self, data: Any, key: object = None) -> Any:
        """Whether each row keeps the rule, in the form that the backend of pandera wants."""
        data = getattr(data, "lazyframe", data)
        frame = data.collect() if hasattr(data, "collect") else data
        if not hasattr(frame, "columns"):
            frame = frame.to_frame(self.key[0])
        elif not self.is_across:
            frame = frame[[self.key[0]]]
        failing = self.failing(frame)
        if failing is None:
            return False
        kept = _kept(len(frame), failing)
        if hasattr(frame, "lazy"):
            return type(frame)({"kept": kept}, schema={"kept": bool}).lazy()
        return type(frame)({"kept": kept}, index=frame.index, dtype=bool)["kept"]

    @property
    def is_across(self) -> bool:
        """Whether more than its own column is needed."""
        return next(rule for rule in self.plan.rules if rule.key == self.key).is_across

    def failing(self, frame: Any) -> list[int] | None:
        """The rows that break the rule; None where the frame does as a whole.

        Raises: ValueError where it cannot run, but for a wrong dtype, which is another check's to tell.
        """
        session = Session(self.plan, frame, Options(references=self.references or None))
        rows, counts = session.count()
        stage = session.stage
        whole = [rule for rule in stage.totals if not rule.argument.holds(rows)]
        if self.key in {rule.key for rule in (*whole, *(failure.rule for failure in stage.failed))}:
            return None
        if self.key not in stage.rule_keys:
            blocked = next((rule for rule in stage.not_run if (rule.column, rule.rule) == self.key), None)
            if blocked is not None and blocked.blocks and not stage.failed:
                raise ValueError(blocked.because)
            return []
        at = stage.rule_keys.index(self.key)
        return session.engine.locate(stage, frame, [stage.rules[at]], None)[0] if counts[at] else []


def _kept(rows: int, failing: list[int]) -> list[bool]:
    kept = [True] * rows
    for position in failing:
        kept[position] = False
    return kept


class Values(dtypes.DataType):
    """The values that a field of typedml takes, whatever dtype stores them: a column of them is its type.

    Mixed into the data type of a library, of which it has the form.
    """

    base: type
    plan: Plan
    library: Library

    def check(self, pandera_dtype: Any, data_container: Any = None) -> bool:
        """Whether the column holds such values."""
        frame = data_container
        if frame is None:
            return False
        column = self.plan.columns[0].column
        if hasattr(frame, "lazyframe"):
            frame = frame.lazyframe
        elif not hasattr(frame, "columns"):
            frame = frame.to_frame(column)
        failed = Session(self.plan, frame).stage.failed
        return not any(failure.rule.severity == "fail" for failure in failed)

    def __str__(self) -> str:
        return f"values of {self.base.__name__}"

    def __repr__(self) -> str:
        return f"Values({self.base.__name__})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Values) and self.base is other.base

    def __hash__(self) -> int:
        return hash((Values, self.base))

    def __reduce__(self) -> tuple[Any, ...]:
        return values_of, (self.library, self.base, self.plan)


_types: dict[str, type] = {}


def values_of(library: Library, base: type, plan: Plan) -> Any:
    """The data type of a pandera column: values of `base`, in the form of the library's data types."""
    if library not in _types:
        engine: Any = import_module(f"pandera.engines.{library}_engine")
        _types[library] = type("Values", (Values, engine.DataType), {"__init__": lambda self: None})
    made: Any = object.__new__(_types[library])
    for name, value in (("base", base), ("plan", plan), ("library", library), ("type", None)):
        object.__setattr__(made, name, value)
    return made
