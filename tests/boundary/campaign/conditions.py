"""Rules across columns, drawn: comparisons, arithmetic, connectives, statistics of groups."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

from tests.boundary.conformance.specs import Tree

if TYPE_CHECKING:
    from tests.boundary.campaign.generate import Column

NUMBERS = ("float", "int")


def conditions(random: Random, columns: tuple[Column, ...]) -> list[Tree]:
    """Rules across columns: comparisons of like with like, arithmetic where columns are plain numbers."""
    if random.random() < 0.5:
        return []
    alike: dict[Any, list[str]] = {}
    for column in columns:
        spec = column.spec
        if not column.huge and spec.base != "bool" and spec.required:
            alike.setdefault(
                (spec.base if spec.base not in NUMBERS else "", spec.kind, spec.unit, column.zoned), []
            ).append(spec.name)
    made = []
    for (base, kind, unit, _), names in alike.items():
        if base == "" and kind is None and unit is None:
            made.append(_condition(random, names))
        elif len(names) > 1 and kind not in ("Label", "Category", "Identifier"):
            left, right = random.sample(names, 2)
            made.append((random.choice(("<=", ">=", "<", ">", "==")), ("col", left), ("col", right)))
    return made


def _condition(random: Random, names: list[str], depth: int = 2) -> Tree:
    chance = random.random()
    if depth and chance < 0.2:
        return (
            random.choice(("and", "or")),
            _condition(random, names, depth - 1),
            _condition(random, names, depth - 1),
        )
    if depth and chance < 0.25:
        return ("not", _condition(random, names, depth - 1))
    if chance < 0.3:
        return _of_group(random, names)
    if chance < 0.33:
        return ("is_null", ("col", random.choice(names)))
    if chance < 0.37:
        return ("is_in", ("col", random.choice(names)), ("values", 0, 1, 2, -3, 0.5))
    if chance < 0.42:
        return ("is_close", _number(random, names), _number(random, names), random.choice((0.5, 1, 20)))
    sign = random.choice(("<=", ">=", "<", ">", "<=", ">=", "=="))
    return (sign, _number(random, names), _number(random, names, literal=True))


def _of_group(random: Random, names: list[str]) -> Tree:
    """A statistic of a group beside a number or a value of the row."""
    statistic = random.choice(("min", "max", "count", "n_unique"))
    reduced = (statistic, ("col", random.choice(names)), [random.choice(names)])
    beside = random.choice((0, 1, 3, ("col", random.choice(names))))
    return (random.choice(("<=", ">=", "<", ">")), reduced, beside)


def _number(random: Random, names: list[str], *, depth: int = 2, literal: bool = False) -> Tree:
    chance = random.random()
    if not depth or chance < 0.4:
        return (
            random.choice((0, 1, 2, 0.5, -3, 10))
            if literal and random.random() < 0.6
            else ("col", random.choice(names))
        )
    below = _number(random, names, depth=depth - 1)
    if chance < 0.5:
        return (random.choice(("abs", "negative")), below)
    if chance < 0.55:
        return ("**", below, 2)
    sign = random.choice(("+", "-", "*", "/", "//", "%"))
    return (sign, below, _number(random, names, depth=depth - 1, literal=True))
