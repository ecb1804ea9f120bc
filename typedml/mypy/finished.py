"""What is looked at when a module has been checked: all its types are known, and errors are still taken.

mypy asks a plugin for further dependencies at that moment (`get_additional_indirect_deps`), in batch runs,
in workers and in the daemon alike.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from typedml.algebra.strictness import MEANING_DROPPED
from typedml.mypy import census, leaving, patterns
from typedml.mypy.source import source_of_tree

if TYPE_CHECKING:
    from mypy.errors import Errors
    from mypy.nodes import MypyFile
    from mypy.options import Options

    from typedml.mypy.session import Session
    from typedml.mypy.settings import Settings

# Code of other people: what it declares is not for its users to change.
INSTALLED = frozenset({"site-packages", "dist-packages", "typeshed"})
OURS = "typedml"


def is_awaited(settings: Settings) -> bool:
    """Whether this run looks at modules when they have been checked, and so needs their types until then."""
    levels = {settings.level, *(level for _, level in settings.overrides)}
    return not levels <= MEANING_DROPPED or census.folder() is not None


def is_own(tree: MypyFile | None) -> bool:
    """Whether a module is code of the user's project, neither a library's nor a stub."""
    if tree is None or tree.is_stub or tree.fullname.split(".")[0] == OURS:
        return False
    return INSTALLED.isdisjoint(PurePath(tree.path).parts)


def is_of_own(fullname: str, modules: dict[str, MypyFile]) -> bool:
    """Whether a function, class or attribute is defined in code of the user's project."""
    module = fullname
    while module and module not in modules:
        module = module.rpartition(".")[0]
    return is_own(modules.get(module))


def has_patterns(tree: MypyFile) -> bool:
    """Whether a module of the user's project has patterns, of which no hook is asked."""
    return is_own(tree) and source_of_tree(tree).has_patterns


def look_at(session: Session, errors: Errors, options: Options) -> None:
    """Report what patterns and the level forbid, and count what is known where somebody asked for it."""
    if not is_own(session.tree):
        return
    options = options.clone_for_module(session.tree.fullname)
    # The module that was checked last need not be this one.
    errors.set_file(session.tree.path, session.tree.fullname, options)
    if source_of_tree(session.tree).has_patterns:
        patterns.report_all(session, errors, options)
    if session.level not in MEANING_DROPPED:
        for loss in leaving.losses(session, lambda name: is_own(session.modules.get(name))):
            leaving.report(loss, session, errors, options)
    folder = census.folder()
    if folder is not None:
        census.write(session, folder, lambda name: is_of_own(name, session.modules))
