"""Violations put into clean rows at known cells, each so that no later one takes it away again."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from random import Random
from typing import Any

import attrs

from tests.boundary.campaign.generate import Case, Column, Row, is_there
from tests.boundary.campaign.pools import PATTERNS, PLAIN, SPECIAL
from tests.boundary.conformance.expressions import truth
from tests.boundary.conformance.kinds import BOUNDS, bounds_of
from tests.boundary.conformance.oracle import STATED, Key, columns_of
from tests.boundary.conformance.specs import AGGREGATES

Cell = tuple[int, str]


@attrs.define
class Bed:
    """Rows under way: `held` are the cells that a planted violation rests on."""

    random: Random
    case: Case
    rows: list[Row]
    held: set[Cell] = attrs.field(factory=set)
    planted: list[tuple[Key, int]] = attrs.field(factory=list)

    def put(self, key: Key, place: int, values: dict[str, Any], rests_on: set[Cell]) -> bool:
        """Plant values in a row, unless another violation rests on one of the cells."""
        cells = {(place, name) for name in values} | rests_on
        if cells & self.held:
            return False
        self.rows[place].update(values)
        self.held |= cells
        self.planted.append((key, place))
        return True


def plant(random: Random, case: Case) -> Bed:
    """Rows with up to eight violations; none in every fifth case."""
    bed = Bed(random, case, [dict(row) for row in case.rows])
    if not bed.rows or random.random() < 0.2:
        return bed
    for _ in range(random.choice((2, 3, 5, 8))):
        if case.spec.checks and random.random() < 0.3:
            _plant_across(bed)
        elif case.spec.key and random.random() < 0.3:
            _plant_key(bed)
        elif "part_a" in case.spec.names and random.random() < 0.3:
            _plant_whole(bed)
        else:
            column = random.choice(case.columns)
            possible = [*_ways(column)]
            if possible:
                WAYS[way](bed, column) if (way := random.choice(possible)) in WAYS else _plant_alone(
                    bed, column, way
                )
    return bed


def _ways(column: Column) -> list[str]:
    spec = column.spec
    bounds = bounds_of(spec.kind, spec.unit)
    told = [name for name in spec.rules if spec.rules[name] is not False and name != "severity"]
    told += [] if spec.nullable else ["null"]
    told += ["range"] if bounds is not None and bounds.is_limited else []
    told += ["integral"] if spec.base == "int" or (bounds is not None and bounds.whole) else []
    return [name for name in told if not (name == "integral" and column.huge)]


def _plant_null(bed: Bed, column: Column) -> None:
    name = column.spec.name
    place = bed.random.randrange(len(bed.rows))
    gone = float("nan") if column.spec.base == "float" and bed.random.random() < 0.5 else None
    bed.put((name, "null"), place, {name: gone}, set())


def _plant_nulls(bed: Bed, column: Column) -> None:
    name, limit = column.spec.name, column.spec.rules["null_fraction"]
    cells = {(place, name) for place in range(len(bed.rows))}
    there = [place for place, row in enumerate(bed.rows) if is_there(row[name])]
    wanted = math.floor(limit * len(bed.rows)) + 1 - (len(bed.rows) - len(there))
    if cells & bed.held or wanted > len(there):
        return
    for place in bed.random.sample(there, max(0, wanted)):
        bed.rows[place][name] = None
    bed.held |= cells
    bed.planted += [
        ((name, "null_fraction"), place) for place, row in enumerate(bed.rows) if row[name] is None
    ]


def _plant_repeated(bed: Bed, column: Column) -> None:
    name = column.spec.name
    there = [place for place, row in enumerate(bed.rows) if is_there(row[name])]
    if not there or len(bed.rows) < 2:
        return
    source = bed.random.choice(there)
    place = bed.random.choice([other for other in range(len(bed.rows)) if other != source])
    value = bed.rows[source][name]
    # Zero is one number with either sign.
    value = -value if value == 0 and column.spec.base == "float" else value
    if bed.put((name, "unique"), place, {name: value}, {(source, name)}):
        bed.planted.append(((name, "unique"), source))


def _plant_out_of_order(bed: Bed, column: Column, rule: str) -> None:
    name = column.spec.name
    if column.spec.rules[rule] is not True:
        _plant_by_key(bed, column, rule)
        return
    there = [place for place, row in enumerate(bed.rows) if is_there(row[name])]
    if len(there) < 2:
        return
    before, place = bed.random.choice(list(pairwise(there)))
    tried = [column.draw(bed.random) for _ in range(20)]
    limit = bed.rows[before][name]
    lower = [value for value in tried if (value < limit if rule == "increasing" else value > limit)]
    if lower:
        rests_on = {(between, name) for between in range(before, place)}
        bed.put((name, rule), place, {name: lower[0]}, rests_on)


def _plant_outside(bed: Bed, column: Column) -> None:
    spec, random = column.spec, bed.random
    bounds = bounds_of(spec.kind, spec.unit)
    assert bounds is not None
    low, high = bounds.low, bounds.high
    if spec.base == "int":
        near = (low - 1, high + 1, low - 1000, high + 1000)
        tried: list[Any] = [int(value) for value in near if abs(value) < math.inf]
    else:
        beside = (math.nextafter(low, -math.inf), math.nextafter(high, math.inf))
        tried = [*beside, low - 2.5, high + 7, -math.inf, math.inf]
    value = random.choice([each for each in tried if not bounds.holds(each)])
    bed.put((spec.name, "range"), random.randrange(len(bed.rows)), {spec.name: value}, set())


def _plant_fraction(bed: Bed, column: Column) -> None:
    name, random = column.spec.name, bed.random
    bounds = BOUNDS[column.spec.kind or "Weight"]
    between = [random.randint(-9, 60) + random.choice((0.5, 0.25, 1e-9)) for _ in range(20)]
    # Infinity is counted by the range where that refuses it, and as no whole number where it does not.
    value = random.choice([each for each in (*between, 0.5, math.inf) if bounds.holds(each)])
    bed.put((name, "integral"), random.randrange(len(bed.rows)), {name: value}, set())


def _plant_alone(bed: Bed, column: Column, rule: str) -> None:
    spec = column.spec
    argument = spec.rules[rule]
    for value in _candidates(bed.random, column, rule):
        if STATED[rule]([(0, value)], argument):
            bed.put((spec.name, rule), bed.random.randrange(len(bed.rows)), {spec.name: value}, set())
            return


def _candidates(random: Random, column: Column, rule: str) -> list[Any]:
    spec = column.spec
    argument = spec.rules[rule]
    if rule == "pattern":
        return random.sample(PATTERNS[argument][1], len(PATTERNS[argument][1]))
    edge = [] if rule == "isin" else [argument]
    if rule in ("min_length", "max_length"):
        return [
            "" if rule == "min_length" else "é" * (argument + 1),
            "a" * (argument - 1),
            "👍" * (argument + 9),
        ]
    if rule == "references":
        return [column.draw(random) for _ in range(20)] + ["elsewhere" if spec.base == "str" else 977]
    if spec.base == "float":
        edge += [math.nextafter(each, toward) for each in edge for toward in (-math.inf, math.inf)]
        tried: list[Any] = [*edge, *random.sample(SPECIAL, len(SPECIAL)), random.uniform(-99, 99)]
    elif spec.base == "int":
        tried = [
            *edge,
            *(each + step for each in edge for step in (-1, 1)),
            random.randint(-99, 99),
            10**6,
            -(10**6),
        ]
        tried = [each for each in tried if -(2**63) <= each < 2**63]
    else:
        tried = [*edge, *(PLAIN["zoned" if column.zoned else spec.base](random) for _ in range(12))]
    first = tried[: len(edge) and 3]
    rest = tried[len(first) :]
    random.shuffle(rest)
    return first + rest if random.random() < 0.5 else rest + first


def _plant_across(bed: Bed) -> None:
    random, spec = bed.random, bed.case.spec
    name = random.choice(list(spec.checks))
    tree = spec.checks[name]
    read = dict.fromkeys(columns_of(tree))
    place = random.randrange(len(bed.rows))
    by_name = {column.spec.name: column for column in bed.case.columns}
    # A statistic of a group rests on all rows.
    rests_on = (
        {(other, each) for other in range(len(bed.rows)) for each in read} if is_of_groups(tree) else set()
    )
    for _ in range(25):
        drawn = {each: by_name[each].draw(random) for each in read}
        rows = [*bed.rows[:place], {**bed.rows[place], **drawn}, *bed.rows[place + 1 :]] if rests_on else None
        if truth(tree, rows or [{**bed.rows[place], **drawn}])[place if rows else 0] is False:
            bed.put((None, name), place, drawn, rests_on)
            return


def _plant_key(bed: Bed) -> None:
    key = bed.case.spec.key
    if len(bed.rows) < 2:
        return
    source, place = bed.random.sample(range(len(bed.rows)), 2)
    values = {name: bed.rows[source][name] for name in key}
    if all(map(is_there, values.values())) and bed.put(
        (None, "key"), place, values, {(source, n) for n in key}
    ):
        bed.planted.append(((None, "key"), source))


def _plant_whole(bed: Bed) -> None:
    """More than a whole, by little or by much."""
    place = bed.random.randrange(len(bed.rows))
    row = bed.rows[place]
    parts = ("part_a", "part_b", "part_c")
    if all(is_there(row[name]) for name in parts):
        added = bed.random.choice((2e-6, 1e-3, 0.25))
        more = {name: row[name] + (added if name == "part_c" else 0) for name in parts}
        bed.put((None, "simplex"), place, more, set())


def _plant_by_key(bed: Bed, column: Column, rule: str) -> None:
    """A value that is below (above) all those at smaller keys, at the greatest key."""
    name, by = column.spec.name, column.spec.rules[rule]
    keyed = [place for place, row in enumerate(bed.rows) if is_there(row[name]) and is_there(row[by])]
    greatest = max((bed.rows[place][by] for place in keyed), default=None)
    last = [place for place in keyed if bed.rows[place][by] == greatest]
    if len(last) != 1 or len(keyed) < 2:
        return
    others = [bed.rows[place][name] for place in keyed if place not in last]
    drawn = [column.draw(bed.random) for _ in range(20)]
    beyond = [each for each in drawn if (each < min(others) if rule == "increasing" else each > max(others))]
    if beyond:
        rests_on = {(place, each) for place in range(len(bed.rows)) for each in (name, by)}
        bed.put((name, rule), last[0], {name: beyond[0]}, rests_on)


def is_of_groups(tree: Any) -> bool:
    """True where a rule has a statistic of groups in it."""
    return isinstance(tree, tuple) and (tree[0] in AGGREGATES or any(map(is_of_groups, tree[1:])))


WAYS: dict[str, Callable[[Bed, Column], None]] = {
    "null": _plant_null,
    "null_fraction": _plant_nulls,
    "unique": _plant_repeated,
    "increasing": partial(_plant_out_of_order, rule="increasing"),
    "decreasing": partial(_plant_out_of_order, rule="decreasing"),
    "range": _plant_outside,
    "integral": _plant_fraction,
}


def spoil(random: Random, bed: Bed) -> dict[str, str]:
    """The types of the columns as stored: in a few cases one is missing, of another type, or a stranger."""
    stored = {column.spec.name: _stored(bed, column) for column in bed.case.columns}
    chance = random.random()
    name = random.choice(list(stored))
    if chance < 0.04 and len(stored) > 1:
        del stored[name]
        for row in bed.rows:
            del row[name]
    elif chance < 0.08 and bed.rows:
        _retype(random, bed, stored, name)
    elif chance < 0.16:
        stored["stranger"] = "str"
        for row in bed.rows:
            row["stranger"] = random.choice(("a", None))
    return stored


def _retype(random: Random, bed: Bed, stored: dict[str, str], name: str) -> None:
    other = random.choice([base for base in ("str", "bool", "date") if base != stored[name]])
    stored[name] = other
    for row in bed.rows:
        row[name] = PLAIN[other](random)


def _stored(bed: Bed, column: Column) -> str:
    """The type to store a column as; whole numbers with a fraction planted among them are floats."""
    base = ("zoned" if bed.random.random() < 0.5 else "utc") if column.zoned else column.spec.base
    name = column.spec.name
    if base != "int" or not any(isinstance(row[name], float) for row in bed.rows):
        return base
    for row in bed.rows:
        # As the column holds it: a product with 0 of a float has a sign, that of a whole number has none.
        row[name] = float(row[name]) if isinstance(row[name], int) else row[name]
    return "float"
