"""Every case of other systems as a function that mypy checks, with its inputs as declared parameters.

What the rows of the algebra's tests say is translated; what they cannot say stands in `written.py`.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, Final

from tests.algebra.conformance import CASES, checked, operand
from tests.algebra.conformance_kinds import DECLARED
from tests.algebra.conformance_kinds import unit as unit_named
from tests.conformance.declarations import unit_marker
from tests.conformance.kinds import POINTS, marker, point_marker
from tests.conformance.programs import signature
from tests.conformance.scalars import translated
from tests.conformance.written import INEXPRESSIBLE, WRITTEN
from typedml.algebra.catalogue import KINDS
from typedml.algebra.conversion import converted
from typedml.algebra.judgement import judge
from typedml.algebra.meaning import UNKNOWN, Meaning, Operand
from typedml.algebra.reading import read

if TYPE_CHECKING:
    from collections.abc import Mapping

HEAD: Final = "from kinds import *\n\n" + "\n".join(f'{name} = UnitVar("{name}")' for name in "ABUV")
"""What every module of cases begins with, after its imports."""

CONSTANTS: Final = frozenset({"nan", "inf"})


def declared(spec: dict[str, Any], base: str = "float") -> str:
    """Return the annotation of an input."""
    if spec.get("unknown"):
        return base
    markers = []
    if "point" in spec:
        markers.append(point_marker(spec))
    elif "kind" in spec and not spec["kind"].isalnum():
        product = operand(spec)
        assert isinstance(product, Meaning)
        markers += [marker(product.kind.name)] if product.kind is not None else []
        markers.append(unit_marker(str(product.unit)))
    else:
        markers += [marker(spec["kind"])] if "kind" in spec else []
        markers += [unit_marker(spec["unit"])] if "unit" in spec else []
    return f"Annotated[{base}, {', '.join([*markers, *['THRESHOLD'] * spec.get('cut', False)])}]"


def parameters(case: dict[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """Return annotated parameters, and what each name of the case is in terms of them.

    A product of kinds is no declaration: it is made of a parameter for each of them.
    """
    base = "int" if case.get("whole") else "float"
    found, names = {}, {}
    for name, spec in case["inputs"].items():
        kinds = spec.get("kind", "A")
        if kinds.isalnum():
            found[name], names[name] = declared(spec, base), name
            continue
        tree = ast.parse(kinds, mode="eval").body
        factors: list[str] = []
        for node in [each for each in ast.walk(tree) if isinstance(each, ast.Name)]:
            factors.append(f"{name}{len(factors)}")
            found[factors[-1]] = declared({"kind": node.id}, base)
            node.id = factors[-1]
        names[name] = f"({ast.unparse(tree)})"
    return found, names


class _Python(ast.NodeTransformer):
    """Replaces names by what they are, conversions and constants by what a program calls them."""

    def __init__(self, case: dict[str, Any], names: Mapping[str, str]) -> None:
        self.inputs = {name: operand(spec) for name, spec in case["inputs"].items()}
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id in CONSTANTS:
            return ast.parse(f"math.{node.id}", mode="eval").body
        return ast.parse(self.names.get(node.id, node.id), mode="eval").body

    def visit_Call(self, node: ast.Call) -> ast.expr:
        if not (isinstance(node.func, ast.Name) and node.func.id == "to"):
            node.args = [self.visit(each) for each in node.args]
            return node
        value, target = node.args
        given = judge(read(ast.unparse(value), self.inputs))
        assert isinstance(given, Meaning)
        source = ast.Constant(str(given.unit))
        return ast.Call(ast.Name("convert"), [self.visit(value), source, target], [])


def program(case: dict[str, Any]) -> str:
    """Return the function of one case."""
    name = f"case_{case['id'].replace('-', '_')}"
    if case["id"] in WRITTEN:
        return WRITTEN[case["id"]].replace("case", name)
    if "declares" in case:
        return f"{signature(name, {'x': declared({'unit': case['declares']})}, 'None')} ..."
    given, names = parameters(case)
    tree = _Python(case, names).visit(ast.parse(case["expression"], mode="eval"))
    scalar = translated(ast.unparse(tree), frozenset(given))
    for each in scalar.lists:
        given[each] = f"list[{given[each]}]"
    body, result = f"reveal_type({scalar.text})", "None"
    if case.get("beside"):
        body = f"value: {declared(case['into'])} = {scalar.text}"
    elif "into" in case:
        body, result = f"return {scalar.text}", declared(case["into"])
    return f"{signature(name, given, result)}\n    {body}"


def programs() -> dict[str, str]:
    """Return the programs of all cases that Python can express, by identifier."""
    return {case["id"]: program(case) for case in CASES if case["id"] not in INEXPRESSIBLE}


def revealed(text: str) -> Operand:
    """Return the meaning that mypy shows: `float[km]`, `list[float[km]]`; without any it is unknown."""
    inner = text.removeprefix("list[").removesuffix("]") if text.startswith("list[") else text
    plain, _, shown = inner.partition("[")
    if not shown or plain not in ("float", "int"):
        return UNKNOWN
    name, _, unit = shown.removesuffix("]").partition(", ")
    if name in POINTS:
        found = operand(POINTS[name])
        assert isinstance(found, Meaning)
        return checked(converted(found, found.unit, unit_named(unit))) if unit else found
    if name not in DECLARED and name not in KINDS:
        return operand({"unit": name})
    return operand({"kind": name, **({"unit": unit} if unit else {})})
