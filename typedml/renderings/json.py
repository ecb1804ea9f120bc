"""JSON: what the tool itself tells, in ASCII where a terminal would obey a character.

One subject is an object, several are an array; `listed` is always an array, `lines` one object to a line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from typedml.renderings.finding import Findings
from typedml.renderings.inert import clipped

LONGEST = 10_000
_MOST_BITS = 4_096
_COMMAND = re.compile(r"##(?=\[)")


def render(runs: Sequence[Findings]) -> str:
    """Return the data of one subject, or of several as an array."""
    return dumped(runs[0].data if len(runs) == 1 else [run.data for run in runs])


def listed(runs: Sequence[Findings]) -> str:
    """Return the data of all subjects as an array."""
    return dumped([run.data for run in runs])


def dumped(data: object) -> str:
    """Return plain data as JSON: a string that is longer than `LONGEST` is cut, and says so."""
    return escaped(json.dumps(_bounded(data), indent=2, ensure_ascii=False, allow_nan=False)) + "\n"


def escaped(text: str) -> str:
    """JSON with every character spelled that a terminal or a runner of workflows would obey."""
    if not text.replace("\n", "").isprintable():
        text = "".join(each if each == "\n" or each.isprintable() else _spelling(each) for each in text)
    # Only strings hold these characters, and there JSON reads them from their spelling.
    return _COMMAND.sub(r"#\\u0023", text)


def _spelling(character: str) -> str:
    return json.dumps(character)[1:-1]


def _bounded(data: Any) -> Any:
    if isinstance(data, str):
        return clipped(data, LONGEST)
    if isinstance(data, Mapping):
        return {clipped(str(name), LONGEST): _bounded(value) for name, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [_bounded(value) for value in data]
    if isinstance(data, float) and data - data != 0:
        return str(data)
    # Python refuses to write out integers of thousands of digits.
    if isinstance(data, int) and data.bit_length() > _MOST_BITS:
        return f"an integer of {data.bit_length():,} bits"
    return data
