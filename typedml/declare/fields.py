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


class FieldSpec:
    """What one call of `field` says, before the annotation beside it is read."""

    __slots__ = ("column", "doc", "examples", "optional", "rules")

    def __init__(
        self, rules: Rules, column: str | None, optional: bool, examples: tuple[object, ...], doc: str
    ) -> None:
        self.rules = rules
        self.column = column
        self.optional = optional
        self.examples = examples
        self.doc = doc


def field(
    *,
    gt: Any = None,
    ge: Any = None,
    lt: Any = None,
    le: Any = None,
    isin: Iterable[object] | None = None,
    pattern: str | None = None,
    unique: bool = False,
    increasing: bool = False,
    null_fraction: float | None = None,
    column: str | None = None,
    optional: bool = False,
    examples: Iterable[object] = (),
    doc: str = "",
    **unknown: Never,
) -> Any:
    """Say what the values of a column keep, beyond what its annotation says.

    `gt ge lt le` bound the values, in the unit of the column; `isin` lists them; `pattern` is a regular
    expression that the whole text matches; `unique` and `increasing` speak of the column from top to bottom;
    `null_fraction` in [0, 1] is the largest share of nulls of a nullable column. `column` is the name in the
    frame where Python cannot spell it; an `optional` column may be absent.

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
    rules = Rules(
        gt, ge, lt, le, None if isin is None else tuple(isin), pattern, unique, increasing, null_fraction
    )
    return FieldSpec(rules, column, optional, tuple(examples), doc)


KEYWORDS = tuple(name for name in field.__kwdefaults__ or ())


def _refuse_unknown(name: str) -> None:
    import difflib

    near = difflib.get_close_matches(name, KEYWORDS, 1)
    hint = f"Did you mean {near[0]}=?" if near else f"field takes {', '.join(KEYWORDS)}."
    raise DeclarationError(f"field takes no argument {name!r}.", hint)
