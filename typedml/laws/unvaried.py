"""Outputs that are the same in every row of every table: `isin` of names that nothing has, a flag never set.

Laws hold of a constant, and tell nothing of the code that would give something else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from typedml.laws.case import Case
from typedml.laws.cell_texts import cell_text
from typedml.laws.feature import Feature
from typedml.laws.outcome import Outcome

# Of fewer results it is no wonder that they agree.
LEAST = 8


def unvaried(feature: Feature, cases: Sequence[Case], labels: Collection[str]) -> Iterator[str]:
    """What to say of those of the named outputs that had one result only, whatever was drawn."""
    found: dict[str, list[object]] = {label: [] for label in labels}
    for case in cases:
        outcome = feature.outcome(case)
        for output in outcome.outputs if isinstance(outcome, Outcome) else ():
            if output.label in found:
                found[output.label] += map(_plain, output.values[~output.null].tolist())
    for label, cells in found.items():
        if len(cells) >= LEAST and len(set(map(repr, cells))) == 1:
            yield (
                f"`{label}` was {cell_text(cells[0])} in all {len(cells)} results, so that laws tell nothing "
                "of what else it may be: give a worked example with another one, or your own rows (`data=`)"
            )


def _plain(cell: object) -> object:
    # -0.0 is no other result than 0.0.
    return cell + 0.0 if isinstance(cell, float) else cell
