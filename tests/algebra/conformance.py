"""What we say of other systems' cases, executed; `python -m tests.algebra.conformance` prints the counts.

`conformance.jsonl` has one case a line: `inputs` by name (a unit, a kind or a product of kinds, an origin
that makes it a point, a cut), an `expression` or several, where it is stored (`into`, `beside` its own
annotation), and what the other system `expect`s. `signatures` are functions that the case calls, `functions`
what is passed to them, `given` equations that the system assumes of unit variables, and `declares` a unit to
be declared. `whole` marks integers, which only their representation tells from our numbers.
"""

from __future__ import annotations

import ast
import json
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Any

from tests.algebra.conformance_decisions import DECISIONS, ELSEWHERE
from tests.algebra.conformance_kinds import DECLARED, kind_named, point, unit
from typedml.algebra.catalogue import KINDS
from typedml.algebra.conversion import converted
from typedml.algebra.errors import UnitError
from typedml.algebra.flow import Level, Place, flow
from typedml.algebra.judgement import judge
from typedml.algebra.kind import Sort
from typedml.algebra.marking import mark
from typedml.algebra.meaning import UNKNOWN, Meaning, Operand, Unknown
from typedml.algebra.mismatch import Mismatch
from typedml.algebra.reading import read
from typedml.algebra.solve import Conflict, solve, substitute
from typedml.algebra.unification import bind, bound, freshened
from typedml.algebra.unit import Unit

CASES: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "conformance.jsonl").read_text("utf-8").splitlines()
]
Names = dict[str, Operand]


class Refused(Exception):
    """A case that has no meaning."""


def checked(found: Operand | Mismatch | None) -> Operand:
    """The meaning that was found; nothing found is nothing refused."""
    if isinstance(found, Mismatch):
        raise Refused(found.reason.name)
    return UNKNOWN if found is None else found


def operand(spec: dict[str, Any]) -> Operand:
    """What an input means."""
    if spec.get("unknown"):
        return UNKNOWN
    made = unit(spec["unit"]) if "unit" in spec else None
    names = spec.get("kind")
    if "point" in spec:
        assert made is not None
        return point(made, spec["point"], None if names is None else kind_named(names))
    if names is None:
        return Meaning(None, made)
    atoms = {node.id for node in ast.walk(ast.parse(names)) if isinstance(node, ast.Name)}
    if atoms == {names}:
        return Meaning(kind_named(names), made, spec.get("cut", False))
    return checked(judge(read(names, {name: Meaning(kind_named(name)) for name in atoms})))


def kind_or_unit(text: str) -> Meaning:
    """What a marker makes: a value of a kind, or in a unit."""
    known = text in DECLARED or text in KINDS
    return Meaning(kind_named(text)) if known else Meaning(None, unit(text))


class Calls(ast.NodeTransformer):
    """Replaces what `read` does not know, conversions, markers and declared functions, by results."""

    def __init__(self, case: dict[str, Any], names: Names) -> None:
        self.signatures: dict[str, Any] = case.get("signatures", {})
        self.functions: dict[str, list[str]] = case.get("functions", {})
        self.names = names

    def meaning(self, node: ast.expr) -> Operand:
        return checked(judge(read(ast.unparse(node), self.names)))

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        result = self.result(node)
        if result is None:
            return node
        fresh = f"result_{len(self.names)}"
        self.names[fresh] = result
        return ast.Name(fresh)

    def result(self, node: ast.Call) -> Operand | None:
        match node:
            case ast.Call(func=ast.Name("to"), args=[value, ast.Constant(str(target))]):
                given = self.meaning(value)
                assert isinstance(given, Meaning)
                return checked(converted(given, given.unit, unit(target)))
            case ast.Call(
                func=ast.Name("convert"), args=[value, ast.Constant(str(source)), ast.Constant(str(target))]
            ):
                return checked(converted(self.meaning(value), unit(source), unit(target)))
            case ast.Call(func=ast.Name("mark"), args=[value, ast.Constant(str(target))]):
                marked = kind_or_unit(target)
                checked(mark(self.meaning(value), marked))
                return marked
            case ast.Call(func=ast.Name("raw"), args=[value]):
                self.meaning(value)
                return UNKNOWN
            case ast.Call(func=ast.Name(name), args=arguments) if name in self.signatures:
                return self.called(self.signatures[name], arguments)
        return None

    def called(self, signature: dict[str, Any], arguments: list[ast.expr]) -> Operand:
        """What a declared function gives: its unit variables solved from what it is given."""
        pairs = [
            pair
            for wanted, argument in zip(signature["takes"], arguments, strict=True)
            for pair in self.pairs(wanted, argument)
        ]
        solution = bind((wanted.unit, given.unit) for wanted, given in pairs)
        for wanted, given in pairs:
            solved = bound(wanted, solution)
            assert solved is not None
            checked(flow(given, solved))
        result = bound(freshened(Meaning(None, unit(signature["gives"]))), solution)
        assert result is not None
        return result

    def pairs(self, wanted: str | list[str], argument: ast.expr) -> list[tuple[Meaning, Meaning]]:
        """What is declared and what is given: for a function, what it takes and what it gives."""
        if isinstance(wanted, list):
            assert isinstance(argument, ast.Name)
            given = [Meaning(None, unit(text)) for text in self.functions[argument.id]]
            declared = [freshened(Meaning(None, unit(text))) for text in wanted]
            return list(zip(declared, given, strict=True))
        found = self.meaning(argument)
        assert isinstance(found, Meaning)
        return [(freshened(Meaning(None, unit(wanted))), found)]


