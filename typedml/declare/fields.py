"""`field(...)`: the rules that the values of one column of a schema keep.

>>> from typing import Annotated
>>> from typedml import FeatureSchema, Unit, field
>>> class Trip(FeatureSchema):
...     distance: Annotated[float, Unit("mile")] = field(gt=0, column="Distance (mi)")
>>> Trip.c.distance
'Distance (mi)'
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Never

from typedml.errors import DeclarationError

if TYPE_CHECKING:
    from typedml.declare.declared import Rules
    from typedml.declare.demands import Reference, Severity


class FieldSpec:
    """What one call of `field` says, before the annotation beside it is read."""

    __slots__ = ("column", "doc", "examples", "optional", "rules", "severity")

    def __init__(
        self,
        rules: Rules,
        column: str | None = None,
        optional: bool = False,
        examples: tuple[object, ...] = (),
        doc: str = "",
        severity: Severity = "fail",
    ) -> None:
        self.rules = rules
        self.column = column
        self.optional = optional
        self.examples = examples
        self.doc = doc
        self.severity = severity


def field(
    *,
    gt: Any = None,
    ge: Any = None,
    lt: Any = None,
    le: Any = None,
    isin: Iterable[object] | None = None,
    pattern: str | None = None,
    min_length: int | None = None,
    max_length: int | None = None,
    unique: bool = False,
    increasing: bool | str = False,
    decreasing: bool | str = False,
    null_fraction: float | None = None,
    references: str | None = None,
    dtype: str | None = None,
    column: str | None = None,
    optional: bool = False,
    examples: Iterable[object] = (),
    doc: str = "",
    severity: Severity = "fail",
    **unknown: Never,
) -> Any:
    """Say what the values of a column keep, beyond what its annotation says.

    `gt ge lt le` bound the values, in the unit of the column; `isin` lists them; `pattern` is a regular
    expression that the whole text matches; `min_length max_length` count the characters of a text. `unique`
    speaks of the whole column, `increasing` and `decreasing` of its order from top to bottom, or by another
    field: `increasing="departure"`. `null_fraction` in [0, 1] is the largest share of nulls of a nullable
    column. `references=Airport.c.faa`: every value stands in that column of another table. `dtype="int16"` is
    how the values are stored. With `severity="warn"` these rules are reported and do not fail the frame.
    `column` is the name in the frame where Python cannot spell it; an `optional` column may be absent.

    Raises: DeclarationError if the arguments contradict one another; what contradicts the annotation is
    reported when the class is made.

    >>> from typedml import FeatureSchema, Probability, field
    >>> class Late(FeatureSchema):
    ...     flight: str = field(unique=True, pattern="[A-Z0-9]{2}[0-9]+")
    ...     p_late: Probability = field(le=0.99, examples=[0.2])
    """
    from typedml.declare.declared import Rules

    if unknown:
        _refuse_unknown(next(iter(unknown)))
    if isinstance(isin, str):
        raise DeclarationError(f"isin={isin!r} is one text, not a list of values.", f"Write isin=[{isin!r}].")
    bounds = {"gt": gt, "ge": ge, "lt": lt, "le": le}
    text: dict[str, Any] = {"pattern": pattern, "min_length": min_length, "max_length": max_length}
    order: dict[str, Any] = {"increasing": _named(increasing), "decreasing": _named(decreasing)}
    whole: dict[str, Any] = {"unique": unique, "null_fraction": null_fraction, "width": dtype}
    members = None if isin is None else tuple(isin)
    rules = Rules(**bounds, isin=members, **text, **order, **whole, references=_reference(references))
    return FieldSpec(rules, column, optional, tuple(examples), doc, severity)


def _named(order: Any) -> Any:
    from typedml.declare.expression import Column

    # A column of a parent, `increasing=Trip.c.departure`, is the field of that name.
    return order.field.name if isinstance(order, Column) else order


def _reference(target: object) -> Reference | None:
    from typedml.declare.demands import Reference
    from typedml.declare.expression import Column

    if target is None:
        return None
    if isinstance(target, Column) and target.owner is not None:
        return Reference((), target.owner, (str.__str__(target),))
    if isinstance(target, str) and target and not isinstance(target, Column):
        return Reference((), None, (target,))
    fact = f"references={target!r} is not a column of a schema."
    raise DeclarationError(
        fact, 'Write references=Airport.c.faa, or the name of a field of the same table: references="id".'
    )


KEYWORDS = tuple(name for name in field.__kwdefaults__ or ())


def _refuse_unknown(name: str) -> None:
    import difflib

    near = difflib.get_close_matches(name, KEYWORDS, 1)
    hint = f"Did you mean {near[0]}=?" if near else f"field takes {', '.join(KEYWORDS)}."
    raise DeclarationError(f"field takes no argument {name!r}.", hint)
