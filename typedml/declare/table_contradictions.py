"""What the fields of a table say of each other and of the table: refused where it cannot be.

Each check looks at one declared schema and yields a fact and a hint for each contradiction it sees.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from typedml.declare.bounds import is_nominal_field
from typedml.declare.column_contradictions import incomparable
from typedml.declare.declared import DeclaredField, DeclaredSchema, column_of
from typedml.declare.demands import Reference
from typedml.errors import DeclarationError

Finding = tuple[str, str]


def refuse_table_contradictions(schema: DeclaredSchema) -> None:
    """Check what a schema says across its fields.

    Raises: DeclarationError with the first contradiction.
    """
    for check in TABLE_CHECKS:
        for fact, hint in check(schema):
            raise DeclarationError(f"{schema.name}{fact}", hint)


def _field_of(schema: DeclaredSchema, column: str | None) -> DeclaredField | None:
    return next((field for field in schema.fields if field.column == column), None)


def _known(schema: DeclaredSchema) -> str:
    return f"Its fields are {', '.join(field.name for field in schema.fields)}."


def _orders_name_fields(schema: DeclaredSchema) -> Iterator[Finding]:
    for field in schema.fields:
        for rule in ("increasing", "decreasing"):
            by = getattr(field.rules, rule)
            if not isinstance(by, str):
                continue
            key = _field_of(schema, column_of(schema.fields, by))
            said = f".{field.name}: {rule}={by!r}"
            if key is None:
                yield (
                    f"{said} names no field.",
                    f"Its fields are {', '.join(each.name for each in schema.fields)}.",
                )
            elif key.name == field.name:
                yield f"{said} orders the rows by the column itself.", f"Name another field, or {rule}=True."
            elif key.base is bool or is_nominal_field(key):
                yield f"{said} orders the rows by values without an order.", "Name a time or a number."


def _key_is_there(schema: DeclaredSchema) -> Iterator[Finding]:
    for column in schema.key:
        field = _field_of(schema, column)
        if field is not None and not field.required:
            yield f": key= names {field.name!r}, which may be absent.", "Make the field required."


def _references_are_comparable(schema: DeclaredSchema) -> Iterator[Finding]:
    own = [
        (Reference((field.column,), None, field.rules.references.targets), field)
        for field in schema.fields
        if field.rules.references is not None and field.rules.references.schema is None
    ]
    for reference, field in own:
        target = _field_of(schema, column_of(schema.fields, reference.targets[0]))
        if target is None:
            known = ", ".join(each.name for each in schema.fields)
            yield (
                f".{field.name}: references={reference.targets[0]!r} names no field.",
                f"Its fields are {known}.",
            )
        elif target.name == field.name:
            yield f".{field.name}: references itself.", "Name another field."
    for reference in (*(each for each, _ in own), *schema.references):
        yield from _incomparable_parts(schema, reference)


def _incomparable_parts(schema: DeclaredSchema, reference: Reference) -> Iterator[Finding]:
    other: DeclaredSchema = schema if reference.schema is None else reference.schema.__dict__["declared"]
    for column, name in zip(reference.columns, reference.targets, strict=True):
        field, target = _field_of(schema, column), _field_of(other, column_of(other.fields, name))
        if field is None or target is None:
            continue
        finding = incomparable(field, target, f"{other.name}.{target.name}")
        if finding is not None:
            yield f".{field.name}: {finding[0]}", finding[1]


def _names_are_free(schema: DeclaredSchema) -> Iterator[Finding]:
    taken = {
        "key": bool(schema.key),
        "rows": schema.rows is not None,
        "references": bool(schema.references),
        "simplex": _has_simplex(schema),
        "extra": schema.extra == "forbid",
    }
    for check in schema.checks:
        if taken.get(check.name):
            yield (
                f".{check.name}: the table has a rule {check.name!r} already.",
                "Give your rule another name.",
            )


def _has_simplex(schema: DeclaredSchema) -> bool:
    kinds = [field.meaning.kind for field in schema.fields if field.meaning is not None]
    return any(kind is not None and kind.is_named("Simplex") for kind in kinds)


TABLE_CHECKS: tuple[Callable[[DeclaredSchema], Iterator[Finding]], ...] = (
    _orders_name_fields,
    _key_is_there,
    _references_are_comparable,
    _names_are_free,
)
