"""Reads one annotation: what holds the values, what one of them is, and the metadata beside it.

`typing.get_type_hints` gives up where one name cannot be evaluated, or where a class is not subscriptable at
run time (`Annotated["pd.Series[float]", Unit("km")]`). Here what can be evaluated is, and what cannot is read
from its text; an annotation of which neither is possible is reported, never dropped.
"""

from __future__ import annotations

import typing
from collections import abc
from collections.abc import Callable, Mapping
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, ForwardRef, Literal, TypeVar, Union, get_args, get_origin

import attrs

from typedml.declare.declared import Carrier, Library
from typedml.declare.markers import Marker
from typedml.declare.metadata import claim_of
from typedml.declare.plain import array_of, carrier_of, is_pandera, is_record, is_schema, plain_base
from typedml.errors import DeclarationError

Globals = dict[str, Any]


@attrs.frozen
class Scope:
    """Where the names of an annotation are looked up, and whose annotation it is (for messages)."""

    owner: str
    globals: Globals = attrs.field(factory=dict, repr=False)
    locals: Mapping[str, Any] = attrs.field(factory=dict, repr=False)

    def at(self, owner: str) -> Scope:
        """The same names, for a message about another owner."""
        return attrs.evolve(self, owner=owner)


@attrs.frozen
class Reading:
    """What an annotation says; `members` are the readings of a tuple of fixed length.

    `other` is a class of which no value is known to be one, or not. `holds` is an item of a list, a value of
    a mapping or what an iterator yields; `returned` what a generator returns at its end; `container` is the
    class of a list: list, tuple, Sequence.
    """

    base: type = object
    nullable: bool = False
    metadata: tuple[object, ...] = ()
    carrier: Carrier = "other"
    library: Library | None = None
    isin: tuple[object, ...] | None = None
    mixed: tuple[type, ...] = ()
    record: Any = None
    other: type | None = None
    required: bool | None = None
    members: tuple[Reading, ...] = ()
    holds: Reading | None = None
    returned: Reading | None = None
    container: type | None = None


UNSTATED = Reading()


def read_annotation(annotation: Any, scope: Scope) -> Reading:
    """What `annotation` says.

    Raises: DeclarationError (typedml-unread) if it can be neither evaluated nor read from its text.
    """
    if isinstance(annotation, ForwardRef):
        annotation = annotation.__forward_arg__
    if isinstance(annotation, str):
        from typedml.declare.annotation_text import read_text

        return read_text(annotation, scope)
    if annotation is None or annotation is NoneType:
        return Reading(NoneType, nullable=True)
    if hasattr(annotation, "__value__") and get_origin(annotation) is None:
        return read_annotation(annotation.__value__, scope)
    if isinstance(annotation, TypeVar):
        return _read_type_variable(annotation, scope)
    if hasattr(annotation, "__supertype__"):
        return read_annotation(annotation.__supertype__, scope)
    origin = get_origin(annotation)
    if origin is not None:
        return _read_form(annotation, origin, scope)
    if isinstance(annotation, type):
        return _read_class(annotation)
    _refuse_value(annotation, scope)
    return UNSTATED


def _refuse_value(annotation: Any, scope: Scope) -> None:
    """Refuse what is no type: a marker that stands alone, a number; special forms of typing say nothing."""
    if isinstance(annotation, Marker):
        fact = f"{scope.owner} is annotated with the marker {annotation!r} alone."
        hint = f"Annotate a type that carries it: Annotated[float, {annotation!r}]."
        raise DeclarationError(fact, hint, code="typedml-unread")
    if isinstance(annotation, int | float | tuple | list | dict | set):
        fact = f"{scope.owner} is annotated with {annotation!r}, which is no type."
        raise DeclarationError(fact, "Annotate a type: x: float.", code="typedml-unread")


