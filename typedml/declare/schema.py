"""`FeatureSchema`: the columns of a table, declared as the fields of a class.

>>> from typing import Annotated
>>> from typedml import FeatureSchema, Probability, Unit, field, rule
>>> class Flight(FeatureSchema):
...     '''One flight that departed.'''
...     flight: str = field(unique=True)
...     air_time: Annotated[float, Unit("minute")] | None = field(gt=0)
...     p_late: Probability
>>> [declared.name for declared in Flight.declared.fields if declared.nullable]
['air_time']
>>> Flight.c.p_late
'p_late'
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from threading import Lock
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NoReturn, TypeVar, overload

from typedml.errors import DeclarationError

if TYPE_CHECKING:
    from typedml.boundary.plan import Plan
    from typedml.boundary.report import Report
    from typedml.declare.declared import DeclaredSchema
    from typedml.declare.demands import Severity
    from typedml.declare.expression import Column

Frame = TypeVar("Frame")
Extra = Literal["allow", "forbid"]


_making_records = Lock()


class Columns:
    """The columns of a schema by field name: `Flight.c.distance` is a column's name and its expression."""

    def __init__(self, declared: DeclaredSchema) -> None:
        from typedml.declare.expression import Column

        self._owner = declared.name
        self._columns = {item.name: Column(item, declared.source) for item in declared.fields}

    def __getattr__(self, name: str) -> Column:
        try:
            return self._columns[name]
        except KeyError:
            _refuse_missing(self._owner, name, self._columns)

    def __getitem__(self, name: str) -> Column:
        return self.__getattr__(name)

    def __iter__(self) -> Iterator[Column]:
        return iter(self._columns.values())

    def __dir__(self) -> list[str]:
        return sorted(self._columns)


def _refuse_missing(owner: str, name: str, known: dict[str, Any]) -> NoReturn:
    # Whoever probes for a special method (copy, pickle, a notebook) expects an AttributeError.
    if name.startswith("_"):
        raise AttributeError(name)
    import difflib

    near = difflib.get_close_matches(name, known, 1)
    hint = f"Did you mean {owner}.c.{near[0]}?" if near else f"Its fields are {', '.join(known)}."
    raise DeclarationError(f"{owner} has no field {name!r}.", hint, code="typedml-column")


class Rule:
    """A rule across columns, before its class is there; `rule` makes it."""

    def __init__(self, function: Callable[[Any], object], severity: Severity = "fail") -> None:
        self.function = function
        self.name = getattr(function, "__name__", "rule")
        self.doc = (function.__doc__ or "").strip()
        self.severity = severity

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name


@overload
def rule(function: Callable[[Any], object], /, *, severity: Severity = ...) -> Any: ...
@overload
def rule(*, severity: Severity = ...) -> Callable[[Callable[[Any], object]], Any]: ...
def rule(function: Callable[[Any], object] | None = None, /, *, severity: Severity = "fail") -> Any:
    """Make a rule across columns of a method that takes the columns and returns a condition on them.

    Its name is the rule's name. Units are checked when the class is made; a number in a rule is in the unit
    of what it stands beside. A lambda does as well: `late = rule(lambda c: c.arrival >= c.departure)`. With
    `@rule(severity="warn")` a breach is reported and does not fail the frame.

    Raises: DeclarationError when the class is made, if the rule mixes units or is no condition.

    >>> from typing import Annotated
    >>> from typedml import FeatureSchema, Unit, rule
    >>> class Wind(FeatureSchema):
    ...     speed: Annotated[float, Unit("mph")]
    ...     gust: Annotated[float, Unit("mph")]
    ...     @rule
    ...     def gust_at_least_speed(c) -> bool:
    ...         return c.gust >= c.speed
    >>> [check.name for check in Wind.declared.checks]
    ['gust_at_least_speed']
    """
    if severity not in ("fail", "warn"):
        raise DeclarationError(f"severity={severity!r} is unknown.", 'Write severity="fail" or "warn".')
    return Rule(function, severity) if function is not None else lambda given: Rule(given, severity)


class SchemaType(type):
    """The class of schemas: it answers `Flight.distance` with a hint where nothing else would."""

    @property
    def record(cls) -> type[Any]:
        """A pydantic model of one row, with the rules that look at one row; made when first asked for.

        Raises: ModuleNotFoundError without pydantic: pip install "typedml[pydantic]".
        """
        with _making_records:
            if "_record" not in cls.__dict__:
                type.__setattr__(cls, "_record", import_module("typedml.boundary.pydantic").record(cls))
            made: type[Any] = cls.__dict__["_record"]
        return made

    if not TYPE_CHECKING:

        def __getattr__(cls, name: str) -> NoReturn:
            known = cls.__dict__.get("c")
            if known is not None and name in dir(known):
                hint = f"Write {cls.__name__}.c.{name} for the name of the column."
                raise AttributeError(f"{cls.__name__}.{name} is a declaration, not a value.\nHint: {hint}")
            raise AttributeError(f"type object {cls.__name__!r} has no attribute {name!r}")


