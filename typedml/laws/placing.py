"""Which parameters have rows, and of which table: the base table, a look-up, or what is learnt from."""

from __future__ import annotations

from typedml.declare.declared import DeclaredFunction, DeclaredParameter
from typedml.laws.settings import SEVERAL, is_setting

TABULAR = SEVERAL | {"frame"}
# The table whose rows the outputs follow: the first frame that is not learnt from, and every array beside it.
BASE = ""
LEARNT_FROM = frozenset({"Train", "Validation"})


def tables_of(declared: DeclaredFunction) -> dict[str, str]:
    """The table of each parameter that has rows, by its name.

    The base table is the first frame that is not learnt from, or the only one; arrays, Series and lists stand
    beside it, but for those that are settings. What is learnt from (`fit`, or the role Train) and each
    further frame has rows of its own.
    """
    learnt, alone = learnt_from(declared), settings_of(declared)
    held = [p for p in declared.parameters if p.carrier in TABULAR and p.name not in alone]
    frames = [p.name for p in held if p.carrier == "frame" and p.name not in learnt]
    found = {p.name: _table(p, learnt=p.name in learnt, base=p.name in frames[:1]) for p in held}
    if found and BASE not in found.values():
        first = next(iter(found.values()))
        found = {name: BASE if table == first else table for name, table in found.items()}
    return found


def settings_of(declared: DeclaredFunction) -> frozenset[str]:
    """The parameters that hold several values which are no rows."""
    options, learnt = declared.options, learnt_from(declared)
    label = options.label if options else None
    framed = any(p.carrier == "frame" for p in declared.parameters)
    free = (p for p in declared.parameters if p.name not in learnt and p.name != label)
    return frozenset(p.name for p in free if is_setting(p, framed=framed))


def learnt_from(declared: DeclaredFunction) -> frozenset[str]:
    """The parameters whose rows are learnt from."""
    fit = declared.options.fit if declared.options else None
    return frozenset(p.name for p in declared.parameters if p.name == fit or p.roles & LEARNT_FROM)


def _table(parameter: DeclaredParameter, *, learnt: bool, base: bool) -> str:
    if parameter.carrier == "frame":
        return BASE if base else parameter.name
    roles = sorted(parameter.roles & LEARNT_FROM)
    return roles[0] if roles else parameter.name if learnt else BASE
