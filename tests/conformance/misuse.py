"""Bugs that real projects had as functions that mypy checks: as it was, and mended.

The rows are those of `tests/algebra/misuse.jsonl`. What libraries are called for stands in a module of the
project's own, which declares what their functions take and give.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, Final

from tests.algebra.test_misuse import OWN, meaning
from tests.conformance.declarations import annotation
from tests.conformance.programs import signature
from tests.conformance.scalars import translated
from typedml.algebra.catalogue import KINDS
from typedml.algebra.judgement import judge
from typedml.algebra.kind import marker_name
from typedml.algebra.meaning import Meaning
from typedml.algebra.reading import read

if TYPE_CHECKING:
    from typedml.algebra.meaning import Operand

HEAD: Final = "import functions\nfrom kinds import *\n"
KINDS_MODULE: Final = '''\
"""Kinds of a project's own."""

from typedml import CATEGORY, COUNT, IDENTIFIER, LABEL
from typedml.declare.markers import Kind

USER_ID = Kind("UserId", parent=IDENTIFIER)
MAPPED_USER_ID = Kind("MappedUserId", parent=IDENTIFIER)
POST_ID = Kind("PostId", parent=IDENTIFIER)
POST_CURRENT_ID = Kind("PostCurrentId", parent=IDENTIFIER)
TRUE_LABEL = Kind("TrueLabel", parent=LABEL)
PREDICTED_LABEL = Kind("PredictedLabel", parent=LABEL)
FALSE_NEGATIVES = Kind("FalseNegatives", parent=COUNT)
TRUE_NEGATIVES = Kind("TrueNegatives", parent=COUNT)
SIMPLE_RETURN = Kind("SimpleReturn")
LOG_RETURN = Kind("LogReturn")
CUMULATIVE_RETURN = Kind("CumulativeReturn")
SQUARED_DISTANCE = Kind("SquaredDistance")
LOWER_IS_BETTER = Kind("LowerIsBetter")
HIGHER_IS_BETTER = Kind("HigherIsBetter")
RADIUS = Kind("Radius", unit="km", any_unit=True)
DIAMETER = Kind("Diameter", unit="km", any_unit=True)
IMAGE_RGB = Kind("ImageRGB", range=(0, 255))
IMAGE_BGR = Kind("ImageBGR", range=(0, 255))
NAIVE_LOCAL = Kind("NaiveLocal", sort="torsor", unit="s", origin="the host's clock")
NAIVE_UTC = Kind("NaiveUtc", sort="torsor", unit="s", origin="UTC, unsaid")
'''
FUNCTIONS_MODULE: Final = '''\
"""What a project calls of its libraries, with what it takes and gives for one row."""

from typing import Annotated

from kinds import *
from typedml import Binary, Label, LogProbability, Logit, Probability, Simplex, UnitVar, ZScore

U = UnitVar("U")
RGB = Annotated[float, IMAGE_RGB]
BGR = Annotated[float, IMAGE_BGR]


def sigmoid(z: Logit) -> Probability: raise NotImplementedError
def softmax(z: Logit) -> Simplex: raise NotImplementedError
def log_softmax(z: Logit) -> LogProbability: raise NotImplementedError
def cross_entropy(z: Logit, y: Annotated[float, LABEL]) -> float: raise NotImplementedError
def nll_loss(lp: LogProbability, y: Annotated[float, LABEL]) -> float: raise NotImplementedError
def binary_cross_entropy(p: Probability, y: Annotated[float, BINARY]) -> float: raise NotImplementedError
def binary_cross_entropy_with_logits(z: Logit, y: Annotated[float, BINARY]) -> float:
    raise NotImplementedError
def zscore(x: Annotated[float, U]) -> ZScore: raise NotImplementedError
def bgr2rgb(image: BGR) -> RGB: raise NotImplementedError
def rgb2bgr(image: RGB) -> BGR: raise NotImplementedError
'''
FUNCTIONS: Final = frozenset(
    node.name for node in ast.parse(FUNCTIONS_MODULE).body if isinstance(node, ast.FunctionDef)
)
MARKERS: Final = frozenset(map(marker_name, KINDS))
CALLED: Final = {**{name: f"functions.{name}" for name in FUNCTIONS}, **{name: name for name in MARKERS}}


class _Python(ast.NodeTransformer):
    """Writes conversions and markers as a program does, and methods as functions."""

    def __init__(self, names: dict[str, Operand]) -> None:
        self.names = names

    def visit_Call(self, node: ast.Call) -> ast.expr:
        match node:
            case ast.Call(func=ast.Name("to"), args=[value, target]):
                given = judge(read(ast.unparse(value), self.names))
                assert isinstance(given, Meaning)
                source = ast.Constant(str(given.unit))
                return ast.Call(ast.Name("convert"), [self.visit(value), source, target], [])
            case ast.Call(func=ast.Name("mark"), args=[value, ast.Constant(str(target))]):
                return ast.Call(ast.Name(marker_name(target)), [self.visit(value)], [])
            case ast.Call(func=ast.Attribute(value=ast.Name(name) as of, attr=method), args=[]):
                if name in self.names and (method in FUNCTIONS or method in ("exp", "log")):
                    return ast.Call(ast.Name(method), [of], [])
        return self.generic_visit(node)  # type: ignore[return-value]


def program(row: dict[str, Any], which: str) -> str:
    """Return the function of one row, "wrong" or "mended".

    Raises: Arrays if it needs arrays.
    """
    names: dict[str, Operand] = {name: meaning(text) for name, text in row["names"].items()}
    tree = _Python(names).visit(ast.parse(row[which], mode="eval"))
    scalar = translated(ast.unparse(tree), frozenset(names), CALLED)
    given = {name: declared(text) for name, text in row["names"].items()}
    for name in scalar.lists:
        given[name] = f"list[{given[name]}]"
    name = f"{which}_{row['id']}"
    if row["into"] is None:
        return f"{signature(name, given, 'None')}\n    reveal_type({scalar.text})"
    into = declared(row["into"])
    result = f"list[{into}]" if scalar.is_list else into
    return f"{signature(name, given, result)}\n    return {scalar.text}"


def declared(text: str) -> str:
    """Return the annotation of a meaning; mypy knows no roles."""
    return annotation(text.partition(" @")[0], frozenset(OWN))
