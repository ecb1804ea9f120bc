"""Did you mean: the nearest known name to an unknown one."""

from __future__ import annotations

from typedml.algebra.traps import PREFIXED_SYMBOLS, TRAPS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

LONGEST = 60
CLOSE = 0.8
USUAL_PREFIXES = ("k", "M", "G", "T", "m", "c", "h", "d", "u", "n", "p")


def suggest(name: str, names: Iterable[str], prefixes: Collection[str]) -> str | None:
    """Return the nearest name, None where nothing is near; the work is bounded by the length of the name."""
    if not name or len(name) > LONGEST:
        return None
    known = [candidate for candidate in names if candidate not in TRAPS]
    near = next(_by_case(name, known), None) or _one_edit_away(name, known) or _nearest(name, known)
    return near or _behind_prefix(name, known, prefixes)


def _by_case(name: str, known: list[str]) -> Iterator[str]:
    """Yield names that differ in case only, without a plural `s` or behind a prefix: Km, HOURS, mTorr."""
    lowered = name.lower()
    folded = {lowered, lowered.removesuffix("s")}
    yield from sorted((word for word in known if len(word) > 1 and word.lower() in folded), reverse=True)
    symbols = {symbol.lower(): symbol for symbol in sorted(PREFIXED_SYMBOLS)}
    for start in (name, lowered, lowered.capitalize()):
        for prefix in USUAL_PREFIXES:
            if start.startswith(prefix) and start[1:].lower() in symbols:
                yield prefix + symbols[start[1:].lower()]


def _one_edit_away(name: str, known: Iterable[str]) -> str | None:
    """Return a long enough name with one letter more, less or other, or two neighbours swapped."""
    alike = (word for word in known if len(word) > 3 and abs(len(word) - len(name)) < 2)
    return next((word for word in alike if _is_one_edit(name, word)), None)


def _is_one_edit(left: str, right: str) -> bool:
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    left, right = left[start:], right[start:]
    while left and right and left[-1] == right[-1]:
        left, right = left[:-1], right[:-1]
    return max(len(left), len(right)) < 2 or (len(left) == 2 and left == right[::-1])


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
