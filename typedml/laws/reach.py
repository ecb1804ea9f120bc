"""Whether what was changed elsewhere reaches the outputs of rows that it must not reach."""

from __future__ import annotations

from collections.abc import Sequence
from typing import final

import attrs
import numpy as np

from typedml.declare.feature_options import FeatureOptions
from typedml.declare.scope import Group, Past, Row
from typedml.laws.alignment import by_row
from typedml.laws.breach import Breach, Side, Wanting
from typedml.laws.case import Case, Mask
from typedml.laws.changes import Edit, edited, untied
from typedml.laws.comparison import noise
from typedml.laws.feature import Feature
from typedml.laws.moments import group_of, instants
from typedml.laws.outcome import Outcome, Output, Raised, differing

Rows = Sequence[int]


@final
@attrs.frozen(eq=False)
class Reached:
    """A change that reached outputs: the two calls, the rows that differ and what they should be."""

    before: Side
    after: Side
    marks: dict[str, Mask]
    expected: tuple[Output, ...]

    @property
    def raised(self) -> Raised | None:
        """What the second call raised, where it gave no result."""
        return self.after.outcome if isinstance(self.after.outcome, Raised) else None

    def breach(self, statement: str, *, diagnosis: str = "", hint: str = "") -> Breach:
        """The breach of a law that this is."""
        return Breach(
            statement=statement,
            sides=(self.before, self.after),
            marks=self.marks,
            expected=self.expected,
            diagnosis=diagnosis,
            hint=hint,
            is_scoped=True,
        )


def rows_of(feature: Feature, case: Case) -> Outcome | Wanting:
    """The outputs of a feature on a case, one value for each row of the base table in its place."""
    outcome = feature.outcome(case)
    if isinstance(outcome, Raised):
        return Wanting("a table on which it does not raise")
    found = by_row(outcome, case)
    if found is None:
        return Wanting("a result for each row")
    made = [output for output in found.outputs if not passes_through(output, case)]
    declared = [output for output in made if output.declared is not None]
    if not made:
        return Wanting("a result beside the columns that come in")
    return attrs.evolve(found, outputs=tuple(declared or made))


def passes_through(output: Output, case: Case) -> bool:
    """True for a column of the base table that is handed on as it is."""
    column = case.column(output.label)
    if column is None or len(column.values) != len(output.values):
        return False
    given = Output(output.label, None, column.values, column.null)
    return not differing(given, output).any()


def first_reached(
    feature: Feature, case: Case, edits: Sequence[Edit], judged: Mask, trial: int = 0
) -> tuple[Edit, Reached] | None:
    """The edit that reaches the judged rows; all are tried at once, and one by one where that reaches any.

    A call that raises says nothing here: which values are refused is for the law `call` to say.
    """
    given = [edit for edit in edits if edit.rows.any()]
    if not judged.any() or not given:
        return None
    if len(given) > 1 and _result(reached(feature, case, given, judged, trial=trial)) is None:
        return None
    for edit in given:
        found = _result(reached(feature, case, [edit], judged, trial=trial))
        if found is not None:
            return edit, found
    return None


def _result(found: Reached | None) -> Reached | None:
    return None if found is None or found.raised is not None else found


def reached(
    feature: Feature, case: Case, edits: Sequence[Edit], judged: Mask, *, trial: int = 0, title: str = ""
) -> Reached | None:
    """The outputs of the judged rows that are others after some edits; None where they are the same.

    Where rounding may explain what differs, as that of ties does a rank, it is tried on a case without ties.
    """
    title = title or "; ".join(_done(edit) for edit in edits)
    rows = np.flatnonzero(judged)
    for before in (case, untied(case)):
        after, places = edited(feature, before, edits, trial)
        found = _compared(feature, before, after, rows.tolist(), places[rows].tolist(), title)
        if not isinstance(found, Rounding):
            return found
    return None


def _done(edit: Edit) -> str:
    return f"{edit.what} {'left out' if edit.leave_out else 'changed'}"


@final
@attrs.frozen
class Rounding:
    """What differs may be explained by rounding."""


