"""Tables that meet: keys of look-up tables stand in the base table, some of either side do not.

Tables are drawn one after another. The rows of a new one take the keys of those that refer to it, or the
other way round; what is not declared to be a foreign key leaves some keys of both sides without a partner.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from typedml.laws.admission import admits
from typedml.laws.case import Case, Column, Mask
from typedml.laws.grid import Generator
from typedml.laws.links import Link, schema_of
from typedml.laws.placing import BASE
from typedml.laws.words import few

Row = tuple[Hashable, ...]
# How many rows of a look-up meet the base table, and how many keys of the base table are looked up in vain.
MET = 0.75
UNSEEN = 0.2


def met(case: Case, table: str, links: Sequence[Link], random: Generator) -> Case:
    """The case in which the rows of `table`, the newest one, meet those of the tables before."""
    for link in links:
        if link.declared and link.table == table and link.target != table and link.target in case.tables:
            case = _referring(case, link, random)
    into = sorted(_into(links, table, case), key=lambda link: link.declared)
    for targets in dict.fromkeys(link.targets for link in into):
        case = _looked_up(case, table, [link for link in into if link.targets == targets], random)
    return _in_order(case, table, {name for link in into for name in link.targets})


def within_itself(case: Case, table: str, links: Sequence[Link], random: Generator) -> Case:
    """The case in which a table that refers to itself does so."""
    for link in links:
        if link.declared and link.table == table and link.target == table:
            case = _referring(case, link, random)
    return case


def within_rows(case: Case, links: Sequence[Link], pick: Callable[[int, int], Sequence[int]]) -> Case:
    """The case in which the base table refers to rows of its own, `pick(rows, of)` of those that it has."""
    for link in links:
        if link.declared and link.table == link.target == BASE and case.rows:
            columns = _columns(case, BASE)
            whole = np.flatnonzero([key is not None for key in rows_of(columns, link.targets)])
            if not len(whole):
                continue
            picked = whole[list(pick(case.rows, len(whole)))]
            for name, target in zip(link.columns, link.targets, strict=True):
                own, other = columns[name], columns[target]
                case = case.with_column(own.replaced(np.where(own.null, own.values, other.values[picked])))
    return case


def needed(case: Case, table: str, links: Sequence[Link]) -> Mask:
    """Which rows of a table others refer to, and nothing but these rows: the first of each key."""
    mask = np.zeros(case.rows_of(table), dtype=np.bool_)
    for link in _into(links, table, case):
        if link.declared:
            wanted, found = set(_keys(case, link.table, link.columns)), _keys(case, link.target, link.targets)
            for row, key in enumerate(found):
                if key is not None and key in wanted:
                    wanted.discard(key)
                    mask[row] = True
    return mask


def meeting(case: Case, table: str, links: Sequence[Link]) -> Mask:
    """Which rows of a table have the keys of a row of another one."""
    mask = np.zeros(case.rows_of(table), dtype=np.bool_)
    for link in links:
        if link.table in case.tables and link.target in case.tables and table in (link.table, link.target):
            mine, theirs = _keys(case, link.table, link.columns), _keys(case, link.target, link.targets)
            own, others = (mine, set(theirs)) if table == link.table else (theirs, set(mine))
            mask |= np.fromiter((key is not None and key in others for key in own), np.bool_, len(own))
    return mask


def dangling(case: Case, links: Iterable[Link]) -> dict[str, Mask]:
    """The rows of each table that refer to a row of another table, or of their own, that is not there."""
    found: dict[str, Mask] = {}
    for link in links:
        if not link.declared or link.target not in case.tables or link.table not in case.tables:
            continue
        targets = {*_keys(case, link.target, link.targets), None}
        lost = [key not in targets for key in _keys(case, link.table, link.columns)]
        found[link.table] = found.get(link.table, np.zeros(len(lost), np.bool_)) | np.asarray(lost, np.bool_)
    return found


def distinct(case: Case, table: str) -> Mask:
    """Which rows of a table are the first with the values of its key, and of each column that is unique."""
    columns = {column.input.name: column for column in case.columns_of(table)}
    schema = schema_of({name: column.input for name, column in columns.items()})
    keys: list[tuple[str, ...]] = [(n,) for n, column in columns.items() if column.input.rules.unique]
    if schema is not None and schema.key:
        keys.append(schema.key)
    good = np.ones(case.rows_of(table), dtype=np.bool_)
    for key in keys:
        seen: set[Row | None] = {None}
        for row, value in enumerate(rows_of(columns, key)):
            good[row] &= value is None or value not in seen
            seen |= {value} if good[row] else set()
    return good


def required(case: Case, table: str, links: Sequence[Link]) -> int:
    """How many rows a table must have for the rows that refer to it."""
    stated = [link for link in links if link.declared and link.target == table and link.table in case.tables]
    keys = {(link.targets, key) for link in stated for key in _keys(case, link.table, link.columns) if key}
    return len(keys)


def rows_of(columns: Mapping[str, Column], names: Sequence[str]) -> list[Row | None]:
    """The values of some columns in each row; None where one is missing."""
    parts = [columns[name] for name in names]
    cells: list[list[Any]] = [part.values.tolist() for part in parts]
    null = np.logical_or.reduce([part.null for part in parts])
    return [None if lost else key for lost, key in zip(null.tolist(), zip(*cells, strict=True), strict=True)]


def _into(links: Sequence[Link], table: str, case: Case) -> list[Link]:
    return [
        link for link in links if link.target == table and link.table != table and link.table in case.tables
    ]


def _referring(case: Case, link: Link, random: Generator) -> Case:
    """The rows of a table take keys of a few rows of the table that they refer to."""
    columns, targets = _columns(case, link.table), _columns(case, link.target)
    whole = np.flatnonzero([key is not None for key in rows_of(targets, link.targets)])
    rows = case.rows_of(link.table)
    if not len(whole) or not rows:
        return case
    picked = random.choice(whole[: few(rows)], size=rows)
    for name, target in zip(link.columns, link.targets, strict=True):
        own = columns[name]
        case = case.with_column(own.replaced(np.where(own.null, own.values, targets[target].values[picked])))
    return case


def _looked_up(case: Case, table: str, links: Sequence[Link], random: Generator) -> Case:
    """The rows of a look-up take the keys that are looked up in it, first those that must be found."""
    sure = dict.fromkeys(k for each in links if each.declared for k in _keys(case, each.table, each.columns))
    some = dict.fromkeys(
        k for each in links if not each.declared for k in _keys(case, each.table, each.columns)
    )
    wanted: list[Row] = [key for key in sure if key is not None]
    maybe = [key for key in some if key is not None and key not in sure and random.random() >= UNSEEN]
    rows, columns, targets = case.rows_of(table), _columns(case, table), links[0].targets
    pool = wanted + maybe
    if not pool or not rows:
        return case
    given = _assigned(wanted, pool, rows, random, once=_is_keyed(columns, targets))
    for place, name in enumerate(targets):
        column = columns[name]
        values = column.values.copy()
        null = column.null.copy()
        for row, key in given.items():
            values[row], null[row] = key[place], False
        good = admits(column.input, values) | null
        case = case.with_column(
            Column(column.input, np.where(good, values, column.values), np.where(good, null, column.null))
        )
    return case


def _assigned(
    wanted: Sequence[Row], pool: Sequence[Row], rows: int, random: Generator, *, once: bool
) -> Mapping[int, Row]:
    """The key of each row that meets another table; where a key names one row, each is given `once`."""
    given = dict(zip(range(rows), wanted, strict=False))
    rest = range(len(given), rows)
    if once:
        left = [pool[place] for place in random.permutation(len(pool)) if place >= len(wanted)]
        return {**given, **dict(zip(rest, left, strict=False))}
    picked = random.integers(0, len(pool), size=rows)
    return {**given, **{row: pool[picked[row]] for row in rest if random.random() < MET}}


def _is_keyed(columns: Mapping[str, Column], targets: Sequence[str]) -> bool:
    """True where the values of these columns name one row."""
    schema = schema_of({name: column.input for name, column in columns.items()})
    unique = any(columns[name].input.rules.unique for name in targets)
    return unique or bool(schema and schema.key and set(schema.key) <= set(targets))


def _in_order(case: Case, table: str, names: Collection[str]) -> Case:
    """The keys that a table has taken in the order that one of them asks for; other columns stay."""
    taken = [column for column in case.columns_of(table) if column.input.name in names]
    for column in taken:
        if column.input.rises or column.input.rules.decreasing:
            order = np.argsort(column.values, kind="stable")
            order = order[::-1] if column.input.rules.decreasing else order
            for each in taken:
                case = case.with_column(each.take(order))
            break
    return case


def _columns(case: Case, table: str) -> dict[str, Column]:
    return {column.input.name: column for column in case.columns_of(table)}


def _keys(case: Case, table: str, names: Sequence[str]) -> list[Row | None]:
    return rows_of(_columns(case, table), names)
