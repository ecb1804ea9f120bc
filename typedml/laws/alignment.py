"""Which row of a result belongs to which row, or group of rows, of the base table."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import attrs
import numpy as np

from typedml.laws.case import Case
from typedml.laws.outcome import Outcome, Output

Key = tuple[Hashable, ...]


def by_row(outcome: Outcome, case: Case) -> Outcome | None:
    """The result with one value for each row of the base table, in its place; None where it has no such form.

    Rows that come back in another order are put in place by the labels of a pandas index.
    """
    placed = [_placed(output, case) for output in outcome.outputs]
    if not placed or any(output is None for output in placed):
        return None
    return attrs.evolve(outcome, outputs=tuple(output for output in placed if output is not None))


def by_key(outcome: Outcome, keys: Sequence[str]) -> dict[Key, int] | None:
    """The row of a result for each value of the keys of its groups; None where it does not say which it is.

    The keys are columns of the result, or the labels of its pandas index.
    """
    columns = {output.label: output for output in outcome.outputs}
    if all(key in columns for key in keys):
        cells = [columns[key].values.tolist() for key in keys]
        found: list[Key] = list(zip(*cells, strict=True))
    else:
        labels = outcome.outputs[0].labels if outcome.outputs else None
        if labels is None:
            return None
        found = [label if isinstance(label, tuple) else (label,) for label in labels]
    places = {key: row for row, key in enumerate(found)}
    return places if len(places) == len(found) else None


def _placed(output: Output, case: Case) -> Output | None:
    if output.scalar or len(output.values) != case.rows:
        return None
    labels, own = output.labels, case.row_labels()
    if labels is None or labels == own or len(set(own)) != len(own) or set(labels) != set(own):
        return output
    places = {label: row for row, label in enumerate(labels)}
    return output.take(np.asarray([places[label] for label in own], dtype=np.intp).tolist())
