"""Which columns of two tables meet: foreign keys that are declared, and those that a join would be made by.

A look-up whose keys never stand in the base table tests nothing. What `references=` declares is kept; else
columns of the same nominal kind meet (an AirportCode in both), and texts, whole numbers and times that bear
the same name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import final

import attrs

from typedml.algebra.kind import Kind
from typedml.declare.declared import DeclaredSchema, column_of
from typedml.declare.demands import Reference
from typedml.laws.inputs import Input
from typedml.laws.placing import BASE

NAMED_BY = (str, int)
JOINED_BY = (*NAMED_BY, dt.date)


@final
@attrs.frozen
class Link:
    """Rows of two tables that meet where `columns` of `table` equal `targets` of the table `target`.

    `declared` is True for a foreign key: then every value of `columns` stands among those of `targets`.
    """

    table: str
    columns: tuple[str, ...]
    target: str
    targets: tuple[str, ...]
    declared: bool = False


Columns = dict[str, Input]


def links_among(inputs: Sequence[Input]) -> tuple[Link, ...]:
    """The links between the tables of a feature, found once."""
    return links_of(tuple(inputs))


@lru_cache(maxsize=64)
def links_of(inputs: tuple[Input, ...]) -> tuple[Link, ...]:
    """The links between the tables of a feature, and those within one; declared ones first."""
    tables: dict[str, Columns] = {}
    for source in inputs:
        if source.tabular:
            tables.setdefault(source.table, {})[source.name] = source
    stated = tuple(dict.fromkeys(link for table in tables for link in _declared(tables, table)))
    joined = {frozenset({link.table, link.target}) for link in stated}
    names, implied = sorted(tables, key=lambda name: name != BASE), list[Link]()
    for place, target in enumerate(names):
        for table in names[:place]:
            # What meets the base table meets the others by it.
            if frozenset({table, target}) in joined:
                break
            found = list(_implied(tables, table, target))
            implied += found
            if found:
                break
    return (*stated, *implied)


def schema_of(columns: Columns) -> DeclaredSchema | None:
    """The schema of a table; None for arrays."""
    return next((source.parameter.schema for source in columns.values() if source.field is not None), None)


def _declared(tables: dict[str, Columns], table: str) -> Iterator[Link]:
    schema = schema_of(tables[table])
    if schema is None:
        return
    for reference in references_of(schema):
        for target in _targets(tables, table, reference):
            targets = reference.targets
            if reference.schema is None:
                targets = tuple(column_of(schema.fields, name) or name for name in targets)
            if set(targets) <= set(tables[target]):
                yield Link(table, reference.columns, target, targets, declared=True)


def references_of(schema: DeclaredSchema) -> Iterator[Reference]:
    """The references of a schema, those of single fields first."""
    for field in schema.fields:
        if field.rules.references is not None:
            yield attrs.evolve(field.rules.references, columns=(field.column,))
    yield from schema.references


def _targets(tables: dict[str, Columns], table: str, reference: Reference) -> Iterator[str]:
    """The tables of the schema that is referred to, or of one that has all it has; a table itself last."""
    if reference.schema is None:
        yield table
        return
    for name, columns in tables.items():
        schema = schema_of(columns)
        if schema is not None and issubclass(schema.source, reference.schema):
            yield name


def _implied(tables: dict[str, Columns], table: str, target: str) -> Iterator[Link]:
    """One link by all columns that a join may be made by, and one for each other column of the same kind."""
    mine, theirs = tables[table], tables[target]
    pairs: dict[str, str] = {}
    for name, source in theirs.items():
        partners = [own.name for own in mine.values() if _may_join(own, source, _keys(theirs))]
        if partners:
            pairs[name] = name if name in partners else partners[0]
    if any(source.learnt for source in (*mine.values(), *theirs.values())):
        # Training rows are of the same groups as the others, but not the same rows.
        for name, own in pairs.items():
            if _is_group(theirs[name]) and own == name:
                yield Link(table, (own,), target, (name,))
        return
    if not pairs:
        return
    yield Link(table, tuple(pairs.values()), target, tuple(pairs))
    for name in pairs if len(pairs) == 1 else ():
        for other in mine.values():
            if other.name != pairs[name] and _may_join(other, theirs[name], _keys(theirs)):
                yield Link(table, (other.name,), target, (name,))


def _may_join(own: Input, source: Input, keys: frozenset[str]) -> bool:
    if own.base is not source.base:
        return False
    kinds = _nominal(own), _nominal(source)
    if all(kinds):
        return kinds[0] == kinds[1]
    if own.name != source.name or own.meaning != source.meaning or source.clock or source.base is bool:
        return False
    kind = source.meaning.kind if source.meaning is not None else None
    return source.name in keys or (issubclass(source.base, JOINED_BY) and not (kind and kind.extensive))


def _nominal(source: Input) -> Kind | None:
    """The kind of names of its own that a column has: an AirportCode, but no Identifier of anything."""
    kind = source.meaning.kind if source.meaning is not None else None
    own = kind is not None and kind.parent is not None
    return kind if own and source.is_name and source.base in NAMED_BY else None


def _keys(columns: Columns) -> frozenset[str]:
    schema = schema_of(columns)
    unique = (source.name for source in columns.values() if source.rules.unique)
    return frozenset((*unique, *(schema.key if schema else ())))


def _is_group(source: Input) -> bool:
    return source.base is str and not source.rules.unique