def _read_class(cls: type) -> Reading:
    if cls in _SEQUENCES:
        return Reading(carrier="list", container=cls)
    holder = carrier_of(cls)
    if holder is not None:
        return Reading(carrier=holder[0], library=holder[1])
    if is_record(cls):
        return Reading(record=cls)
    if issubclass(cls, Enum):
        return _read_enumeration(cls)
    base = plain_base(cls)
    if base is object:
        return Reading(other=None if cls in (object, Any) else cls)
    return Reading(base, carrier="scalar")


def _read_enumeration(cls: type[Enum]) -> Reading:
    values = tuple(member.value for member in cls)
    bases = {type(value) for value in values}
    return Reading(bases.pop() if len(bases) == 1 else object, carrier="scalar", isin=values)


def _read_type_variable(variable: TypeVar, scope: Scope) -> Reading:
    if variable.__bound__ is not None:
        return read_annotation(variable.__bound__, scope)
    readings = [read_annotation(choice, scope) for choice in variable.__constraints__]
    return merge_union(readings, scope) if readings else UNSTATED


def _read_form(annotation: Any, origin: Any, scope: Scope) -> Reading:
    reader = _FORMS.get(origin)
    if reader is not None:
        return reader(annotation, scope)
    if hasattr(origin, "__value__"):
        return read_annotation(origin.__value__[get_args(annotation)], scope)
    if origin in _SEQUENCES:
        return _read_sequence(annotation, scope)
    if isinstance(origin, type) and issubclass(origin, abc.Mapping):
        return _read_mapping(annotation, scope)
    if isinstance(origin, type) and carrier_of(origin) is not None:
        return _read_holder(annotation, origin, scope)
    return _read_class(origin) if isinstance(origin, type) else UNSTATED


def _read_annotated(annotation: Any, scope: Scope) -> Reading:
    inner = read_annotation(annotation.__origin__, scope)
    return with_metadata(inner, annotation.__metadata__)


def with_metadata(inner: Reading, metadata: tuple[object, ...]) -> Reading:
    """The reading with more metadata, which a container and an optional hand on to what they hold.

    A schema or another record class among the metadata says what a frame holds.
    """
    records: list[Any] = [item for item in metadata if _says_columns(item)]
    record = records[-1] if records else inner.record
    # A schema beside a class that is not known here makes it a frame: of PySpark, of Arrow, of anything.
    frame = inner.carrier == "other" and inner.base is object and any(map(_is_of_tables, records))
    carrier: Carrier = "frame" if frame and inner.record is None else inner.carrier
    return attrs.evolve(inner, metadata=(*inner.metadata, *metadata), record=record, carrier=carrier)


def _is_of_tables(record: Any) -> bool:
    return is_schema(record) if isinstance(record, type) and not is_pandera(record) else is_pandera(record)


def _says_columns(item: object) -> bool:
    return is_record(item) if isinstance(item, type) else is_pandera(item)


def _read_union(annotation: Any, scope: Scope) -> Reading:
    return merge_union([read_annotation(member, scope) for member in get_args(annotation)], scope)


def merge_union(readings: list[Reading], scope: Scope) -> Reading:
    """One reading for a union: None makes it nullable, and all other members must mean the same.

    Raises: DeclarationError (typedml-unread) if they mean different things.
    """
    present = [reading for reading in readings if reading.base is not NoneType]
    if not present:
        return Reading(NoneType, nullable=True)
    first = present[0]
    if any(claim_of(other.metadata) != claim_of(first.metadata) for other in present[1:]):
        fact = f"The members of a union in {scope.owner} mean different things."
        hint = "Declare one meaning for all of them: Annotated[float | int, Unit(...)]."
        raise DeclarationError(fact, hint, code="typedml-unread")
    if any(other.holds != first.holds for other in present[1:]):
        fact = f"The members of a union in {scope.owner} hold different things."
        raise DeclarationError(fact, "Declare one of them: list[...] | None.", code="typedml-unread")
    nullable = any(reading.nullable for reading in readings)
    bases, carriers = {reading.base for reading in present}, {reading.carrier for reading in present}
    return attrs.evolve(
        first,
        base=first.base if len(bases) == 1 else float if bases == {int, float} else object,
        carrier=first.carrier if len(carriers) == 1 else "other",
        library=first.library if len({reading.library for reading in present}) == 1 else None,
        nullable=nullable,
        container=first.container if len({reading.container for reading in present}) == 1 else None,
        isin=first.isin if len(present) == 1 else None,
        mixed=() if bases <= {int, float} or len(bases) == 1 else tuple(dict.fromkeys(_plain_bases(present))),
    )