def assumed(case: dict[str, Any], found: Operand) -> Operand:
    """A meaning under the equations between unit variables that the case assumes."""
    if "given" not in case or not isinstance(found, Meaning):
        return found
    equations = [(unit(left), unit(right)) for left, right in case["given"]]
    unknowns = {name for pair in equations for side in pair for name in side.variables}
    solution = solve([(left.vector, right.vector) for left, right in equations], unknowns)
    assert not isinstance(solution, Conflict)
    return Meaning(None, Unit(substitute(found.unit.vector, solution)))


def verdict(case: dict[str, Any]) -> tuple[str, Operand]:
    """What we say: the status, and the meaning of the result."""
    try:
        if "declares" in case:
            return "ok", Meaning(None, unit(case["declares"]))
        names = {name: operand(spec) for name, spec in case["inputs"].items()}
        texts = case["expression"]
        results = [judged(case, text, names) for text in ([texts] if isinstance(texts, str) else texts)]
    except (Refused, UnitError):
        return "error", UNKNOWN
    return "ok", results[-1]


def judged(case: dict[str, Any], text: str, names: Names) -> Operand:
    tree = Calls(case, names).visit(ast.parse(text, mode="eval"))
    found = assumed(case, checked(judge(read(ast.unparse(tree), names))))
    if "into" in case:
        into = assumed(case, operand(case["into"]))
        assert isinstance(into, Meaning | Unknown)
        place = Place.BESIDE if case.get("beside") else Place.ELSEWHERE
        checked(flow(found, into, level=Level.STANDARD, place=place))
    return found


def agrees(case: dict[str, Any]) -> bool:
    """Say whether we say what the other system says: of the status and, where it is given, of the result."""
    return meets(case, *verdict(case))


def meets(case: dict[str, Any], status: str, result: Operand) -> bool:
    """Say whether a status and a meaning are what a case expects."""
    expected = case["expect"]
    if status != expected["status"]:
        return False
    if status == "error" or not {"unit", "kind"} & expected.keys() or "into" in case:
        return True
    if not isinstance(result, Meaning) or result.sort is Sort.OPAQUE:
        return False
    is_point = (result.sort is Sort.TORSOR) == expected.get("point", False)
    unit_agrees = "unit" not in expected or result.unit.vector == unit(expected["unit"]).vector
    kind = None if result.kind is None else result.kind.name
    return is_point and unit_agrees and ("kind" not in expected or kind == expected["kind"])


@lru_cache(maxsize=1)
def stands() -> dict[str, str]:
    """How we stand to each case: "agreed", "decided" otherwise, or answered "elsewhere"."""
    return {
        case["id"]: "elsewhere" if case["id"] in ELSEWHERE else "agreed" if agrees(case) else "decided"
        for case in CASES
    }


def counts(of: str) -> dict[str, Counter[str]]:
    """How many cases of each system, or of each family, are agreed, decided otherwise, or elsewhere."""
    table: dict[str, Counter[str]] = {}
    for case in CASES:
        table.setdefault(case[of], Counter())[stands()[case["id"]]] += 1
    return {**table, "all": Counter(stands().values())}


def report() -> str:
    """The counts by system and by family, and the decisions."""
    words = ("agreed", "decided", "elsewhere")
    lines = []
    for of in ("system", "family"):
        lines += ["", f"{of:<28}" + "".join(f"{word:>10}" for word in words)]
        lines += [
            f"{name:<28}" + "".join(f"{row[word]:>10}" for word in words) for name, row in counts(of).items()
        ]
    reasons = Counter(DECISIONS.values())
    return "\n".join([*lines[1:], "", *(f"{count:>3} {reason}" for reason, count in reasons.most_common())])


if __name__ == "__main__":
    print(report())
