"""What Python's text calls modules, constants, sizes and operators.

>>> BINARY[ast.Add], "numpy" in MODULES
('+', True)
"""

from __future__ import annotations

import ast
from math import e, inf, nan, pi, tau

MODULES = frozenset(
    "builtins cmath F functional jax jnp jsp linalg math metrics mlab ml np numpy operator pd pl polars"
    " pandas scipy sklearn sp special st statistics stats tf torch xp".split()
)
"""What a function may be taken from: `np.log` is `log`, and so is `torch.special.log`."""

CONSTANTS = {"pi": pi, "e": e, "tau": tau, "inf": inf, "nan": nan, "Inf": inf, "NaN": nan, "NAN": nan}

SIZES = frozenset({"size", "shape", "ndim", "length"})
"""Attributes that count what there is."""

BINARY: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
    ast.MatMult: "@",
    ast.BitAnd: "&",
    ast.BitOr: "|",
    ast.BitXor: "^",
    ast.LShift: "<<",
    ast.RShift: ">>",
}
SIGNS: dict[type[ast.unaryop], str] = {ast.UAdd: "+", ast.USub: "-", ast.Invert: "~", ast.Not: "not "}
COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
