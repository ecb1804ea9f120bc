"""Rules that compare two columns, or one with a constant: what drawing keeps by construction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, final

import attrs

from typedml.declare.declared import DeclaredSchema
from typedml.declare.expression import Column as Name
from typedml.declare.expression import Constant, Expression, Operation
from typedml.laws.grid import limits
from typedml.laws.inputs import Input
from typedml.laws.strategies.values import Between, between, members

TURNED = {">": "<", ">=": "<="}
STRICT = {"<": True, "<=": False}


@final
@attrs.frozen
class Comparison:
    """`low` is below `high` in every row: `strict` where they may not be equal, `equal` where they must."""

    low: str
    high: str
    strict: bool = False
    equal: bool = False


def comparisons_of(schema: DeclaredSchema) -> tuple[Comparison, ...]:
    """The rules of a schema that compare two columns, alone or joined by `&`."""
    return tuple(
        Comparison(_text(left), _text(right), strict=name == "<", equal=name == "==")
        for name, left, right in _compared(schema)
        if isinstance(left, Name) and isinstance(right, Name)
    )


def narrowed(schema: DeclaredSchema, inputs: Sequence[Input]) -> dict[str, Input]:
    """The inputs by name, with the bounds that rules set by a constant, or by the ends of another column."""
    found = {source.name: source for source in inputs}
    for name, left, right in _compared(schema):
        if isinstance(left, Name) and isinstance(right, Constant):
            bounds = _below(right.value, strict=name == "<", equal=name == "==")
            found[_text(left)] = between(found[_text(left)], bounds)
        elif isinstance(left, Constant) and isinstance(right, Name):
            bounds = _above(left.value, strict=name == "<", equal=name == "==")
            found[_text(right)] = between(found[_text(right)], bounds)
    rules = comparisons_of(schema)
    for _ in rules:
        for rule in rules:
            low, high = found[rule.low], found[rule.high]
            top, bottom = _ends(high)[1], _ends(low)[0]
            found[rule.low] = between(low, _below(top, strict=rule.strict, equal=False))
            found[rule.high] = between(high, _above(bottom, strict=rule.strict, equal=False))
            if rule.equal:
                found[rule.low] = between(found[rule.low], _above(_ends(high)[0], strict=False, equal=False))
                found[rule.high] = between(found[rule.high], _below(_ends(low)[1], strict=False, equal=False))
    return found


def bounds_of(name: str, rules: Sequence[Comparison], row: Mapping[str, Any]) -> Between:
    """The bounds of a column in a row of which other columns are drawn already."""
    found: dict[str, list[Any]] = {"gt": [], "ge": [], "lt": [], "le": []}
    for rule in rules:
        if rule.high == name and row.get(rule.low) is not None:
            found["gt" if rule.strict else "ge"].append(row[rule.low])
            found["le"] += [row[rule.low]] if rule.equal else []
        if rule.low == name and row.get(rule.high) is not None:
            found["lt" if rule.strict else "le"].append(row[rule.high])
            found["ge"] += [row[rule.high]] if rule.equal else []
    return Between(
        gt=max(found["gt"], default=None),
        ge=max(found["ge"], default=None),
        lt=min(found["lt"], default=None),
        le=min(found["le"], default=None),
    )


def _compared(schema: DeclaredSchema) -> Iterator[tuple[str, Expression, Expression]]:
    """The comparisons that every row keeps, each as one of `<`, `<=` and `==`."""
    for check in schema.checks:
        for part in _conjuncts(check.expression):
            if isinstance(part, Operation) and part.name in {*STRICT, *TURNED, "=="}:
                left, right = part.operands
                if part.name in TURNED:
                    yield TURNED[part.name], right, left
                else:
                    yield part.name, left, right


def _conjuncts(expression: Expression) -> Iterator[Expression]:
    if isinstance(expression, Operation) and expression.name == "and":
        for operand in expression.operands:
            yield from _conjuncts(operand)
    else:
        yield expression


def _text(name: Expression) -> str:
    return str.__str__(name)


def _below(value: Any, *, strict: bool, equal: bool) -> Between:
    if equal:
        return Between(ge=value, le=value)
    return Between(lt=value) if strict else Between(le=value)


def _above(value: Any, *, strict: bool, equal: bool) -> Between:
    if equal:
        return Between(ge=value, le=value)
    return Between(gt=value) if strict else Between(ge=value)


def _ends(source: Input) -> tuple[Any, Any]:
    """The least and the greatest value of an input; None where it has no such end."""
    listed = members(source)
    if listed:
        return min(listed), max(listed)
    if source.is_number:
        low, high, _, _ = limits(source)
        return None if low == -float("inf") else low, None if high == float("inf") else high
    rules = source.rules
    return rules.ge if rules.ge is not None else rules.gt, rules.le if rules.le is not None else rules.lt
