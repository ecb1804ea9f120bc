"""Rules across columns: expressions as data, and units checked when the class is made."""

import ast
from collections.abc import Callable
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import typedml as t
from typedml import FeatureSchema, Unit, convert, rule
from typedml.declare.expression import Column, Constant, Expression, Operation, lift
from typedml.declare.expression_meaning import unknown
from typedml.declare.expression_text import SPELLINGS

Km = Annotated[float, Unit("km")]
Hour = Annotated[float, Unit("hour")]


class Trip(FeatureSchema):
    distance: Km
    detour: Km
    time: Hour
    limit: Annotated[float, Unit("km/hour")]
    carrier: str
    late: bool
    p: t.Probability
    cut: t.Threshold[t.Probability]
    celsius: t.Celsius
    note: float


def operation(made: object) -> Operation:
    assert isinstance(made, Operation)
    return made


c: Any = Trip.c

SPELLED = [
    (c.distance + c.detour, "distance + detour"),
    (c.distance - 1, "distance - 1"),
    (1 - c.p, "1 - p"),
    (2 * c.distance, "2 * distance"),
    (c.distance / c.time <= c.limit, "distance / time <= limit"),
    (1 / c.time, "1 / time"),
    (c.distance // c.detour, "distance // detour"),
    (7 // c.note, "7 // note"),
    (c.distance % c.detour, "distance % detour"),
    (7 % c.note, "7 % note"),
    (c.time**2, "time ** 2"),
    (-c.distance, "-distance"),
    (abs(c.distance - c.detour), "(distance - detour).abs()"),
    (c.distance.abs(), "distance.abs()"),
    ((c.distance > 1) & ~(c.detour < 2), "(distance > 1) & ~(detour < 2)"),
    ((c.distance >= 1) | c.late, "(distance >= 1) | late"),
    (c.carrier.equals("AA"), "carrier.equals('AA')"),
    (c.carrier.is_in(["AA", "UA"]), "carrier.is_in(('AA', 'UA'))"),
    (c.time.is_null(), "time.is_null()"),
    (3.0 + c.distance, "3.0 + distance"),
    (c.p >= c.cut, "p >= cut"),
    (c.note > c.distance / c.detour, "note > distance / detour"),
    (c.distance - (c.detour - 1), "distance - (detour - 1)"),
    (c.distance - c.detour - 1, "distance - detour - 1"),
    (c.note * (c.note / c.time), "note * (note / time)"),
    (c.note * c.note / c.time, "note * note / time"),
    ((c.note + c.note) * 2, "(note + note) * 2"),
    (-(c.note + c.note), "-(note + note)"),
    ((-c.note) ** 2, "(-note) ** 2"),
    (-(c.note**2), "-note ** 2"),
    (c.note**-1, "note ** -1"),
    (c.note * -2, "note * -2"),
    ((c.note + 1).equals(c.note - 1), "(note + 1).equals(note - 1)"),
    ((c.p > 0) & (c.p < 1) | ~c.late, "(p > 0) & (p < 1) | ~late"),
    ((c.p > 0) & ((c.p < 1) | c.late), "(p > 0) & ((p < 1) | late)"),
]


@pytest.mark.parametrize(("made", "spelled"), SPELLED)
def test_an_expression_is_data_and_spells_itself(made: object, spelled: str) -> None:
    assert repr(operation(made)) == spelled


def test_a_tree_knows_its_columns_nodes_and_meaning() -> None:
    made = operation(c.distance / c.time <= c.limit)
    assert made.columns == {"distance", "time", "limit"}
    assert made.is_condition
    assert not made.operands[0].is_condition
    assert str(made.operands[0].operand) == "km/hour"
    kinds = [type(node) for node in operation(c.distance > 3).nodes()]
    assert kinds == [Operation, Column, Constant]
    assert Trip.c.late.is_condition
    assert not Trip.c.note.is_condition


def test_a_conversion_is_part_of_an_expression() -> None:
    made = operation(c.distance / convert(c.time, "hour", "minute"))
    assert str(made.operand) == "km/minute"
    assert repr(made) == "distance / (time * 60.0)"
    assert repr(convert(c.celsius, "degC", "degF")) == "celsius * 9.0 / 5.0 + 32.0"
    with pytest.raises(t.DeclarationError, match='`time` is in "hour", not in "minute"'):
        convert(c.time, "minute", "hour")


REFUSED: list[tuple[Callable[[], Any], str]] = [
    (lambda: c.distance > c.time, "float.km.*float.hour"),
    (lambda: c.distance + c.time, "float.km.*float.hour"),
    (lambda: c.celsius + c.celsius, "Celsius"),
    (lambda: c.celsius * 2, "Celsius"),
    (lambda: -c.celsius, "Celsius"),
    (lambda: c.cut * 2, "Threshold"),
    (lambda: c.carrier + 1, "column 'carrier' of str"),
    (lambda: c.late * 2, "column 'late' of bool"),
    (lambda: (c.distance > 1) + 1, "the condition `distance > 1`"),
    (lambda: -(c.distance > 1), "the condition"),
    (lambda: c.distance & c.late, "joins conditions"),
    (lambda: (c.distance > 1) & 1, "joins conditions"),
    (lambda: ~c.distance, "joins conditions"),
    (lambda: 0 < c.distance < 3, "has no truth value"),
    (lambda: c.distance > 1 and c.detour > 1, "has no truth value"),
]


@pytest.mark.parametrize(("make", "said"), REFUSED)
def test_an_expression_that_means_nothing_is_refused(make: Callable[[], Any], said: str) -> None:
    with pytest.raises(t.DeclarationError, match=said) as caught:
        make()
    assert caught.value.hint


def test_a_rule_is_declared_under_its_name() -> None:
    class Checked(Trip):
        @rule
        def not_too_fast(c) -> bool:
            """Nobody drives faster."""
            return c.distance / c.time <= c.limit

        short = rule(lambda c: c.distance <= 100.0)

    class Narrower(Checked):
        short = rule(lambda c: c.distance <= 50.0)

    shown = {check.name: (repr(check.expression), check.doc) for check in Checked.declared.checks}
    assert shown == {
        "not_too_fast": ("distance / time <= limit", "Nobody drives faster."),
        "short": ("distance <= 100.0", ""),
    }
    inherited = {check.name: repr(check.expression) for check in Narrower.declared.checks}
    assert inherited == {"not_too_fast": "distance / time <= limit", "short": "distance <= 50.0"}


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (lambda c: c.distance > c.time, "Unsupported operand types for >"),
        (lambda c: c.distance, "not a condition"),
        (lambda c: c.distance == c.detour, r"c\.a\.equals\(c\.b\)"),
        (lambda c: c.distanse > 1, "Did you mean"),
        (lambda c: None, "not a condition"),
    ],
)
def test_a_rule_that_cannot_be_checked_is_refused_when_the_class_is_made(function: Any, said: str) -> None:
    with pytest.raises(t.DeclarationError, match=said):
        type("Broken", (Trip,), {"broken": rule(function)})


