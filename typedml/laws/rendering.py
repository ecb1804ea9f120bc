"""A breach as people read it: the law in a sentence, two small tables, a diagnosis, how to repeat it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from typedml.laws.breach import Breach, Side
from typedml.laws.case import Column
from typedml.laws.feature import Feature
from typedml.laws.outcome import Outcome, Output, Raised
from typedml.laws.report import Failure

MARK = " <--"
MOST_COLUMNS = 6
MOST_ROWS = 12


def failure(law: str, feature: Feature, breach: Breach, *, seed: int, tables: int) -> Failure:
    """What is reported of a broken law."""
    message = render(law, feature.name, breach, seed=seed, tables=tables)
    return Failure(law, message, feature=feature.name, rows=breach.sides[0].case.rows)


def render(law: str, feature: str, breach: Breach, *, seed: int, tables: int) -> str:
    """The message of a failure."""
    lines = [f"{law}: {breach.statement}"]
    shown = _shown_inputs(breach)
    for place, side in enumerate(breach.sides):
        last = place == len(breach.sides) - 1
        lines += ["", f"{side.title}:", *_table(side, breach, shown, last=last)]
    lines.append("")
    if breach.diagnosis:
        lines.append(f"Diagnosis: {breach.diagnosis}")
    lines.append(f"Repeat: check_laws({feature}, tables={tables}, seed={seed})")
    if breach.hint:
        lines.append(f"Hint: {breach.hint}")
    return "\n".join(lines)


def _shown_inputs(breach: Breach) -> list[str]:
    """The inputs that changed between the sides, then the others, up to a readable number."""
    first, last = breach.sides[0].case, breach.sides[-1].case
    changed = [a.input.name for a, b in zip(first.columns, last.columns, strict=True) if _differs(a, b)]
    rest = [column.input.name for column in first.columns if column.input.name not in changed]
    meant = [c.input.name for c in first.columns if c.input.meaning is not None]
    ordered = changed + sorted(rest, key=lambda name: name not in meant)
    chosen = set(ordered[: max(MOST_COLUMNS, len(changed))])
    return [column.input.name for column in first.columns if column.input.name in chosen]


def _differs(left: Column, right: Column) -> bool:
    return left.values is not right.values and left.values.tolist() != right.values.tolist()


def _table(side: Side, breach: Breach, shown: Sequence[str], *, last: bool) -> list[str]:
    columns = [_input_cells(c) for c in side.case.columns if c.input.name in shown]
    hidden = len(side.case.columns) - len(columns)
    if isinstance(side.outcome, Raised):
        # With one side the statement has said what was raised.
        raised = [f"  {side.outcome}"] if len(breach.sides) > 1 else []
        return [*_aligned(columns), *([f"  ... and {hidden} more columns"] if hidden else []), *raised]
    columns += _output_cells(side.outcome, breach, last=last)
    more = [f"  ... and {hidden} more columns"] if hidden else []
    return [*_aligned(columns), *more]


def _input_cells(column: Column) -> list[str]:
    meaning = column.input.meaning
    head = column.input.name if meaning is None else f"{column.input.name} [{meaning}]"
    return [head, *(cell_text(v, missing=m) for v, m in zip(column.values, column.null, strict=True))]


def _output_cells(outcome: Outcome, breach: Breach, *, last: bool) -> Iterable[list[str]]:
    expected = {output.label: output for output in breach.expected}
    chosen = [o for o in outcome.outputs if o.label in breach.marks] or list(outcome.outputs[:2])
    for output in chosen:
        mask = breach.marks.get(output.label)
        marked = last and mask is not None and len(mask) == len(output.values)
        wanted = expected.get(output.label)
        yield _result_cells(output, mask if marked else None, wanted)
        if marked and wanted is not None and len(wanted.values) == len(output.values):
            cells = (cell_text(v, missing=m) for v, m in zip(wanted.values, wanted.null, strict=True))
            yield ["must be", *cells]


def _result_cells(output: Output, mask: Any, wanted: Output | None) -> list[str]:
    meaning = output.meaning
    head = f"-> {output.label}" if meaning is None else f"-> {output.label} [{meaning}]"
    exact = wanted is not None and mask is not None and _looks_equal(output, wanted, mask)
    cells = [cell_text(v, missing=m, exact=exact) for v, m in zip(output.values, output.null, strict=True)]
    if mask is not None:
        cells = [cell + (MARK if marked else "") for cell, marked in zip(cells, mask, strict=True)]
    return [head, *cells]


def _looks_equal(output: Output, wanted: Output, mask: Any) -> bool:
    """True where six digits would not show a difference."""
    if not output.is_number or len(wanted.values) != len(output.values):
        return False
    pairs = zip(output.values[mask], wanted.values[mask], strict=True)
    return any(cell_text(left) == cell_text(right) for left, right in pairs)


def cell_text(value: Any, *, missing: bool = False, exact: bool = False) -> str:
    """One cell: six digits of a number, all of them where six do not tell."""
    if missing:
        return "null"
    if isinstance(value, (np.bool_, bool)):
        return str(bool(value))
    if isinstance(value, (np.integer, int)):
        return str(int(value))
    if isinstance(value, (np.floating, float)):
        number = float(value)
        return repr(number) if exact else f"{number:.6g}" if abs(number) < 1e9 else f"{number:.12g}"
    return str(value)


def _aligned(columns: Sequence[Sequence[str]]) -> list[str]:
    """The columns side by side; one that is shorter, a scalar, stands in the first row."""
    height = min(max((len(column) for column in columns), default=0), MOST_ROWS + 1)
    widths = [max(len(cell) for cell in column) for column in columns]
    rows = []
    for row in range(height):
        cells = (column[row] if row < len(column) else "" for column in columns)
        rows.append(
            "  " + "   ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
        )
    return rows
