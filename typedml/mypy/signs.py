"""The operators of Python, by the names of their methods and by their signs."""

from __future__ import annotations

from typing import Final

BINARY: Final = {
    "add": "+",
    "sub": "-",
    "mul": "*",
    "truediv": "/",
    "floordiv": "//",
    "mod": "%",
    "divmod": "divmod",
    "pow": "**",
}
# Only whole numbers have these, and truths.
BITWISE: Final = {"and": "&", "or": "|", "xor": "^", "lshift": "<<", "rshift": ">>"}
COMPARISONS: Final = {"lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "==", "ne": "!="}
MIRRORED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
UNARY: Final = {
    "neg": "-",
    "pos": "+",
    "abs": "abs",
    "round": "round",
    "trunc": "int",
    "floor": "floor",
    "ceil": "ceil",
    "invert": "~",
}
COMPARING: Final = frozenset(COMPARISONS.values())
ARITHMETIC: Final = {**BINARY, **BITWISE}
SIGNS: Final = frozenset({*ARITHMETIC.values(), *COMPARING})
# By the names of the methods.
REVERSED: Final = {f"__r{name}__": sign for name, sign in ARITHMETIC.items()}
DIRECT: Final = {f"__{name}__": sign for name, sign in {**ARITHMETIC, **COMPARISONS}.items()}
ALONE: Final = {f"__{name}__": sign for name, sign in UNARY.items()}
BITS: Final = frozenset(name for name, sign in {**DIRECT, **REVERSED}.items() if sign in BITWISE.values())
NAMES: Final = {sign: f"__{name}__" for name, sign in ARITHMETIC.items()}
