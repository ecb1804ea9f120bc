"""What a signature declares of its result, whichever way it is returned."""

from __future__ import annotations

from collections.abc import Iterator

from typedml.declare.declared import DeclaredFunction, DeclaredParameter
from typedml.laws.outcome import Declaration


def output_declarations(declared: DeclaredFunction) -> Iterator[Declaration]:
    """The declarations of the columns of a result: one for a number, one for each field of a frame."""
    parts: tuple[DeclaredParameter, ...] = declared.results or (declared.result,)
    for part in parts:
        if part.schema is not None:
            yield from part.schema.fields
        else:
            yield part
