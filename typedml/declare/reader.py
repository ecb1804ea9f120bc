"""`read`: the one way from a Python object to what it declares.

>>> from typedml import Probability
>>> from typedml.declare.reader import read
>>> def surprise(p: Probability) -> float:
...     return 1 / p
>>> str(read(surprise).parameters[0].meaning)
'Probability'
"""

from __future__ import annotations

import inspect
import sys
import weakref
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any, overload

from typedml.declare.annotation import Scope
from typedml.declare.class_reading import own_annotations
from typedml.declare.declared import DeclaredFunction, DeclaredSchema
from typedml.declare.fields import FieldSpec
from typedml.declare.members import Member, declare_member
from typedml.declare.plain import (
    is_attrs,
    is_named_tuple,
    is_pandera,
    is_pydantic,
    is_record,
    is_schema,
    is_typed_dict,
    named,
)
from typedml.declare.schema import Extra
from typedml.declare.table_contradictions import refuse_table_contradictions
from typedml.errors import DeclarationError

_read_classes: weakref.WeakKeyDictionary[type, DeclaredSchema] = weakref.WeakKeyDictionary()


@overload
def read(declaration: type) -> DeclaredSchema: ...  # type: ignore[overload-overlap]  # a class is called too
@overload
def read(declaration: Callable[..., Any]) -> DeclaredFunction: ...
def read(declaration: Any) -> DeclaredSchema | DeclaredFunction:
    """What a function or class declares.

    Classes: FeatureSchema, dataclass, attrs class, TypedDict, NamedTuple, pydantic model, pandera model; and
    pandera schemas. A field that has a default need not be there; `NotRequired` neither.

    Raises: DeclarationError (typedml-unread) if the object declares nothing that can be read.
    """
    if isinstance(declaration, DeclaredSchema | DeclaredFunction):
        return declaration
    if isinstance(declaration, type) or is_record_like(declaration):
        return read_class(declaration)
    if is_pandera(declaration):
        return _read_pandera(declaration)
    if callable(declaration):
        from typedml.declare.function_reading import read_function

        return read_function(declaration)
    fact = f"{named(declaration)} is neither a function nor a class, so it declares nothing."
    raise DeclarationError(
        fact, "Give a FeatureSchema, another class with fields, or a function.", code="typedml-unread"
    )


def is_record_like(declaration: Any) -> bool:
    """True for a TypedDict of typing_extensions, which may be no class."""
    return hasattr(declaration, "__required_keys__") and hasattr(declaration, "__annotations__")


def read_class(cls: type) -> DeclaredSchema:
    """The schema that a class with fields declares.

    Raises: DeclarationError (typedml-unread) if it has none, or one of them cannot be read.
    """
    if is_schema(cls) and "declared" in cls.__dict__:
        declared: DeclaredSchema = cls.__dict__["declared"]
        return declared
    if not is_record(cls) or is_schema(cls):
        fact = f"{cls.__qualname__} is a class without declared fields."
        hint = "Derive it from FeatureSchema; dataclasses, attrs, TypedDict, NamedTuple, pydantic do too."
        raise DeclarationError(fact, hint, code="typedml-unread")
    if cls not in _read_classes:
        _read_classes[cls] = _read_pandera(cls) if is_pandera(cls) else _read_members(cls)
    return _read_classes[cls]


_read_schemas: dict[int, tuple[object, DeclaredSchema]] = {}
_KEPT = 256


def _read_pandera(declaration: Any) -> DeclaredSchema:
    """What a model or schema of pandera declares; a schema has no hash, so its number stands for it."""
    held = _read_schemas.get(id(declaration))
    if held is None or held[0] is not declaration:
        if len(_read_schemas) >= _KEPT:
            _read_schemas.clear()
        # A way up, reached only where somebody has imported pandera.
        read = import_module("typedml.boundary.pandera").from_pandera(declaration)
        held = _read_schemas[id(declaration)] = (declaration, read)
    return held[1]


def _read_members(cls: type) -> DeclaredSchema:
    members = next(members for test, members in _READERS if test(cls))
    fields = tuple(declare_member(member, cls.__name__) for member in members(cls))
    extra: Extra = "forbid" if _forbids_extra(cls) else "allow"
    declared = DeclaredSchema(cls.__name__, fields, extra, (), cls, inspect.cleandoc(cls.__doc__ or ""))
    refuse_table_contradictions(declared)
    return declared


def _forbids_extra(cls: Any) -> bool:
    return is_pydantic(cls) and cls.model_config.get("extra") == "forbid"


def _annotations(cls: type) -> Iterator[tuple[str, Any, Scope]]:
    """Every annotation of a class and its parents, each with the names of the module that wrote it."""
    found: dict[str, tuple[Any, Scope]] = {}
    for above in reversed(cls.__mro__):
        names = vars(sys.modules[above.__module__]) if above.__module__ in sys.modules else {}
        for name, annotation in own_annotations(above).items():
            scope = Scope(f"{cls.__name__}.{name}", names, dict(vars(above)))
            found[name] = (annotation, scope)
    return ((name, annotation, scope) for name, (annotation, scope) in found.items())


def _dataclass_members(cls: Any) -> Iterator[Member]:
    import dataclasses

    stated = {field.name: field for field in dataclasses.fields(cls)}
    for name, annotation, scope in _annotations(cls):
        if name in stated:
            field = stated[name]
            missing = dataclasses.MISSING
            required = field.default is missing and field.default_factory is missing
            spec = field.metadata.get("typedml")
            yield Member(name, annotation, scope, _spec(spec), required=required)


def _attrs_members(cls: Any) -> Iterator[Member]:
    import attrs

    scopes = {name: (annotation, scope) for name, annotation, scope in _annotations(cls)}
    for attribute in attrs.fields(cls):
        annotation, scope = scopes.get(
            attribute.name, (attribute.type, Scope(f"{cls.__name__}.{attribute.name}"))
        )
        required = attribute.default is attrs.NOTHING
        spec = _spec(attribute.metadata.get("typedml"))
        yield Member(
            attribute.name, Any if annotation is None else annotation, scope, spec, required=required
        )


def _typed_dict_members(cls: Any) -> Iterator[Member]:
    # A TypedDict forgets its parents, but its annotations hold theirs.
    names = vars(sys.modules[cls.__module__]) if cls.__module__ in sys.modules else {}
    for name, annotation in own_annotations(cls).items():
        scope = Scope(f"{cls.__name__}.{name}", names)
        yield Member(name, annotation, scope, required=name in cls.__required_keys__)


def _named_tuple_members(cls: Any) -> Iterator[Member]:
    for name, annotation, scope in _annotations(cls):
        if name in cls._fields:
            yield Member(name, annotation, scope, required=name not in cls._field_defaults)


def _pydantic_members(cls: Any) -> Iterator[Member]:
    for name, info in cls.model_fields.items():
        alias = info.validation_alias if isinstance(info.validation_alias, str) else info.alias
        yield Member(
            name,
            info.annotation,
            Scope(f"{cls.__name__}.{name}"),
            required=info.is_required(),
            column=alias,
            metadata=tuple(info.metadata),
            doc=info.description or "",
        )


def _spec(stated: object) -> FieldSpec | None:
    return stated if isinstance(stated, FieldSpec) else None


_READERS: tuple[tuple[Callable[[type], bool], Callable[[Any], Iterator[Member]]], ...] = (
    (is_pydantic, _pydantic_members),
    (is_attrs, _attrs_members),
    (is_typed_dict, _typed_dict_members),
    (is_named_tuple, _named_tuple_members),
    (lambda cls: True, _dataclass_members),
)
