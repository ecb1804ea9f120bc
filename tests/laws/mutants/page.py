"""Fills the tables of a page between their marks, `<!-- first: by_law -->` and `<!-- end -->`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from tests.laws.mutants import matrix
from tests.laws.mutants.matrix import Verdict

PARTS: Mapping[str, Callable[[Sequence[Verdict]], str]] = {
    "by_layer": matrix.by_layer,
    "by_law": matrix.by_law,
    "survivors": matrix.survivors,
    "each": matrix.each,
}


def fill(text: str, table: str, verdicts: Sequence[Verdict]) -> str:
    """The page with the parts of one table of mutants written anew; other tables stay as they are."""
    for name, part in PARTS.items():
        mark = re.compile(rf"(<!-- {table}: {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        # Doubled, because a replacement takes a backslash for its own.
        written = part(verdicts).replace("\\", "\\\\")
        text = mark.sub(rf"\g<1>{written}\n\g<2>", text)
    return text
