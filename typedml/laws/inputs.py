"""The columns and parameters that a feature reads: what a generator has to fill.

A parameter that carries one value is one input; an array is one input of many rows; a frame is one input
for each column of its schema.
"""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, final

import attrs

from typedml.algebra.kind import Sort
from typedml.algebra.registry import unit
from typedml.declare.declared import ABSENT, DeclaredField, DeclaredFunction, DeclaredParameter, Rules
from typedml.declare.feature_options import FeatureOptions
from typedml.declare.fitting import is_nominal
from typedml.declare.scope import Group, Past
from typedml.laws.physical import size, zero
from typedml.laws.placing import BASE, LEARNT_FROM, TABULAR, learnt_from, settings_of, tables_of
from typedml.laws.settings import (
    INSTANTS,
    NUMBERS,
    Unfillable,
    default_cells,
    is_optional,
    members,
    refuse_unfillable,
    varies,
)
from typedml.laws.written import annotation_text, written_parameters

if TYPE_CHECKING:
    from typedml.algebra.meaning import Meaning
    from typedml.algebra.unit import Unit

NO_RULES = Rules()


@final
@attrs.frozen(eq=False, slots=False)
class Input:
    """One column of a frame, one array or one scalar parameter; `lazy` for a column of a LazyFrame.

    `table` is the table whose rows it has: BASE, or the name of the frame (or of the role of the arrays) that
    is looked up or learnt from, which has rows of its own; `learnt` where it is learnt from. Rows are
    `grouped` by its values, or it is a `clock` by which rows are past or not, within `window` of one another.
    `after` is the column before whose time it cannot lie: an outcome is known after the row's own event.
    What stands `alone` holds values of a parameter that are no rows: `part` is one of a tuple, and `kept` is
    what a default says of them, which every table keeps.
    """

    parameter: DeclaredParameter
    field: DeclaredField | None = None
    lazy: bool = False
    table: str = BASE
    learnt: bool = False
    grouped: bool = False
    clock: bool = False
    window: dt.timedelta | None = None
    after: str | None = None
    alone: bool = False
    part: DeclaredParameter | None = None
    kept: tuple[Any, ...] | None = None

    @property
    def name(self) -> str:
        """The name that a user knows it by: the physical column, or the parameter."""
        return self.field.column if self.field else self._declared.name

    @property
    def _declared(self) -> DeclaredParameter:
        return self.part or self.parameter

    @property
    def meaning(self) -> Meaning | None:
        """What its values mean, where that is declared."""
        return self.field.meaning if self.field else self._declared.meaning

    @property
    def base(self) -> type:
        """The plain type of one value; a number where only a meaning is declared."""
        base = self.field.base if self.field else self._declared.base
        return float if base is object and self.meaning is not None else base

    @property
    def nullable(self) -> bool:
        """True where a value may be missing."""
        return self.field.nullable if self.field else self._declared.nullable

    @property
    def rules(self) -> Rules:
        """The rules of the field; an array or scalar has none beyond its kind's range."""
        if self.field is not None:
            return self.field.rules
        return NO_RULES if self._declared.isin is None else Rules(isin=self._declared.isin)

    @property
    def rises(self) -> bool:
        """True where values never fall, or other columns are in the order of this one."""
        by = self.parameter.schema.fields if self.parameter.schema and self.field else ()
        names = (self.name, self.field.name if self.field else "")
        orders = (order for field in by for order in (field.rules.increasing, field.rules.decreasing))
        return bool(self.rules.increasing) or any(order in names for order in orders if order is not True)

    @property
    def is_ordered(self) -> bool:
        """True where the values have an order that equal or exchanged ones would break."""
        return self.rises or bool(self.rules.decreasing)

    @property
    def tabular(self) -> bool:
        """True for a column or an array, False for a scalar and for a setting."""
        return self.parameter.carrier in TABULAR and not self.alone

    @property
    def several(self) -> bool:
        """True for a setting of several values, such as bin edges."""
        return self.alone and self.part is None

    @property
    def optional(self) -> bool:
        """True for a parameter that need not be given: None is its default."""
        return self.field is None and is_optional(self.parameter)

    @cached_property
    def is_name(self) -> bool:
        """True for the values of a nominal kind: names, be they texts or numbers."""
        return self.meaning is not None and is_nominal(self.meaning.kind)

    @cached_property
    def sexagesimal(self) -> bool:
        """True for clock times such as 1745, whose last two digits stay below 60."""
        kind = self.meaning.kind if self.meaning is not None else None
        return kind is not None and kind.is_named("ClockHHMM")

    @cached_property
    def zone(self) -> dt.tzinfo | None:
        """The zone of moments, where bounds, members or examples have one; laws keep them in UTC."""
        rules = self.rules
        stated = (rules.gt, rules.ge, rules.lt, rules.le, *(rules.isin or ()))
        examples = self.field.examples if self.field else ()
        zoned = (value.tzinfo for value in (*stated, *examples) if isinstance(value, dt.datetime))
        return next((zone for zone in zoned if zone is not None), None)

    @cached_property
    def is_instant(self) -> bool:
        """True for datetimes and dates."""
        return issubclass(self.base, INSTANTS)

    @cached_property
    def is_number(self) -> bool:
        """True where values are numbers that a law may scale; a bool is none."""
        return is_numeric(self.base)

    @cached_property
    def integral(self) -> bool:
        """True where only whole numbers are admitted."""
        return self.base is int or bool(self.meaning and self.meaning.integral)

    @cached_property
    def unit(self) -> Unit | None:
        """The unit by which the values scale; None where nothing is declared or scaling has no sense."""
        if issubclass(self.base, dt.timedelta):
            return unit("second")
        return scalable_unit(self.meaning) if self.is_number else None

    @cached_property
    def absolute_zero(self) -> float | None:
        """Where an absolute scale has its zero, in its own unit: -273.15 for degC; None for what has none."""
        meaning = self.meaning
        if (
            meaning is None
            or not self.is_number
            or meaning.cut
            or not isinstance(meaning.unit.origin, Fraction)
        ):
            return None
        return -zero(meaning.unit) / size(meaning.unit)

    @cached_property
    def is_point(self) -> bool:
        """True for an instant, a temperature in degC, a direction: what cannot be scaled."""
        return self.is_instant or (self.meaning is not None and is_point(self.meaning))


