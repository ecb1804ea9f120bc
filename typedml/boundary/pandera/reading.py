"""What a pandera model or schema declares.

What means the same in both is read as typedml's own: names, presence, nulls, bounds, sets, uniqueness. The
rest - exact dtypes, checks of one's own, indexes - stays pandera's and is run by pandera, as an opaque rule
of its own name. Nothing is dropped, and nothing is coerced.
"""

from __future__ import annotations

import datetime
import decimal
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import attrs
from pandera import dtypes
from pandera.api.function_dispatch import Dispatcher

from typedml.boundary.pandera.judge import Judge, Values
from typedml.boundary.pandera.meanings import told
from typedml.boundary.pandera.pieces import Piece, as_it_is, of_check, of_column, refuse_other
from typedml.declare.contradictions import refuse_contradictions
from typedml.declare.declared import DeclaredField, DeclaredRule, DeclaredSchema, OpaqueRule, Rules
from typedml.errors import DeclarationError

Stated = dict[str, Any]

# The order matters: to pandera a datetime is a date, and a bool is a number.
_BASES: tuple[tuple[type, type], ...] = (
    (dtypes.Bool, bool),
    (dtypes.Int, int),
    (dtypes.Float, float),
    (dtypes.Decimal, decimal.Decimal),
    (dtypes.String, str),
    (dtypes.Timestamp, datetime.datetime),
    (dtypes.Date, datetime.date),
    (dtypes.Timedelta, datetime.timedelta),
)


def _range(stated: Mapping[str, Any]) -> Stated:
    low = "ge" if stated.get("include_min", True) else "gt"
    high = "le" if stated.get("include_max", True) else "lt"
    return {low: stated["min_value"], high: stated["max_value"]}


def _lengths(stated: Mapping[str, Any]) -> Stated:
    exact = stated.get("exact_value")
    ends = {"min_length": stated.get("min_value"), "max_length": stated.get("max_value")}
    made = {name: end if exact is None else exact for name, end in ends.items()}
    return {name: end for name, end in made.items() if end is not None}


# Checks of pandera's own that mean what a rule of typedml means, by what they state.
_RULES: dict[str, Callable[[Mapping[str, Any]], Stated]] = {
    "greater_than": lambda stated: {"gt": stated["min_value"]},
    "greater_than_or_equal_to": lambda stated: {"ge": stated["min_value"]},
    "less_than": lambda stated: {"lt": stated["max_value"]},
    "less_than_or_equal_to": lambda stated: {"le": stated["max_value"]},
    "in_range": _range,
    "isin": lambda stated: {"isin": tuple(stated["allowed_values"])},
    "equal_to": lambda stated: {"isin": (stated["value"],)},
    "str_length": _lengths,
}
# A NaN is missing here; pandera compares it on polars, and finds it in none of these.
_REFUSE_NAN = frozenset({"lt", "le", "isin"})


def from_pandera(schema: Any) -> DeclaredSchema:
    """What a pandera DataFrameModel or DataFrameSchema declares, for pandas or for polars.

    Units and kinds come from the metadata of a column: `Field(metadata={"typedml": Unit("mile")})`, or by
    name, `{"x-unit": "mile", "x-kind": "Distance"}`. `coerce`, `default` and `drop_invalid_rows` are left to
    pandera: what needs them fails here.

    Raises: DeclarationError (typedml-unread) for parsers, which change what is checked, for schemas of
    other libraries, and for what pandera did not make.
    """
    refuse_other(schema)
    model: Any = schema
    read: Any = model.to_schema() if isinstance(schema, type) else schema
    library = _library(read)
    _refuse_parsers(read)
    source = schema if isinstance(schema, type) else object
    reader = _Reader(read, library)
    fields = tuple(reader.fields())
    reader.table()
    return DeclaredSchema(
        read.name or "schema",
        tuple(reader.ruled(field) for field in fields),
        "forbid" if read.strict is True else "allow",
        tuple(reader.checks),
        source,
        read.description or "",
        **reader.of_table,
        opaque=tuple(_distinct(reader.opaque)),
    )