class FeatureSchema(metaclass=SchemaType):
    """The columns of a table: one annotated name for each, with `field(...)` for further rules.

    `class Flight(FeatureSchema, extra="forbid")` refuses columns that it does not name. `key=("carrier",
    "flight")` are the fields that together name one row, `rows=(1, None)` says how many rows there are, and
    `references={("year", "origin"): (Weather.c.year, Weather.c.origin)}` which fields together refer to
    another table. A subclass has the fields of its parents; it may add fields and narrow theirs.

    Raises: DeclarationError when the class is made, if an annotation cannot be read or rules contradict
    one another.
    """

    declared: ClassVar[DeclaredSchema]
    c: ClassVar[Columns]

    def __init_subclass__(
        cls,
        *,
        extra: Extra | None = None,
        key: str | Sequence[str] | None = None,
        rows: int | tuple[int | None, int | None] | None = None,
        references: Mapping[Any, Any] | None = None,
        **unknown: object,
    ) -> None:
        from typedml.declare.class_reading import declare_schema
        from typedml.declare.table_reading import TableOptions

        super().__init_subclass__()
        # Text annotations may name what is local to the caller, or global to a notebook that is no module.
        caller = sys._getframe(1)
        options = TableOptions(extra, key, rows, references, unknown)
        declare_schema(cls, options, {**caller.f_globals, **caller.f_locals})

    # Seen by mypy, this would make of each schema a function that never returns, without `validate`.
    if not TYPE_CHECKING:

        def __new__(cls, *values: object, **named: object) -> NoReturn:
            fact = f"{cls.__name__} describes a table; it has no instances."
            raise DeclarationError(fact, f"To check a frame, write {cls.__name__}.validate(frame).")

    @classmethod
    def plan(cls) -> Plan:
        """Every rule that a frame is held to, in the order of a report: `print(Flight.plan())`."""
        plan: Plan = _boundary().plan_of(cls.declared)
        return plan

    @classmethod
    def validate(
        cls,
        frame: Frame,
        *,
        rows: int | None = 5,
        references: Mapping[Any, object] | None = None,
        sample: int | float | None = None,
        seed: int = 0,
        profile: bool = False,
        streaming: bool = False,
    ) -> Frame:
        """Return the frame unchanged if it keeps every rule; the options are those of `check`.

        Raises: BoundaryError with every failure, its counts and its rows.
        """
        checked: Frame = _boundary().validate(
            cls.declared,
            frame,
            rows=rows,
            references=references,
            sample=sample,
            seed=seed,
            profile=profile,
            streaming=streaming,
        )
        return checked

    @classmethod
    def check(
        cls,
        frame: object,
        *,
        rows: int | None = 5,
        references: Mapping[Any, object] | None = None,
        sample: int | float | None = None,
        seed: int = 0,
        profile: bool = False,
        streaming: bool = False,
    ) -> Report:
        """Report on every rule: counts, reasons, the first `rows` failing rows. A failure raises nothing.

        `rows`: None keeps all failing rows. `references`: frames by the schemas that foreign keys name.
        `sample`: how many rows to judge, or a share of them as a float, drawn by `seed`; the report says so.
        `profile`: describe each column. `streaming`: let polars read a lazy frame in pieces.
        """
        report: Report = _boundary().check(
            cls.declared,
            frame,
            rows=rows,
            references=references,
            sample=sample,
            seed=seed,
            profile=profile,
            streaming=streaming,
        )
        return report

    @classmethod
    def split(
        cls,
        frame: Frame,
        *,
        rows: int | None = 5,
        references: Mapping[Any, object] | None = None,
        streaming: bool = False,
    ) -> tuple[Frame, Frame]:
        """Split the frame into rows that keep every rule and rows that do not, with their reasons.

        Raises: BoundaryError if the frame lacks a column or one has the wrong type; it keeps `rows` rows.
        """
        good, bad = _boundary().split(
            cls.declared, frame, rows=rows, references=references, streaming=streaming
        )
        return good, bad


def _boundary() -> Any:
    # The only call that goes up a floor, and only when a frame is there to be checked.
    return import_module("typedml.boundary")
