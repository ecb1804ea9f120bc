"""The loop of a comprehension: what it runs over, and the variables that it binds."""

from __future__ import annotations

from mypy.nodes import (
    CallExpr,
    Expression,
    GeneratorExpr,
    ListComprehension,
    NameExpr,
    RefExpr,
    TupleExpr,
    Var,
)


def loop_of(node: Expression) -> GeneratorExpr | None:
    """Return the loop that makes a list, or runs in a call."""
    generator = node.generator if isinstance(node, ListComprehension) else node
    return generator if isinstance(generator, GeneratorExpr) else None


def targets_of(generator: GeneratorExpr) -> list[Expression]:
    """Return what a loop binds, one for each of what runs side by side."""
    target = generator.indices[0]
    return [*target.items] if isinstance(target, TupleExpr) else [target]


def sources_of(generator: GeneratorExpr) -> list[Expression]:
    """Return what a loop runs over, those of `zip` one by one."""
    source = generator.sequences[0]
    callee = source.callee if isinstance(source, CallExpr) else None
    together = isinstance(callee, RefExpr) and callee.fullname == "builtins.zip"
    if not together or not isinstance(source, CallExpr):
        return [source]
    return [each for each, name in zip(source.args, source.arg_names, strict=True) if name is None]


def variables_of(generator: GeneratorExpr) -> list[Var]:
    """Return the variables that the loop of a comprehension binds."""
    found, waiting = [], list(targets_of(generator))
    while waiting:
        each = waiting.pop()
        if isinstance(each, TupleExpr):
            waiting.extend(each.items)
        elif isinstance(each, NameExpr) and isinstance(each.node, Var):
            found.append(each.node)
    return found
