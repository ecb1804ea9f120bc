"""Real rows as seeds: the rows that a user gives, those that break their schema left out and named.

Laws see a few of them at a time: rows of the same groups and near in time, with the rows of look-ups that
they meet. Floats are moved onto a dyadic grid finer than a millionth of the column, so that sums are exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, final

import attrs
import numpy as np
from numpy.typing import NDArray

from typedml.errors import DeclarationError
from typedml.laws.admission import admits, conforming
from typedml.laws.build import read_table
from typedml.laws.case import Case, Column, Mask
from typedml.laws.cross_rules import broken_rules
from typedml.laws.grid import Generator
from typedml.laws.inputs import Input
from typedml.laws.joins import dangling, distinct, meeting, needed
from typedml.laws.links import Link, links_among
from typedml.laws.outcome import describe
from typedml.laws.placing import BASE

MOST_ROWS = 1_000
BLOCK = 100
NAMED = 3
FINE = 20
GROUPS = 3


@final
@attrs.frozen
class Seeds:
    """The rows that were given, by table, and what is said of those that were left out."""

    case: Case
    left_out: tuple[str, ...] = ()

    def sample(
        self, case: Case, table: str, size: int, links: Sequence[Link], random: Generator
    ) -> Case | None:
        """The case with rows of one more table, which meet those that it has; None where none were given."""
        columns = self.case.columns_of(table)
        if not columns:
            return None
        whole = attrs.evolve(case, columns=(*case.columns, *columns))
        if table == BASE:
            chosen = _near_rows(columns, size, random)
        else:
            chosen = _meeting_rows(whole, table, size, links, random)
        return whole.take(chosen.tolist(), table).relabelled(table)

    def record(self, random: Generator) -> dict[Input, Column]:
        """The single values of one of the rows that were given."""
        alone = [column for column in self.case.columns if not column.input.tabular]
        if not alone:
            return {}
        row = int(random.integers(len(alone[0].values)))
        pairs = ((c, slice(None) if c.input.several else slice(row, row + 1)) for c in alone)
        return {c.input: Column(c.input, c.values[rows], c.null[rows]) for c, rows in pairs}


def seeds_of(inputs: Sequence[Input], data: object) -> Seeds:
    """The rows of `data`: a frame, or frames, arrays and Series by the names of parameters.

    Raises: DeclarationError for data that is no table of the feature, lacks a column, or has no row that
    its schema admits.
    """
    given = _by_parameter(inputs, data)
    columns: list[Column] = []
    notes: list[str] = []
    for name, value in given.items():
        mine = [s for s in inputs if (s.parameter.name == name or name == BASE) and s.kept is None]
        found, said = _read(name, mine, value)
        columns += found
        notes += said
    case, notes = _whole(Case(tuple(columns), 0), inputs, notes)
    return Seeds(case, tuple(notes))


def _by_parameter(inputs: Sequence[Input], data: object) -> dict[str, object]:
    """The tables by parameter; under "" a frame whose columns are the parameters themselves."""
    names = list(dict.fromkeys(source.parameter.name for source in inputs))
    if isinstance(data, Mapping):
        unknown = next((name for name in data if name not in names), None)
        if unknown is not None:
            fact = f"data= has {unknown!r}, which is no parameter that values are generated for."
            raise DeclarationError(fact, f"Give the rows of {_listed(names)}.")
        return {str(name): value for name, value in data.items()}
    frames = [source.parameter.name for source in inputs if source.field and source.table == BASE]
    return {frames[0] if frames else BASE: data}


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(repr, names))


def _read(name: str, mine: Sequence[Input], value: object) -> tuple[list[Column], list[str]]:
    shown = f"`{name}`" if name else "its parameters"
    found = read_table(value, [source.name for source in mine])
    if found is None:
        fact = f"data= for {shown} is {describe(value)}."
        raise DeclarationError(fact, "Give a pandas or polars frame; for an array, an array.")
    lost = next((s.name for s in mine if s.name not in found and not (s.nullable and s.field)), None)
    if lost is not None:
        fact = (
            f"data= for {shown} has no column {lost!r}; it has {_listed(found) or 'none of those declared'}."
        )
        raise DeclarationError(fact, f"Give rows with the columns {_listed(s.name for s in mine)}.")
    rows = len(next(iter(found.values()))[0])
    looked_at = _blocks(rows)
    absent = np.zeros(rows, dtype=object), np.ones(rows, dtype=np.bool_)
    pairs = [(source, found.get(source.name, absent)) for source in mine]
    read = [(source, *conforming(source, v[looked_at], n[looked_at])) for source, (v, n) in pairs]
    return _sifted(shown, read, looked_at)


def _blocks(rows: int) -> NDArray[np.intp]:
    """All rows, or blocks of neighbouring ones out of many."""
    if rows <= MOST_ROWS:
        return np.arange(rows)
    starts = np.linspace(0, rows - BLOCK, MOST_ROWS // BLOCK).astype(np.intp)
    return np.unique(np.concatenate([start + np.arange(BLOCK) for start in starts]))


def _sifted(
    shown: str, read: Iterable[tuple[Input, Any, Mask, Mask]], rows: NDArray[np.intp]
) -> tuple[list[Column], list[str]]:
    """The rows that keep the rules of their columns, and a sentence about the others."""
    bad = np.zeros(len(rows), dtype=np.bool_)
    reasons: list[str] = []
    columns = []
    for source, values, null, odd in read:
        column = Column(source, values, null)
        wrong = odd | (null & ~np.bool_(source.nullable)) | ~(admits(source, values) | null | odd)
        fresh = np.flatnonzero(wrong & ~bad)[:NAMED].tolist()
        reasons += [f"row {rows[row]} ({_reason(column, row, bool(odd[row]))})" for row in fresh]
        bad |= wrong
        columns.append(column)
    # A scalar has a row for each call, which `take` leaves alone.
    kept = [attrs.evolve(each, values=each.values[~bad], null=each.null[~bad]) for each in columns]
    return [_snapped(column) for column in kept], _sentences(shown, bad, reasons)


def _reason(column: Column, row: int, odd: bool) -> str:
    name = column.input.name
    if column.null[row]:
        return f"`{name}` is missing"
    if odd:
        return f"`{name}` is no {column.input.base.__name__}"
    return f"`{name}` = {column.values[row : row + 1].tolist()[0]!r} is outside of what is declared"


def _sentences(shown: str, bad: Mask, reasons: Sequence[str]) -> list[str]:
    if not bad.any():
        return []
    told = ", ".join(reasons[:NAMED])
    more = ", ..." if bad.sum() > min(NAMED, len(reasons)) else ""
    return [f"{int(bad.sum())} of the {len(bad)} rows looked at for {shown} are left out: {told}{more}"]


def _snapped(column: Column) -> Column:
    """Floats on a grid of a millionth of the greatest: sums of a few are exact; what is listed stays."""
    source, values = column.input, column.values
    if values.dtype.kind != "f" or source.rules.isin is not None or source.rules.unique:
        return column
    present = np.abs(values[~column.null & np.isfinite(values)])
    if not len(present) or not present.max():
        return column
    step = 2.0 ** (np.floor(np.log2(present.max())) - FINE)
    moved = np.round(values / step) * step
    return column.replaced(np.where(admits(source, moved), moved, values))


def _whole(case: Case, inputs: Sequence[Input], said: Sequence[str]) -> tuple[Case, list[str]]:
    """The rows that keep the rules across columns, the keys, the orders and the references; and the notes."""
    notes = list(said)
    links = [link for link in links_among(inputs) if {link.table, link.target} <= set(case.tables)]
    for _ in range(1 + len(links)):
        before = notes[:]
        for table in case.tables:
            case, told = _without_broken(case, table, links)
            notes += told
        if notes == before:
            break
    for table in case.tables:
        if not case.rows_of(table):
            why = f" that its declaration admits: {'; '.join(notes)}" if notes else ""
            hint = "Declare what these rows hold, or give others." if notes else "Give at least one row."
            raise DeclarationError(f"data= has no row for {_named(case, table)}{why}.", hint)
    return case, notes


def _named(case: Case, table: str) -> str:
    return " and ".join(dict.fromkeys(f"`{each.input.parameter.name}`" for each in case.columns_of(table)))


def _without_broken(case: Case, table: str, links: Sequence[Link]) -> tuple[Case, list[str]]:
    broken: dict[str, Mask] = dict(broken_rules(case, table))
    broken["a key that another row has"] = ~distinct(case, table)
    lost = dangling(case, links).get(table)
    if lost is not None:
        broken["a reference to a row that is not there"] = lost
    for column in case.columns_of(table):
        broken[f"`{column.input.name}` out of its order"] = _out_of_order(case, column, table)
    bad = np.logical_or.reduce(list(broken.values()))
    if not bad.any():
        return case, []
    told = [why for why, mask in broken.items() if mask.any()]
    sentence = f"{int(bad.sum())} rows for {_named(case, table)} are left out: {', '.join(told)}"
    return case.take(np.flatnonzero(~bad).tolist(), table).relabelled(table), [sentence]


def _out_of_order(case: Case, column: Column, table: str) -> Mask:
    """Which rows fall where a column must rise, or rise where it must fall."""
    bad = np.zeros(len(column.values), dtype=np.bool_)
    for order, sign in ((column.input.rules.increasing, 1), (column.input.rules.decreasing, -1)):
        if not order:
            continue
        by = None if order is True else case.column(_column_name(column.input, str(order)), table)
        ranks = np.unique(column.values, return_inverse=True)[1] * sign
        keys = (ranks, by.values) if by is not None and by.values.dtype != object else (ranks,)
        places = np.arange(len(bad)) if by is None else np.lexsort(keys)
        kept = ranks[places]
        bad[places] |= (kept < np.maximum.accumulate(kept)) if len(kept) else False
    return bad


def _column_name(source: Input, name: str) -> str:
    schema = source.parameter.schema
    return schema.field(name).column if schema is not None else name


def _near_rows(columns: Sequence[Column], size: int, random: Generator) -> NDArray[np.intp]:
    """Rows of a few groups, near in time, in the order in which they were given."""
    rows = np.arange(len(columns[0].values))
    group = next((c for c in columns if c.input.grouped), None)
    if group is not None:
        keys = np.unique(group.values[~group.null].astype(str))
        few = random.permutation(keys)[:GROUPS]
        rows = rows[np.isin(group.values.astype(str), few)]
    clock = next((column for column in columns if column.input.clock), None)
    if clock is not None:
        rows = rows[np.argsort(clock.values[rows], kind="stable")]
    start = int(random.integers(0, max(1, len(rows) - 2 * size + 1)))
    near = rows[start : start + 2 * size]
    return np.sort(random.permutation(near)[:size])


def _meeting_rows(
    case: Case, table: str, size: int, links: Sequence[Link], random: Generator
) -> NDArray[np.intp]:
    """The rows of a look-up that must be there, then those that are looked up, then any others."""
    must, may = needed(case, table, links), meeting(case, table, links)
    ranks = np.where(must, 0, np.where(may, 1, 2)) + random.random(len(must)) / 2
    most = max(int(must.sum()), size)
    chosen = np.argsort(ranks, kind="stable")[:most]
    ordered = any(column.input.is_ordered for column in case.columns_of(table))
    return np.sort(chosen) if ordered else random.permutation(chosen)
