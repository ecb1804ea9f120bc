"""Notes on what may be right: they fail no run, and make way for an error about the same expression.

mypy takes whatever is said while it tries an operator or a signature for a sign that it does not fit, a note
too. So notes go past all that listens to such an attempt; this relies on what `typedml.mypy.watcher` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from typedml.mypy.reports import ERROR_CODES

if TYPE_CHECKING:
    from mypy.errors import ErrorInfo, Errors

    from typedml.mypy.index import Span

FACTOR: Final = ERROR_CODES["typedml-factor"]


def remark(errors: Errors, texts: tuple[str, str], place: Span, around: Span) -> None:
    """Say something of an expression, and a hint, unless anything is said of the one around it already."""
    said = [_span(each) for each in errors.error_info_map.get(errors.file, []) if _is_ours(each)]
    if any(_lies_in(place, each) or _lies_in(each, around) for each in said) or _is_let_be(errors, place[0]):
        return
    line, column, end_line, end_column = place
    ends: Any = {"end_line": end_line, "end_column": end_column}
    listening, errors._watchers = errors._watchers, []
    try:
        for text in (texts[0], f"Hint: {texts[1]}"):
            errors.report(line, column, text, FACTOR, severity="note", **ends)
    finally:
        errors._watchers = listening


def retract(errors: Errors, error: ErrorInfo) -> None:
    """Forget what was said of the expression that an error is about, or of parts of it."""
    said = errors.error_info_map.get(errors.file, [])
    if any(each.code is FACTOR for each in said):
        kept = [each for each in said if each.code is not FACTOR or not _lies_in(_span(each), _span(error))]
        errors.error_info_map[errors.file] = kept


def _is_let_be(errors: Errors, line: int) -> bool:
    """Say whether an error of ours is ignored on a line: mypy would ask for this code there as well."""
    ignored = errors.ignored_lines.get(errors.file, {}).get(line, [])
    return FACTOR.code not in ignored and not ERROR_CODES.keys().isdisjoint(ignored)


def _is_ours(info: ErrorInfo) -> bool:
    return info.code is not None and info.code.code in ERROR_CODES


def _span(info: ErrorInfo) -> Span:
    return info.line, info.column, info.end_line, info.end_column


def _lies_in(inner: Span, outer: Span) -> bool:
    return outer[:2] <= inner[:2] and inner[2:] <= outer[2:]
