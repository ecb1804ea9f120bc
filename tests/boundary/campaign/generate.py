"""A schema, and rows that keep it by construction.

A case is made from one seed: the same seed always gives the same case.
"""

from __future__ import annotations

from random import Random
from typing import Any

import attrs

from tests.boundary.campaign.conditions import NUMBERS, conditions
from tests.boundary.campaign.pools import PATTERNS, PLAIN, number
from tests.boundary.conformance.kinds import BOUNDS, OF_UNIT, UNITS
from tests.boundary.conformance.oracle import STATED, is_missing, judge
from tests.boundary.conformance.specs import ColumnSpec, Foreign, TableSpec

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
BOUNDED = ("float", "int", "datetime", "date", "timedelta", "decimal")
MOST_ROWS = 40
ALONE = frozenset({"gt", "ge", "lt", "le", "isin", "pattern", "min_length", "max_length", "references"})
"""The rules of a value by itself."""
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
        if (known := spec.rules.get("references")) and random.random() < 0.9:
            return random.choice(known.values)
        if spec.rules.get("isin") and random.random() < 0.9:
            return random.choice(spec.rules["isin"])
        if spec.base in NUMBERS:
            whole = spec.base == "int" or BOUNDS[spec.kind or "Weight"].whole
            value = number(random, spec.kind or OF_UNIT.get(spec.unit or ""), whole=whole, huge=self.huge)
            return value if spec.base == "int" else float(value)
        return PLAIN["zoned" if self.zoned else spec.base](random)

    def keeps(self, value: Any) -> bool:
        """True where a value keeps the rules that are asked of it alone."""
        alone = (name for name in self.spec.rules if name in ALONE)
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
        columns = _one_reference_each(_ordered_by_another(random, columns))
        columns += _parts(random) if random.random() < 0.05 else ()
        rows = _rows(random, columns)
        key = _key(random, columns)
        checks = {f"rule_{place}": tree for place, tree in enumerate(conditions(random, columns))}
        spec = TableSpec(
            tuple(column.spec for column in columns),
            checks,
            random.choice(("allow", "allow", "forbid")),
            key,
            severities={name: "warn" for name in checks if random.random() < 0.1},
        )
        rows = _keeping(spec, rows)
        spec = attrs.evolve(spec, rows=_how_many(random, len(rows)))
        if not any(judge(spec, rows).counts.values()):
            return Case(spec, columns, rows)


