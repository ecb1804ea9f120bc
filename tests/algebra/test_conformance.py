"""What other systems of units say of the same expressions: agreed with, or decided otherwise with the reason.

`conformance.jsonl` has one case a line: inputs by name (a unit, a kind, an origin that makes it a point), an
expression, where it is stored, and what the other system says. Only unit and point of a result count.
"""

from __future__ import annotations

import ast
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.algebra.shorthand import unit
from typedml.algebra.catalogue import KINDS
from typedml.algebra.conversion import converted
from typedml.algebra.flow import Level, Place, flow
from typedml.algebra.functions import apply
from typedml.algebra.kind import Kind, Sort, build_kind
from typedml.algebra.meaning import UNKNOWN, Literal, Meaning, Operand
from typedml.algebra.mismatch import Mismatch
from typedml.algebra.monomial import Monomial
from typedml.algebra.rules import combine, unary
from typedml.algebra.unit import Unit

CASES = [json.loads(line) for line in (Path(__file__).parent / "conformance.jsonl").read_text().splitlines()]
GENERIC = "zero, infinity and nan have every linear unit: accumulators and sign tests need no ceremony"
NO_CONVERSION = (
    "values are erased, so nothing can convert silently: an error, with the conversion in the hint"
)

DECISIONS: dict[str, str] = {
    "fs-057": GENERIC,
    "fs-109": GENERIC,
    "pint-011": GENERIC,
    "scipp-002": GENERIC,
    "fs-042": "how often seconds are in metres is no question: `//` needs one unit, as `%` does",
    "fs-113": "a dict of unlike values is one of plain floats, refused where a quantity is needed",
    "coulomb-046": "a float leaves a conversion whatever went in, so nothing is truncated",
    "coulomb-053": "a float leaves a conversion whatever went in, so nothing is truncated",
    "mpu-068": "the unit 1/100 is a scale like km: x / y must be converted to percent before it compares",
    "uom-006": "units are a vector space over the rationals, so every root exists",
    "scipp-008": "units are a vector space over the rationals, so every root exists",
    "squants-004": "scales do not cancel by magnitude: day/hour is kept, and converts to 1",
    "squants-008": "two temperatures in degC are points and do not add; a difference is delta_degC",
    "impunity-012": "two temperatures in degC are points and do not add; a difference is delta_degC",
    "scipp-010": "two temperatures in degC are points and do not add; a difference is delta_degC",
    "impunity-002": "unlike dimensions are an error, not a warning that falls back to a number",
    "impunity-003": "a bare constant has no unit: write METER(3000)",
    "impunity-009": "a comparison is as dimensional as a sum",
    "pint-018": "a difference of kelvins is one of degrees Celsius, so a point may move by it",
    "astropy-006": "percent is the unit 1/100, not a number: 50 percent + 1 is an error",
    "unyt-001": "percent is the unit 1/100, not a number: 50 percent + 1 is an error",
    **dict.fromkeys(
        ("coulomb-011", "coulomb-038", "coulomb-052", "mpu-067", "au-002", "au-015", "au-028", "squants-001"),
        NO_CONVERSION,
    ),
}
"""Cases in which we say otherwise, each with the reason."""

OPERATORS: dict[type[ast.AST], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Pow: "**",
    ast.BitOr: "|",
    ast.Lt: "<",
    ast.Gt: ">",
    ast.Eq: "==",
}
NUMBERS = {"nan": Literal(float("nan")), "inf": Literal(float("inf"))}
PARENTS = {"height": "length"}


class Refused(Exception):
    """An expression that has no meaning."""


def vector(name: str, made: Unit) -> Kind:
    parent = vector(PARENTS[name], made) if name in PARENTS else None
    return build_kind(name, parent, unit=made, default_unit=made)


def meaning(spec: dict[str, Any]) -> Meaning:
    if spec.get("kind") in KINDS:
        return Meaning(KINDS[spec["kind"]])
    name, origin = spec.get("kind"), spec.get("point")
    # A third of a googol of metres: no name in the registry is like it.
    huge = Unit(Monomial({"2": 100, "5": 100, "3": -1, "m": 1}))
    made = huge if spec["unit"] == "googol_third_metre" else unit(spec["unit"]).unit
    if origin is None:
        return Meaning(None if name is None else vector(name, made), made)
    what = f"{name or 'any'}_at_{'zero' if origin == '0K' else origin}"
    point = build_kind(what, unit=made, default_unit=made, sort=Sort.TORSOR, origin=origin, delta=name)
    return Meaning(point)


def evaluate(node: ast.expr, names: dict[str, Operand]) -> Operand:
    match node:
        case ast.Constant(value=int() | float() as value):
            return Literal(value)
        case ast.Name(id=name):
            return names[name] if name in names else NUMBERS[name]
        case ast.UnaryOp(operand=operand):
            return checked(unary("-", evaluate(operand, names)))
        case ast.BinOp(left=left, op=op, right=right):
            return checked(combine(OPERATORS[type(op)], evaluate(left, names), evaluate(right, names)))
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return checked(combine(OPERATORS[type(op)], evaluate(left, names), evaluate(right, names)))
        case ast.Dict(values=values):
            for each in values:
                evaluate(each, names)
            return UNKNOWN
        case ast.Call(func=ast.Name(id="to"), args=[value, ast.Constant(value=target)]):
            given = evaluate(value, names)
            assert isinstance(given, Meaning)
            return checked(converted(given, given.unit, unit(str(target)).unit))
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return checked(apply(name, *(evaluate(argument, names) for argument in arguments)))
    raise AssertionError(ast.dump(node))


def checked(found: Operand | Mismatch) -> Operand:
    if isinstance(found, Mismatch):
        raise Refused(found.reason.name)
    return found


def verdict(case: dict[str, Any]) -> tuple[str, Operand]:
    """What we say: the status, and the meaning of the result."""
    names: dict[str, Operand] = {name: meaning(spec) for name, spec in case["inputs"].items()}
    try:
        result = evaluate(ast.parse(case["expression"], mode="eval").body, names)
        if "into" in case:
            mismatch = flow(result, meaning(case["into"]), level=Level.STANDARD, place=Place.ELSEWHERE)
            if mismatch is not None:
                raise Refused(mismatch.reason.name)
    except Refused:
        return "error", UNKNOWN
    return "ok", result


def agrees(case: dict[str, Any]) -> bool:
    status, result = verdict(case)
    expected = case["expect"]
    if status != expected["status"]:
        return False
    if "unit" not in expected:
        return True
    if not isinstance(result, Meaning):
        return False
    wanted = unit(expected["unit"]).unit
    return result.unit.vector == wanted.vector and (result.sort is Sort.TORSOR) == expected.get(
        "point", False
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_each_case_is_agreed_with_or_decided(case: dict[str, Any]) -> None:
    assert agrees(case) != (case["id"] in DECISIONS), (case, verdict(case))


def test_decisions_are_about_cases_and_give_reasons() -> None:
    assert set(DECISIONS) <= {case["id"] for case in CASES}
    assert all(len(reason) > 20 for reason in DECISIONS.values())


def test_most_cases_are_agreed_with() -> None:
    counts = Counter(agrees(case) for case in CASES)
    assert counts[True] >= 84
