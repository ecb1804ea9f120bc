"""Hears every error before mypy records it, and has those about meanings judged.

mypy's stack of error watchers is internal; a watcher of ours at its bottom hears what all others let pass,
before `# type: ignore` is handled, so that our codes can be ignored by name. This file is the only one that
relies on it: it can go when mypy lets a plugin rewrite errors (python/mypy#7468).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mypy.errorcodes import DEPRECATED, DICT_ITEM, NO_ANY_RETURN
from mypy.errors import ErrorInfo, Errors, ErrorWatcher

from typedml.mypy import narrowed
from typedml.mypy.clashes import clashing, may_clash
from typedml.mypy.finished import is_own
from typedml.mypy.guard import internal
from typedml.mypy.index import index_of, span
from typedml.mypy.judge import judge
from typedml.mypy.remarks import retract
from typedml.mypy.reports import ERROR_CODES
from typedml.mypy.shapes import CARRIED, spell
from typedml.mypy.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from typedml.mypy.index import Span
    from typedml.mypy.session import Session

MARK: Final = "TypedDict({"
# What follows an error comes directly after it.
REMEMBERED: Final = 8
ALLOWED: Final = "(allowed)"
# What is handed to a call, and what a comprehension makes of each value.
WITHIN: Final = re.compile(
    r'^Argument .* to "(?P<name>\w+)"(?: of "[^"]*")? has incompatible type '
    r"|^(?:Generator has incompatible item type|(?:List|Set) comprehension has incompatible type) "
)


class MeaningWatcher:
    """Rewords, recodes or drops the errors that mention a meaning; all others pass untouched."""

    def __init__(self, errors: Errors, session_of: Callable[[str], Session | None]) -> None:
        self.errors = errors
        self._watcher = ErrorWatcher(errors, filter_errors=self._hear, filter_deprecated=True)
        self._session_of = session_of
        self._speaking = False
        self._dropped: list[ErrorInfo] = []
        self._ours: list[ErrorInfo] = []

    def listen(self) -> None:
        """Take the place at the bottom of mypy's watchers."""
        self.errors._watchers.insert(0, self._watcher)

    @property
    def is_listening(self) -> bool:
        """Whether errors pass by; mypy begins every run with an empty stack of watchers."""
        watchers = self.errors._watchers
        return bool(watchers) and watchers[0] is self._watcher

    def hears(self, errors: Errors) -> bool:
        """Whether it is these errors that pass by."""
        return self.errors is errors and self.is_listening

    def expect(self, fullname: str) -> None:
        """Have errors about a call of this name judged at once: its value may be an argument of another call.

        mypy tries the signatures of an overloaded function, and none fits while there is any error in an
        argument, such as that a literal is no chance: `sum(chances(0.5))`.
        """
        watchers = self.errors._watchers
        if len(watchers) < 2 or watchers[0] is not self._watcher:
            return
        innermost = watchers[-1]
        if type(innermost) is ErrorWatcher:
            if innermost._filter is True:
                innermost._filter = Trial(innermost, self)
            if isinstance(innermost._filter, Trial):
                innermost._filter.called.add(fullname.rpartition(".")[2])

    def allows(self, info: ErrorInfo) -> bool:
        """Whether an error that mypy sees will be dropped."""
        return _is_named(info) and self._judge(info).dropped

    def has_told(self, file: str, info: ErrorInfo) -> bool:
        """Whether an error of ours was told already: mypy looks at arguments before it tries signatures."""
        kept = [*self.errors.error_info_map.get(file, ())]
        for watcher in self.errors._watchers:
            kept += watcher._filtered or ()  # what mypy tells at the end of the call around
        kept = [each for each in kept if (each.line, each.column) == (info.line, info.column)]
        if not kept:
            return False
        texts, is_ours = {info.message}, info.code is not None and info.code.code in ERROR_CODES
        if not is_ours and _is_named(info):
            verdict = self._judge(info)
            texts, is_ours = {info.message, verdict.text}, verdict.code is not None
        return is_ours and any(each.message in texts for each in kept)

    def _hear(self, file: str, info: ErrorInfo) -> bool:
        """Return whether mypy shall forget the error."""
        if self._speaking:
            return False
        if info.message == ALLOWED:
            return True
        if info.severity == "note":
            return self._note(info)
        if info.code is not None and info.code.code in ERROR_CODES:
            self._ours = [*self._ours[-REMEMBERED:], info]
            retract(self.errors, info)
        if info.code is NO_ANY_RETURN and self._follows(info):
            return True
        if not _is_named(info) and not may_clash(info.message):
            return False
        verdict = self._judge(info)
        if verdict.dropped:
            self._narrow(info)
            self._dropped = [*self._dropped[-REMEMBERED:], info]
            return True
        is_plain = verdict.code is None and verdict.hint is None
        if is_plain or self.errors.file != file:
            info.message = verdict.text
            return False
        if verdict.code is not None and verdict.hint is None and verdict.text == info.message:
            # The notes that follow say the rest.
            info.code = ERROR_CODES[verdict.code]
            return False
        self._say(info, verdict)
        self._dropped = [*self._dropped[-REMEMBERED:], info]
        return True

    def _follows(self, info: ErrorInfo) -> bool:
        """Whether mypy complains of a result that is Any only because of an error of ours in it."""
        return any(
            ours.module == info.module and info.line <= ours.line <= info.end_line for ours in self._ours
        )

    def _note(self, info: ErrorInfo) -> bool:
        if MARK in info.message:
            info.message = spell(info.message)
        # Notes such as `"list" is invariant` belong to the error just before them.
        return any(
            info.parent_error is error or (info.parent_error is None and _belongs(info, error))
            for error in self._dropped
        )

    def _judge(self, info: ErrorInfo) -> Verdict:
        try:
            return self._considered(info)
        except Exception as error:  # noqa: BLE001 - an exception here would end the whole run of mypy
            return Verdict(text=f"{spell(info.message)}; {internal(error)}", code="typedml-internal")

    def _narrow(self, info: ErrorInfo) -> None:
        """Tell mypy what a variable is once it is assigned what was wrong for mypy alone."""
        session = self._session_of(info.module) if info.module else None
        if session is not None:
            narrowed.narrow(index_of(session.tree).expressions.get(_place(info)), session)

    def _considered(self, info: ErrorInfo) -> Verdict:
        session = self._session_of(info.module) if info.module else None
        is_named = _is_named(info)
        if session is None or not (is_named or is_own(session.tree)):
            return Verdict(text=spell(info.message) if is_named else info.message)
        index = index_of(session.tree)
        place = _place(info)
        entry = index.entries.get(place) if info.code is DICT_ITEM else None
        expression = entry or index.expressions.get(place)
        if not is_named:
            return clashing(info.message, expression, session) or Verdict(text=info.message)
        beside = expression is not None and span(expression) in index.beside
        return judge(info.message, expression, beside, session)

    def _say(self, info: ErrorInfo, verdict: Verdict) -> None:
        code = ERROR_CODES[verdict.code] if verdict.code else info.code
        retract(self.errors, info)
        self._speaking = True
        try:
            for severity, text in (("error", verdict.text), ("note", verdict.hint)):
                if text:
                    self.errors.report(
                        info.line,
                        info.column,
                        text if severity == "error" else f"Hint: {text}",
                        code,
                        severity=severity,
                        origin_span=info.origin_span,
                        end_line=info.end_line,
                        end_column=info.end_column,
                    )
        finally:
            self._speaking = False


