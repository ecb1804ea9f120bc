"""Did you mean: the nearest known name to an unknown one."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

LONGEST = 60
CLOSE = 0.75


def suggest(name: str, names: Iterable[str], prefixes: Collection[str]) -> str | None:
    """Return the nearest name, None where nothing is near; bounded by the length of the name."""
    if not name or len(name) > LONGEST:
        return None
    known = dict.fromkeys(names)
    for candidate in _by_case(name, known, prefixes):
        return candidate
    return _nearest(name, known) or _behind_prefix(name, known, prefixes)


def _by_case(name: str, known: dict[str, None], prefixes: Collection[str]) -> list[str]:
    """Return the names that differ in case only, with and without a plural `s` or a prefix: Km, HOURS."""
    lowered = name.lower()
    folded = {lowered, lowered.removesuffix("s")}
    found = [candidate for candidate in known if candidate.lower() in folded and len(candidate) > 1]
    if found:
        return sorted(found, key=lambda candidate: candidate != lowered)
    return [
        prefix + unit
        for prefix in ("k", "M", "G", "m", "u", "n", *prefixes)
        for unit in _case_behind(lowered, prefix.lower(), known)
    ]


def _case_behind(lowered: str, prefix: str, known: dict[str, None]) -> list[str]:
    if not lowered.startswith(prefix):
        return []
    stem = lowered[len(prefix) :]
    return [
        unit
        for unit in known
        if unit.lower() == stem and (len(stem) > 1 or unit in {"m", "g", "s", "W", "V"})
    ]


def _nearest(name: str, known: Iterable[str]) -> str | None:
    from difflib import get_close_matches

    long = [candidate for candidate in known if len(candidate) > 2]
    matches = get_close_matches(name, long, n=1, cutoff=CLOSE)
    return matches[0] if matches else None


def _behind_prefix(name: str, known: Iterable[str], prefixes: Collection[str]) -> str | None:
    for prefix in sorted(prefixes, key=len, reverse=True):
        if len(prefix) > 2 and name.startswith(prefix) and len(name) > len(prefix) + 2:
            near = _nearest(name[len(prefix) :], known)
            return prefix + near if near else None
    return None
