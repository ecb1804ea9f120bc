"""Which row of a result belongs to which row, or group of rows, of the base table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import final

import attrs
import numpy as np

from typedml.laws.case import Case, Mask, Values
from typedml.laws.outcome import Outcome, Output, row_order

Key = tuple[Hashable, ...]
# Cells of two columns are taken for one another where they are as near as this.
NEAR = 1e-6


@final
@attrs.frozen(eq=False)
class Placed:
    """A result with the places of what it is about: numbers of rows of the whole table, or keys of groups."""

    outcome: Outcome
    places: Mapping[Hashable, int]
    by_group: bool

    def take(self, wanted: Iterable[Hashable]) -> tuple[Output, ...]:
        """The outputs at these places, in this order."""
        rows = [self.places[each] for each in wanted]
        return tuple(output.take(rows) for output in self.outcome.outputs)

    def spread(self, mask: Mask, wanted: Iterable[Hashable]) -> Mask:
        """The marks of these places, among all rows of the result."""
        found = np.zeros(len(self.places), dtype=np.bool_)
        found[[self.places[each] for each in wanted]] = mask
        return found

    def put_into(self, other: Placed, wanted: Sequence[Hashable]) -> tuple[Output, ...]:
        """The outputs of `other` with those of these places as they are here."""
        rest = [place for place in other.places if place not in set(wanted)]
        order = np.argsort([other.places[place] for place in (*wanted, *rest)]).tolist()
        return tuple(output.take(order) for output in joined(self.take(wanted), other.take(rest)))


def joined(first: Sequence[Output], second: Sequence[Output]) -> tuple[Output, ...]:
    """The rows of two results, one after the other, for the outputs that both have."""
    others = {output.label: output for output in second}
    pairs = [(output, others[output.label]) for output in first if output.label in others]
    return tuple(
        attrs.evolve(
            one,
            values=np.concatenate([one.values, two.values]),
            null=np.concatenate([one.null, two.null]),
            labels=None if one.labels is None or two.labels is None else one.labels + two.labels,
        )
        for one, two in pairs
    )


def placed(outcome: Outcome, case: Case, keys: Sequence[str], rows: Sequence[int]) -> Placed | None:
    """The places of a result by the keys of groups, or without them by rows; None where it does not say them.

    `rows` are the numbers that the rows of the base table have in the whole table.
    """
    if keys:
        found = by_key(outcome, keys)
        # A key that no row has is a number, or a name that the feature made up.
        known = found is not None and set(found) <= set(keys_of(case, keys))
        return Placed(outcome, found, by_group=True) if found is not None and known else None
    aligned = by_row(outcome, case)
    numbers: dict[Hashable, int] = {number: place for place, number in enumerate(rows)}
    return Placed(aligned, numbers, by_group=False) if aligned is not None else None


def by_row(outcome: Outcome, case: Case) -> Outcome | None:
    """The result with one value for each row of the base table, in its place; None where it has no such form.

    Rows that come back in another order are put in place by the labels of a pandas index.
    """
    placed = [_placed(output, case) for output in outcome.outputs]
    if not placed or any(output is None for output in placed):
        return None
    return attrs.evolve(outcome, outputs=tuple(output for output in placed if output is not None))


def by_label(before: Outcome, after: Outcome) -> tuple[Output, ...] | None:
    """Rows with the labels of a pandas index: keys of groups, or the labels that the input had."""
    found = []
    for b, a in zip(before.outputs, after.outputs, strict=True):
        if b.labels is None or a.labels is None or len(set(b.labels)) != len(b.labels):
            return None
        if sorted(map(repr, b.labels)) != sorted(map(repr, a.labels)):
            return None
        places = {label: row for row, label in enumerate(b.labels)}
        found.append(b.take([places[label] for label in a.labels]))
    return tuple(found)


def by_content(before: Outcome, after: Outcome) -> tuple[Output, ...] | None:
    """Columns of arrays in the places where they are most alike: they have no names, and any order will do.

    So come the columns of a category that is encoded, one for each of its names, in the order of the names.
    """
    rest = {output.label: output for output in before.outputs}
    if list(rest) != [output.label for output in after.outputs]:
        return None
    found = []
    for wanted in after.outputs:
        own = rest.get(wanted.label, wanted)
        others = [each for each in rest.values() if _is_beside(each, wanted)]
        nearest = min(others, key=lambda each: (_apart(each, wanted), each is not own), default=own)
        rest.pop(nearest.label, None)
        found.append(attrs.evolve(nearest, label=wanted.label))
    return tuple(found)


def _is_beside(one: Output, other: Output) -> bool:
    """True for two columns of one array."""
    return (
        one.declared is not None and one.declared is other.declared and len(one.values) == len(other.values)
    )


def _apart(one: Output, other: Output) -> float:
    """How many cells of two columns differ by more than rounding."""
    if not (one.is_number and other.is_number):
        return float(np.sum((one.values != other.values) | (one.null != other.null)))
    return float(np.sum(~np.isclose(one.numbers, other.numbers, rtol=NEAR, atol=NEAR, equal_nan=True)))


def as_set(before: Outcome, after: Outcome) -> tuple[Output, ...] | None:
    """Rows in no order: both sides sorted by their keys, then matched; columns of one length as one table."""
    lengths = [len(output.values) for output in before.outputs]
    if lengths != [len(output.values) for output in after.outputs]:
        return None
    places = {length: _as_sorted(before, after, length) for length in set(lengths)}
    return tuple(
        attrs.evolve(output.take(places[length]), labels=None)
        for output, length in zip(before.outputs, lengths, strict=True)
    )


def _as_sorted(before: Outcome, after: Outcome, length: int) -> list[int]:
    """Which rows of the columns of one length stand where the same rows stand on the other side."""
    source, target = (
        row_order(Outcome(tuple(output for output in side.outputs if len(output.values) == length)))
        for side in (before, after)
    )
    places = np.empty(length, dtype=np.intp)
    places[target] = source
    return [int(place) for place in places]


def keys_of(case: Case, names: Sequence[str]) -> list[Key]:
    """The group of each row of the base table: its values of these columns, None where one is missing."""
    columns = [column for name in names if (column := case.column(name)) is not None]
    cells = (_cells(column.values, column.null) for column in columns)
    return list(zip(*cells, strict=True)) if columns else [()] * case.rows


def by_key(outcome: Outcome, keys: Sequence[str]) -> dict[Hashable, int] | None:
    """The row of a result for each value of the keys of its groups; None where it does not say which it is.

    The keys are columns of the result, or the labels of its pandas index.
    """
    found = _keys_found(outcome, keys)
    if found is None:
        return None
    places: dict[Hashable, int] = {key: row for row, key in enumerate(found)}
    return places if len(places) == len(found) else None


def _keys_found(outcome: Outcome, keys: Sequence[str]) -> list[Key] | None:
    """The key of each row of a result: from its columns, from its labels, or from both together."""
    columns = {output.label: output for output in outcome.outputs}
    if all(key in columns for key in keys):
        # Lists of names, each of a length of its own, name no rows.
        if len({len(columns[key].values) for key in keys}) > 1:
            return None
        cells = (_cells(columns[key].values, columns[key].null) for key in keys)
        return list(zip(*cells, strict=True))
    labels = outcome.outputs[0].labels if outcome.outputs else None
    if labels is None:
        return None
    found = [tuple(map(_plain, label if isinstance(label, tuple) else (label,))) for label in labels]
    return found if all(len(label) == len(keys) for label in found) else None


def _plain(label: Hashable) -> Hashable:
    """A label of an index as the cell of a column that it names."""
    if label != label or label is None:
        return None
    return dt.datetime.combine(label, dt.time()) if type(label) is dt.date else label


def _cells(values: Values, null: Mask) -> list[Hashable]:
    """The values as plain objects; times are in microseconds, whatever resolution a library gives them."""
    if values.dtype.kind in "mM":
        values = values.astype(f"{values.dtype.kind}8[us]")
    return [None if missing else cell for cell, missing in zip(values.tolist(), null, strict=True)]


def _placed(output: Output, case: Case) -> Output | None:
    if output.scalar or len(output.values) != case.rows:
        return None
    labels, own = output.labels, case.row_labels()
    if labels is None or labels == own or len(set(own)) != len(own) or set(labels) != set(own):
        return output
    places = {label: row for row, label in enumerate(labels)}
    return output.take(np.asarray([places[label] for label in own], dtype=np.intp).tolist())
