"""Laws that a declaration waives: each by a name that the catalogue has, and none without need."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

from typedml.declare.declared import DeclaredFunction
from typedml.errors import DeclarationError


def refuse_unknown_waivers(declared: DeclaredFunction, laws: Collection[str]) -> None:
    """See that every waived law is one of these.

    Raises: DeclarationError for a name that no law has.
    """
    for name in declared.options.waive if declared.options else ():
        if name not in laws:
            near = get_close_matches(name, laws, n=1)
            hint = f'Did you mean "{near[0]}"?' if near else f"The laws are {', '.join(laws)}."
            raise DeclarationError(f"{declared.name}: waive names no law {name!r}.", hint)


def waiver_note(law: str, wanting: str | None, tables: int) -> str:
    """What to say of a waiver that is not needed: the law holds, or is not asked at all; else ""."""
    if wanting is not None:
        return f"the waiver of `{law}` waives nothing: the law is not asked, for it wants {wanting}"
    if tables:
        return f"the waiver of `{law}` may go: the law held on {tables} table{'s' * (tables > 1)}"
    return ""
