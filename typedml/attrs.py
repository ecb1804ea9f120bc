"""Classes of attrs whose fields are checked by their meanings, when they are made and when they are set.

>>> from attrs import define
>>> from typedml import Probability
>>> from typedml.attrs import validated
>>> @define(field_transformer=validated)
... class Score:
...     p: Probability
>>> Score(0.5)
Score(p=0.5)
"""

from __future__ import annotations

from typing import Any, final

import attrs

from typedml.boundary.records import require_value


def validated(cls: type, fields: list[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
    """Add to each field a validator that checks what its annotation declares, after those it has.

    Hand it to attrs: `@define(field_transformer=validated)`. Nothing is converted. Rules beyond the
    annotation stand in the metadata: `attrs.field(metadata={"typedml": typedml.field(gt=0)})`.

    Raises: when an instance is made or changed, CheckError naming class, field and value; DeclarationError
    if a field cannot be read.
    """
    # The validators of a parent come along with its fields.
    return [each if getattr(each, "inherited", False) else _with_validator(each) for each in fields]


def _with_validator(field: attrs.Attribute[Any]) -> attrs.Attribute[Any]:
    own = _Validator()
    both: Any = own if field.validator is None else attrs.validators.and_(field.validator, own)
    return field.evolve(validator=both)


@final
@attrs.frozen
class _Validator:
    """Checks one field; its class is read with its first instance, for it may name what comes later."""

    def __call__(self, instance: Any, attribute: attrs.Attribute[Any], value: object) -> None:
        require_value(type(instance), attribute.name, value)
