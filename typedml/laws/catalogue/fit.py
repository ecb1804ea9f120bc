"""The law `fit`: what is learnt is learnt from the training rows, and from nothing that is scored."""

from __future__ import annotations

from typedml.declare.declared import DeclaredFunction
from typedml.declare.scope import Table
from typedml.laws.breach import Verdict, Wanting
from typedml.laws.case import Case, Mask
from typedml.laws.changes import Edit, second_way
from typedml.laws.feature import Feature
from typedml.laws.learning import learnt_tables, some_rows, unlearnt
from typedml.laws.moments import instants
from typedml.laws.placing import BASE
from typedml.laws.reach import first_reached, groups_of, is_of_rows, rows_of

FEW = 3


def fit(feature: Feature, case: Case) -> Verdict:
    """The output of a scored row comes from it (or its scope) and the training rows, from no other row."""
    first = rows_of(feature, case)
    if isinstance(first, Wanting):
        return first
    some = some_rows(feature, case)
    if not some.any() or some.all():
        return Wanting("rows that are scored beside others that are not in their scope")
    # Of a few rows those that are not judged may be the ones that others reach.
    both = case.rows <= FEW and is_of_rows(feature.options)
    for judged in (some, ~some) if both else (some,):
        verdict = _others_reach(feature, case, judged)
        if verdict is not None:
            return verdict
    return None


def _others_reach(feature: Feature, case: Case, judged: Mask) -> Verdict:
    edit = Edit(
        "Other rows that are scored",
        ~judged,
        leave_out=second_way(case),
        keep=(*instants(case, BASE, feature.options), *groups_of(feature.options)),
        unseen=True,
    )
    found = first_reached(feature, case, [edit], judged)
    if found is None:
        return None
    learnt = ", ".join(f"`{table}`" for table in learnt_tables(feature.options, feature.inputs))
    return found[1].breach(
        f"{edit.what} must not reach an output of `{feature.name}`, which learns from {learnt} alone.",
        diagnosis="something is fitted on the rows that are scored: a mean, a scale, a vocabulary, an order.",
        hint="fit on the training rows only, and apply what was fitted: fit(train), then transform(rows).",
    )


def wanting(declared: DeclaredFunction) -> str | None:
    """The word for want of which nothing is said of what is learnt."""
    scope = declared.options.scope if declared.options else None
    if isinstance(scope, Table):
        return "a scope that is not the whole table"
    return unlearnt(declared)
