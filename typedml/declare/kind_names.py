"""One name, one kind: a second, different definition of a name is refused where both are in force.

Code that runs anew replaces what it defined before: a reloaded module, a cell of a notebook. The plugin of
mypy reads definitions out of source, again after each edit, and is no definition itself.
"""

from __future__ import annotations

import sys
from types import CodeType, FrameType
from typing import TYPE_CHECKING, NamedTuple

from typedml.errors import DeclarationError

if TYPE_CHECKING:
    from typedml.algebra.kind import Kind

READER = "typedml.mypy"


class _Definition(NamedTuple):
    """A kind and where it is defined; the code is held, so that it is told from code that runs anew."""

    kind: Kind
    module: str
    code: CodeType
    line: int

    @property
    def place(self) -> str:
        return f"{self.code.co_filename}:{self.line}"


_defined: dict[str, _Definition] = {}


def register(kind: Kind, frame: FrameType) -> None:
    """Note the kind that the code of `frame` defines.

    Raises: DeclarationError if other code defines another kind of this name.
    """
    module = str(frame.f_globals.get("__name__", ""))
    if module.startswith(READER):
        return
    after = _Definition(kind, module, frame.f_code, frame.f_lineno)
    before = _defined.get(kind.name)
    if before is None or before.kind == kind or _replaces(after, before):
        _defined[kind.name] = after
        return
    first, second = _differences(before.kind, kind)
    fact = f'Kind "{kind.name}" has two definitions: {first} ({before.place}) and {second} ({after.place}).'
    raise DeclarationError(fact, "Define it once and import it, or give one of them another name.")


def kind_named(name: str) -> Kind | None:
    """The kind that code of this process defined under a name, None if there is none."""
    found = _defined.get(name)
    return None if found is None else found.kind


def _replaces(after: _Definition, before: _Definition) -> bool:
    if after.code is before.code:
        return after.line == before.line
    # A module that is gone, as between two tests, defines nothing any more.
    if before.module != after.module:
        return before.module not in sys.modules
    return before.code.co_qualname == after.code.co_qualname


def _differences(first: Kind, second: Kind) -> tuple[str, str]:
    from typedml.algebra.kind import DEFAULTS

    # `unit` is the one that was written, where there is only one.
    shown = ("parent", *(name for name in DEFAULTS if name != "default_unit" or first.unit is None))
    names = [name for name in shown if getattr(first, name) != getattr(second, name)]
    return _told(first, names), _told(second, names)


def _told(kind: Kind, names: list[str]) -> str:
    return ", ".join(f"{name}={_shown(getattr(kind, name))}" for name in names) or "another one"


def _shown(value: object) -> str:
    from typedml.algebra.kind import Kind, Sort

    if isinstance(value, Sort):
        return repr(value.value)
    return value.name if isinstance(value, Kind) else str(value)
