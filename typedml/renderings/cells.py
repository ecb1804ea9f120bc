"""One value of a table as a reader sees it: on one line, text in quotes, so that blanks are seen."""

from __future__ import annotations

import datetime

from typedml.renderings.finding import Row
from typedml.renderings.inert import inert

WIDEST = 48
WITHHELD = "withheld"


def shown(value: object) -> str:
    """A value as it would be written in code; times as people write them."""
    if isinstance(value, (datetime.datetime, datetime.date, datetime.timedelta)):
        return str(value)
    # Only the start is shown, and the whole of a long text would be copied and escaped for it.
    if isinstance(value, (str, bytes)) and len(value) > 2 * WIDEST:
        value = value[: 2 * WIDEST]
    try:
        return repr(value)
    except Exception as error:  # noqa: BLE001  # an object in a column may raise anything when it is asked
        return f"<{type(value).__name__} that cannot be shown: {type(error).__name__}>"


def cell(value: object, widest: int = WIDEST) -> str:
    """A value on one line and not wider than this."""
    if value is None:
        return "null"
    text = f"{value:g}" if isinstance(value, float) and value == round(value, 4) else shown(value)
    text = inert(text)
    return text if len(text) <= widest else text[: widest - 1] + "…"


def cells_of(row: Row) -> str:
    """The cells of a row on one line, each with its name."""
    return ", ".join(f"{inert(name)} {cell(value)}" for name, value in row.cells.items())


def is_number(value: object) -> bool:
    """Whether a value stands at the right of its column."""
    return value is None or (isinstance(value, (int, float)) and not isinstance(value, bool))
