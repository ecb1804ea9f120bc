"""One value of a table as a reader sees it: on one line, text in quotes, so that blanks are seen."""

from __future__ import annotations

import datetime

from typedml.renderings.finding import Finding, Row
from typedml.renderings.inert import inert, inert_lines
from typedml.renderings.tables import text

WIDEST = 48
WITHHELD = "withheld"


def shown(value: object) -> str:
    """A value as it would be written in code; times as people write them."""
    if isinstance(value, datetime.datetime):
        return _moment(value)
    if isinstance(value, (datetime.date, datetime.timedelta)):
        return str(value)
    # Only the start is shown, and the whole of a long text would be copied and escaped for it.
    if isinstance(value, (str, bytes)) and len(value) > 2 * WIDEST:
        value = value[: 2 * WIDEST]
    try:
        return repr(value)
    except Exception as error:  # noqa: BLE001  # an object in a column may raise anything when it is asked
        return f"<{type(value).__name__} that cannot be shown: {type(error).__name__}>"


def _moment(value: datetime.datetime) -> str:
    """A moment without the seconds that are none; those of pandas may have nanoseconds. NaT stays NaT."""
    if value != value:
        return str(value)
    is_whole = not (value.second or value.microsecond or getattr(value, "nanosecond", 0))
    text = value.isoformat(" ", "minutes" if is_whole else "auto")
    return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text


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


def row_lines(finding: Finding) -> list[str]:
    """The rows to blame, each on a line."""
    if not finding.rows or bare_rows(finding):
        return [bare_rows(finding)] if finding.rows else []
    more = [f"and {finding.more:,} more"] if finding.more else []
    return [*(f"row {row.number}: {cells_of(row)}" for row in finding.rows), *more]


def lines_below(finding: Finding) -> list[str]:
    """What is told of a finding below its message and its rows, as plain text: tables, detail, remarks."""
    told = text(finding.tables).splitlines() + inert_lines(finding.detail).splitlines()
    return told + [f"{title}: {inert(said)}" for title, said in finding.remarks]


def bare_rows(finding: Finding) -> str:
    """The numbers of the rows to blame, where nothing is told of them but those."""
    if not finding.rows or any(row.keys or row.values for row in finding.rows):
        return ""
    more = f" and {finding.more:,} more" if finding.more else ""
    return f"row{'' if finding.count == 1 else 's'} {', '.join(row.number for row in finding.rows)}{more}"


def is_number(value: object) -> bool:
    """Whether a value stands at the right of its column."""
    return value is None or (isinstance(value, (int, float)) and not isinstance(value, bool))