def is_numeric(base: type) -> bool:
    """True for float, int and Decimal."""
    return base is not bool and issubclass(base, (*NUMBERS, Decimal))


def is_point(meaning: Meaning) -> bool:
    """True where the values are points of a torsor, a cut among such points included."""
    if meaning.unit.origin is not None:
        return True
    return meaning.kind.sort is Sort.TORSOR if meaning.kind is not None else False


def scalable_unit(meaning: Meaning | None) -> Unit | None:
    """The unit of a vector, or of a cut on vectors; None for points and opaque kinds."""
    if meaning is None or is_point(meaning):
        return None
    if meaning.kind is not None and meaning.kind.sort is Sort.OPAQUE:
        return None
    return meaning.unit


def inputs_of(declared: DeclaredFunction) -> tuple[Input, ...]:
    """Every input that the generator fills; parameters of which nothing is said keep their default.

    Raises: Unfillable for a parameter without default that no generator can fill.
    """
    written = written_parameters(declared)
    tables, learnt, alone = tables_of(declared), learnt_from(declared), settings_of(declared)
    return tuple(
        _placed(attrs.evolve(each, learnt=parameter.name in learnt), tables, declared.options)
        for parameter in declared.parameters
        if not _is_left_out(parameter, written.get(parameter.name))
        for each in (
            _settings(parameter)
            if parameter.name in alone
            else _inputs(parameter, lazy="LazyFrame" in annotation_text(written.get(parameter.name)))
        )
    )


def _placed(source: Input, tables: Mapping[str, str], options: FeatureOptions | None) -> Input:
    """The input with its table, and what the options of the feature say of it."""
    table = tables.get(source.parameter.name, BASE)
    if options is None or not source.tabular:
        return attrs.evolve(source, table=table)
    scope, name = options.scope, source.name
    past = scope if isinstance(scope, Past) else None
    keys = scope.keys if isinstance(scope, Group) else past.by if past else ()
    clocks = {past.time if past else None, options.asof.get(source.parameter.name), *options.outcome.values()}
    window = past.window if past and isinstance(past.window, dt.timedelta) else None
    later = past is not None and table == BASE and name != past.time and name in options.outcome.values()
    source = attrs.evolve(source, after=past.time if past is not None and later else None)
    return attrs.evolve(source, table=table, grouped=name in keys, clock=name in clocks, window=window)


def is_learnt_from(source: Input, options: FeatureOptions) -> bool:
    """True for the rows of a fit, which are no table to look up in."""
    return source.parameter.name == options.fit or bool(source.parameter.roles & LEARNT_FROM)


def _is_left_out(parameter: DeclaredParameter, written: inspect.Parameter | None) -> bool:
    """True for *args and **kwargs of which nothing is declared.

    Raises: Unfillable for those that have a meaning: without a value laws would say nothing of it.
    """
    if written is None or written.kind not in (written.VAR_POSITIONAL, written.VAR_KEYWORD):
        return False
    if parameter.is_declared:
        raise Unfillable(f"a parameter with a name of its own in the place of `{written}`")
    return True


def _inputs(parameter: DeclaredParameter, *, lazy: bool) -> tuple[Input, ...]:
    if parameter.schema is not None and parameter.carrier == "frame":
        if not parameter.schema.fields:
            raise Unfillable(f"a column in the schema of `{parameter.name}`")
        return tuple(Input(parameter, declared, lazy) for declared in parameter.schema.fields)
    if parameter.default is ABSENT or varies(parameter) or is_optional(parameter):
        refuse_unfillable(parameter)
        return (Input(parameter),)
    kept = default_cells(parameter)
    return () if kept is None else (Input(parameter, kept=kept),)


def _settings(parameter: DeclaredParameter) -> tuple[Input, ...]:
    """The values of a parameter that has no rows; none where its default has none that follow."""
    kept = default_cells(parameter)
    if kept is None and parameter.default is not ABSENT:
        return ()
    if not parameter.parts:
        refuse_unfillable(parameter)
        return (Input(parameter, alone=True, kept=kept),)
    found = []
    for place, part in enumerate(members(parameter)):
        refuse_unfillable(part)
        own = None if kept is None else kept[place : place + 1]
        found.append(Input(parameter, alone=True, part=part, kept=own))
    return tuple(found)
