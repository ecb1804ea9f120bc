"""Reads the body of a `FeatureSchema` class into a DeclaredSchema, and refuses what contradicts itself."""

from __future__ import annotations

import inspect
import sys
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, ClassVar, get_args, get_origin

import attrs

from typedml.declare.annotation import Scope, read_annotation
from typedml.declare.contradictions import refuse
from typedml.declare.declared import DeclaredField, DeclaredRule, DeclaredSchema
from typedml.declare.expression import Expression
from typedml.declare.fields import FieldSpec
from typedml.declare.members import Member, declare_member
from typedml.declare.schema import Columns, Extra, FeatureSchema, Rule
from typedml.declare.table_contradictions import refuse_table_contradictions
from typedml.declare.table_reading import TableOptions, read_table, refuse_unknown_options

# What the values of a column are told to be, or not to be; anything at all is an object.
JUDGED = (float, int, str, bool, datetime, date, time, timedelta, Decimal, object)

# Names that every schema has already; a column of such a name is declared with column=.
RESERVED = ("c", "check", "declared", "plan", "record", "split", "validate")


def declare_schema(cls: type[FeatureSchema], options: TableOptions, local: Any) -> None:
    """Give a new schema class its `declared` and its `c`.

    Raises: DeclarationError if it cannot be read, or contradicts itself or a parent.
    """
    refuse_unknown_options(cls.__name__, options)
    _refuse_strays(cls)
    fields = _inherited_fields(cls)
    for name, annotation in own_annotations(cls).items():
        if not _is_class_variable(annotation):
            declared = _declare(cls, name, annotation, local)
            _refuse_wider(cls, fields.get(name), declared)
            fields[name] = declared
    _refuse_shared_columns(cls, fields)
    _install(cls, options, tuple(fields.values()))


def own_annotations(cls: type) -> dict[str, Any]:
    """The annotations of one class without those of its parents, as text where a name is not there yet."""
    if sys.version_info >= (3, 14):
        import annotationlib

        return annotationlib.get_annotations(cls, format=annotationlib.Format.FORWARDREF)
    return inspect.get_annotations(cls)


def _declare(cls: type, name: str, annotation: Any, local: Any) -> DeclaredField:
    if name in RESERVED:
        refuse(
            f"{cls.__name__}.{name}: every schema has a {name!r} of its own.",
            f'Name the field otherwise and write field(column="{name}").',
        )
    value = cls.__dict__.get(name)
    if name in cls.__dict__ and not isinstance(value, FieldSpec):
        fact = f"{cls.__name__}.{name} = {value!r}: a column has no default."
        refuse(fact, "Write field(...) for rules, field(optional=True) for a column that may be absent.")
    names = vars(sys.modules[cls.__module__]) if cls.__module__ in sys.modules else {}
    scope = Scope(f"{cls.__name__}.{name}", names, {**local, **cls.__dict__})
    if value is not None:
        # The rules live in `declared`; the class itself answers `Flight.distance` with a hint.
        delattr(cls, name)
    member = Member(name, annotation, scope, value)
    _refuse_mixed(member)
    declared = declare_member(member, cls.__name__)
    _refuse_unjudged(member, declared)
    return declared


def _refuse_mixed(member: Member) -> None:
    """A column has one type: a record may hold a number or a text, a table may not."""
    mixed = read_annotation(member.annotation, member.scope).mixed
    if len(mixed) > 1:
        names = " | ".join(each.__name__ for each in mixed)
        fact = f"{member.scope.owner} is {names}, but a column holds values of one type."
        refuse(fact, f"Declare one of them, or a column for each: {member.name}: {mixed[0].__name__}.")


def _refuse_unjudged(member: Member, declared: DeclaredField) -> None:
    """A type that no boundary tells from others would let anything pass, and say that it was judged."""
    reading = read_annotation(member.annotation, member.scope)
    if declared.base in JUDGED and reading.other is None and reading.carrier != "list":
        return
    names = ", ".join(base.__name__ for base in JUDGED if base is not object)
    refuse(
        f"{member.scope.owner}: columns are not checked to hold values of such a type.",
        f"Annotate {names}, an Enum or a Literal; Any is for values of any type.",
        code="typedml-unread",
    )


