"""The law `permute`: where rows have no order, none may be read into them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from typedml.declare.declared import DeclaredFunction
from typedml.laws.alignment import as_set, by_label
from typedml.laws.alterations import without_ties
from typedml.laws.breach import Breach, Side, Verdict, Wanting
from typedml.laws.case import Case, Column, Mask
from typedml.laws.comparison import noise, unlike
from typedml.laws.feature import Feature
from typedml.laws.inputs import inputs_of, is_learnt_from
from typedml.laws.outcome import Outcome, Output, Raised, differing
from typedml.laws.placing import BASE

UNORDERED = frozenset({"each", "any"})
ENOUGH = 2
BY_PLACE = "it takes rows by their place, not by their key."


def permute(feature: Feature, case: Case) -> Verdict:
    """The order of rows does not matter: a result for each row moves with its row, any other stays."""
    before = feature.outcome(case)
    if isinstance(before, Raised) or case.rows < 2:
        return Wanting("a table of two rows or more on which it does not raise")
    return _base(feature, case, before) or _look_ups(feature, case)


def _base(feature: Feature, case: Case, before: Outcome) -> Breach | None:
    order = new_order(case)
    moved = case.take(order)
    after = feature.outcome(moved)
    if isinstance(after, Raised):
        return _breach(feature, (case, before), (moved, after), {}, before.outputs)
    expected, marks = _unlike(before, after, order, {}, any_order=feature.options.rows == "any")
    if marks:
        near, far = noise(feature, case), noise(feature, moved)
        allowed = {label: max(near.get(label, 0.0), far.get(label, 0.0)) for label in near | far}
        expected, marks = _unlike(before, after, order, allowed, any_order=feature.options.rows == "any")
    return _breach(feature, (case, before), (moved, after), marks, expected) if marks else None


def wanting(declared: DeclaredFunction) -> str | None:
    """The word for want of which rows may be in an order that matters."""
    inputs = inputs_of(declared)
    if not any(source.tabular for source in inputs):
        return "a table"
    rows = declared.options.rows if declared.options else None
    if rows == "ordered":
        return "rows without an order"
    if rows not in UNORDERED:
        return '`rows="any"` or `rows="each"` in @feature'
    # An order by a key is kept however the rows stand.
    base = (source for source in inputs if source.tabular and source.table == BASE)
    orders = ((source, rule) for source in base for rule in ("increasing", "decreasing"))
    ordered = [(source.name, rule) for source, rule in orders if getattr(source.rules, rule) is True]
    return f"rows without an order (`{ordered[0][0]}` is {ordered[0][1]})" if ordered else None


def _look_ups(feature: Feature, case: Case) -> Breach | None:
    """A table that is looked up gives the same in any order; of rows with one key, one may come first.

    Not so where rows are looked up as of a time: which of two rows of one instant is the last is no fact.
    """
    for table in case.tables:
        columns = case.columns_of(table)
        learnt = any(is_learnt_from(column.input, feature.options) for column in columns)
        if table == BASE or learnt or any(column.input.is_ordered for column in columns):
            continue
        distinct = without_ties(case, table, names=True)
        breach = _look_up(feature, distinct, table)
        if breach is None and distinct is not case and _is_asof(feature, columns):
            breach = _look_up(feature, case, table, tied=True)
        if breach is not None:
            return breach
    return None


def _is_asof(feature: Feature, columns: Sequence[Column]) -> bool:
    return any(column.input.parameter.name in feature.options.asof for column in columns)


def _look_up(feature: Feature, case: Case, table: str, *, tied: bool = False) -> Breach | None:
    before = feature.outcome(case)
    if case.rows_of(table) < ENOUGH or isinstance(before, Raised):
        return None
    moved = case.take(new_order(case, table), table)
    return _moved(feature, (case, before), (moved, feature.outcome(moved)), table, tied=tied)


def _moved(
    feature: Feature,
    first: tuple[Case, Outcome],
    second: tuple[Case, Outcome | Raised],
    table: str,
    *,
    tied: bool,
) -> Breach | None:
    (case, before), (moved, after) = first, second
    readings = [before.outputs]
    if isinstance(after, Outcome) and feature.options.rows == "any":
        readings += [reading for reading in (by_label(before, after), as_set(before, after)) if reading]
    found = [{} if isinstance(after, Raised) else unlike(feature, (case, moved), r, after) for r in readings]
    if isinstance(after, Outcome) and not all(found):
        return None
    return Breach(
        statement=f"The order of rows of `{table}` must not matter to `{feature.name}`"
        + (f"; it raised {after}." if isinstance(after, Raised) else "."),
        sides=(Side("before", case, before), Side(f"after (`{table}` in another order)", moved, after)),
        marks=found[0],
        expected=before.outputs,
        diagnosis="of rows that tie it takes the first or the last." if tied else BY_PLACE,
        hint=f"break ties inside, or say that there are none: `key=(...)` of the schema of `{table}`."
        if tied
        else f"join on the keys of `{table}`, or sort it inside.",
    )


def new_order(case: Case, table: str = BASE) -> tuple[int, ...]:
    """Backwards, or shuffled in every second table; never the order that it is in."""
    rows = case.rows_of(table)
    order = np.arange(rows)[::-1]
    if case.number % 2 and rows > 2:
        order = np.random.default_rng(case.number).permutation(rows)
        if (order == np.arange(rows)).all():
            order = np.roll(order, 1)
    return tuple(int(row) for row in order)


def _unlike(
    before: Outcome, after: Outcome, order: Sequence[int], allowed: dict[str, float], *, any_order: bool
) -> tuple[tuple[Output, ...], dict[str, Mask]]:
    """The outputs as they should be, and the rows that differ, under the reading that fits best.

    A result for each row is compared at the place of its row, or by the label of a pandas index where the
    feature put its rows back in order; a result for each group as a set of rows.
    """
    if len(before.outputs) != len(after.outputs):
        return before.outputs, {after.outputs[0].label if after.outputs else "": np.ones(1, dtype=np.bool_)}
    readings: list[Callable[[Outcome, Outcome], tuple[Output, ...] | None]] = [
        lambda b, a: _by_place(b, order),
        by_label,
    ]
    if any_order:
        readings.append(as_set)
    best: tuple[tuple[Output, ...], dict[str, Mask]] | None = None
    for reading in readings:
        expected = reading(before, after)
        if expected is None:
            continue
        pairs = zip(expected, after.outputs, strict=True)
        marks = {a.label: differing(e, a, allowed.get(a.label, 0.0)) for e, a in pairs}
        marks = {label: mask for label, mask in marks.items() if mask.any()}
        if not marks:
            return expected, {}
        best = best or (expected, marks)
    return best or (before.outputs, {before.outputs[0].label: np.ones(1, dtype=np.bool_)})


def _by_place(before: Outcome, order: Sequence[int]) -> tuple[Output, ...] | None:
    """One value for each row moves with it; scalars and results of another length stay."""
    return tuple(
        output.take(order) if len(output.values) == len(order) and not output.scalar else output
        for output in before.outputs
    )


def _breach(
    feature: Feature,
    first: tuple[Case, Outcome],
    second: tuple[Case, Outcome | Raised],
    marks: dict[str, Mask],
    expected: tuple[Output, ...],
) -> Breach:
    (case, before), (moved, after) = first, second
    fact = f"; it raised {after}" if isinstance(after, Raised) else ""
    return Breach(
        statement=f"The order of rows must not matter to `{feature.name}`{fact}.",
        sides=(Side("before", case, before), Side("after (rows in another order)", moved, after)),
        marks=marks,
        expected=tuple(output for output in expected if output.label in marks),
        diagnosis="it reads neighbouring rows, a first or a last one, or places rows by number.",
        hint='sort inside by what never ties (`key=(...)` of a schema says so), or declare rows="ordered".',
    )
