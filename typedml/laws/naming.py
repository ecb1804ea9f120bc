"""How a feature is found again: by its module and its name there, or by what it is."""

from __future__ import annotations

import functools
import os
import site
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MethodType, ModuleType
from typing import Any

from typedml.laws.watch import library_folders

MAIN = "__main__"
OURS = __name__.partition(".")[0]


def reference_of(function: Callable[..., Any]) -> str | None:
    """The module and name, `module:name`, by which a command finds a feature.

    None for one that is local, of the program that runs, or in no module that can be imported.
    """
    for module in _modules(function):
        name = _name_in(vars(module), function)
        if name is not None and _root(module) is not None:
            return f"{module.__name__}:{name}"
    return None


def named_in_program(function: Callable[..., Any]) -> str | None:
    """The name of a feature in the program or notebook that runs, or that of a local function."""
    own = getattr(function, "__name__", "")
    main = sys.modules.get(MAIN)
    found = _name_in(vars(main), function) if main is not None else None
    is_local = "<locals>" in getattr(function, "__qualname__", "") and not isinstance(function, MethodType)
    return found or (own if is_local and own.isidentifier() else None)


def what_it_is(function: Callable[..., Any]) -> str:
    """A feature without a name, in a few words."""
    if isinstance(function, MethodType):
        return f"the method `{function.__name__}` of its {type(function.__self__).__name__}"
    if isinstance(function, functools.partial):
        return f"the partial of `{getattr(function.func, '__name__', function.func)}`"
    code = getattr(function, "__code__", None)
    if code is not None:
        return f"the function of {Path(code.co_filename).name}, line {code.co_firstlineno}"
    return f"the {type(function).__name__} that was checked"


def folder_of(name: str) -> str | None:
    """The folder that Python must be told of to find a module, seen from here; None where it finds it.

    Scripts and pytest add folders of their own, which no command knows.
    """
    root = _root(sys.modules[name])
    if root is None or root == Path.cwd() or str(root) not in sys.path or root in _told():
        return None
    return os.path.relpath(root) if root.is_relative_to(Path.cwd()) else str(root)


def _modules(function: Callable[..., Any]) -> Iterator[ModuleType]:
    """Its own module, then all others that are no library: an object is where somebody has put it."""
    own = sys.modules.get(getattr(function, "__module__", None) or "")
    if own is not None and own.__name__ != MAIN:
        yield own
    for name, module in list(sys.modules.items()):
        if name != MAIN and module is not own and _is_users(name, module):
            yield module


def _is_users(name: str, module: ModuleType) -> bool:
    file = getattr(module, "__file__", None)
    ours = name.partition(".")[0] == OURS
    return isinstance(file, str) and not ours and not file.startswith(library_folders())


def _name_in(space: Mapping[str, Any], function: Callable[..., Any]) -> str | None:
    """The dotted name of an object, or of the object that it is a method of, in a module."""
    own = getattr(function, "__qualname__", "")
    if isinstance(own, str) and _is_same(_found(space, own), function):
        return own
    wanted = function.__self__ if isinstance(function, MethodType) else function
    name = next(
        (name for name, value in list(space.items()) if value is wanted and name.isidentifier()), None
    )
    if name is None or wanted is function:
        return name
    dotted = f"{name}.{function.__name__}"
    return dotted if _is_same(_found(space, dotted), function) else None


def _found(space: Mapping[str, Any], dotted: str) -> object:
    first, *rest = dotted.split(".")
    found = space.get(first)
    for part in rest:
        found = getattr(found, part, None)
    return found


def _is_same(found: object, function: Callable[..., Any]) -> bool:
    # A bound method is a new object each time that it is asked for.
    return found is function or (isinstance(found, MethodType) and found == function)


def _root(module: ModuleType) -> Path | None:
    """The folder in which the import of a module starts; None for one that no import would find."""
    file = getattr(module, "__file__", None)
    if not isinstance(file, str):
        return None
    path = Path(file).absolute()
    path = path.parent if path.stem == "__init__" else path.with_name(path.name.partition(".")[0])
    parts = tuple(module.__name__.split("."))
    return path.parents[len(parts) - 1] if path.parts[-len(parts) :] == parts else None


def _told() -> set[Path]:
    """The folders in which Python looks at its start: of libraries, of PYTHONPATH, of installed paths."""
    folders = [*library_folders()[:-1], *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    for folder in site.getsitepackages():
        for path in Path(folder).glob("*.pth"):
            lines = path.read_text(errors="ignore").splitlines()
            folders += [line for line in lines if not line.startswith(("import", "#"))]
    return {Path(folder).absolute() for folder in folders if folder}
