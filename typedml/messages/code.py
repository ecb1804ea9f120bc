"""Pieces of code in hints: on one line, and in parentheses where what is put around them binds more tightly.

>>> grouped("a + b", PRODUCT)
'(a + b)'
>>> grouped("xs[0].y", PRODUCT)
'xs[0].y'
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast

ARGUMENT, SUM, PRODUCT, FACTOR, ATOM = range(5)
"""What is put around a piece of code: commas, a sum, a product, a divisor, or what binds most tightly."""

_BINDING = {"Add": SUM, "Sub": SUM, "Mult": PRODUCT, "Div": PRODUCT, "FloorDiv": PRODUCT, "Mod": PRODUCT}
_ATOMS = frozenset({"Name", "Attribute", "Call", "Subscript", "Constant", "List", "Dict", "Set", "JoinedStr"})
_ALONE = frozenset({"Tuple", "Yield", "YieldFrom", "NamedExpr", "GeneratorExp", "Starred"})


def one_line(text: str) -> str:
    """Return a piece of source on one line, without the comments between its lines.

    >>> one_line("f(a,  # first\\n  b)")
    'f(a, b)'
    """
    if "\n" not in text:
        return text
    found = _parsed(text)
    if found is None:
        return " ".join(text.split())
    import ast

    return ast.unparse(found)


def grouped(text: str, within: int) -> str:
    """Return a piece of code, in parentheses where it would come apart in its place."""
    if text.isidentifier():
        return text
    found = _parsed(text)
    return f"({text})" if found is not None and _tightness(found) < within else text


def crossed(function: str, text: str) -> str:
    """Return the code that crosses an edge with a piece of code: `expit(a + b)`, or a formula of it.

    >>> crossed("expit", "a + b"), crossed("10 ** x", "math.log10(a)"), crossed("x / (1 - x)", "a + b")
    ('expit(a + b)', '10 ** math.log10(a)', '(a + b) / (1 - (a + b))')
    >>> crossed("math.exp", "a")
    'math.exp(a)'
    """
    if all(name.isidentifier() for name in function.split(".")):
        return f"{function}({grouped(text, ARGUMENT)})"
    return re.sub(r"\bx\b", lambda match: grouped(text, ATOM), function)


def argument_of(text: str) -> str | None:
    """Return the argument of a call that has one: that of `math.log(x)` is x.

    >>> argument_of("math.log(a + b)"), argument_of("f(a, b)"), argument_of("a")
    ('a + b', None, None)
    """
    found = _parsed(text)
    if found is None or type(found).__name__ != "Call":
        return None
    import ast

    assert isinstance(found, ast.Call)
    alone = len(found.args) == 1 and not found.keywords
    return ast.unparse(found.args[0]) if alone else None


def is_mixed(text: str) -> bool:
    """Say whether a piece of code multiplies different things, of which no root is one of them.

    >>> is_mixed("a * 4 * b"), is_mixed("a * a / n"), is_mixed("total")
    (True, False, False)
    """
    if "*" not in text:
        return False
    import ast

    found, factors = [_parsed(text)], set[str]()
    while found:
        part = found.pop()
        sort = type(part.op).__name__ if isinstance(part, ast.BinOp) else ""
        if isinstance(part, ast.BinOp) and sort in ("Mult", "Div"):
            found += [part.left, part.right] if sort == "Mult" else [part.left]
        elif part is not None and not isinstance(part, ast.Constant):
            factors.add(ast.unparse(part))
    return len(factors) > 1


def _parsed(text: str) -> ast.expr | None:
    # Only where a hint has more than a name to show: nothing that is imported pays for it.
    import ast

    try:
        return ast.parse(f"({text})", mode="eval").body
    except (SyntaxError, ValueError):
        return None


def _tightness(found: ast.expr) -> int:
    sort = type(found).__name__
    operator = type(getattr(found, "op", None)).__name__
    if sort == "BinOp":
        return _BINDING.get(operator, FACTOR)
    if sort == "UnaryOp":
        return FACTOR if operator != "Not" else ARGUMENT
    if sort in _ATOMS:
        return ATOM
    return ARGUMENT - 1 if sort in _ALONE else ARGUMENT