def _one_reference_each(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns without a second reference into one column of the other table."""
    seen: set[str] = set()
    kept = []
    for column in columns:
        known = column.spec.rules.get("references")
        if known is None or known.column not in seen:
            kept.append(column)
        seen |= {known.column} if known is not None else set()
    return tuple(kept)


def _keeping(spec: TableSpec, rows: list[Row]) -> list[Row]:
    """The rows without those that break a rule across columns or repeat a key.

    What is left still is in order and not repeated; a group may need a second look, with some of it gone.
    """
    for _ in range(3):
        broken = judge(spec, rows).reasons
        rows = [row for place, row in enumerate(rows) if place not in broken]
    return rows


def _how_many(random: Random, rows: int) -> tuple[int | None, int | None] | None:
    if random.random() < 0.8:
        return None
    return random.choice(((rows, None), (None, rows), (max(0, rows - 1), rows + 1), (rows, rows)))


def _key(random: Random, columns: tuple[Column, ...]) -> tuple[str, ...]:
    names = [column.spec.name for column in columns if column.spec.required and not column.spec.nullable]
    return tuple(random.sample(names, min(2, len(names)))) if random.random() < 0.15 else ()


def _parts(random: Random) -> tuple[Column, ...]:
    """Columns that are parts of one whole; their values are made together."""
    nullable = random.random() < 0.3
    return tuple(
        Column(ColumnSpec(name, "float", nullable, "Simplex")) for name in ("part_a", "part_b", "part_c")
    )


def _ordered_by_another(random: Random, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Columns, of which one may be in the order of another."""
    orders = [
        place for place, column in enumerate(columns) if column.spec.base in BOUNDED and column.spec.required
    ]
    if len(orders) < 2 or random.random() > 0.15:
        return columns
    place, by = random.sample(orders, 2)
    ordered, key = columns[place].spec, columns[by].spec
    if {"increasing", "decreasing"} & {*ordered.rules}:
        return columns
    rules = {**ordered.rules, random.choice(("increasing", "decreasing")): key.name}
    made = attrs.evolve(columns[place], spec=attrs.evolve(ordered, rules=rules))
    return (*columns[:place], made, *columns[place + 1 :])


def _column(random: Random, name: str) -> Column:
    base = random.choice(BASES)
    kind = _kind(random, base)
    unit = random.choice(UNITS) if kind is None and base in NUMBERS and random.random() < 0.3 else None
    nullable = random.random() < 0.4
    zoned = base == "datetime" and random.random() < 0.4
    huge = base == "int" and kind is None and unit is None and random.random() < 0.15
    bare = Column(ColumnSpec(name, base, nullable, kind, unit), zoned, huge)
    rules = _rules(random, bare)
    rules |= {"severity": "warn"} if rules and random.random() < 0.1 else {}
    required = random.random() < 0.95
    return attrs.evolve(bare, spec=attrs.evolve(bare.spec, rules=rules, required=required))


def _kind(random: Random, base: str) -> str | None:
    if base not in NUMBERS or random.random() < 0.5:
        return None
    return random.choice(
        [name for name, bounds in BOUNDS.items() if (base == "float" or bounds.whole) and name != "Simplex"]
    )


def _rules(random: Random, bare: Column) -> dict[str, Any]:
    spec = bare.spec
    rules: dict[str, Any] = {}
    if spec.base == "str" and random.random() < 0.4:
        rules["pattern"] = random.choice(list(PATTERNS))
    elif spec.base in BOUNDED and random.random() < 0.5:
        rules |= _bounds(random, bare)
    elif random.random() < 0.15:
        rules["isin"] = _listed(random, bare)
    elif spec.base == "str" and random.random() < 0.3:
        least = random.choice((0, 1, 2))
        rules |= {"min_length": least} if least else {}
        rules |= (
            {"max_length": least + random.choice((1, 2, 5))} if not least or random.random() < 0.5 else {}
        )
    elif spec.base == "str" and random.random() < 0.2:
        rules["references"] = Foreign("text", tuple({bare.draw(random) for _ in range(4)}))
    elif spec.base == "int" and spec.kind is None and spec.unit is None and random.random() < 0.15:
        rules["references"] = Foreign("number", tuple({bare.draw(random) for _ in range(9)}))
    if spec.base != "bool":
        rules |= {name: True for name in ("unique",) if random.random() < 0.2}
    # A null has no place in an order, so a nullable column may not be declared increasing.
    if spec.base != "bool" and not spec.nullable and random.random() < 0.15:
        rules[random.choice(("increasing", "decreasing"))] = True
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
    few, some = random.randint(0, 3), random.randint(3, 12)
    number_of_rows = random.choice((few, some, some, random.randint(3, MOST_ROWS)))
    drawn = {column.spec.name: _cells(random, column, number_of_rows) for column in columns}
    rows = [dict(zip(drawn, values, strict=True)) for values in zip(*drawn.values(), strict=False)]
    for row in rows if "part_a" in drawn else ():
        first = random.choice((0.0, 0.25, round(random.random(), 3)))
        second = round((1 - first) * random.choice((0.0, 0.5, 1.0, 0.3)), 6)
        row |= {"part_a": first, "part_b": second, "part_c": 1 - first - second}
    for column in columns:
        _put_in_order(column.spec, rows)
    return rows


def _put_in_order(spec: ColumnSpec, rows: list[Row]) -> None:
    """Share the values of a column out in the order of another."""
    for rule, said in spec.rules.items():
        if rule in ("increasing", "decreasing") and isinstance(said, str):
            both = [row for row in rows if is_there(row[spec.name]) and is_there(row[said])]
            values = sorted((row[spec.name] for row in both), reverse=rule == "decreasing")
            for row, value in zip(sorted(both, key=lambda row: row[said]), values, strict=True):
                row[spec.name] = value


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
    if True in (rules.get("increasing"), rules.get("decreasing")):
        cells.sort(reverse=rules.get("decreasing") is True)
    if column.spec.nullable and random.random() < 0.7:
        share = min(0.3, rules.get("null_fraction", 1.0))
        for place in random.sample(range(len(cells)), int(len(cells) * share)):
            cells[place] = None if column.spec.base != "float" or random.random() < 0.7 else float("nan")
    return cells


def is_there(value: Any) -> bool:
    """True where a cell holds a value."""
    return not is_missing(value)
