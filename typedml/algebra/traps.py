"""Names that Pint reads as something few would expect: they are refused, with what to write instead."""

from __future__ import annotations

# name: (what Pint would read, what to write instead)
TRAPS: dict[str, tuple[str, str]] = {
    "bp": ("a printer's point", '"basis_point", or declare a tag such as "base_pair = []"'),
}
PREFIXED_TRAPS: frozenset[str] = frozenset()
COMMON_SPELLINGS: dict[str, str] = {"kmh": "km/hour"}


def trap(name: str) -> tuple[str, str] | None:
    """Return fact and hint if the name is a trap."""
    row = TRAPS.get(name) or (TRAPS.get(name[:-1]) if name.endswith("s") else None)
    if row is None:
        row = next(
            (TRAPS[end] for end in PREFIXED_TRAPS if name.endswith(end) and len(name) <= len(end) + 2), None
        )
    if row is None:
        return None
    return f'The unit "{name}" is ambiguous: it would be {row[0]}', f"write {row[1]}"
