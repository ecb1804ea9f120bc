"""Reads what a schema says of its table as a whole: its key, its number of rows, its references.

`class Flight(FeatureSchema, key=("carrier", "flight"), rows=(1, None))`: names of fields become columns.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, final

import attrs

from typedml.declare.contradictions import refuse
from typedml.declare.declared import DeclaredSchema, column_of
from typedml.declare.demands import Reference, RowCount
from typedml.declare.expression import Column

OPTIONS = ("extra", "key", "rows", "references")


@final
@attrs.frozen
class TableOptions:
    """The keywords of a schema class, as they were given; None where one was not."""

    extra: Any = None
    key: Any = None
    rows: Any = None
    references: Any = None
    unknown: Mapping[str, object] = attrs.field(factory=dict)


def refuse_unknown_options(owner: str, options: TableOptions) -> None:
    """See that the keywords of a schema class are known.

    Raises: DeclarationError if one is not.
    """
    for name in options.unknown:
        near = difflib.get_close_matches(name, OPTIONS, 1)
        hint = f"Did you mean {near[0]}=?" if near else 'Write extra="forbid", key=, rows= or references=.'
        refuse(f"{owner}: a schema takes no {name}=.", hint)
    if options.extra not in (None, "allow", "forbid"):
        refuse(f"{owner}: extra={options.extra!r} is unknown.", 'Write extra="allow" or extra="forbid".')


def read_table(
    schema: DeclaredSchema, options: TableOptions, parents: Sequence[DeclaredSchema]
) -> DeclaredSchema:
    """The schema with its key, number of rows and references; what a parent says is kept.

    Raises: DeclarationError if they cannot be read, or ask for less than a parent does.
    """
    return attrs.evolve(
        schema,
        key=_key(schema, options.key, [parent.key for parent in parents if parent.key]),
        rows=_rows(schema, options.rows, [parent.rows for parent in parents if parent.rows is not None]),
        references=_references(schema, options.references, parents),
    )


def _key(schema: DeclaredSchema, given: Any, inherited: list[tuple[str, ...]]) -> tuple[str, ...]:
    key = inherited[0] if given is None and inherited else _columns(schema, "key", given or ())
    if given is not None and not key:
        refuse(f"{schema.name}: key={given!r} names no field.", 'Write key=("carrier", "flight").')
    twice = next((name for name in key if key.count(name) > 1), None)
    if twice is not None:
        refuse(f"{schema.name}: key= names {twice!r} twice.", "Name each field once.")
    for parent in inherited:
        if not set(key) <= set(parent):
            fact = f"{schema.name}: key={key!r} asks for less than the key {parent!r} of a parent."
            refuse(fact, "Leave key= out, or name fewer of the parent's fields.")
    return key


def _columns(schema: DeclaredSchema, option: str, given: Any) -> tuple[str, ...]:
    names = (given,) if isinstance(given, str) else given
    if not isinstance(names, Iterable) or any(not isinstance(name, str) for name in names):
        refuse(f"{schema.name}: {option}={given!r} are not names of fields.", f'Write {option}=("a", "b").')
    return tuple(_column(schema, option, name) for name in names)


def _column(schema: DeclaredSchema, option: str, name: str) -> str:
    column = column_of(schema.fields, name)
    if column is None:
        known = [each.name for each in schema.fields]
        near = difflib.get_close_matches(name, known, 1)
        hint = f"Did you mean {near[0]!r}?" if near else f"Its fields are {', '.join(known)}."
        refuse(f"{schema.name}: {option}= names {name!r}, which is no field.", hint)
    return column


def _rows(schema: DeclaredSchema, given: Any, inherited: list[RowCount]) -> RowCount | None:
    rows = _row_count(schema, given) if given is not None else inherited[0] if inherited else None
    for parent in inherited:
        if rows is not None and (rows.least < parent.least or not _ends_before(rows.most, parent.most)):
            fact = f"{schema.name}: {rows} are more than the {parent} that a parent allows."
            refuse(fact, "Leave rows= out, or allow fewer.")
    return rows


def _ends_before(most: int | None, parent: int | None) -> bool:
    return parent is None or (most is not None and most <= parent)


def _row_count(schema: DeclaredSchema, given: Any) -> RowCount:
    least, most = given if isinstance(given, tuple) and len(given) == 2 else (given, given)
    numbers = [number for number in (least, most) if number is not None]
    if not numbers or any(type(number) is not int or number < 0 for number in numbers):
        refuse(
            f"{schema.name}: rows={given!r} are not numbers of rows.",
            "Write rows=(1, None) for at least one row, rows=24 for 24 of them.",
        )
    if least is not None and most is not None and least > most:
        refuse(f"{schema.name}: rows={given!r} leave no number.", f"Swap them: rows=({most}, {least}).")
    return RowCount(least or 0, most)


def _references(
    schema: DeclaredSchema, given: Any, parents: Sequence[DeclaredSchema]
) -> tuple[Reference, ...]:
    inherited = [reference for parent in parents for reference in parent.references]
    if given is not None and not isinstance(given, Mapping):
        refuse(f"{schema.name}: references={given!r} is no dictionary.", _REFERENCES)
    own = [_reference(schema, columns, targets) for columns, targets in (given or {}).items()]
    return tuple(dict.fromkeys((*inherited, *own)))


_REFERENCES = 'Write references={("year", "origin"): (Weather.c.year, Weather.c.origin)}.'


def _reference(schema: DeclaredSchema, names: Any, given: Any) -> Reference:
    columns = _columns(schema, "references", names)
    targets = (given,) if isinstance(given, str) else tuple(given) if isinstance(given, Iterable) else ()
    owners = {target.owner for target in targets if isinstance(target, Column)}
    if len(owners) != 1 or None in owners or not all(isinstance(target, Column) for target in targets):
        refuse(f"{schema.name}: references= leads to {given!r}, not to columns of one schema.", _REFERENCES)
    if len(columns) != len(targets):
        fact = f"{schema.name}: references= leads from {len(columns)} fields to {len(targets)} columns."
        refuse(fact, "Name as many columns as fields, in the same order.")
    return Reference(columns, owners.pop(), tuple(str.__str__(target) for target in targets))
