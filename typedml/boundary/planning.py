"""Compiles a declared schema to its plan: which rules follow from kinds, from fields and from the table."""

from __future__ import annotations

import datetime
import decimal
import functools
import math
import operator
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias, cast

from typedml.algebra.kind import Kind
from typedml.boundary.families import ACCEPTED
from typedml.boundary.patterns import matcher
from typedml.boundary.plan import ColumnPlan, Plan, Rule, show, show_set
from typedml.declare.declared import DeclaredField, DeclaredSchema, column_of
from typedml.declare.demands import Key, Order, Reference
from typedml.declare.expression import Column, Expression
from typedml.declare.simplex import TOLERANCE
from typedml.errors import DeclarationError

Fields: TypeAlias = tuple[DeclaredField, ...]
_NUMBERS = (int, float, decimal.Decimal)


def compile_plan(schema: DeclaredSchema) -> Plan:
    """The plan of a declared schema.

    Raises: DeclarationError, if two fields name one column or a rule cannot be compared with its column.
    """
    columns = tuple(_column_plan(declared, schema.fields) for declared in schema.fields)
    twice = {name for name in schema.columns if schema.columns.count(name) > 1}
    if twice:
        raise DeclarationError(
            f'schema "{schema.name}" names column "{min(twice)}" in more than one field',
            "give each field its own column",
        )
    forbidden = Rule(None, "extra", schema.columns, "no other column") if schema.extra == "forbid" else None
    opaque = tuple(Rule(o.column, o.name, o, o.condition, o.doc, o.severity) for o in schema.opaque)
    return Plan(schema, columns, tuple(_table_rules(schema)), forbidden, _naming(schema), opaque)


def _table_rules(schema: DeclaredSchema) -> Iterator[Rule]:
    if schema.rows is not None:
        yield Rule(None, "rows", schema.rows, f"the table has {schema.rows}")
    if schema.key:
        key = Key(schema.key)
        yield Rule(None, "key", key, str(key))
    for reference in schema.references:
        several = len(schema.references) > 1
        name = f"references {reference.target} ({', '.join(reference.columns)})" if several else "references"
        yield Rule(None, name, reference, str(reference))
    yield from _simplex_rules(schema)
    for check in schema.checks:
        yield Rule(None, check.name, check.expression, str(check.expression), check.doc, check.severity)


def _simplex_rules(schema: DeclaredSchema) -> Iterator[Rule]:
    """The parts of one whole sum to one in every row; a lone part is a column of one of them."""
    parts: dict[Kind, list[DeclaredField]] = {}
    for declared in schema.fields:
        kind = None if declared.meaning is None or declared.meaning.cut else declared.meaning.kind
        if kind is not None and kind.is_named("Simplex"):
            parts.setdefault(kind, []).append(declared)
    for kind, fields in parts.items():
        if len(fields) > 1:
            total = functools.reduce(operator.add, (cast(Expression, Column(each)) for each in fields))
            name = "simplex" if kind.name == "Simplex" else f"simplex {kind.name}"
            shown = " + ".join(each.column for each in fields)
            yield Rule(None, name, total.is_close(1, TOLERANCE), f"{shown} is 1 within {TOLERANCE:g}")


def _column_plan(declared: DeclaredField, fields: tuple[DeclaredField, ...]) -> ColumnPlan:
    column = declared.column
    shape = [Rule(column, "missing", None, "column is there")] if declared.required else []
    values = f"values are {declared.base.__name__}" if declared.base in ACCEPTED else "values of any type"
    shape.append(Rule(column, "dtype", declared.base, values))
    if declared.rules.width is not None:
        condition = f"values are stored as {declared.rules.width}"
        shape.append(Rule(column, "width", declared.rules.width, condition, "", declared.severity))
    meaning = "" if declared.meaning is None else str(declared.meaning)
    rows = (*_annotated_rules(declared, meaning), *_stated_rules(declared, fields))
    return ColumnPlan(column, declared.base, declared.required, meaning, tuple(shape), rows)


def _annotated_rules(declared: DeclaredField, meaning: str) -> Iterator[Rule]:
    if not declared.nullable:
        yield Rule(declared.column, "null", None, f"{declared.column} is not null")
    yield from _kind_rules(declared, meaning)