def _library(schema: Any) -> str:
    for library in ("pandas", "polars"):
        if type(schema).__module__.startswith(f"pandera.api.{library}."):
            return library
    fact = f"{schema!r} is not a pandera schema for pandas or polars."
    raise DeclarationError(fact, "Give a DataFrameModel or a DataFrameSchema.", code="typedml-unread")


def _refuse_parsers(schema: Any) -> None:
    held = [("", schema), *((f'column "{name}": ', column) for name, column in schema.columns.items())]
    for place, owner in held:
        if getattr(owner, "parsers", None):
            fact = f"{place}a parser of pandera changes the frame, and a boundary changes nothing."
            hint = "Call schema.validate(frame) first, and check the frame that it returns."
            raise DeclarationError(fact, hint, code="typedml-unread")


class _Reader:
    """One schema, read column by column; what stays pandera's is collected in `opaque`."""

    def __init__(self, schema: Any, library: str) -> None:
        self.schema, self.library = schema, library
        self.opaque: list[OpaqueRule] = []
        self.checks: list[DeclaredRule] = []
        self.of_table: Stated = {}
        self.across: dict[str, Stated] = {}

    def fields(self) -> Iterator[DeclaredField]:
        for name, column in self.schema.columns.items():
            if column.regex or not isinstance(name, str):
                piece = Piece(type(self.schema)({name: as_it_is(column)}))
                self._leave(None, f"column {name}", f"{column}", piece)
            else:
                yield self._field(name, column)

    def _field(self, name: str, column: Any) -> DeclaredField:
        said = told(column.metadata, f"{self.schema.name or 'schema'}.{name}")
        dtype = self.schema.dtype or column.dtype
        field = DeclaredField(
            said.name or name,
            name,
            said.meaning,
            said.base or _base(dtype),
            bool(column.nullable),
            bool(column.required),
            doc=column.description or "",
            examples=said.examples,
            roles=said.roles,
            severity=said.severity,
        )
        if dtype is not None and not isinstance(dtype, Values):
            piece = self._of(column, dtype=dtype, whole=True)
            self._leave(name, "dtype_of_pandera", f"dtype {dtype}", piece, hint=_CAST)
        return attrs.evolve(field, rules=attrs.evolve(self._rules(field, column), width=said.width))

    def _rules(self, field: DeclaredField, column: Any) -> Rules:
        """The rules that are typedml's own; the other checks are left to pandera."""
        stated: Stated = {}
        for check in column.checks:
            rule = self._rule(field, check, stated)
            if rule is None:
                name = _name_of(check)
                beside = check.groupby if isinstance(check.groupby, list) else ()
                piece = self._of(column, beside=beside, checks=[of_check(check)])
                self._leave(field.column, name, _condition(check), piece, _severity(check), check.description)
            elif not isinstance(check._check_fn, Judge) and set(rule) & _REFUSE_NAN:
                self._watch_nan(field)
            stated |= rule or {}
        if column.unique and not field.nullable:
            stated["unique"] = True
        elif column.unique:
            # Two nulls repeat one another to pandera, and not to typedml.
            self._leave(field.column, "unique_of_pandera", "values are unique", self._of(column, unique=True))
        return Rules(**stated)

    def _rule(self, field: DeclaredField, check: Any, stated: Stated) -> Stated | None:
        """A check as rules of `field`, None where it means something else or contradicts them."""
        if isinstance(check._check_fn, Judge):
            return check._check_fn.stated
        if not _is_plain(check) or (field.nullable and not check.ignore_na):
            return None
        rule = _RULES[check._check_fn.__name__](check.statistics)
        if set(rule) & set(stated) or field.base in (object, decimal.Decimal):
            return None
        if any(type(member) is not field.base for member in rule.get("isin", ())):
            # polars finds 1.0 in no list of whole numbers.
            return None
        try:
            refuse_contradictions(
                attrs.evolve(field, rules=Rules(**stated, **rule)), self.schema.name or "schema"
            )
        except (DeclarationError, TypeError):
            return None
        return rule

    def _watch_nan(self, field: DeclaredField) -> None:
        watched = any((rule.column, rule.name) == (field.column, "nan") for rule in self.opaque)
        if self.library == "polars" and field.base is float and field.nullable and not watched:
            self._leave(field.column, "nan", "values are not NaN", _nan_rows(field.column))

    def table(self) -> None:
        """Read what the schema demands of the table as a whole."""
        schema, empty = self.schema, type(self.schema)
        for check in schema.checks or ():
            if isinstance(check._check_fn, Judge):
                self._take(check._check_fn)
                continue
            piece = Piece(empty({}, checks=[of_check(check)]))
            self._leave(None, _name_of(check), _condition(check), piece, _severity(check), check.description)
        if schema.unique:
            names = [schema.unique] if isinstance(schema.unique, str) else list(schema.unique)
            self._leave(
                None, "unique", f"{', '.join(names)} are unique together", Piece(empty({}, unique=names))
            )
        if schema.ordered:
            columns = {name: of_column(column) for name, column in schema.columns.items()}
            self._leave(
                None, "ordered", "columns are in order", Piece(empty(columns, ordered=True), whole=True)
            )
        if getattr(schema, "unique_column_names", False):
            piece = Piece(empty({}, unique_column_names=True), whole=True)
            self._leave(None, "unique_column_names", "no two columns have one name", piece)
        if getattr(schema, "index", None) is not None:
            piece = Piece(empty({}, index=as_it_is(schema.index)), whole=True)
            self._leave(None, "index", f"{schema.index}", piece)

    def _take(self, judge: Judge) -> None:
        """Read a rule of the table that typedml wrote."""
        if judge.declared is not None:
            self.checks.append(judge.declared)
        elif judge.key[0] is not None:
            self.across.setdefault(judge.key[0], {}).update(judge.stated)
        else:
            before = self.of_table.get("references", ())
            self.of_table |= judge.stated
            if before and "references" in judge.stated:
                self.of_table["references"] = (*before, *judge.stated["references"])

    def ruled(self, field: DeclaredField) -> DeclaredField:
        """The field with its rules that look at other columns too."""
        return attrs.evolve(field, rules=attrs.evolve(field.rules, **self.across.get(field.column, {})))

    def _of(self, column: Any, *, whole: bool = False, beside: Sequence[Any] = (), **demand: Any) -> Piece:
        """A demand on one column; `beside` are those that it groups by, which pandera wants to know of."""
        others = {name: of_column(self.schema.columns[name]) for name in beside if name != column.name}
        return Piece(type(self.schema)({**others, column.name: of_column(column, **demand)}), whole)

    def _leave(
        self,
        column: str | None,
        name: str,
        condition: str,
        rows: Any,
        severity: Any = "fail",
        doc: Any = "",
        hint: str = "schema.validate(frame) shows what pandera says of it",
    ) -> None:
        self.opaque.append(OpaqueRule(column, name, condition, self.library, rows, severity, doc or "", hint))


