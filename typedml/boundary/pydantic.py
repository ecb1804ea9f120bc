"""`Flight.record`: a pydantic model of one row, with the verdicts that a frame of that row would get.

Reached when `record` is asked for; pydantic is imported here and nowhere before.
"""

from __future__ import annotations

import datetime
import decimal
from collections.abc import Callable
from typing import Annotated, Any

import pydantic
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, core_schema

from typedml.boundary.json_schema import column_schema
from typedml.boundary.plan import ColumnPlan, Plan
from typedml.boundary.plans import plan_of
from typedml.boundary.records import Breach, Cell, is_about_one_row, record_breaches, value_breaches
from typedml.declare.declared import DeclaredField, DeclaredSchema

# JSON has no times and no decimals: there, and only there, they are read from text.
_FROM_JSON: dict[type, Callable[[], CoreSchema]] = {
    datetime.datetime: core_schema.datetime_schema,
    datetime.date: core_schema.date_schema,
    datetime.time: core_schema.time_schema,
    datetime.timedelta: core_schema.timedelta_schema,
    decimal.Decimal: core_schema.decimal_schema,
}


class Record(pydantic.BaseModel):
    """One row of a table; nothing is coerced, and what is missing (None, NaN, NA, NaT) is None.

    Columns have their own names, in JSON too; a column that the schema does not name is kept, or refused
    where the schema forbids it.
    """

    model_config = pydantic.ConfigDict(
        extra="allow", serialize_by_alias=True, protected_namespaces=(), ser_json_inf_nan="constants"
    )


def record(schema: Any) -> type[pydantic.BaseModel]:
    """The pydantic model of one row of a schema; made anew at each call.

    Raises: FrameError if this is not a schema.
    """
    plan = plan_of(schema)
    declared = plan.schema
    source = declared.source
    fields: Any = {
        _python_name(field): _field(field, column)
        for field, column in zip(declared.fields, plan.columns, strict=True)
    }
    made = pydantic.create_model(
        f"{declared.name}Record",
        __base__=_based(declared, plan),
        __module__=source.__module__ if source is not object else __name__,
        __doc__=declared.doc or None,
        **fields,
    )
    if "declared" in vars(source):
        # By this name pickle finds the class again: the property makes it once for each schema.
        made.__qualname__ = f"{source.__qualname__}.record"
    return made


def _based(declared: DeclaredSchema, plan: Plan) -> type[Record]:
    """The record class with what concerns more than one value: rules across columns, absent columns."""
    names = {field.column: _python_name(field) for field in declared.fields}
    optional = {field.column for field in declared.fields if not field.required}

    class Open(Record):
        model_config = pydantic.ConfigDict(extra=declared.extra)

    class Ruled(Open):
        @pydantic.model_validator(mode="after")
        def _keeps_the_rules_across_columns(self) -> Ruled:
            given = {c: Cell(getattr(self, n)) for c, n in names.items() if n in self.model_fields_set}
            breaches = [each for each in record_breaches(plan, given) if each.severity == "fail"]
            if breaches:
                raise _refused(declared.name, breaches, self)
            return self

    base = Ruled if any(map(is_about_one_row, plan.table)) else Open

    class Sparse(base):  # type: ignore[valid-type, misc]  # which of the two is known when it runs
        @pydantic.model_serializer(mode="wrap")
        def _leaves_out_what_is_absent(self, handler: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
            absent = {
                name for c in optional if (n := names[c]) not in self.model_fields_set for name in (c, n)
            }
            return {name: value for name, value in handler(self).items() if name not in absent}

    return Sparse if optional else base


def _python_name(field: DeclaredField) -> str:
    """The name of the attribute: the field's own, with an underscore where pydantic has that name taken."""
    name = field.name.lstrip("_") or "column"
    return f"{name}_" if hasattr(pydantic.BaseModel, name) or name != field.name else name


def _field(field: DeclaredField, column: ColumnPlan) -> tuple[Any, Any]:
    annotation: Any = field.base if field.base is not object else Any
    if field.nullable or not field.required:
        annotation = annotation | None
    missing: Any = ... if field.required else None
    default = pydantic.Field(
        default=missing,
        alias=None if _python_name(field) == field.column else field.column,
        description=field.doc or None,
        examples=list(field.examples) or None,
        # An absent column has no default: null would be refused.
        json_schema_extra=None if field.required else _without_default,
    )
    return Annotated[annotation, _Judged(field, column)], default


def _without_default(shown: dict[str, Any]) -> None:
    shown.pop("default", None)


class _Judged:
    """The metadata of a field that puts typedml's rules in the place of pydantic's own."""

    def __init__(self, field: DeclaredField, column: ColumnPlan) -> None:
        self.field, self.column = field, column

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        judged = core_schema.no_info_plain_validator_function(self.judge)
        reader = _FROM_JSON.get(self.field.base)
        if reader is None:
            return judged
        parsed = core_schema.union_schema([core_schema.none_schema(), reader()], mode="left_to_right")
        return core_schema.json_or_python_schema(
            json_schema=core_schema.chain_schema([parsed, judged]), python_schema=judged
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: Any) -> dict[str, Any]:
        return column_schema(self.field)

    def judge(self, value: object) -> object:
        """Return the value, or None where it is missing.

        Raises: pydantic.ValidationError with every rule that it breaks.
        """
        cell = Cell(value)
        breaches = [each for each in value_breaches(self.column, cell) if each.severity == "fail"]
        if breaches:
            raise _refused(self.column.column, [b._replace(column=None) for b in breaches], value)
        whole = self.field.base is int and isinstance(cell.value, float)
        return int(cell.value) if whole else cell.value


def _refused(title: str, breaches: list[Breach], value: object) -> pydantic.ValidationError:
    return pydantic.ValidationError.from_exception_data(title, [_detail(each, value) for each in breaches])


def _detail(breach: Breach, value: object) -> InitErrorDetails:
    # Through the context, so that braces in a value are not read as a template.
    text = f"{breach.fact}. Hint: {breach.hint}" if breach.hint else breach.fact
    error = PydanticCustomError(breach.rule, "{text}", {"text": text, "code": breach.code})
    return InitErrorDetails(type=error, loc=(), input=value)