def _plain_bases(readings: list[Reading]) -> list[type]:
    return [reading.base for reading in readings if reading.base is not object]


def _read_literal(annotation: Any, scope: Scope) -> Reading:
    values = tuple(value for value in get_args(annotation) if value is not None)
    bases = {type(value) for value in values}
    base = bases.pop() if len(bases) == 1 else object
    return Reading(base, nullable=None in get_args(annotation), carrier="scalar", isin=values)


def _read_qualified(annotation: Any, scope: Scope) -> Reading:
    return read_annotation(get_args(annotation)[0], scope)


def _read_required(annotation: Any, scope: Scope) -> Reading:
    return attrs.evolve(_read_qualified(annotation, scope), required=True)


def _read_not_required(annotation: Any, scope: Scope) -> Reading:
    return attrs.evolve(_read_qualified(annotation, scope), required=False)


def _read_tuple(annotation: Any, scope: Scope) -> Reading:
    arguments = get_args(annotation)
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        return _read_sequence(annotation, scope)
    members = tuple(read_annotation(argument, scope) for argument in arguments if argument != ())
    return Reading(carrier="list", members=members)


def _read_sequence(annotation: Any, scope: Scope) -> Reading:
    inner = read_annotation(get_args(annotation)[0], scope)
    alone = attrs.evolve(inner, nullable=False, record=None, members=())
    return attrs.evolve(alone, carrier="list", holds=inner, container=get_origin(annotation))


def _read_iterator(annotation: Any, scope: Scope) -> Reading:
    """What yields its items one by one; of a generator also what it returns."""
    arguments = get_args(annotation)
    returned = read_annotation(arguments[2], scope) if len(arguments) > 2 else None
    return Reading(holds=read_annotation(arguments[0], scope), returned=returned)


def _read_mapping(annotation: Any, scope: Scope) -> Reading:
    key, value = (read_annotation(argument, scope) for argument in get_args(annotation))
    if any(claim_of(key.metadata)):
        fact = f"The keys of a mapping in {scope.owner} have a meaning, which cannot be checked."
        raise DeclarationError(fact, "Declare the meaning of the values only.", code="typedml-unread")
    alone = attrs.evolve(value, nullable=False, record=None, members=(), container=None)
    return attrs.evolve(alone, carrier="other", holds=value)


def _read_holder(annotation: Any, origin: type, scope: Scope) -> Reading:
    """An array or Series of something: `NDArray[np.float64]`, `pd.Series[float]`."""
    outer = _read_class(origin)
    element = get_args(annotation)[-1]
    inner = read_annotation(array_of(element), scope)
    return attrs.evolve(outer, base=inner.base, metadata=inner.metadata, record=inner.record)


_SEQUENCES: frozenset[Any] = frozenset(
    {list, set, frozenset, tuple, abc.Sequence, abc.MutableSequence, abc.Iterable, abc.Collection, abc.Set}
)
_ITERATORS = (abc.Iterator, abc.Generator, abc.AsyncIterable, abc.AsyncIterator, abc.AsyncGenerator)
_FORMS: dict[Any, Callable[[Any, Scope], Reading]] = {
    Annotated: _read_annotated,
    Union: _read_union,
    UnionType: _read_union,
    Literal: _read_literal,
    ClassVar: _read_qualified,
    typing.Final: _read_qualified,
    typing.Required: _read_required,
    typing.NotRequired: _read_not_required,
    tuple: _read_tuple,
    **dict.fromkeys(_ITERATORS, _read_iterator),
}
