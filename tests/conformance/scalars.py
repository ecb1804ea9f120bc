"""Expressions of the algebra's tests as Python that runs on single numbers and on lists of them.

`np.exp(x)` is `math.exp(x)`; `(w * x).sum()` is `sum([w_ * x_ for w_, x_ in zip(w, x)])`, its names lists;
and `x / x.sum()` is `[x_ / sum(x) for x_ in x]`. What needs an array is `Arrays`, with the reason.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Final

import attrs

FUNCTIONS: Final[dict[str, str]] = {
    **{name: f"math.{name}" for name in "exp expm1 log log1p log2 log10 sqrt sin cos tan".split()},
    **{
        name: f"math.{name}"
        for name in "sinh cosh tanh erf hypot floor ceil trunc atan2 acos cbrt isnan radians".split()
    },
    **{f"arc{name}": f"math.a{name}" for name in "sin cos tan tan2".split()},
    "deg2rad": "math.radians",
    "rad2deg": "math.degrees",
    "degrees": "math.degrees",
    "abs": "abs",
    "maximum": "max",
    "minimum": "min",
    "round": "round",
    "int": "int",
    "float": "float",
    **{name: name for name in ("convert", "raw")},
}
"""What stands for a function of one library or another where only numbers are."""

REDUCTIONS: Final = {
    **{name: name for name in ("sum", "min", "max")},
    "mean": "statistics.fmean",
    "median": "statistics.median",
    "std": "statistics.stdev",
    "var": "statistics.variance",
    "prod": "math.prod",
}
"""What makes one number of many."""

OF_NUMBERS_TOO: Final = frozenset({"min", "max"})
MODULES: Final = frozenset({"np", "math", "F", "torch"})
NO_FUNCTIONS: Final[Mapping[str, str]] = {}
CONSTANTS: Final = frozenset({"pi", "e", "inf", "nan"})


class Arrays(Exception):
    """An expression that needs arrays: what in it does."""


@attrs.frozen
class Scalar:
    """An expression as Python, and which of its names are lists."""

    text: str
    lists: frozenset[str]
    is_list: bool


def translated(text: str, names: frozenset[str], own: Mapping[str, str] = NO_FUNCTIONS) -> Scalar:
    """Return an expression with functions of numbers for those of arrays.

    `own` has what stands for functions that a program defines for itself.

    Raises: Arrays if it needs them.
    """
    tree = ast.parse(text, mode="eval").body
    lists = _lists(tree, names)
    body = _Translator(lists, own).visit(tree)
    outside = _ordered(body, lists)
    if not outside:
        return Scalar(ast.unparse(body), lists, False)
    return Scalar(f"[{_looped(body, outside)}]", lists, True)


def _reduced(node: ast.AST) -> tuple[str, ast.expr] | None:
    """Return what a node reduces to one number, and by which function."""
    if not isinstance(node, ast.Call):
        return None
    function = node.func
    if isinstance(function, ast.Attribute) and not _is_module(function.value):
        if function.attr not in REDUCTIONS:
            raise Arrays(f".{function.attr}()")
        if node.args or node.keywords:
            raise Arrays("an axis")
        return function.attr, function.value
    name = function.attr if isinstance(function, ast.Attribute) else ast.unparse(function)
    single = len(node.args) == 1 and not node.keywords
    return (name, node.args[0]) if single and name in (*REDUCTIONS, "len") else None


def _is_module(node: ast.expr) -> bool:
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name) and node.id in MODULES


def _free(node: ast.AST, names: frozenset[str]) -> frozenset[str]:
    """Return the names in a node that stand in no reduction."""
    if _reduced(node) is not None or isinstance(node, ast.GeneratorExp | ast.ListComp):
        return frozenset()
    if isinstance(node, ast.Name):
        return names & {node.id}
    return frozenset().union(*(_free(child, names) for child in ast.iter_child_nodes(node)))


def _lists(tree: ast.expr, names: frozenset[str]) -> frozenset[str]:
    """Return the names that are reduced, or stand in what is and nowhere else."""
    inside = [found[1] for node in ast.walk(tree) if (found := _reduced(node)) is not None]
    plain = {each.id for each in inside if isinstance(each, ast.Name)} & names
    loops = [each for each in ast.walk(tree) if isinstance(each, ast.GeneratorExp | ast.ListComp)]
    plain |= {
        n.id for loop in loops for n in ast.walk(loop.generators[0].iter) if isinstance(n, ast.Name)
    } & names
    outside = _free(tree, names)
    lists = set(plain)
    for each in inside:
        free = _free(each, names)
        lists |= (free - outside) or (set() if free & plain else free)
    return frozenset(lists)


class _Translator(ast.NodeTransformer):
    def __init__(self, lists: frozenset[str], own: Mapping[str, str]) -> None:
        self.lists = lists
        self.functions = {**FUNCTIONS, **own}

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        if _is_module(node.value) and node.attr in CONSTANTS:
            return ast.parse(f"math.{node.attr}", mode="eval").body
        raise Arrays(f".{node.attr}")

    def visit_Call(self, node: ast.Call) -> ast.expr:
        reduced = _reduced(node)
        if reduced is not None:
            return self._reduction(*reduced)
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
        if node.keywords:
            raise Arrays(f"{name}({node.keywords[0].arg}=)")
        arguments = [self.visit(each) for each in node.args]
        special = SPELLED.get(name)
        if special is not None and name not in self.functions:
            texts = [f"({ast.unparse(each)})" for each in arguments]
            return ast.parse(special.format(*texts), mode="eval").body
        if name not in self.functions and name not in OF_NUMBERS_TOO:
            raise Arrays(f"{name}()")
        return ast.Call(ast.Name(self.functions.get(name, name)), arguments, [])

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        raise Arrays("a subscript")

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        if isinstance(node.op, ast.BitAnd | ast.MatMult):
            raise Arrays("an operator of arrays")
        return self.generic_visit(node)  # type: ignore[return-value]

    def _reduction(self, name: str, of: ast.expr) -> ast.expr:
        function = ast.Name("len" if name == "len" else REDUCTIONS[name])
        if isinstance(of, ast.GeneratorExp | ast.ListComp):
            of.elt = self.visit(of.elt)
            return ast.Call(function, [of], [])
        inner = self.visit(of)
        if isinstance(inner, ast.Name):
            return ast.Call(function, [inner], [])
        loop = _looped(inner, _ordered(inner, self.lists))
        return ast.Call(function, [ast.parse(f"[{loop}]", mode="eval").body], [])


SPELLED: Final = {
    "clip": "min(max({0}, {1}), {2})",
    "square": "{0} ** 2",
    "where": "{1} if {0} else {2}",
    "sign": "({0} > 0) - ({0} < 0)",
    "expit": "1 / (1 + math.exp(-{0}))",
    "logit": "math.log({0} / (1 - {0}))",
}
"""Functions that a program of numbers spells out."""


def _ordered(node: ast.AST, lists: frozenset[str]) -> list[str]:
    """Return the lists of which a node takes one value at a time, in the order of the text."""
    return list(dict.fromkeys(name.id for name in _single(node, lists)))


def _single(node: ast.AST, lists: frozenset[str]) -> list[ast.Name]:
    if isinstance(node, ast.Call) and ast.unparse(node.func) in (*REDUCTIONS.values(), "len"):
        alone = len(node.args) == 1 and not isinstance(node.args[0], ast.Constant)
        if alone:
            return []
    if isinstance(node, ast.GeneratorExp | ast.ListComp):
        return []
    if isinstance(node, ast.Name):
        return [node] if node.id in lists else []
    return [found for child in ast.iter_child_nodes(node) for found in _single(child, lists)]


def _looped(body: ast.expr, over: list[str]) -> str:
    """Return a body for each of the values that it takes, one list beside another."""
    if not over:
        raise Arrays("a reduction of one number")
    for name in _single(body, frozenset(over)):
        name.id += "_"
    targets, sources = ", ".join(f"{name}_" for name in over), ", ".join(over)
    source = f"zip({sources})" if len(over) > 1 else sources
    return f"{ast.unparse(body)} for {targets} in {source}"
