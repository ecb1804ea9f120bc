"""The law `skew`: the same rows give the same features in training and in serving."""

from __future__ import annotations

from functools import lru_cache

import attrs
import numpy as np

from typedml.declare.declared import DeclaredFunction
from typedml.declare.scope import Table
from typedml.laws.breach import Breach, Side, Verdict, Wanting
from typedml.laws.case import Case, Column, Mask
from typedml.laws.changes import Edit, second_way
from typedml.laws.feature import Feature
from typedml.laws.learning import learnt_tables, some_rows, unlearnt
from typedml.laws.outcome import Outcome, Raised
from typedml.laws.placing import BASE
from typedml.laws.reach import is_of_rows, reached, rows_of
from typedml.laws.twin import Twin, compared, twin_of

ALONE = "rows that can be served apart from the others"


def skew(feature: Feature, case: Case) -> Verdict:
    """Rows give the same features alone as together, as training rows as when scored, and where served."""
    first = rows_of(feature, case)
    if feature.options.serving is not None:
        verdict = _served(feature, case)
        if verdict is not None or not learnt_tables(feature.options, feature.inputs):
            return verdict
    if isinstance(first, Wanting):
        return first
    training = _training_as_scored(feature, case) if second_way(case) else None
    return _alone(feature, case if training is None else training, training is not None)


def wanting(declared: DeclaredFunction) -> str | None:
    """The word for want of which nothing is served."""
    if declared.options is not None and declared.options.serving is not None:
        return None
    word = unlearnt(declared)
    if word is not None:
        return f"`serving=` in @feature, or {word}"
    scope = declared.options.scope if declared.options else None
    return "a scope that is not the whole table" if isinstance(scope, Table) else None


def _alone(feature: Feature, case: Case, trained: bool) -> Verdict:
    """One row, or some with all of their scope, scored without the others."""
    rows = some_rows(feature, case)
    if is_of_rows(feature.options):
        rows[np.flatnonzero(rows)[1:]] = False
    if not rows.any() or rows.all():
        return Wanting(ALONE)
    what = "training rows scored" if trained else "rows scored"
    others = Edit("the others", ~rows, leave_out=True)
    found = reached(feature, case, [others], rows, title=f"{what} alone")
    if found is None or (found.raised is not None and case.signed):
        return None
    fact = f"; alone it raised {found.raised}" if found.raised is not None else ""
    return found.breach(
        f"The same {what} alone and together must be the same to `{feature.name}`{fact}.",
        diagnosis="it computes something over the rows of one call: a mean, a scale, a rank, a vocabulary.",
        hint="fit on the training rows only, so that one row can be served as it was trained.",
    )


def _training_as_scored(feature: Feature, case: Case) -> Case | None:
    """The case with the training rows in the place of the scored ones; None where they lack a column."""
    for table in learnt_tables(feature.options, feature.inputs):
        taken: list[Column] = []
        for column in case.columns_of(BASE):
            twin = case.column(column.input.name, table)
            if twin is None or twin.values.dtype != column.values.dtype:
                break
            taken.append(attrs.evolve(twin, input=column.input))
        else:
            for column in taken:
                case = case.with_column(column)
            return case.relabelled()
    return None


def _served(feature: Feature, case: Case) -> Verdict:
    twin = twin_of(feature)
    admitted = twin.admitted(case)
    if not admitted.all():
        if not admitted.any() or not case.tabular or not is_of_rows(feature.options):
            return Wanting(f"rows that the signature of `{twin.name}` admits")
        case = _only(case, admitted)
    before, served = feature.outcome(case), twin.outcome(case)
    if isinstance(before, Raised):
        return Wanting("a table on which it does not raise")
    if isinstance(served, Wanting):
        return served
    if isinstance(served, Raised):
        # Nothing but the lack of a bound says that a distance may be negative.
        of_values = case.signed and isinstance(served.error, (ValueError, ArithmeticError))
        return None if of_values else _unserved(feature, twin, case, served)
    found = compared(feature, twin, case, served)
    if found is None or isinstance(found, Wanting):
        return found
    marks, expected = found
    return Breach(
        statement=f"`{twin.name}` must serve what `{feature.name}` computes for the same rows.",
        sides=(Side(f"trained: {feature.name}", case, before), Side(f"served: {twin.name}", case, served)),
        marks=marks,
        expected=expected,
        hint=f"compute both by one function, or mend `{twin.name}`.",
    )


@lru_cache(maxsize=4)
def _of_rows(case: Case, rows: tuple[int, ...]) -> Case:
    return case.take(rows).relabelled()


def _only(case: Case, rows: Mask) -> Case:
    """The case with these rows alone; the same one each time, as outcomes are remembered by case."""
    return _of_rows(case, tuple(np.flatnonzero(rows).tolist()))


def _unserved(feature: Feature, twin: Twin, case: Case, raised: Raised) -> Breach:
    before = feature.outcome(case)
    assert isinstance(before, Outcome)
    return Breach(
        statement=f"`{twin.name}` must serve what `{feature.name}` computes, but it raised {raised}.",
        sides=(Side(f"trained: {feature.name}", case, before), Side(f"served: {twin.name}", case, raised)),
        hint=f"let `{twin.name}` take every row that `{feature.name}` takes, those with nulls included.",
    )
