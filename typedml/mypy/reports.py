"""Says things to mypy: our error codes, and a hint as a note beneath the error."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from mypy.errorcodes import ErrorCode

from typedml.errors import CODES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy.errors import Errors
    from mypy.nodes import Context

ERROR_CODES: Final = {name: ErrorCode(name, summary, "typedml") for name, summary in CODES.items()}


def fail(api: Any, code: str, fact: str, hint: str | None, context: Context) -> None:
    """Report an error of ours, and its hint as a note beneath it."""
    error_code = ERROR_CODES[code]
    # Further lines of a fact point at the mistake in the text, which mypy's own position does here.
    api.fail(fact.split("\n")[0].rstrip("."), context, code=error_code)
    if hint:
        note(api, hint, context, error_code)


def note(api: Any, hint: str, context: Context, code: ErrorCode) -> None:
    """Add a hint beneath an error."""
    teller = getattr(api, "msg", None) or api
    teller.note(f"Hint: {hint}", context, code=code)


def record(errors: Errors, code: str, fact: str, hint: str, context: Context) -> None:
    """Report an error of ours in a module that has been checked."""
    for severity, said in (("error", fact), ("note", f"Hint: {hint}")):
        errors.report(
            context.line,
            context.column,
            said,
            ERROR_CODES[code],
            severity=severity,
            end_line=context.end_line,
            end_column=context.end_column,
        )


@contextmanager
def past_filter(errors: Errors) -> Iterator[None]:
    """Report past mypy's innermost filter: of `in` it throws away what is said of `__contains__`.

    mypy's stack of watchers is internal, see `typedml.mypy.watcher`.
    """
    innermost = errors._watchers.pop() if len(errors._watchers) > 1 else None
    try:
        yield
    finally:
        if innermost is not None:
            errors._watchers.append(innermost)
