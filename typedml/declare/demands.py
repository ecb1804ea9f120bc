"""What a schema demands of more than one value: orders, keys, numbers of rows, references to other tables.

>>> from typedml.declare.demands import Key, RowCount
>>> print(Key(("carrier", "flight")), "|", RowCount(1, None))
carrier, flight together are unique | at least 1 row
"""

from __future__ import annotations

from typing import Literal, final

import attrs

Severity = Literal["fail", "warn"]


@final
@attrs.frozen
class Order:
    """The values of a column never fall (`descending`: never rise).

    Rows are taken as they come, past missing values; or, with a column `by`, in the order of (by, value),
    without the rows in which either is missing: then the answer does not hang on how the rows stand.
    """

    by: str | None = None
    descending: bool = False

    def __str__(self) -> str:
        words = "never increases" if self.descending else "never decreases"
        return words if self.by is None else f"{words} by {self.by}"


@final
@attrs.frozen
class Key:
    """The values of these columns together name one row; a row with a missing part is not judged."""

    columns: tuple[str, ...]

    def __str__(self) -> str:
        return f"{', '.join(self.columns)} {'together are' if len(self.columns) > 1 else 'is'} unique"


@final
@attrs.frozen
class RowCount:
    """How many rows a table has: `least` and `most`, None for no limit."""

    least: int = 0
    most: int | None = None

    def holds(self, rows: int) -> bool:
        """Whether a table may have so many rows."""
        return self.least <= rows and (self.most is None or rows <= self.most)

    def __str__(self) -> str:
        if self.least == self.most:
            return _rows(self.least)
        if self.most is None:
            return f"at least {_rows(self.least)}"
        return f"at most {_rows(self.most)}" if not self.least else f"{self.least:,} to {_rows(self.most)}"


def _rows(number: int) -> str:
    return f"{number:,} row{'' if number == 1 else 's'}"


@final
@attrs.frozen
class Reference:
    """Values of `columns` stand among those of `targets`, columns of the table that `schema` declares.

    `schema` is None where the table refers to itself. A row with a missing part is not judged.
    """

    columns: tuple[str, ...]
    schema: type | None
    targets: tuple[str, ...]

    @property
    def target(self) -> str:
        """The table that is referred to, by its name."""
        return "the same table" if self.schema is None else self.schema.__name__

    def __str__(self) -> str:
        return f"{', '.join(self.columns)} in {self.target} ({', '.join(self.targets)})"
