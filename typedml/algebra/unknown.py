"""What is said of a unit that nobody knows."""

from __future__ import annotations

from typedml.algebra.suggestions import suggest
from typedml.algebra.tokens import describe
from typedml.algebra.traps import COMMON_SPELLINGS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typedml.algebra.lexicon import Lexicon

DECLARE = 'declare it in a registry file, "{name} = ..." or, for what is counted, "{name} = []"'

# What values are called, and a unit that such a value may have.
VALUES: dict[str, str] = {
    **dict.fromkeys(("time", "now", "date", "tz", "datetime", "timestamp", "latency", "lag"), "second"),
    **dict.fromkeys(("lat", "lon", "lng", "latitude", "longitude", "bearing", "heading"), "degree"),
    **dict.fromkeys(("price", "cost", "amount", "revenue", "money", "fee", "salary"), "USD"),
    **dict.fromkeys(("temp", "temperature"), "degC"),
    **dict.fromkeys(("distance", "length", "width", "height", "depth", "altitude"), "m"),
    **dict.fromkeys(("speed", "velocity"), "m/s"),
    **dict.fromkeys(("mean", "median", "max", "sum", "std", "var", "log", "exp", "ratio", "rate"), "1"),
    **dict.fromkeys(("prob", "probability", "score", "value", "index", "nan", "inf", "null"), "1"),
    **dict.fromkeys(("id", "key", "name", "true", "false", "yes", "no", "float", "int", "str"), "1"),
}
NAMED = '"{name}" is what a value is called, not a unit: write the unit that it is in, such as "{unit}"'


def explain_unknown(name: str, lexicon: Lexicon) -> str:
    """The hint for an unknown name: what was probably meant, or how to define it."""
    foreign = next((character for character in name if not character.isascii()), None)
    if name in COMMON_SPELLINGS:
        return f'write "{COMMON_SPELLINGS[name]}"'
    if name.lower() in VALUES:
        return NAMED.format(name=name, unit=VALUES[name.lower()])
    power = _power(name, lexicon)
    if power is not None:
        return f'write "{power}"'
    if foreign is not None:
        return f"it contains {describe(foreign)}; unit names are written in ASCII"
    near = suggest(name, lexicon.names, lexicon.prefixes)
    if near is not None:
        return f'did you mean "{near}"?'
    return DECLARE.format(name=name if len(name) <= 60 else "name")


def _power(name: str, lexicon: Lexicon) -> str | None:
    """Read `m2` as m**2: a known unit with digits at its end."""
    stem = name.rstrip("0123456789")
    if stem and stem != name and len(name) < 60 and lexicon.find(stem) is not None:
        return f"{stem}**{name[len(stem) :]}"
    return None