def _is_class_variable(annotation: Any) -> bool:
    if isinstance(annotation, str):
        return annotation.startswith(("ClassVar", "typing.ClassVar", "t.ClassVar"))
    return (
        get_origin(annotation) is ClassVar
        or annotation is ClassVar
        or get_args(annotation)[:1] == (ClassVar,)
    )


def _refuse_strays(cls: type) -> None:
    annotated = own_annotations(cls)
    for name, value in vars(cls).items():
        if isinstance(value, FieldSpec) and name not in annotated:
            refuse(
                f"{cls.__name__}.{name} = field(...) has no annotation.", f"Write {name}: float = field(...)."
            )


def _inherited_fields(cls: type[FeatureSchema]) -> dict[str, DeclaredField]:
    fields: dict[str, DeclaredField] = {}
    for parent in reversed(cls.__mro__[1:]):
        declared = parent.__dict__.get("declared")
        for item in declared.fields if isinstance(declared, DeclaredSchema) else ():
            _refuse_wider(cls, fields.get(item.name), item)
            fields[item.name] = item
    return fields


def _refuse_wider(cls: type, before: DeclaredField | None, after: DeclaredField) -> None:
    """A subclass is usable wherever its parent is, so a field that it declares again may only be narrower."""
    if before is None:
        return
    name = f"{cls.__name__}.{after.name}"
    if not _is_narrower(before, after):
        fact = f"{name} is {_shown(after)}, but a parent declares it {_shown(before)}."
        refuse(fact, "Declare the same meaning or a kind of it, or give the column another name.")
    if before.column != after.column:
        fact = f"{name} names column {after.column!r}, but a parent's names {before.column!r}."
        refuse(fact, f"Repeat field(column={before.column!r}).")


def _is_narrower(before: DeclaredField, after: DeclaredField) -> bool:
    from typedml.algebra.flow import flow

    if (after.nullable and not before.nullable) or (before.required and not after.required):
        return False
    if after.base is not before.base and not (after.base is int and before.base is float):
        return False
    if before.meaning is None:
        return True
    return after.meaning is not None and flow(after.meaning, before.meaning) is None


def _shown(declared: DeclaredField) -> str:
    inside = "" if declared.meaning is None else f"[{declared.meaning}]"
    marks = (" | None" if declared.nullable else "") + ("" if declared.required else ", optional")
    return f'"{declared.base.__name__}{inside}{marks}"'


def _refuse_shared_columns(cls: type, fields: dict[str, DeclaredField]) -> None:
    owners: dict[str, str] = {}
    for declared in fields.values():
        other = owners.setdefault(declared.column, declared.name)
        if other != declared.name:
            fact = f"{cls.__name__}: {other} and {declared.name} both name column {declared.column!r}."
            refuse(fact, "Give each field a column of its own.")


def _install(cls: type[FeatureSchema], options: TableOptions, fields: tuple[DeclaredField, ...]) -> None:
    parents = [base.__dict__["declared"] for base in cls.__mro__[1:] if "declared" in base.__dict__]
    inherited: list[Extra] = [parent.extra for parent in parents]
    chosen: Extra = options.extra or (inherited or ["allow"])[0]
    bare = DeclaredSchema(
        cls.__name__, fields, chosen, (), cls, inspect.cleandoc(cls.__dict__.get("__doc__") or "")
    )
    cls.c = Columns(bare)
    checks = {check.name: check for parent in reversed(parents) for check in parent.checks}
    for item in [value for value in vars(cls).values() if isinstance(value, Rule)]:
        checks[item.name] = _declare_rule(cls, item)
    declared = read_table(attrs.evolve(bare, checks=tuple(checks.values())), options, parents)
    refuse_table_contradictions(declared)
    cls.declared = declared


def _declare_rule(cls: type[FeatureSchema], item: Rule) -> DeclaredRule:
    made = item.function(cls.c)
    if not isinstance(made, Expression) or not made.is_condition:
        fact = f"The rule {cls.__name__}.{item.name} returns {made!r}, which is not a condition."
        refuse(
            fact, "Return a comparison of columns: return c.gust >= c.speed; for equality c.a.equals(c.b)."
        )
    return DeclaredRule(item.name, made, item.doc, item.severity)