def _stated_rules(declared: DeclaredField, fields: tuple[DeclaredField, ...]) -> Iterator[Rule]:
    column = declared.column
    for name, stated in declared.rules.stated.items():
        if name == "width":
            continue
        argument = _ARGUMENTS.get(name, _as_stated)(stated, declared, fields)
        shown = show_set(argument) if name == "isin" else show(argument) if name in _BOUNDS else argument
        condition = _CONDITIONS[name].format(column=column, argument=shown)
        yield Rule(column, name, argument, condition, "", declared.severity)


_BOUNDS = {"gt": ">", "ge": ">=", "lt": "<", "le": "<="}
_CONDITIONS = {
    **{name: f"{{column}} {sign} {{argument}}" for name, sign in _BOUNDS.items()},
    "isin": "{column} in {argument}",
    "pattern": '{column} matches "{argument}"',
    "min_length": "{column} has at least {argument} characters",
    "max_length": "{column} has at most {argument} characters",
    "unique": "{column} is unique",
    "increasing": "{column} {argument}",
    "decreasing": "{column} {argument}",
    "null_fraction": "the share of nulls in {column} is at most {argument:.4g}",
    "references": "{argument}",
}


def _as_stated(stated: Any, declared: DeclaredField, fields: Fields) -> Any:
    return stated


def _bounded_pattern(pattern: Any, declared: DeclaredField, fields: Fields) -> Any:
    # Refused here, and not by the one engine that meets it first.
    matcher(pattern)
    return pattern


def _members(values: Any, declared: DeclaredField, fields: Fields) -> tuple[object, ...]:
    return tuple(_comparable(value, declared, fields) for value in values if value is not None)


def _order(stated: Any, declared: DeclaredField, fields: Fields, descending: bool = False) -> Order:
    return Order(column_of(fields, stated) if isinstance(stated, str) else None, descending)


def _reference(stated: Any, declared: DeclaredField, fields: Fields) -> Reference:
    targets = stated.targets
    if stated.schema is None:
        targets = tuple(column_of(fields, target) or target for target in targets)
    return Reference((declared.column,), stated.schema, targets)


def _kind_rules(declared: DeclaredField, meaning: str) -> Iterator[Rule]:
    column, infinities = declared.column, _INFINITIES
    if declared.base not in _NUMBERS:
        return
    if declared.meaning is not None:
        allowed = declared.meaning.range
        infinities = tuple(infinity for infinity in infinities if allowed.contains(infinity))
        if not allowed.is_unbounded:
            yield Rule(column, "range", allowed, f"{column} in {allowed} ({meaning})")
    if declared.base is int or (declared.meaning is not None and declared.meaning.integral):
        # Infinity is no integer; where a range refuses it, it is counted there and only there.
        yield Rule(column, "integral", infinities, f"{column} is a whole number")


_INFINITIES: tuple[float, ...] = (-math.inf, math.inf)


def _comparable(value: object, declared: DeclaredField, fields: Fields) -> object:
    """A bound as every engine compares it: a date beside datetimes is its midnight, a Decimal a float."""
    if isinstance(value, decimal.Decimal):
        return float(value)
    if declared.base is datetime.datetime and type(value) is datetime.date:
        return datetime.datetime(value.year, value.month, value.day)
    if declared.base is int and isinstance(value, float) and 2**53 <= abs(value) <= 2**64:
        # Beside a float, libraries round whole numbers of this size: 2**53 + 1 would not be above 2**53.
        return int(value)
    return value


_ARGUMENTS: dict[str, Callable[[Any, DeclaredField, Fields], Any]] = {
    **dict.fromkeys(_BOUNDS, _comparable),
    "isin": _members,
    "pattern": _bounded_pattern,
    "increasing": _order,
    "decreasing": functools.partial(_order, descending=True),
    "references": _reference,
}


def _naming(schema: DeclaredSchema) -> tuple[str, ...]:
    """The columns that name a row to a reader: its key, or what is unique and what identifies things."""
    return schema.key or tuple(declared.column for declared in schema.fields if _names(declared))


def _names(declared: DeclaredField) -> bool:
    kind = None if declared.meaning is None or declared.meaning.cut else declared.meaning.kind
    lineage = () if kind is None else (kind, *kind.ancestors)
    return declared.rules.unique or any(each.name == "Identifier" for each in lineage)
