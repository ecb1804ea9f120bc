"""Which rows reach an output, as far as a declaration says it."""

from __future__ import annotations

from typedml.declare.declared import DeclaredFunction
from typedml.declare.feature_options import FeatureOptions
from typedml.declare.scope import Group, Past, Row, Scope, Table
from typedml.laws.inputs import inputs_of
from typedml.laws.placing import BASE, tables_of

NO_OPTIONS = FeatureOptions()


def reach(declared: DeclaredFunction) -> Scope | None:
    """The scope that is declared; of one output for each row, that row alone where nothing is said.

    What is learnt from the base table itself comes from all of it.
    """
    options = declared.options or NO_OPTIONS
    if options.scope is not None or options.rows != "each":
        return options.scope
    learns_from_base = options.fit is not None and tables_of(declared).get(options.fit) == BASE
    return Table() if learns_from_base else Row()


def group_of(scope: Scope) -> tuple[str, ...]:
    """The columns whose values keep the rows of one group from those of another; none where there is none."""
    if isinstance(scope, Past):
        return scope.by
    return () if isinstance(scope, (Row, Table)) else scope.keys


def result_keys(declared: DeclaredFunction) -> tuple[str, ...]:
    """The keys by which the rows of a result are known: those of groups, unless it has one for each row."""
    scope, rows = reach(declared), (declared.options or NO_OPTIONS).rows
    return scope.keys if isinstance(scope, Group) and rows not in ("each", "ordered") else ()


def wanting_reach(declared: DeclaredFunction) -> str | None:
    """The word for want of which every row may reach every output."""
    if not any(source.tabular for source in inputs_of(declared)):
        return "a table"
    scope = reach(declared)
    if scope is None:
        return '`scope=Row()`, `Group("...")` or `Past("...", by="...")` in @feature'
    return "a scope narrower than `Table()`" if isinstance(scope, Table) else None
