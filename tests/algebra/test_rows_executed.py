"""Every row is executed: results are of the output's kind, and every other output in its place is noticed.

`python -m tests.algebra.test_rows_executed` prints the figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from math import inf
from typing import NamedTuple

import pytest

from tests.algebra.oracle import OPERATORS, Expected, expected
from tests.algebra.oracle_functions import EDGES, FUNCTIONS, applied, crossed
from tests.algebra.shorthand import cut, kind, unit
from typedml.algebra import closure, rules
from typedml.algebra.catalogue import KINDS
from typedml.algebra.functions import apply
from typedml.algebra.kind import Kind, Sort, define_kind
from typedml.algebra.meaning import UNKNOWN, Literal, Meaning, Operand
from typedml.algebra.ranges import Range
from typedml.algebra.rules import combine, unary

DECLARED: tuple[Kind, ...] = (
    define_kind("Half", parent=KINDS["Proportion"], range=(0, 0.5)),
    define_kind("Gain", range=(0, inf)),
    define_kind("Positive", unit=unit("1").unit, range=Range(0, inf, low_open=True)),
    define_kind("Lean", unit=unit("1").unit, range=(-5, 5), integral=True),
    define_kind("Stock", parent=KINDS["Count"], range=(0, 100)),
    define_kind("Payload", unit=unit("kg").unit, range=(0, 40)),
    define_kind("Altitude", unit=unit("m").unit, sort=Sort.TORSOR, range=(-500, 9000)),
    define_kind("Grade", sort=Sort.OPAQUE, range=(1, 6), integral=True),
)
"""Kinds of users, each with a range of another form."""

SHIPPED = tuple(KINDS[name] for name in KINDS)
EVERY_KIND = (*SHIPPED, *DECLARED)
PLAIN = tuple(
    unit(text) for text in ("1", "km", "m", "km/hour", "rad", "rad/s", "1/s", "click", "view", "percent",
                            "USD", "kg", "minute", "delta_degC", "dB", "degC", "dBm", "km/click")
)  # fmt: skip
IN_OTHER_UNITS = (
    kind("Duration", "minute"), kind("Money", "USD"), kind("Count", "click"), kind("Distance", "km"),
    kind("Proportion", "click"), kind("Odds", "click/view"),
)  # fmt: skip
CUTS = (cut("Probability"), cut("km"), cut("Logit"))
NUMBERS = tuple(Literal(value) for value in (0, 1, 2, -1, 0.5, -0.5, 1.5, 3.0, 24, 360, inf))
OPERANDS: tuple[Operand, ...] = (*map(Meaning, EVERY_KIND), *PLAIN, *IN_OTHER_UNITS, *CUTS, *NUMBERS, UNKNOWN)


class Row(NamedTuple):
    """An operation that has a meaning, and what the oracle says of it."""

    text: str
    output: Meaning
    expected: Expected


def rows_of_operators(operands: Sequence[Operand], operators: Iterable[str] = OPERATORS) -> Iterator[Row]:
    """Yield every operation with a meaning that numbers can tell of."""
    for op, left, right in product(operators, operands, operands):
        if isinstance(left, Meaning) or isinstance(right, Meaning):
            output = combine(op, left, right)
            wanted = expected(op, left, right) if isinstance(output, Meaning) else None
            if isinstance(output, Meaning) and wanted is not None:
                yield Row(f"{left} {op} {right}", output, wanted)


def rows_of_functions(operands: Sequence[Operand] = OPERANDS) -> Iterator[Row]:
    """Yield every unary operation, conversion, statistic and named edge with a meaning."""
    for function, operand in product(FUNCTIONS, operands):
        if isinstance(operand, Meaning):
            output = unary(function, operand) if function in ("-", "+") else apply(function, operand)
            wanted = applied(function, operand) if isinstance(output, Meaning) else None
            if isinstance(output, Meaning) and wanted is not None:
                yield Row(f"{function}({operand})", output, wanted)
    for function, source in EDGES:
        output = apply(function, Meaning(KINDS[source]))
        assert isinstance(output, Meaning)
        yield Row(f"{function}({source})", output, crossed(function, source))


def swaps(output: Meaning) -> Iterator[Meaning]:
    """Yield every other output: another kind in the same unit or in its own, or none."""
    for other in (*EVERY_KIND, None):
        if other != output.kind:
            fits = other is None or (other.admits(output.unit) and other.sort is output.sort)
            yield Meaning(other, output.unit) if fits else Meaning(other)


class Figures(NamedTuple):
    """How many rows there are, which of them are wrong, and what became of the swaps."""

    rows: int
    wrong: list[str]
    noticed: Counter[str]
    unnoticed: list[str]

    @property
    def swaps(self) -> int:
        """Return how many outputs were put in the place of others."""
        return sum(self.noticed.values()) + len(self.unnoticed)


def measured(found: Iterable[Row]) -> Figures:
    """Replace the output of every row by every other one, and count who notices."""
    number = 0
    wrong: list[str] = []
    unnoticed: list[str] = []
    noticed = Counter[str]()
    for row in found:
        number += 1
        fault = row.expected.notices(row.output)
        if fault is not None:
            wrong.append(f"{row.text} -> {row.output}: {fault}")
        for other in swaps(row.output):
            check = row.expected.notices(other)
            if check is None:
                unnoticed.append(f"{row.text} -> {other}")
            else:
                noticed[check] += 1
    return Figures(number, wrong, noticed, unnoticed)


SOME = tuple(operand for place, operand in enumerate(OPERANDS) if place % 3 == 0 or operand in NUMBERS[:4])


@pytest.mark.parametrize(
    ("found", "least"),
    [
        pytest.param(
            rows_of_operators(SOME, ("+", "-", "*", "/", "//", "%", "**", "<")), 80_000, id="operators"
        ),
        pytest.param(rows_of_functions(), 130_000, id="functions"),
        pytest.param(rows_of_operators(OPERANDS), 1_200_000, id="all operators", marks=pytest.mark.slow),
    ],
)
def test_every_row_gives_what_is_computed_and_no_other_output_goes_unnoticed(
    found: Iterator[Row], least: int, record_property: Callable[[str, object], None]
) -> None:
    figures = measured(found)
    record_property("rows executed", figures.rows)
    record_property("swaps made", figures.swaps)
    record_property("swaps unnoticed", len(figures.unnoticed))
    assert figures.wrong == []
    assert figures.unnoticed == []
    assert figures.swaps >= least


def test_the_oracle_notices_by_values_by_lineage_by_nearness_by_sort_and_by_unit() -> None:
    p = Meaning(KINDS["Probability"])
    product_of_two = expected("*", p, p)
    assert product_of_two is not None
    assert product_of_two.notices(p) is None
    assert product_of_two.notices(kind("Count")) == "values"  # 0.25 is no count
    assert product_of_two.notices(kind("UnitInterval")) == "lineage"  # the same range, another family
    assert product_of_two.notices(kind("Proportion")) == "nearest"  # a probability is nearer
    assert product_of_two.notices(kind("Logit")) == "sort"
    assert product_of_two.notices(kind("Percent")) == "unit"
    assert product_of_two.notices(UNKNOWN) == "no meaning"


@pytest.mark.parametrize(
    ("op", "wrong"), [("*", Range.__add__), ("+", Range.__mul__), ("%", Range.__truediv__)]
)
def test_wrong_arithmetic_of_ranges_is_noticed(
    op: str, wrong: Callable[[Range, Range], Range], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(closure.INTERVALS, op, wrong)
    rules._combine.cache_clear()
    try:
        assert measured(rows_of_operators(SOME, [op])).wrong
    finally:
        rules._combine.cache_clear()


def test_sums_and_products_of_many_are_closed_under_more_than_one_step() -> None:
    half, double = (
        DECLARED[0],
        define_kind("Double", range=(0, 2), parent=define_kind("Fourfold", range=(0, 4))),
    )
    assert apply("sum", Meaning(half)) == Meaning()  # three halves are no proportion
    assert apply("sum", Meaning(half), Literal(0)) == Meaning()
    assert apply("prod", Meaning(double)) == Meaning()
    assert apply("prod", Meaning(half)) == Meaning(half)


if __name__ == "__main__":
    for title, found in (("operators", rows_of_operators(OPERANDS)), ("functions", rows_of_functions())):
        figures = measured(found)
        print(f"{title}: {figures.rows:,} rows executed, {len(figures.wrong)} wrong")
        print(f"  {figures.swaps:,} swaps made, {len(figures.unnoticed)} unnoticed")
        print("  noticed by", ", ".join(f"{who} {n:,}" for who, n in figures.noticed.most_common()))
