"""Load what a user names on the command line as `module:Name`."""

import importlib
import sys
import traceback
from difflib import get_close_matches
from pathlib import Path
from types import ModuleType

from typedml.cli.failure import Failure


def load(reference: str) -> object:
    """Return the object that `module:Name` names; the current folder is searched first.

    Raises: Failure if the reference is malformed, the module cannot be imported or lacks the name.
    """
    module_name, colon, name = reference.partition(":")
    if not (module_name and colon and name):
        raise Failure(f'"{reference}" does not name an object in a module', _spelling(reference, "Name"))
    _refuse_path(reference)
    found: object = load_module(module_name)
    for part in name.split("."):
        found = _member(found, part, reference)
    return found


def load_module(name: str) -> ModuleType:
    """Import a user's module by its dotted name, with the current folder searched first.

    Raises: Failure if there is none, or if it fails while it is imported.
    """
    _refuse_path(name)
    if not all(part.isidentifier() for part in name.split(".")):
        raise Failure(f'"{name}" is not the name of a module', _spelling(name))
    here = str(Path.cwd())
    if here not in sys.path:
        sys.path.insert(0, here)
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name and (name == error.name or name.startswith(f"{error.name}.")):
            raise Failure(f'there is no module "{error.name}"', _spelling(name)) from error
        raise _broken(name, error) from error
    except (Exception, SystemExit) as error:
        raise _broken(name, error) from error


def _broken(name: str, error: BaseException) -> Failure:
    frames = traceback.extract_tb(error.__traceback__)
    outside = [f for f in frames if "importlib" not in f.filename and not _is_ours(f.filename)]
    place = f" ({outside[-1].filename}:{outside[-1].lineno})" if outside else ""
    what = f"{type(error).__name__}: {getattr(error, 'fact', error)}"
    hint = getattr(error, "hint", None) or f'`python -c "import {name}"` shows the whole traceback'
    return Failure(f'module "{name}" failed while it was imported: {what}{place}', hint)


def _is_ours(filename: str) -> bool:
    """True for a file of typedml: a declaration is wrong where its author wrote it, not where it was read."""
    return Path(filename).is_relative_to(Path(__file__).parents[1])


def _refuse_path(reference: str) -> None:
    path = reference.partition(":")[0]
    if path.endswith(".py"):
        raise Failure(f'"{path}" is not the name of a module', _spelling(reference))


def _spelling(text: str, default: str = "") -> str:
    """How a reference would be written; `default` stands for a name that must be given."""
    path, _, name = text.partition(":")
    if path.endswith(".py"):
        dotted = ".".join(part for part in Path(path).with_suffix("").parts if part not in (".", "/"))
        named = f":{name or default}" if name or default else ""
        return f'write it as a module: "{dotted}{named}"'
    return 'write "package.module:Name", seen from the current folder or installed'


def _member(owner: object, name: str, reference: str) -> object:
    try:
        return getattr(owner, name)
    except AttributeError as error:
        public = [n for n in vars(owner) if not n.startswith("_")] if hasattr(owner, "__dict__") else []
        near = get_close_matches(name, public, n=1)
        names = ", ".join(public[:12]) or "no names"
        hint = f'did you mean "{near[0]}"?' if near else f"it defines {names}"
        raise Failure(f'"{reference}" names nothing: there is no "{name}"', hint) from error