class Trial:
    """Hears the errors of an expression that mypy keeps to itself, until it knows whether they count.

    Those that do not are made what no attempt of mypy's minds, and are dropped in the end. Those that were
    told of an argument are no reason why a signature does not fit: `sum(1 for x in legs if x > time)`.
    """

    def __init__(self, attempt: ErrorWatcher, watcher: MeaningWatcher) -> None:
        self.attempt, self.watcher = attempt, watcher
        self.called: set[str] = set()
        self._has_failed = attempt.has_new_errors()
        self._allowed: ErrorInfo | None = None
        self._told: ErrorInfo | None = None

    def __call__(self, file: str, info: ErrorInfo) -> bool:
        if self._is_allowed(info):
            info.code, info.message = DEPRECATED, ALLOWED
        elif not self._is_told(file, info):
            self._has_failed = True
        self.attempt._has_new_errors = self._has_failed
        return True

    def _is_told(self, file: str, info: ErrorInfo) -> bool:
        if info.severity != "note":
            self._told = info if self.watcher.has_told(file, info) else None
        return self._told is not None and (info.line, info.column) == (self._told.line, self._told.column)

    def _is_allowed(self, info: ErrorInfo) -> bool:
        if info.severity == "note":
            error = self._allowed
            return error is not None and (info.line, info.column) == (error.line, error.column)
        match = WITHIN.search(info.message)
        allowed = match is not None and match["name"] in {*self.called, None} and self.watcher.allows(info)
        self._allowed = info if allowed else None
        return allowed


def _is_named(info: ErrorInfo) -> bool:
    """Whether an error shows a type with a meaning."""
    return MARK in info.message and bool(CARRIED.search(info.message))


def _place(info: ErrorInfo) -> Span:
    return info.line, info.column, info.end_line, info.end_column


def _belongs(note: ErrorInfo, error: ErrorInfo) -> bool:
    return note.line == error.line and note.column == error.column and note.code == error.code
