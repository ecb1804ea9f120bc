"""A schema, and rows that keep it by construction.

A case is made from one seed: the same seed always gives the same case.
"""

from __future__ import annotations

from random import Random
from typing import Any

import attrs

from tests.boundary.campaign.pools import PATTERNS, PLAIN, number
from tests.boundary.conformance.kinds import BOUNDS, OF_UNIT, UNITS
from tests.boundary.conformance.oracle import STATED, is_missing, judge
from tests.boundary.conformance.specs import ColumnSpec, TableSpec, Tree

BASES = (
    "float",
    "float",
    "float",
    "int",
    "int",
    "str",
    "str",
    "bool",
    "datetime",
    "date",
    "timedelta",
    "decimal",
)
NUMBERS = ("float", "int")
BOUNDED = ("float", "int", "datetime", "date", "timedelta", "decimal")
MOST_ROWS = 40
Row = dict[str, Any]


@attrs.frozen
class Column:
    """A column's declaration, and how its values are drawn."""

    spec: ColumnSpec
    zoned: bool = False
    huge: bool = False

    def draw(self, random: Random) -> Any:
        """A value of the type and kind, which may break the rules of the column."""
        spec = self.spec
        pattern = spec.rules.get("pattern")
        if pattern is not None and random.random() < 0.9:
            return random.choice(PATTERNS[pattern][0])
        if spec.rules.get("isin") and random.random() < 0.9:
            return random.choice(spec.rules["isin"])
        if spec.base in NUMBERS:
            whole = spec.base == "int" or BOUNDS[spec.kind or "Weight"].whole
            value = number(random, spec.kind or OF_UNIT.get(spec.unit or ""), whole=whole, huge=self.huge)
            return value if spec.base == "int" else float(value)
        return PLAIN["zoned" if self.zoned else spec.base](random)

    def keeps(self, value: Any) -> bool:
        """True where a value keeps the rules that are asked of it alone."""
        alone = (name for name in self.spec.rules if name in ("gt", "ge", "lt", "le", "isin", "pattern"))
        return all(not STATED[name]([(0, value)], self.spec.rules[name]) for name in alone)


@attrs.frozen
class Case:
    """A schema and rows that keep it."""

    spec: TableSpec
    columns: tuple[Column, ...]
    rows: list[Row]


def case(random: Random) -> Case:
    """Draw a schema and rows that keep it."""
    while True:
        columns = tuple(_column(random, f"x{place}") for place in range(random.randint(1, 6)))
        checks = {f"rule_{place}": tree for place, tree in enumerate(_checks(random, columns))}
        spec = TableSpec(
            tuple(column.spec for column in columns), checks, random.choice(("allow", "allow", "forbid"))
        )
        rows = _rows(random, columns)
        broken = judge(spec, rows)
        # Rows that break a rule across columns are left out: what is left still is in order and not repeated.
        keeping = [row for place, row in enumerate(rows) if place not in broken.reasons]
        if judge(spec, keeping).ok:
            return Case(spec, columns, keeping)


def _column(random: Random, name: str) -> Column:
    base = random.choice(BASES)
    kind = _kind(random, base)
    unit = random.choice(UNITS) if kind is None and base in NUMBERS and random.random() < 0.3 else None
    nullable = random.random() < 0.4
    zoned = base == "datetime" and random.random() < 0.4
    huge = base == "int" and kind is None and unit is None and random.random() < 0.15
    bare = Column(ColumnSpec(name, base, nullable, kind, unit), zoned, huge)
    rules = _rules(random, bare)
    required = random.random() < 0.95
    return attrs.evolve(bare, spec=attrs.evolve(bare.spec, rules=rules, required=required))


def _kind(random: Random, base: str) -> str | None:
    if base not in NUMBERS or random.random() < 0.5:
        return None
    return random.choice([name for name, bounds in BOUNDS.items() if base == "float" or bounds.whole])


def _rules(random: Random, bare: Column) -> dict[str, Any]:
    spec = bare.spec
    rules: dict[str, Any] = {}
    if spec.base == "str" and random.random() < 0.4:
        rules["pattern"] = random.choice(list(PATTERNS))
    elif spec.base in BOUNDED and random.random() < 0.5:
        rules |= _bounds(random, bare)
    elif random.random() < 0.15:
        rules["isin"] = _listed(random, bare)
    if spec.base != "bool":
        rules |= {name: True for name in ("unique",) if random.random() < 0.2}
    # A null has no place in an order, so a nullable column may not be declared increasing.
    if spec.base != "bool" and not spec.nullable:
        rules |= {name: True for name in ("increasing",) if random.random() < 0.15}
    if spec.nullable and random.random() < 0.4:
        rules["null_fraction"] = random.choice((0.1, 0.25, 0.5, 0.9))
    return rules


def _listed(random: Random, bare: Column) -> tuple[Any, ...]:
    drawn = [bare.draw(random) for _ in range(random.choice((1, 3, 20)))]
    finite = [value for value in drawn if bare.spec.base != "float" or abs(value) < float("inf")]
    return tuple(dict.fromkeys(finite)) or (bare.draw(Random(0)),)


def _bounds(random: Random, bare: Column) -> dict[str, Any]:
    low, high = sorted((bare.draw(random), bare.draw(random)))
    if low == high or (bare.spec.base == "float" and abs(low) + abs(high) > 1e9):
        return {}
    below, above = random.choice(("gt", "ge")), random.choice(("lt", "le"))
    return random.choice(({below: low}, {above: high}, {below: low, above: high}))


def _rows(random: Random, columns: tuple[Column, ...]) -> list[Row]:
    number_of_rows = random.choice(
        (0, 1, 2, random.randint(3, 12), random.randint(3, 12), random.randint(3, MOST_ROWS))
    )
    drawn = [_cells(random, column, number_of_rows) for column in columns]
    names = [column.spec.name for column in columns]
    return [dict(zip(names, values, strict=True)) for values in zip(*drawn, strict=False)]


def _cells(random: Random, column: Column, wanted: int) -> list[Any]:
    rules = column.spec.rules
    cells: list[Any] = []
    seen: set[Any] = set()
    for _ in range(6 * wanted):
        value = column.draw(random)
        fresh = not rules.get("unique") or value not in seen
        if fresh and column.keeps(value) and len(cells) < wanted:
            seen.add(value)
            cells.append(value)
    if rules.get("increasing"):
        cells.sort()
    if column.spec.nullable and random.random() < 0.7:
        share = min(0.3, rules.get("null_fraction", 1.0))
        for place in random.sample(range(len(cells)), int(len(cells) * share)):
            cells[place] = None if column.spec.base != "float" or random.random() < 0.7 else float("nan")
    return cells


def _checks(random: Random, columns: tuple[Column, ...]) -> list[Tree]:
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
        return ("is_null", ("col", random.choice(names)))
    if chance < 0.35:
        return ("is_in", ("col", random.choice(names)), ("values", 0, 1, 2, -3, 0.5))
    sign = random.choice(("<=", ">=", "<", ">", "<=", ">=", "=="))
    return (sign, _number(random, names), _number(random, names, literal=True))


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


def is_there(value: Any) -> bool:
    """True where a cell holds a value."""
    return not is_missing(value)
