"""A declared schema as a pandera schema, for pandas or for polars."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import attrs

from typedml.boundary.pandera.judge import Judge, Library, values_of
from typedml.boundary.pandera.meanings import metadata_of
from typedml.boundary.plan import ColumnPlan, Plan, Rule
from typedml.boundary.planning import compile_plan
from typedml.boundary.plans import plan_of
from typedml.declare.declared import DeclaredField, DeclaredRule, DeclaredSchema
from typedml.declare.demands import Reference
from typedml.declare.plain import named
from typedml.errors import DeclarationError

# The names and statistics of pandera's own checks, which its tools read.
_NAMES: dict[str, tuple[str, str]] = {
    "gt": ("greater_than", "min_value"),
    "ge": ("greater_than_or_equal_to", "min_value"),
    "lt": ("less_than", "max_value"),
    "le": ("less_than_or_equal_to", "max_value"),
    "isin": ("isin", "allowed_values"),
    "pattern": ("str_matches", "pattern"),
}


def to_pandera(
    schema: Any, library: Library = "pandas", *, references: Mapping[Any, object] | None = None
) -> Any:
    """A pandera DataFrameSchema with the verdicts of a typedml schema.

    `references` are the frames of other tables that its rules look into, kept in the schema. Every rule is a
    check that asks typedml's own engine, under the name that pandera has for it. Units and
    kinds are in the metadata of each column, and `from_pandera` reads them back. A pandera schema on a
    LazyFrame looks at dtypes only, unless PANDERA_VALIDATION_DEPTH says otherwise.

    Raises: DeclarationError for rules about frames that were not handed in, which pandera cannot say;
    FrameError if this is not a schema.
    """
    given: object = library
    if not isinstance(given, str) or given not in ("pandas", "polars"):
        shown = repr(given) if isinstance(given, str) else named(given)
        fact = f"library={shown} is not a library that pandera schemas are written for here."
        raise DeclarationError(fact, 'Write library="pandas" or library="polars".')
    plan = plan_of(schema)
    handed = references or {}
    _refuse_unsaid(plan, handed)
    writer = _Writer(plan.schema, library, handed)
    columns = {
        field.column: writer.column(field, column)
        for field, column in zip(plan.schema.fields, plan.columns, strict=True)
    }
    return writer.pandera.DataFrameSchema(
        columns,
        checks=list(writer.table(plan)),
        strict=plan.schema.extra == "forbid",
        name=plan.schema.name,
        description=plan.schema.doc or None,
    )


def _refuse_unsaid(plan: Plan, handed: Mapping[Any, object]) -> None:
    for rule in plan.rules:
        target = rule.argument.schema if isinstance(rule.argument, Reference) else None
        if target is not None and target not in handed:
            fact = f'pandera sees one frame, and "{rule.reason}" of {plan.name} looks into another.'
            hint = f"Hand it in: to_pandera({plan.name}, references={{{target.__name__}: frame}})."
            raise DeclarationError(fact, hint, code="typedml-unread")
        if rule in plan.opaque:
            fact = f'{plan.name} has a rule of another library, "{rule.reason}".'
            raise DeclarationError(fact, "Take the pandera schema that it comes from.", code="typedml-unread")


def _alone(field: DeclaredField) -> DeclaredField:
    """The field without the rules that look beyond its column."""
    rules = field.rules
    orders = rules.increasing is True, rules.decreasing is True
    alone = attrs.evolve(rules, increasing=orders[0], decreasing=orders[1], references=None)
    return attrs.evolve(field, required=True, rules=alone)


def _stated(field: DeclaredField, rule: Rule) -> dict[str, Any]:
    return {rule.name: getattr(field.rules, rule.name)} if hasattr(field.rules, rule.name) else {}


class _Writer:
    """The names of one library's pandera, and the schema that is written."""

    def __init__(self, schema: DeclaredSchema, library: Library, handed: Mapping[Any, object]) -> None:
        self.schema, self.library, self.handed = schema, library, handed
        self.pandera: Any = import_module(f"pandera.{library}")

    def column(self, field: DeclaredField, column: ColumnPlan) -> Any:
        plan = compile_plan(DeclaredSchema(self.schema.name, (_alone(field),)))
        return self.pandera.Column(
            self._dtype(field, plan),
            checks=list(self._checks(field, column, plan)),
            nullable=field.nullable,
            unique=self._is_plain_unique(field),
            required=field.required,
            description=field.doc or None,
            metadata=metadata_of(field),
        )

    def _is_plain_unique(self, field: DeclaredField) -> bool:
        """Whether pandera's own uniqueness says the same; to it two nulls repeat one another."""
        return field.rules.unique and not field.nullable and field.severity == "fail"

    def _dtype(self, field: DeclaredField, plan: Plan) -> Any:
        return None if field.base is object else values_of(self.library, field.base, plan)

    def _checks(self, field: DeclaredField, column: ColumnPlan, plan: Plan) -> Iterator[Any]:
        for rule in column.rows:
            if rule.name == "null" and not (field.base is float and self.library == "pandas"):
                continue
            if (rule.name == "unique" and self._is_plain_unique(field)) or rule.is_across:
                continue
            yield self._check(rule, Judge(plan, rule.key, _stated(field, rule)))
        if field.rules.width is not None and field.severity == "warn":
            width = next(rule for rule in column.shape if rule.name == "width")
            yield self._check(width, Judge(plan, width.key))

    def table(self, plan: Plan) -> Iterator[Any]:
        """The checks of the whole frame: those that look beyond one column, or at how many rows there are."""
        for field, column in zip(self.schema.fields, plan.columns, strict=True):
            for rule in column.rows:
                if rule.is_across:
                    yield self._check(rule, self._judge(plan, rule, _stated(field, rule)))
        declared = {check.name: check for check in self.schema.checks}
        for rule in plan.table:
            yield self._check(rule, self._judge(plan, rule, self._of_table(rule), declared.get(rule.name)))

    def _of_table(self, rule: Rule) -> dict[str, Any]:
        """What the class of the schema says for a rule of the table."""
        if isinstance(rule.argument, Reference):
            return {"references": (rule.argument,)}
        return {rule.name: getattr(self.schema, rule.name)} if rule.name in ("key", "rows") else {}

    def _judge(self, plan: Plan, rule: Rule, stated: Any, declared: DeclaredRule | None = None) -> Judge:
        return Judge(plan, rule.key, stated, declared, self.handed)

    def _check(self, rule: Rule, judge: Judge) -> Any:
        name, statistic = _NAMES.get(rule.name, (rule.name, ""))
        return self.pandera.Check(
            judge,
            name=name,
            error=rule.condition,
            # Missing values are typedml's to judge: some break a rule about nulls.
            ignore_na=False,
            statistics={statistic: rule.argument} if statistic else None,
            raise_warning=rule.severity == "warn",
            description=rule.doc or None,
        )