_CAST = "cast the column before the boundary, or call schema.validate(frame) first: nothing is coerced here"


def _nan_rows(column: str) -> Callable[[Any], list[int]]:
    return lambda frame: list(frame.get_column(column).is_nan().fill_null(False).arg_true())


def _base(dtype: Any) -> type:
    return next((base for kind, base in _BASES if isinstance(dtype, kind)), object)


def _is_plain(check: Any) -> bool:
    """True for a check of pandera's own that fails row by row and means what a rule of typedml means."""
    own = isinstance(check._check_fn, Dispatcher) and check._check_fn.__name__ in _RULES
    return own and not check.element_wise and check.groupby is None and not check.raise_warning


def _name_of(check: Any) -> str:
    name = str(check.name or "check")
    return "check" if name in ("<lambda>", "_adapter") else name


def _condition(check: Any) -> str:
    return str(check.error or check.title or _name_of(check))


def _severity(check: Any) -> str:
    return "warn" if check.raise_warning else "fail"


def _distinct(rules: list[OpaqueRule]) -> Iterator[OpaqueRule]:
    """The rules, numbered where several would have one name."""
    seen: dict[tuple[str | None, str], int] = {}
    for rule in rules:
        times = seen[rule.column, rule.name] = seen.get((rule.column, rule.name), 0) + 1
        yield rule if times == 1 else attrs.evolve(rule, name=f"{rule.name} {times}")
