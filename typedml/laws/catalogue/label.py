"""The law `label`: what is to be predicted is not told by what it is predicted from."""

from __future__ import annotations

import numpy as np

from typedml.declare.declared import DeclaredFunction
from typedml.laws.breach import Verdict, Wanting
from typedml.laws.case import Case
from typedml.laws.changes import Edit
from typedml.laws.feature import Feature
from typedml.laws.inputs import inputs_of
from typedml.laws.learning import learnt_tables
from typedml.laws.outcome import Output, differing
from typedml.laws.placing import BASE
from typedml.laws.reach import Reached, first_reached, one_of_each_scope, rows_of


def label(feature: Feature, case: Case) -> Verdict:
    """A row's own label does not reach its own output; of rows that are only scored no label is read."""
    first = rows_of(feature, case)
    if isinstance(first, Wanting):
        return first
    name = feature.options.label or ""
    learns = bool(learnt_tables(feature.options, feature.inputs))
    rows = np.ones(case.rows, dtype=np.bool_) if learns else one_of_each_scope(feature, case)
    which = "The label of a row that is scored" if learns else "A row's own label"
    edit = Edit(f"{which} (`{name}`)", rows, only=(name,))
    found = first_reached(feature, case, [edit], rows)
    if found is None:
        return None
    told = _told(found[1], case, name)
    return found[1].breach(
        f"{edit.what} must not reach `{feature.name}`.",
        diagnosis=f"`{told}` is the label itself." if told else "",
        hint="leave the label out, or encode each row from others: from other folds, from the training rows.",
    )


def wanting(declared: DeclaredFunction) -> str | None:
    """The word for want of which no label can be told."""
    options = declared.options
    if options is None or options.label is None:
        return "`label=` in @feature"
    held = [source for source in inputs_of(declared) if source.tabular and source.table == BASE]
    if options.label not in {source.name for source in held}:
        return f"the label `{options.label}` among the rows that are scored"
    return None


def _told(found: Reached, case: Case, name: str) -> str:
    """The output that equals the label, if one does."""
    column = case.column(name)
    outcome = found.before.outcome
    if column is None or not hasattr(outcome, "outputs"):
        return ""
    given = Output(name, None, column.values, column.null)
    same = [output.label for output in outcome.outputs if not differing(given, output).any()]
    return same[0] if same else ""
