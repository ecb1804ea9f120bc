"""From one meaning to another: whether a value flows there as it is, and the ways across if not."""

from __future__ import annotations

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from typedml.algebra.flow import flow
from typedml.algebra.meaning import Meaning
from typedml.algebra.mismatch import Action, Mismatch
from typedml.cli.console import facts
from typedml.cli.explain_expression import Rows, refusal
from typedml.cli.explain_reading import symbol
from typedml.cli.explain_ways import Way, ways


def crossing_page(source: Meaning, target: Meaning) -> RenderableType:
    """Return what happens when one meaning stands where another is declared, and the ways there and back."""
    name = symbol(source, ())
    mismatch = flow(source, target)
    rows: Rows = [("value", f"{name}: {source}")]
    if mismatch is None:
        rows += [("flows", Text.assemble(("✓ ", "bold green"), _why(source, target)))]
    else:
        across = _ways(source, target, mismatch, name)
        said = refusal(mismatch, (name, None))
        # Where no single step leads across, the ways say more than the hint.
        rows += said if mismatch.remedy or not across or isinstance(across, str) else said[:-1]
        rows += [("ways", across)]
    return facts([*rows, ("back", _back(source, target))])


def _why(source: Meaning, target: Meaning) -> str:
    if source.kind is target.kind:
        return f"{source} is {target}" if source == target else f"{source} is written as {target}"
    if source.kind is not None and target.kind is not None:
        return f"a child flows into its parent: every {source.kind} is a {target.kind}"
    if target.kind is None:
        return "a kind flows into the plain unit that it is measured in"
    return f"{target.kind} has no range to check: a plain value of its unit is one"


def _ways(source: Meaning, target: Meaning, mismatch: Mismatch, name: str) -> str | RenderableType:
    if source.kind is None or target.kind is None or source.cut or target.cut:
        return ""
    found = ways(source.kind, target.kind, name)
    if found:
        return _listed(found)
    steps = (Action.CONVERT, Action.MARK)
    has_step = mismatch.remedy is not None and mismatch.remedy.action in steps
    return "" if has_step else "no named edge leads there"


def _listed(found: list[Way]) -> RenderableType:
    grid = Table.grid(padding=(0, 2, 0, 0))
    for way in found:
        through = "" if len(way.edges) == 1 else f"by way of {way.edges[0].target}, "
        grid.add_row(Text(way.code, "green"), Text(str(way.reached)), Text(through + way.monotone, "dim"))
    return grid


def _back(source: Meaning, target: Meaning) -> str | RenderableType:
    """Return how a value comes back from the target."""
    mismatch = flow(target, source)
    if mismatch is None:
        return f"{target} flows into {source} as it is"
    if source.kind is not None and target.kind is not None and not (source.cut or target.cut):
        found = ways(target.kind, source.kind, symbol(target, ()))
        if found:
            return _listed(found)
    from typedml.messages import hint

    return hint(mismatch, (symbol(target, ()), None))