def test_beside_plain_text_a_column_is_text() -> None:
    assert (c.carrier < "zzz") is True
    assert (c.carrier >= "zzz") is False
    assert not isinstance(c.carrier + "!", Expression)


_LEAVES = st.sampled_from([c.note, c.cut, lift(2), lift(-3), lift(0.5)])
_SIGNS = ("+", "-", "*", "/", "//", "%", "**")


def _operations(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    binary = st.builds(
        lambda sign, *sides: Operation(sign, sides, unknown()), st.sampled_from(_SIGNS), inner, inner
    )
    unary = st.builds(
        lambda name, side: Operation(name, (side,), unknown()), st.sampled_from(("negative", "abs")), inner
    )
    return binary | unary


def _written(node: Any) -> Any:
    """A tree as Python reads it: with parentheses around everything."""
    if not isinstance(node, Operation):
        return f"({node.shown})"
    sides = [_written(side) for side in node.operands]
    return f"({SPELLINGS.get(node.name, '{} ' + node.name + ' {}').format(*sides)})"


@given(st.recursive(_LEAVES, _operations, max_leaves=8), st.sampled_from(["<", "==", "not", "or"]))
def test_python_reads_an_expression_as_it_was_made(tree: Any, outer: str) -> None:
    condition = Operation("<", (tree, lift(1)), unknown())
    sides = {"<": (tree, tree), "==": (tree, tree), "not": (condition,), "or": (condition, condition)}[outer]
    made = Operation(outer, sides, unknown())
    assert ast.dump(ast.parse(repr(made))) == ast.dump(ast.parse(_written(made)))


def test_a_number_beside_percents_is_asked_what_it_is() -> None:
    with pytest.raises(t.DeclarationError, match="or is it a share") as refused:

        class Sale(FeatureSchema):
            total: float
            discount: t.Percent
            left = rule(lambda c: c.total <= 1 - c.discount / 100)

    assert 'convert(c.discount, "percent", "1")' in str(refused.value)

    class Right(FeatureSchema):
        total: float
        discount: t.Percent
        left = rule(lambda c: c.total <= 1 - convert(c.discount, "percent", "1"))
        few = rule(lambda c: c.discount <= 50)

    assert [each.name for each in Right.declared.checks] == ["left", "few"]
