"""What a declaration says, as plain data: the one form that every layer reads.

>>> from typedml.declare.declared import Rules
>>> Rules(gt=0).stated
{'gt': 0}
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal, final

import attrs

from typedml.declare.demands import Reference, RowCount, Severity
from typedml.declare.feature_options import FeatureOptions

if TYPE_CHECKING:
    from typedml.algebra.meaning import Meaning
    from typedml.algebra.unit import Unit
    from typedml.declare.expression import Expression

Carrier = Literal["scalar", "array", "series", "frame", "list", "other"]
Library = Literal["pandas", "polars", "numpy"]


@final
@attrs.frozen
class Rules:
    """What `field(...)` demands of the values of one column.

    Bounds are in the unit of the column; `null_fraction` is the greatest allowed share of nulls, in [0, 1];
    `increasing` and `decreasing` are True, or the name of the field that the rows are ordered by; `width` is
    the dtype in which the values are stored. A rule that is not stated is None (False for flags).
    """

    gt: Any = None
    ge: Any = None
    lt: Any = None
    le: Any = None
    isin: tuple[object, ...] | None = None
    pattern: str | None = None
    min_length: int | None = None
    max_length: int | None = None
    unique: bool = False
    increasing: bool | str = False
    decreasing: bool | str = False
    null_fraction: float | None = None
    references: Reference | None = None
    width: str | None = None

    @property
    def stated(self) -> dict[str, Any]:
        """The rules that are stated, by name, in their fixed order."""
        values = ((name, getattr(self, name)) for name in RULE_NAMES)
        return {name: value for name, value in values if value is not None and value is not False}


RULE_NAMES = tuple(attribute.name for attribute in attrs.fields(Rules))


@final
@attrs.frozen
class DeclaredField:
    """One field of a schema: the column it names, what its values mean and the rules they keep.

    `base` is the plain type of a value (float, int, str, bool, datetime, date, timedelta, Decimal, object);
    `required` is False where the column may be absent, `nullable` is True where a value may be. `severity`
    is that of `rules`; what the annotation says always fails.
    """

    name: str
    column: str
    meaning: Meaning | None = None
    base: type = float
    nullable: bool = False
    required: bool = True
    rules: Rules = attrs.field(factory=Rules)
    examples: tuple[object, ...] = ()
    doc: str = ""
    roles: frozenset[str] = frozenset()
    severity: Severity = "fail"


@final
@attrs.frozen
class DeclaredRule:
    """A rule across columns: a named boolean expression that every row keeps."""

    name: str
    expression: Expression
    doc: str = ""
    severity: Severity = "fail"


@final
@attrs.frozen(eq=False)
class OpaqueRule:
    """A rule that only the library can run in which it is written: `rows(frame)` are the rows that break it.

    They are positions, or None where the frame breaks it as a whole. `frames` names the library whose frames
    it takes ("pandas", "polars"); `column` is None for a rule of the whole table.
    """

    column: str | None
    name: str
    condition: str
    frames: str
    rows: Callable[[Any], Sequence[int] | None]
    severity: Severity = "fail"
    doc: str = ""
    hint: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns to show of a row that breaks it."""
        return () if self.column is None else (self.column,)


@final
@attrs.frozen
class DeclaredSchema:
    """The columns of a table (or the fields of a record) and the rules between them.

    `key` are the columns that together name one row, `rows` says how many rows there are, `references` which
    columns together refer to another table.
    """

    name: str
    fields: tuple[DeclaredField, ...]
    extra: Literal["allow", "forbid"] = "allow"
    checks: tuple[DeclaredRule, ...] = ()
    source: type = object
    doc: str = ""
    key: tuple[str, ...] = ()
    rows: RowCount | None = None
    references: tuple[Reference, ...] = ()
    opaque: tuple[OpaqueRule, ...] = ()

    def field(self, name: str) -> DeclaredField:
        """The field of this name; KeyError if there is none."""
        for declared in self.fields:
            if declared.name == name:
                return declared
        raise KeyError(name)

    @property
    def columns(self) -> tuple[str, ...]:
        """The physical column names, in order of declaration."""
        return tuple(declared.column for declared in self.fields)


def column_of(fields: Iterable[DeclaredField], name: str) -> str | None:
    """The column of the field of this name, or else the column of this name; None if there is neither."""
    known = tuple(fields)
    named = next((declared.column for declared in known if declared.name == name), None)
    return named or next((declared.column for declared in known if declared.column == name), None)


class Absent:
    """The type of `ABSENT`, which stands for a default that is not there."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = Absent()


@final
@attrs.frozen
class DeclaredParameter:
    """A parameter or a result of a function.

    `carrier` says what holds the values, `base` is the plain type of one of them. A frame has a `schema`;
    so has a record (a dataclass, TypedDict, ...), whose carrier is "other". `parts` are the members of a
    tuple, `holds` is an item of a list, a value of a mapping or what an iterator yields, `returned` what a
    generator returns at its end; `container` is the class that is declared to hold a list of values. An array
    that is not `aligned` is known to have other values than one for each row of the table beside it.
    """

    name: str
    meaning: Meaning | None = None
    base: type = object
    nullable: bool = False
    carrier: Carrier = "other"
    schema: DeclaredSchema | None = None
    library: Library | None = None
    default: Any = ABSENT
    keyword_only: bool = False
    roles: frozenset[str] = frozenset()
    isin: tuple[object, ...] | None = None
    parts: tuple[DeclaredParameter, ...] = ()
    holds: DeclaredParameter | None = None
    returned: DeclaredParameter | None = None
    container: type | None = None
    aligned: bool = True

    @property
    def is_declared(self) -> bool:
        """True where a meaning or a schema is declared."""
        return self.meaning is not None or self.schema is not None


@final
@attrs.frozen
class DeclaredFunction:
    """A function: its parameters, its result (`results` where it returns a tuple) and its feature options.

    `converts` are the units that `@conversion("minute", "hour")` names.
    """

    name: str
    parameters: tuple[DeclaredParameter, ...]
    result: DeclaredParameter
    results: tuple[DeclaredParameter, ...] = ()
    source: Any = None
    options: FeatureOptions | None = None
    is_conversion: bool = False
    doc: str = ""
    converts: tuple[Unit, Unit] | None = None

    def parameter(self, name: str) -> DeclaredParameter:
        """The parameter of this name; KeyError if there is none."""
        for declared in self.parameters:
            if declared.name == name:
                return declared
        raise KeyError(name)


Declared = DeclaredSchema | DeclaredFunction
