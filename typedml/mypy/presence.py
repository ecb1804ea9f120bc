"""The module that mypy is at: who checks it, what its expressions mean, and that its errors pass by us."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mypy.checker_state import checker_state

from typedml.mypy import finished, versions
from typedml.mypy.guard import internal
from typedml.mypy.reports import ERROR_CODES
from typedml.mypy.session import Session
from typedml.mypy.source import source_of_tree
from typedml.mypy.watcher import MeaningWatcher

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy.errors import Errors
    from mypy.nodes import MypyFile
    from mypy.options import Options

    from typedml.mypy.carrier import Lookup
    from typedml.mypy.settings import Settings


class Presence:
    """Follows one build from module to module."""

    def __init__(
        self, settings: Settings, lookup: Lookup, modules: Callable[[], dict[str, MypyFile]]
    ) -> None:
        self.settings, self.lookup, self.modules = settings, lookup, modules
        self.watcher: MeaningWatcher | None = None
        self._failed: Exception | None = None
        self._is_awaited = finished.is_awaited(settings)
        self._checkers: dict[str, Any] = {}
        self._latest: Session | None = None

    def declares(self) -> bool:
        """Whether the file that mypy is at may declare a meaning: in most, no name need be looked at."""
        watcher = self.watcher
        if watcher is None or not watcher.is_listening:
            return True
        tree = self.modules().get(watcher.errors.target_module or "")
        return tree is None or source_of_tree(tree).declares

    @property
    def is_listening(self) -> bool:
        """Whether errors pass by our watcher; until they do, the first hook of all sees to it."""
        return self.watcher is not None and self.watcher.is_listening

    def meet(self) -> None:
        """Remember who checks a module, whose types are needed until all of its import cycle is checked."""
        if self._is_awaited:
            checker: Any = checker_state.type_checker
            if checker is not None:
                self._checkers[checker.tree.fullname] = checker

    def finish(self, tree: MypyFile, options: Options) -> None:
        """Look at a module that has been checked."""
        is_awaited = self._is_awaited or finished.has_patterns(tree)
        versions.checked(tree, is_finished=is_awaited)
        if self.watcher is None or not is_awaited:
            return
        errors, session = self.watcher.errors, self._session_of(tree.fullname)
        self._checkers.pop(tree.fullname, None)
        try:
            if session is not None and session.tree is tree:
                finished.look_at(session, errors, options)
        except Exception as error:  # noqa: BLE001 - an exception here would end the whole run of mypy
            self.confess(error)

    def entered(self, api: Any) -> Session:
        """Return the session of the module that mypy is at, whose errors are to pass by us."""
        session, watcher = self._latest, self.watcher
        is_known = (
            session is not None
            and session.checker is api
            and session.tree is api.tree
            and watcher is not None
            and watcher.hears(api.msg.errors)
        )
        if session is not None and is_known and not self._is_awaited and self._failed is None:
            return session
        self.listen(api.msg.errors)
        self.meet()
        return self.session(api.tree, api)

    def listen(self, errors: Errors) -> None:
        """See to it that errors pass by our watcher."""
        if not errors.file:
            return  # mypy tries whether a text is a type; what is said of that, it throws away
        if self.watcher is None or not self.watcher.hears(errors):
            self.watcher = MeaningWatcher(errors, self._session_of)
            self.watcher.listen()
        if self._failed is not None:
            self.confess(self._failed)

    def confess(self, error: Exception) -> None:
        """Report what went wrong while a hook was chosen, at once or as soon as errors can be reported."""
        self._failed = error
        if self.watcher is not None and self.watcher.is_listening:
            code = getattr(error, "code", "typedml-internal")
            self.watcher.errors.report(1, 0, internal(error), ERROR_CODES[code])
            self._failed = None

    def _session_of(self, module: str) -> Session | None:
        tree = self.modules().get(module)
        if tree is None:
            return None
        # Errors come before any hook of ours is asked: `return reading.rain or 0.0`.
        current: Any = checker_state.type_checker
        is_here = current is not None and current.tree is tree
        checker = current if is_here else self._checkers.get(module)
        return self.session(tree, checker if checker is not None and checker.tree is tree else None)

    def session(self, tree: MypyFile, checker: Any) -> Session:
        """Return what is shared while a module is checked."""
        known = self._latest
        if known is None or known.tree is not tree or known.checker is not checker:
            level = self.settings.level_of(tree.fullname)
            if checker is not None and finished.has_patterns(tree):
                self._checkers[tree.fullname] = checker
            known = self._latest = Session(tree, level, self.lookup, checker, self.modules)
        return known
