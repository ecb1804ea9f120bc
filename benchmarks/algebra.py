"""Questions to the algebra: an operator, a function, a flow, a call of four unit variables, its import."""

import os
import sys
import tempfile
from collections.abc import Callable
from itertools import product
from pathlib import Path

import typedml
from benchmarks import Row
from benchmarks.measure import command_cpu_seconds, side_by_side
from typedml.algebra import rules
from typedml.algebra.catalogue import KINDS
from typedml.algebra.flow import flow
from typedml.algebra.functions import apply
from typedml.algebra.kind import Sort
from typedml.algebra.meaning import Literal, Meaning, Operand
from typedml.algebra.mismatch import Mismatch
from typedml.algebra.registry import default_registry
from typedml.algebra.rules import combine
from typedml.algebra.unification import bind, bound

COMBINE_US = 5.0
UNIFY_US = 50.0
IMPORT_MS = 10.0
CALLS = 20_000
OPERATORS = ("+", "-", "*", "/")
UNITS = ("km", "m", "s", "km/hour", "1", "rad", "click", "USD")

# The package's own __init__ imports more than this floor: an empty one stands in its place.
FLOOR = """
import sys, types
package = types.ModuleType("typedml")
package.__path__ = [sys.argv[1]]
sys.modules["typedml"] = package
{then}
"""
SHARED = "import enum, functools"
IN_USE = """
from typedml.algebra.rules import combine
from typedml.algebra.catalogue import KINDS
from typedml.algebra.meaning import Meaning
combine("*", Meaning(KINDS["Probability"]), Meaning(KINDS["Probability"]))
"""


def rows() -> list[Row]:
    """Ask each question many times; fresh operands are every two vectors and numbers, once."""
    read = default_registry().unit
    p, km = Meaning(KINDS["Probability"]), Meaning(None, read("km"))
    best = side_by_side(
        {
            "combine": lambda: combine("*", p, p),
            "apply": lambda: apply("mean", p),
            "flow": lambda: flow(p, km),
            "unify": call_of_four(),
        },
        calls=CALLS,
    )
    fresh = uncached()
    return [
        Row(what="combine, seen before", measured=best["combine"] * 1e6, unit="us CPU", budget=COMBINE_US),
        Row(
            what="combine, fresh operands",
            measured=fresh * 1e6,
            unit="us CPU",
            note="the mean of all answers",
        ),
        Row(what="apply, seen before", measured=best["apply"] * 1e6, unit="us CPU", budget=COMBINE_US),
        Row(what="flow, seen before", measured=best["flow"] * 1e6, unit="us CPU", budget=COMBINE_US),
        Row(
            what="a call of four unit variables", measured=best["unify"] * 1e6, unit="us CPU", budget=UNIFY_US
        ),
        *import_rows(),
    ]


def import_rows() -> list[Row]:
    """Measure the floor alone, and beside what `import re` has loaded in nearly every program already."""
    bare, beside = import_ms(), import_ms(before=SHARED)
    alone = import_ms("import typedml.algebra")
    note = f"{bare:.1f} ms in an interpreter that has loaded neither enum nor functools"
    return [
        Row(what="import typedml.algebra", measured=alone, unit="ms CPU", budget=IMPORT_MS),
        Row(what="rules and kinds in use", measured=beside, unit="ms CPU", budget=IMPORT_MS, note=note),
    ]


def call_of_four() -> Callable[[], object]:
    """Return a call whose four arguments determine four unit variables, and its result."""
    read = default_registry().unit
    patterns = [read(text, variables=True) for text in ("'U", "'U*'V", "'V/'W", "'W*'X**2")]
    given = [read(text) for text in ("km", "km*s", "s/kg", "kg*USD**2")]
    result = Meaning(None, read("'X*'U", variables=True))
    return lambda: bound(result, bind(zip(patterns, given, strict=True)))


def uncached(rounds: int = 5) -> float:
    """Return the CPU seconds of an operation that was never asked before and has a meaning."""
    read = default_registry().unit
    vectors = [Meaning(KINDS[name]) for name in KINDS if KINDS[name].sort is Sort.VECTOR]
    operands: list[Operand] = [
        *vectors,
        *(Meaning(None, read(text)) for text in UNITS),
        Literal(2),
        Literal(0.5),
    ]
    questions = [(op, a, b) for op, a, b in product(OPERATORS, operands, operands)]
    asked = [each for each in questions if not isinstance(combine(*each), Mismatch)]

    def ask() -> None:
        rules._combine.cache_clear()
        for op, left, right in asked:
            combine(op, left, right)

    return side_by_side({"ask": ask}, rounds=rounds)["ask"] / len(asked)


def import_ms(then: str = IN_USE, rounds: int = 10, before: str = "pass") -> float:
    """Return the CPU milliseconds that a program adds to a fresh interpreter that finds it compiled."""
    root = str(Path(typedml.__file__).parent)
    with tempfile.TemporaryDirectory() as folder:
        kept = {name: os.environ.get(name) for name in ("PYTHONPYCACHEPREFIX", "PYTHONDONTWRITEBYTECODE")}
        os.environ.update(PYTHONPYCACHEPREFIX=folder, PYTHONDONTWRITEBYTECODE="")
        try:
            cost = dict.fromkeys((before, f"{before}\n{then}"), float("inf"))
            for _ in range(rounds + 1):
                for code in cost:
                    argv = [sys.executable, "-c", FLOOR.format(then=code), root]
                    cost[code] = min(cost[code], command_cpu_seconds(argv))
        finally:
            _restore(kept)
    without, whole = cost.values()
    return (whole - without) * 1000


def _restore(kept: dict[str, str | None]) -> None:
    for name, value in kept.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