def _compared(
    feature: Feature, case: Case, after: Case, judged: Rows, places: Rows, title: str
) -> Reached | Rounding | None:
    first = rows_of(feature, case)
    if isinstance(first, Wanting):
        return None
    second = feature.outcome(after)
    sides = Side("before", case, feature.outcome(case)), Side(f"after ({title})", after, second)
    if isinstance(second, Raised):
        return Reached(*sides, {}, ())
    placed = by_row(second, after)
    if placed is None:
        return None
    marks, expected = _unlike(first, placed, judged, places, {})
    if not marks:
        return None
    still = {name for table in case.tables for name in instants(case, table, feature.options)}
    near, far = noise(feature, case, still=still), noise(feature, after, still=still)
    allowed = {label: max(near.get(label, 0.0), far.get(label, 0.0)) for label in near | far}
    marks, expected = _unlike(first, placed, judged, places, allowed)
    return Reached(*sides, marks, expected) if marks else Rounding()


def is_of_rows(options: FeatureOptions) -> bool:
    """True where an output comes from its own row alone, beside what is learnt and looked up."""
    unsaid = options.scope is None and (options.rows == "each" or options.fit is not None)
    return unsaid or isinstance(options.scope, Row)


def groups_of(options: FeatureOptions) -> tuple[str, ...]:
    """The columns of the groups of a scope; none where it has no groups."""
    scope = options.scope
    if isinstance(scope, Group):
        return scope.keys
    return scope.by if isinstance(scope, Past) else ()


def closed(case: Case, options: FeatureOptions, rows: Mask) -> Mask:
    """Those of these rows whose whole scope is among them; a scope of the past is left to its own law."""
    if is_of_rows(options) or isinstance(options.scope, Past):
        return rows
    if isinstance(options.scope, Group):
        groups = group_of(case, options.scope.keys)
        return np.asarray(rows & ~np.isin(groups, groups[~rows]))
    return rows if rows.all() else np.zeros_like(rows)


def one_of_each_scope(feature: Feature, case: Case) -> Mask:
    """Rows of which none is in the scope of another: all of them, one of each group, or one."""
    if is_of_rows(feature.options):
        return np.ones(case.rows, dtype=np.bool_)
    groups = group_of(case, groups_of(feature.options))
    random = np.random.default_rng((case.number, case.rows))
    chosen = np.zeros(case.rows, dtype=np.bool_)
    for group in np.unique(groups):
        chosen[random.choice(np.flatnonzero(groups == group))] = True
    return chosen


def _unlike(
    before: Outcome, after: Outcome, judged: Rows, places: Rows, allowed: dict[str, float]
) -> tuple[dict[str, Mask], tuple[Output, ...]]:
    """The marks of rows that differ, by output, and the outputs as they should be."""
    found = {output.label: output for output in after.outputs}
    marks, expected = {}, []
    for output in before.outputs:
        other = found.get(output.label)
        if other is None:
            continue
        if output.null[list(judged)].all() and other.null[list(places)].all():
            continue
        wrong = differing(output.take(judged), other.take(places), allowed.get(output.label, 0.0))
        if wrong.any():
            marks[output.label] = _at(places, wrong, len(other.values))
            expected.append(_placed(other, output, judged, places))
    return marks, tuple(expected)


def _at(places: Rows, wrong: Mask, rows: int) -> Mask:
    mask = np.zeros(rows, dtype=np.bool_)
    mask[np.asarray(places, dtype=np.intp)[wrong]] = True
    return mask


def _placed(after: Output, before: Output, judged: Rows, places: Rows) -> Output:
    """The output after a change, with the judged rows as they were before it."""
    values, null = after.values.copy(), after.null.copy()
    here, there = np.asarray(judged, dtype=np.intp), np.asarray(places, dtype=np.intp)
    if values.dtype != before.values.dtype:
        values = values.astype(np.result_type(values.dtype, before.values.dtype))
    values[there], null[there] = before.values[here], before.null[here]
    return attrs.evolve(after, values=values, null=null)
