"""What a feature learns from, beside the rows that it scores."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from typedml.declare.declared import DeclaredFunction
from typedml.declare.feature_options import FeatureOptions
from typedml.declare.scope import Group, Past
from typedml.laws.case import Case, Mask
from typedml.laws.feature import NO_OPTIONS, Feature
from typedml.laws.inputs import Input, inputs_of
from typedml.laws.moments import group_of, times_of
from typedml.laws.placing import BASE, LEARNT_FROM
from typedml.laws.reach import closed, is_of_rows

UNSCORED = "rows that are scored, beside those that are learnt from"


def learnt_tables(options: FeatureOptions, inputs: Iterable[Input]) -> tuple[str, ...]:
    """The tables that are learnt from, where the base table is another one."""
    learnt = [
        source.table
        for source in inputs
        if source.tabular and (source.parameter.name == options.fit or source.parameter.roles & LEARNT_FROM)
    ]
    return tuple(dict.fromkeys(table for table in learnt if table != BASE))


def unlearnt(declared: DeclaredFunction) -> str | None:
    """The word for want of which a declaration does not say what is learnt from, and what is scored."""
    options, inputs = declared.options or NO_OPTIONS, inputs_of(declared)
    if learnt_tables(options, inputs):
        return None
    says = options.fit is not None or any(source.parameter.roles & LEARNT_FROM for source in inputs)
    return UNSCORED if says else '`fit="train"` in @feature, or the role Train on what is learnt from'


def some_rows(feature: Feature, case: Case) -> Mask:
    """Some rows of the base table with all that is in their scope, but not the whole table, if there are."""
    options = feature.options
    random = np.random.default_rng((case.number, case.rows))
    if isinstance(options.scope, Past):
        own = times_of(case, options, feature.inputs).get(BASE)
        if own is None or own.null.all():
            return np.zeros(case.rows, dtype=np.bool_)
        return own.until(random.choice(own.at[~own.null]))
    if isinstance(options.scope, Group):
        groups = group_of(case, options.scope.keys)
        return np.isin(groups, random.choice(groups, size=max(1, len(np.unique(groups)) // 2)))
    rows = np.zeros(case.rows, dtype=np.bool_)
    if is_of_rows(options):
        rows[random.permutation(case.rows)[: max(1, case.rows // 2)]] = True
    return closed(case, options, rows)
